import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SourceChange } from '../api/types.ts'
import { formatDay } from '../text/days.ts'

interface SourceChangeNoteProps {
  /** The wording has ended. */
  changed: SourceChange | null
  /** The wording ends on a later day. */
  coming: SourceChange | null
  /** Inside of a link nothing else can be one. */
  plain?: boolean
}

/** What an operator must know before he says these words: they were changed, or will be. */
export function SourceChangeNote({ changed, coming, plain = false }: SourceChangeNoteProps) {
  const { t } = useTranslation()
  const link = (change: SourceChange) => (plain ? null : <Link to={change.url}>{t('impact.whatChanged')}</Link>)
  if (changed !== null)
    return (
      <span className="source-changed" role="note" data-testid="source-changed">
        <span className="source-changed-title">
          {t(changed.movedTo === null ? 'impact.changed' : 'impact.renumbered')}
        </span>
        <span>
          {changed.movedTo === null
            ? t(changed.known ? 'impact.since' : 'impact.notBefore', {
                labels: changed.labels.join(', '),
                date: formatDay(changed.since),
              })
            : t(changed.known ? 'impact.movedSince' : 'impact.movedNotBefore', {
                labels: changed.labels.join(', '),
                date: formatDay(changed.since),
                to: changed.movedTo.join(', '),
              })}
          {changed.by === null ? '' : ` (${changed.by})`}. {link(changed)}
        </span>
      </span>
    )
  if (coming === null) return null
  return (
    <span className="source-changes" data-testid="source-changes">
      {coming.labels.join(', ')}:{' '}
      {t(coming.known ? 'impact.willChange' : 'impact.willChangeNotBefore', { date: formatDay(coming.since) })}
      {coming.by === null ? '' : ` (${coming.by})`} {link(coming)}
    </span>
  )
}
