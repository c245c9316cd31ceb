import { noDay } from './calendar-refusals.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 24 * 3600 * 1000

/** Days are YYYY-MM-DD and know no time zone, so they are counted in UTC, where every day has 24 hours. */
function toUtc(day: string): number {
  const time = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  // 2026-02-30 would be read as 2 March.
  if (Number.isNaN(time) || toDay(time) !== day) throw noDay(day)
  return time
}

const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The day so many days later, or earlier for a negative number. @throws DomainError `bad-request` */
export const addDays = (day: string, days: number): string => toDay(toUtc(day) + days * DAY_MS)

/** 0 for Sunday to 6 for Saturday. @throws DomainError `bad-request` */
export const weekdayOf = (day: string): number => new Date(toUtc(day)).getUTCDay()

/** @throws DomainError `bad-request` */
export const isWeekend = (day: string): boolean => weekdayOf(day) % 6 === 0

/** @throws DomainError `bad-request` */
export const yearOf = (day: string): number => new Date(toUtc(day)).getUTCFullYear()

/**
 * The same day of the month so many months later, or the last day of that month where there is none
 * (Civil Code, art. 174 p. 3).
 * @throws DomainError `bad-request`
 */
export function addMonths(day: string, months: number): string {
  const start = new Date(toUtc(day))
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months]
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return toDay(Date.UTC(year, month, Math.min(start.getUTCDate(), lastOfMonth)))
}
