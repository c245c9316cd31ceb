import { noWorkingDays } from './calendar-refusals.ts'
import { countDays, type Term } from './count-days.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/**
 * The last day of a term in working days. Source: Civil Code (General Part), art. 173 and Administrative Procedural Code,
 * art. 76 p. 2: the first day is the one after the event.
 * @param input.from day of the event, YYYY-MM-DD
 * @param input.days working days, at least 1
 * @returns a working day, with the count from the day after the event
 * @throws DomainError `bad-request`: no such day or number, or the term leaves the covered years
 */
export function addWorkingDays(calendar: WorkingCalendar, input: { from: string; days: number }): Term {
  if (!Number.isInteger(input.days) || input.days < 1) throw noWorkingDays()
  return countDays(calendar, { from: input.from, needed: input.days, counts: (day) => day.kind === 'working' })
}
