import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import type { ListedInquiry } from './types.ts'

/** The last day of a letter's term, or when it was answered. */
export function DueLine({ inquiry }: { inquiry: Pick<ListedInquiry, 'dueOn' | 'overdue' | 'answeredOn'> }) {
  const { t } = useTranslation()
  const { dueOn, overdue, answeredOn } = inquiry
  if (dueOn === null && answeredOn === null) return <span className="muted">—</span>
  return (
    <span className={overdue ? 'desk-due overdue-line' : 'desk-due'} data-overdue={overdue}>
      {dueOn === null ? '' : t('desk.dueBy', { date: formatDay(dueOn) })}
      {overdue ? `, ${t('desk.late')}` : ''}
      {answeredOn === null ? null : (
        <span className="sub-line">{t('desk.answeredOn', { date: formatDay(answeredOn) })}</span>
      )}
    </span>
  )
}
