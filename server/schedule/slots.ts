import { almatyInstant } from '#server/calendar/almaty-time.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import { isWeekend, yearOf } from '#server/calendar/day-arithmetic.ts'

/** People find their tasks when they come to work. */
const FIRST_HOUR = 6
const LAST_HOUR = 21

/** The moment by which jobs are due: a pure function of the clock and the calendar. @returns null: nothing is due now */
export type SlotOf = (now: Date, calendar: WorkingCalendar) => string | null

/** Beyond the years of the calendar nobody knows its holidays: Monday to Friday. */
const isWorking = (calendar: WorkingCalendar, day: string): boolean => {
  const { first, last } = calendar.years
  const year = yearOf(day)
  return year < first || year > last ? !isWeekend(day) : calendar.kindOf(day).kind === 'working'
}

function momentOf(now: Date): { day: string; hour: number } {
  const instant = almatyInstant(now.getTime())
  return { day: instant.slice(0, 10), hour: Number(instant.slice(11, 13)) }
}

/** Once a working day of Kazakhstan, from six in the morning in Almaty: `2026-11-26`. */
export const onceAWorkingDay: SlotOf = (now, calendar) => {
  const { day, hour } = momentOf(now)
  return hour >= FIRST_HOUR && isWorking(calendar, day) ? day : null
}

/** Once an hour of a working day, six in the morning to nine in the evening in Almaty: `2026-11-26T09`. */
export const onceAWorkingHour: SlotOf = (now, calendar) => {
  const { day, hour } = momentOf(now)
  return hour >= FIRST_HOUR && hour <= LAST_HOUR && isWorking(calendar, day)
    ? `${day}T${String(hour).padStart(2, '0')}`
    : null
}
