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

/** A day that differs from today, or null: what the API takes for "today". */
export const asOfParam = (value: string | null): string | null =>
  value !== null && DAY.test(value) && value !== todayInAlmaty() ? value : null

/** 2022-10-04 → 04.10.2022, as documents of the country write it in every language. */
export const formatDay = (day: string): string =>
  DAY.test(day.slice(0, 10)) ? day.slice(0, 10).split('-').reverse().join('.') : day

/** A moment as day and time in the country. */
export const formatMoment = (iso: string): string => MOMENT.format(new Date(iso)).replace(',', '')
