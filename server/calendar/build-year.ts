import type { CalendarData, Translations } from './calendar-data.ts'
import { addDays, isWeekend } from './day-arithmetic.ts'
import { actLabel, carriedNote, expectedNote, movedOffNote, movedWorkNote } from './day-notes.ts'

/** Only `working` is worked. `holiday`: by law, with the days off of the Labour Code; `moved`: rest carried or moved here. */
export const DAY_KINDS = ['working', 'weekend', 'holiday', 'moved'] as const
export type DayKind = (typeof DAY_KINDS)[number]

export interface DayStatus {
  date: string
  kind: DayKind
  /** Why the day is what it is; null for an ordinary working day. */
  note: Translations | null
  /** The act that moved the day. */
  decree: Translations | null
  /** Computed and not announced: it may turn out to be a day earlier or later. */
  expected: boolean
  /** Whose word it is: the rule of the law, an order that moves rest, or a supervisor's. */
  origin: 'rule' | 'order' | 'edit'
}

/**
 * The days of a year that are not what their weekday says, and why.
 * Source: Law No. 267-II, arts. 2, 3, 5; Labour Code, arts. 84 p. 5, 85 p. 3.
 * @param year one of `data.years`
 */
export function buildYear(data: CalendarData, year: number): Map<string, DayStatus> {
  const days = new Map<string, DayStatus>()
  const put = (date: string, kind: DayKind, note: Translations, more: Partial<DayStatus> = {}) =>
    days.set(date, { date, kind, note, decree: null, expected: false, origin: 'rule', ...more })

  // Days off of the Labour Code come first: a holiday on one of them carries over like one on a Sunday.
  const rules = data.holidays.flatMap(({ days: monthDays, ...rule }) =>
    monthDays
      .map((monthDay) => ({ ...rule, date: `${year}-${monthDay}` }))
      .filter(({ date, since = '', until = '9999' }) => date >= since && date < until),
  )
  for (const { date, name } of rules.filter((rule) => !rule.carries)) put(date, 'holiday', name)
  for (const { date, expected } of data.kurbanAit.days)
    if (date.startsWith(`${year}-`))
      put(date, 'holiday', expected ? expectedNote(data.kurbanAit.name) : data.kurbanAit.name, { expected })

  const holidays = rules.filter((rule) => rule.carries).toSorted((a, b) => a.date.localeCompare(b.date))
  const carried = holidays.filter(({ date }) => isWeekend(date) || days.has(date))
  for (const { date, name } of holidays) put(date, 'holiday', name)
  // In the order of the calendar, so that of two holidays the earlier takes the earlier day.
  for (const { date, name } of carried) {
    let substitute = addDays(date, 1)
    while (isWeekend(substitute) || days.has(substitute)) substitute = addDays(substitute, 1)
    put(substitute, 'moved', carriedNote(name, date))
  }

  // Orders are written for a calendar that has its substitutes already, and may move one of them.
  for (const { from, to, act } of data.transfers) {
    const order = { decree: actLabel(act), origin: 'order' } as const
    if (from.startsWith(`${year}-`)) put(from, 'working', movedWorkNote(to), order)
    if (to.startsWith(`${year}-`)) put(to, 'moved', movedOffNote(from), order)
  }
  return days
}
