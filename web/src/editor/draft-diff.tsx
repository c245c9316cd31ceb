import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { plainDiff } from '../articles/plain-diff.ts'
import { CopyDiff } from '../ui/copy-diff.tsx'
import { DiffText } from '../ui/diff-text.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { draftDiffQuery } from './queries.ts'

/** What the draft changes of what is published, word by word. */
export function DraftDiff({ draftId, revision, unsaved }: { draftId: string; revision: number; unsaved: boolean }) {
  const { t } = useTranslation()
  const diff = useQuery(draftDiffQuery(draftId, revision))
  const title = useMemo(() => diff.data?.title ?? [], [diff.data])
  const parts = useMemo(() => plainDiff(diff.data?.parts ?? []), [diff.data])
  if (diff.error !== null) return <ProblemNotice error={diff.error} onRetry={() => void diff.refetch()} />
  if (diff.data === undefined) return <Skeleton rows={3} kind="text" />
  if (diff.data.from === null) return <p className="muted">{t('editorial.diffNew')}</p>
  const same = [...title, ...parts].every((part) => part.kind === 'same')
  return (
    <div data-testid="draft-diff">
      <div className="diff-controls draft-diff-controls">
        <p className="muted">
          {t('editorial.diffWith', { number: String(diff.data.from.number) })}{' '}
          {unsaved ? t('editorial.diffUnsaved') : null}
        </p>
        {same ? null : <CopyDiff markdown={diff.data.markdown} />}
      </div>
      {title.some((part) => part.kind !== 'same') ? <DiffText parts={title} /> : null}
      {same ? <p>{t('article.diffEmpty')}</p> : <DiffText parts={parts} />}
    </div>
  )
}
