const ALMATY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Almaty',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const MOMENT = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Almaty',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Today in the country, YYYY-MM-DD. */
export const todayInAlmaty = (): string => ALMATY.format(new Date())

/** The day of a moment in the country, YYYY-MM-DD. */
export const dayInAlmaty = (iso: string): string => ALMATY.format(new Date(iso))

/** A day that differs from today, or null: what the API takes for "today". */
export const asOfParam = (value: string | null): string | null =>
  value !== null && DAY.test(value) && value !== todayInAlmaty() ? value : null

/** 2022-10-04 → 04.10.2022, as documents of the country write it in every language. */
export const formatDay = (day: string): string =>
  DAY.test(day.slice(0, 10)) ? day.slice(0, 10).split('-').reverse().join('.') : day

/** A moment as day and time in the country. */
export const formatMoment = (iso: string): string => MOMENT.format(new Date(iso)).replace(',', '')

const WRITTEN = /^\s*(?<day>\d{1,2})[.\-/ ]?(?<month>\d{2}|(?<=\D)\d)[.\-/ ]?(?<year>\d{4})\s*$/

/** A day as somebody types it: 4.10.2022, 04.10.2022, 04/10/2022, 04102022 or 2022-10-04. Null: no such day. */
export function parseDay(written: string): string | null {
  const iso = written.trim()
  const parts = WRITTEN.exec(written)?.groups
  const day = DAY.test(iso)
    ? iso
    : parts === undefined
      ? null
      : `${parts['year']}-${parts['month']?.padStart(2, '0')}-${parts['day']?.padStart(2, '0')}`
  if (day === null) return null
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : day
}
