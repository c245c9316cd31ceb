import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { deadlineQuery } from './queries.ts'
import { TermCount } from './term-count.tsx'
import type { Deadline } from './types.ts'

function Counted({ id, label }: { id: string; label: string }) {
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

/** How a clock was counted, asked for when it is opened. */
export function DeadlineCount({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const label = t('services.countOf', { point: deadline.point, date: formatDay(deadline.dueOn) })
  return (
    <details className="count-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={label}>{t('services.count', { count: deadline.workingDays })}</summary>
      {open ? <Counted id={deadline.id} label={label} /> : null}
    </details>
  )
}
