import { wrongWayRound } from './calendar-refusals.ts'
import type { CountedDay, Term } from './count-days.ts'
import { addDays } from './day-arithmetic.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/**
 * How many working days lie after `from`, up to and including `to`: what `addWorkingDays` would have to add.
 * @param input.from,input.to YYYY-MM-DD, `to` not before `from`
 * @throws DomainError `bad-request`: no such day, the wrong way round, or outside the covered years
 */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  input: { from: string; to: string },
): { days: number } & Pick<Term, 'count' | 'caveats'> {
  if (input.to < input.from) throw wrongWayRound(input)
  const count: CountedDay[] = []
  let days = 0
  for (let date = addDays(input.from, 1); date <= input.to; date = addDays(date, 1)) {
    const day = calendar.kindOf(date)
    if (day.kind === 'working') days += 1
    count.push({ ...day, nth: day.kind === 'working' ? days : null })
  }
  return { days, count, caveats: count.length === 0 ? [] : calendar.caveatsOf(addDays(input.from, 1), input.to) }
}
