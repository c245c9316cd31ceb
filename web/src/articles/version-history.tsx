import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { versionsQuery } from '../api/queries.ts'
import type { Lang, Version } from '../api/types.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ReviewDialog, type VersionAction } from './review-dialog.tsx'
import { VersionDiff } from './version-diff.tsx'

interface VersionHistoryProps {
  articleId: string
  lang: Lang
  currentVersionId: string | null
}

function VersionRow({
  version,
  current,
  onReview,
}: {
  version: Version
  current: boolean
  onReview: ((action: VersionAction) => void) | null
}) {
  const { t } = useTranslation()
  const who = (name: string | null) => (name === 'system' ? t('article.system') : (name ?? ''))
  return (
    <li className="version" data-current={current}>
      <div className="version-head">
        <span className="version-number">{t('article.version', { number: String(version.number) })}</span>
        <span className={`state state-${version.phase}`}>{t(`article.${version.phase}`)}</span>
        {onReview !== null && version.state === 'draft' ? (
          <button type="button" className="button button-small" onClick={() => onReview('publish')}>
            {t('article.publish')}
          </button>
        ) : null}
        {onReview !== null && version.state === 'published' ? (
          <button type="button" className="button button-small" onClick={() => onReview('withdraw')}>
            {t('article.withdraw')}
          </button>
        ) : null}
        {onReview !== null && (version.phase === 'superseded' || version.phase === 'withdrawn') ? (
          <button type="button" className="button button-small" onClick={() => onReview('rollback')}>
            {t('editorial.rollback')}
          </button>
        ) : null}
      </div>
      <ul className="version-facts">
        <li>
          {t(version.validFromKnown ? 'edition.since' : 'edition.notBefore', { date: formatDay(version.validFrom) })}
        </li>
        <li>{t('article.created', { when: formatMoment(version.createdAt), who: who(version.createdByName) })}</li>
        {version.publishedAt === null ? null : (
          <li>
            {t('article.publishedAt', { when: formatMoment(version.publishedAt), who: who(version.publishedByName) })}
          </li>
        )}
        {version.withdrawnAt === null ? null : (
          <li>
            {t('article.withdrawnAt', { when: formatMoment(version.withdrawnAt) })}. {t('article.reason')}:{' '}
            {version.withdrawnReason}
          </li>
        )}
      </ul>
    </li>
  )
}

/** Versions of an article in one language, what differs, and, for editors, what to do with them. */
export function VersionHistory({ articleId, lang, currentVersionId }: VersionHistoryProps) {
  const { t } = useTranslation()
  const session = useSession()
  const versions = useQuery(versionsQuery(articleId))
  const [review, setReview] = useState<{ version: Version; action: VersionAction } | null>(null)
  const edits = session.role === 'editor' || session.role === 'admin'
  const own = versions.data?.items.filter((version) => version.lang === lang) ?? []
  if (versions.error !== null) return <ProblemNotice error={versions.error} onRetry={() => void versions.refetch()} />
  if (versions.isPending) return <Skeleton rows={2} kind="line" />
  return (
    <>
      <ol className="versions">
        {own.map((version) => (
          <VersionRow
            key={version.versionId}
            version={version}
            current={version.versionId === currentVersionId}
            onReview={edits ? (action) => setReview({ version, action }) : null}
          />
        ))}
      </ol>
      {own.length > 1 ? (
        <>
          <h3>{t('article.compare')}</h3>
          <VersionDiff key={own[0]?.versionId} articleId={articleId} versions={own} />
        </>
      ) : (
        <p className="muted">{t('article.oneVersion')}</p>
      )}
      {review === null ? null : (
        <ReviewDialog version={review.version} action={review.action} onClose={() => setReview(null)} />
      )}
    </>
  )
}
