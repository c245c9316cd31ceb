import { noMonth } from './calendar-refusals.ts'
import type { DayStatus } from './build-year.ts'
import { addDays, addMonths } from './day-arithmetic.ts'
import type { Caveat, WorkingCalendar } from './working-calendar.ts'

export interface DueDay {
  /** The day to keep: the last working day not after the day named. */
  date: string
  /** The day named by the rule. */
  named: string
  /** Where art. 175 of the Civil Code would move a named day that is off; the same as `named` on a working day. */
  latest: string
  /** From `date` to `latest`. */
  count: DayStatus[]
  caveats: Caveat[]
}

/**
 * When a report on a month is due that is owed by a day of the next month («к пятому числу месяца, следующего за
 * отчётным», п. 31, 39 of the Rules). If that day is off, the working day before it is kept: early is never late.
 * @param input.month the month reported on, YYYY-MM
 * @param input.day day of the next month, 1 to 28
 * @throws DomainError `bad-request`: no such month or day, or outside the covered years
 */
export function dueByDayOfMonth(calendar: WorkingCalendar, input: { month: string; day: number }): DueDay {
  if (!/^\d{4}-\d{2}$/.test(input.month) || !Number.isInteger(input.day) || input.day < 1 || input.day > 28)
    throw noMonth()
  const named = addDays(addMonths(`${input.month}-01`, 1), input.day - 1)
  const walk = (step: 1 | -1) => {
    let date = named
    while (calendar.kindOf(date).kind !== 'working') date = addDays(date, step)
    return date
  }
  const [date, latest] = [walk(-1), walk(1)]
  const count: DayStatus[] = []
  for (let day = date; day <= latest; day = addDays(day, 1)) count.push(calendar.kindOf(day))
  return { date, named, latest, count, caveats: calendar.caveatsOf(date, latest) }
}
