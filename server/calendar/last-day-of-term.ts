import { addCalendarDays } from './add-calendar-days.ts'
import { addWorkingDays } from './add-working-days.ts'
import type { Translations } from './calendar-data.ts'
import type { Term } from './count-days.ts'
import { addMonths } from './day-arithmetic.ts'
import { workingDaysBetween } from './working-days-between.ts'
import type { WorkingCalendar } from './working-calendar.ts'

export interface TermLength {
  unit: 'working-days' | 'calendar-days' | 'months'
  length: number
}

const BASIS: Record<TermLength['unit'], Translations> = {
  'working-days': {
    ru: 'Срок течёт со дня, следующего за событием (ГК РК, ст. 173); считаются рабочие дни',
    kk: 'Мерзім оқиғадан кейінгі күннен басталады (ҚР АК 173-бап); жұмыс күндері есептеледі',
    en: 'The term runs from the day after the event (Civil Code, art. 173); working days count',
  },
  'calendar-days': {
    ru: 'Срок течёт со дня, следующего за событием; окончание в нерабочий день переходит на ближайший рабочий (ГК РК, ст. 173, 175)',
    kk: 'Мерзім оқиғадан кейінгі күннен басталады; жұмыс емес күнге келген аяғы келесі жұмыс күніне ауысады (ҚР АК 173, 175-баптар)',
    en: 'The term runs from the day after the event; an end on a day off moves to the next working day (Civil Code, arts. 173, 175)',
  },
  months: {
    ru: 'Срок истекает в то же число последнего месяца; окончание в нерабочий день переходит на ближайший рабочий (ГК РК, ст. 174 п. 3, 175)',
    kk: 'Мерзім соңғы айдың сол күнінде бітеді; жұмыс емес күнге келген аяғы келесі жұмыс күніне ауысады (ҚР АК 174-бап 3-тармақ, 175-бап)',
    en: 'The term ends on the same day of its last month; an end on a day off moves to the next working day (Civil Code, arts. 174 p. 3, 175)',
  },
}

/**
 * The last day of a term that an event starts, by the conventions of the Civil Code (General Part), arts. 172–176, and the
 * Administrative Procedural Code, art. 76. An act may be done until the end of that day (art. 176).
 * @param input.event day of the event, YYYY-MM-DD
 * @param input.term whole numbers, at least 1
 * @throws DomainError `bad-request`: no such day or number, or the term leaves the covered years
 */
export function lastDayOfTerm(
  calendar: WorkingCalendar,
  input: { event: string; term: TermLength },
): Term & { basis: Translations } {
  const { event, term } = input
  const basis = BASIS[term.unit]
  if (term.unit === 'working-days') return { ...addWorkingDays(calendar, { from: event, days: term.length }), basis }
  if (term.unit === 'calendar-days') return { ...addCalendarDays(calendar, { from: event, days: term.length }), basis }
  // A term in months is so many calendar days once its last day is known.
  const days = workingDaysBetween(calendar, { from: event, to: addMonths(event, term.length) }).count.length
  return { ...addCalendarDays(calendar, { from: event, days }), basis }
}
