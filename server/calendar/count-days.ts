import type { DayStatus } from './build-year.ts'
import { addDays } from './day-arithmetic.ts'
import type { Caveat, WorkingCalendar } from './working-calendar.ts'

export interface CountedDay extends DayStatus {
  /** Which day of the term it is, from 1; null for a day that does not count. */
  nth: number | null
}

/** The last day of a term and how it was counted, day by day from the day after the event. */
export interface Term {
  date: string
  count: CountedDay[]
  /** What it rests on and could still change. */
  caveats: Caveat[]
}

/**
 * Counts days from the day after `from` until `counts` are full and the day is one to end on.
 * @param counts whether a day is one of the term
 * @param needed how many of them
 * @throws DomainError `bad-request` when the term leaves the covered years
 */
export function countDays(
  calendar: WorkingCalendar,
  input: { from: string; needed: number; counts: (day: DayStatus) => boolean },
): Term {
  const count: CountedDay[] = []
  let date = input.from
  let nth = 0
  let ended = false
  while (!ended) {
    date = addDays(date, 1)
    const day = calendar.kindOf(date)
    const counted = nth < input.needed && input.counts(day)
    if (counted) nth += 1
    count.push({ ...day, nth: counted ? nth : null })
    ended = nth === input.needed && day.kind === 'working'
  }
  return { date, count, caveats: calendar.caveatsOf(addDays(input.from, 1), date) }
}
