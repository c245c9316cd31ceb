import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TermCount } from '../services/term-count.tsx'
import '../services/services.css'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { termQuery } from './queries.ts'

interface TermOfProps {
  /** «п. 8» */
  point: string
  /** Day of the event: the term runs from the day after it. */
  from: string
  workingDays: number
  /** The recorded last day. */
  dueOn: string
  /** The recorded day follows the calendar; else it stays as it was told once. */
  isRecounted?: boolean
}

function Count({ point, from, workingDays, dueOn, isRecounted = false }: TermOfProps) {
  const { t } = useTranslation()
  const term = useQuery(termQuery(from, workingDays))
  if (term.error !== null) return <ProblemNotice error={term.error} onRetry={() => void term.refetch()} />
  if (term.data === undefined) return <Skeleton rows={2} kind="line" />
  return (
    <>
      <p>
        {point}: {t('calendar.countFrom', { days: String(workingDays), date: formatDay(from) })}
      </p>
      {term.data.date === dueOn ? null : (
        <p className="term-caveat">
          {t(isRecounted ? 'calendar.countFollows' : 'calendar.countDiffers', { date: formatDay(term.data.date) })}
        </p>
      )}
      <TermCount term={term.data} label={t('calendar.countOf', { point })} />
    </>
  )
}

/** A button that opens the count of a term, day by day. */
export function TermOf(props: TermOfProps) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="term-of" data-testid="term-of">
      <button
        type="button"
        className="link-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((now) => !now)}
      >
        {t('calendar.count')}
      </button>
      <div id={id} hidden={!open}>
        {open ? <Count {...props} /> : null}
      </div>
    </div>
  )
}
