import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { deadlineQuery } from './queries.ts'
import { TermCount } from './term-count.tsx'

/** How a clock was counted, and whether the calendar has moved its end since. */
export function DeadlineCount({ id, label }: { id: string; label: string }) {
  const { t } = useTranslation()
  const deadline = useQuery(deadlineQuery(id))
  if (deadline.error !== null) return <ProblemNotice error={deadline.error} onRetry={() => void deadline.refetch()} />
  if (deadline.data === undefined) return <Skeleton rows={2} kind="line" />
  return (
    <>
      {deadline.data.moved ? (
        <p className="term-caveat">{t('services.moved', { date: formatDay(deadline.data.term.date) })}</p>
      ) : null}
      <TermCount term={deadline.data.term} label={label} />
    </>
  )
}
