import { useTranslation } from 'react-i18next'
import { formatDay, formatMoment } from '../text/days.ts'
import { scheduledDay, type ReviewAction } from './review-dialog.tsx'
import type { DraftView } from './types.ts'

interface ReviewPanelProps {
  draft: DraftView
  onAction: (action: ReviewAction) => void
}

/** Where the draft stands, who said what of it, and what the reader may do now. */
export function ReviewPanel({ draft, onAction }: ReviewPanelProps) {
  const { t } = useTranslation()
  const later = scheduledDay(draft)
  const { may } = draft
  const button = (action: ReviewAction, kind = '') => (
    <button type="button" className={`button ${kind}`} onClick={() => onAction(action)}>
      {action === 'publish' && later !== null
        ? t('editorial.schedule', { date: formatDay(later) })
        : t(`editorial.${action}`)}
    </button>
  )
  const isOwn = draft.state === 'in-review' && !may.decide && may.recall
  return (
    <section className="review-panel" aria-label={t('editorial.review')}>
      <div className="review-state">
        <span className={`state state-${draft.state}`} data-testid="draft-state">
          {t(`editorial.state.${draft.state}`)}
        </span>
        {draft.isRollback ? <span className="state">{t('editorial.rollbackMark')}</span> : null}
        <span className="muted">
          {t('editorial.authors', {
            names: draft.authors.map(({ name }) => (name === 'system' ? t('article.system') : name)).join(', '),
          })}
        </span>
      </div>
      {draft.reviews.length === 0 ? null : (
        <ul className="review-list">
          {draft.reviews.map((review) => (
            <li key={review.versionId}>
              {t('editorial.submittedBy', { name: review.submittedBy.name, when: formatMoment(review.submittedAt) })}
              {review.note === null ? null : <> — {review.note}</>}
              {review.decision === null || review.decidedBy === null || review.decidedAt === null ? null : (
                <>
                  ;{' '}
                  {t(`editorial.decision.${review.decision}`, {
                    name: review.decidedBy.name,
                    when: formatMoment(review.decidedAt),
                  })}
                  {review.decisionNote === null ? null : <> — {review.decisionNote}</>}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {isOwn ? <p className="muted">{t('editorial.ownDraft')}</p> : null}
      <div className="review-actions">
        {may.submit ? button('submit', 'button-primary') : null}
        {may.decide ? button('approve', 'button-primary') : null}
        {may.publish ? button('publish', 'button-primary') : null}
        {may.decide || may.publish ? button('requestChanges') : null}
        {may.recall ? button('recall') : null}
        {may.discard ? button('discard') : null}
      </div>
    </section>
  )
}
