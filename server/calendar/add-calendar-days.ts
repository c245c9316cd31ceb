import { noCalendarDays } from './calendar-refusals.ts'
import { countDays, type Term } from './count-days.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/**
 * The last day of a term in calendar days; one that ends on a day off ends on the next working day.
 * Source: Civil Code (General Part), arts. 173, 175; Administrative Procedural Code, art. 76 p. 5.
 * @param input.from day of the event, YYYY-MM-DD
 * @param input.days calendar days, at least 1
 * @returns a working day, with the count from the day after the event; days past the term have `nth` null
 * @throws DomainError `bad-request`: no such day or number, or the term leaves the covered years
 */
export function addCalendarDays(calendar: WorkingCalendar, input: { from: string; days: number }): Term {
  if (!Number.isInteger(input.days) || input.days < 1) throw noCalendarDays()
  return countDays(calendar, { from: input.from, needed: input.days, counts: () => true })
}
