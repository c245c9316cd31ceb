import { noInstant } from './calendar-refusals.ts'

const ZONE = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Almaty',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'longOffset',
})
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

const partsOf = (time: number): Record<string, string> =>
  Object.fromEntries(ZONE.formatToParts(time).map(({ type, value }) => [type, value]))

/** Milliseconds since 1970 of an ISO instant. @throws DomainError `bad-request` without an offset: it would be no instant */
export function parseInstant(instant: string): number {
  const time = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN
  if (Number.isNaN(time)) throw noInstant(instant)
  return time
}

/** The day in Almaty, YYYY-MM-DD. @param time milliseconds since 1970 */
export function almatyDay(time: number): string {
  const { year, month, day } = partsOf(time)
  return `${year}-${month}-${day}`
}

/**
 * The instant by the clocks of Almaty with the offset of that day: +06:00 before 2024-03-01, +05:00 since.
 * @param time milliseconds since 1970
 * @returns ISO, `2024-03-01T00:00:00+05:00`
 */
export function almatyInstant(time: number): string {
  const { hour, minute, second, fractionalSecond = '000', timeZoneName = '' } = partsOf(time)
  const fraction = fractionalSecond === '000' ? '' : `.${fractionalSecond}`
  return `${almatyDay(time)}T${hour}:${minute}:${second}${fraction}${timeZoneName.replace('GMT', '')}`
}

/**
 * When a day begins in Almaty, in milliseconds since 1970; a term that ends on a day runs until the next one begins.
 * 2024-02-29 had 25 hours, so the offset is asked of the zone and not assumed.
 * @throws DomainError `bad-request`: no such day
 */
export function startOfDay(day: string): number {
  const utc = parseInstant(`${day}T00:00:00Z`)
  for (const near of [utc - 24 * 3600_000, utc + 24 * 3600_000]) {
    const offset = partsOf(near)['timeZoneName']?.replace('GMT', '') ?? ''
    const time = Date.parse(`${day}T00:00:00${offset}`)
    if (almatyInstant(time).startsWith(`${day}T00:00:00`) && almatyDay(time - 1) < day) return time
  }
  throw new Error(`${day} has no beginning in Almaty`)
}
