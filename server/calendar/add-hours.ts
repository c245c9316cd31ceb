import { almatyDay, almatyInstant, parseInstant, startOfDay } from './almaty-time.ts'
import { noHours } from './calendar-refusals.ts'
import { addDays } from './day-arithmetic.ts'

const HOUR_MS = 3600_000

/** An instant so many hours from another, and how many of them fall on each day. */
export interface HourTerm {
  /** ISO with the offset of Almaty. */
  from: string
  /** ISO with the offset of Almaty. */
  at: string
  /** Hours that fall on each day in Almaty, in order. */
  count: { date: string; hours: number }[]
  /** Whether the clocks changed in between, so that clock readings differ by another number of hours. */
  offsetChanged: boolean
}

/**
 * Hours by the clock, days off included: the four hours of п. 14 and, negative, the day before an outage of п. 38.
 * @param input.from ISO instant with an offset
 * @param input.hours hours; negative for an instant before
 * @throws DomainError `bad-request`: not an instant, or no number of hours
 */
export function addHours(input: { from: string; hours: number }): HourTerm {
  if (!Number.isFinite(input.hours) || Math.abs(input.hours) > 24 * 366) throw noHours()
  const start = parseInstant(input.from)
  const end = start + Math.round(input.hours * HOUR_MS)
  const [first, last] = start <= end ? [start, end] : [end, start]

  const count: HourTerm['count'] = []
  for (let time = first; time < last;) {
    const date = almatyDay(time)
    const until = Math.min(startOfDay(addDays(date, 1)), last)
    count.push({ date, hours: (until - time) / HOUR_MS })
    time = until
  }
  const [from, at] = [almatyInstant(start), almatyInstant(end)]
  return { from, at, count, offsetChanged: from.slice(-6) !== at.slice(-6) }
}
