import { addWorkingDays } from './add-working-days.ts'
import type { Term } from './count-days.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/**
 * The first working day once so many working days have run out («по истечении», п. 23 of the Rules).
 * @param input.event day of the event, YYYY-MM-DD
 * @param input.days working days that must have passed
 * @returns the working day after the last of the term; `count` shows them all
 * @throws DomainError `bad-request`: no such day or number, or the term leaves the covered years
 */
export const firstDayAfterTerm = (calendar: WorkingCalendar, input: { event: string; days: number }): Term =>
  addWorkingDays(calendar, { from: input.event, days: input.days + 1 })
