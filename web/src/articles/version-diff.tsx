import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { articleDiffQuery } from '../api/queries.ts'
import type { Version } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { CopyDiff } from '../ui/copy-diff.tsx'
import { DiffText } from '../ui/diff-text.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { plainDiff } from './plain-diff.ts'

interface VersionDiffProps {
  articleId: string
  /** Newest first, of one language. */
  versions: readonly Version[]
}

function VersionSelect({
  label,
  value,
  versions,
  onChange,
}: {
  label: string
  value: string
  versions: readonly Version[]
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  return (
    <label className="select-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {versions.map((version) => (
          <option key={version.versionId} value={version.versionId}>
            {t('article.version', { number: String(version.number) })} · {formatDay(version.validFrom)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What changed between two versions, word by word. */
export function VersionDiff({ articleId, versions }: VersionDiffProps) {
  const { t } = useTranslation()
  const [to, setTo] = useState(versions[0]?.versionId ?? '')
  const [from, setFrom] = useState(versions[1]?.versionId ?? '')
  const diff = useQuery({ ...articleDiffQuery(articleId, from, to), enabled: from !== '' && to !== '' && from !== to })
  const parts = useMemo(() => plainDiff(diff.data?.parts ?? []), [diff.data])
  const title = diff.data?.title ?? []
  const titleChanges = title.filter((part) => part.kind !== 'same').length
  const changes = titleChanges + parts.filter((part) => part.kind !== 'same').length
  return (
    <section className="diff" aria-label={t('article.compare')} data-testid="version-diff">
      <div className="diff-controls">
        <VersionSelect label={t('article.from')} value={from} versions={versions} onChange={setFrom} />
        <VersionSelect label={t('article.to')} value={to} versions={versions} onChange={setTo} />
        {diff.data === undefined ? null : (
          <span className="diff-count">{t('article.changed', { count: changes })}</span>
        )}
        {diff.data === undefined || changes === 0 ? null : <CopyDiff markdown={diff.data.markdown} />}
      </div>
      {diff.error === null ? null : <ProblemNotice error={diff.error} onRetry={() => void diff.refetch()} />}
      {diff.isLoading ? <Skeleton rows={2} kind="text" /> : null}
      {from === to || (diff.data !== undefined && changes === 0) ? (
        <p>{t('article.diffEmpty')}</p>
      ) : (
        <>
          {titleChanges === 0 ? null : (
            <div className="diff-title" data-testid="diff-title">
              <h3>{t('editorial.fieldTitle')}</h3>
              <DiffText parts={title} />
            </div>
          )}
          <DiffText parts={parts} />
        </>
      )}
    </section>
  )
}
