import type { CalendarData, Translations } from './calendar-data.ts'
import { weekdayOf } from './day-arithmetic.ts'

const dotted = (day: string) => day.split('-').toReversed().join('.')

const WEEKEND: Record<number, Translations> = {
  6: { ru: 'Суббота', kk: 'Сенбі', en: 'Saturday' },
  0: { ru: 'Воскресенье', kk: 'Жексенбі', en: 'Sunday' },
}

/** The name of a Saturday or a Sunday; null for another day. */
export const weekendName = (day: string): Translations | null => WEEKEND[weekdayOf(day)] ?? null

/** The note of a day off given for a holiday that fell on a day off. */
export const carriedNote = (holiday: Translations, on: string): Translations => ({
  ru: `Выходной за праздник ${dotted(on)} (${holiday.ru})`,
  kk: `${dotted(on)} мерекесі үшін демалыс күні (${holiday.kk})`,
  en: `Day off for the holiday of ${on} (${holiday.en})`,
})

/** The note of a day off moved from another day. */
export const movedOffNote = (from: string): Translations => ({
  ru: `День отдыха, перенесённый с ${dotted(from)}`,
  kk: `${dotted(from)} күнінен ауыстырылған демалыс күні`,
  en: `Day of rest moved from ${from}`,
})

/** The note of a working day whose rest was moved to another day. */
export const movedWorkNote = (to: string): Translations => ({
  ru: `Рабочий день: отдых перенесён на ${dotted(to)}`,
  kk: `Жұмыс күні: демалыс ${dotted(to)} күніне ауыстырылды`,
  en: `Working day: its rest is moved to ${to}`,
})

/** The note of a day that is computed and not announced. */
export const expectedNote = (name: Translations): Translations => ({
  ru: `${name.ru} (ожидается, не объявлен)`,
  kk: `${name.kk} (күтілуде, жарияланған жоқ)`,
  en: `${name.en} (expected, not announced)`,
})

/** How an act that moves days of rest is cited; only the year where its day is not known. */
export function actLabel({ by, number, year, date }: CalendarData['transfers'][number]['act']): Translations {
  const labour = by === 'minister-of-labour'
  const ru = labour ? 'приказ министра труда и социальной защиты населения РК' : 'постановление Правительства РК'
  const kk = labour ? 'ҚР Еңбек және халықты әлеуметтік қорғау министрінің' : 'ҚР Үкіметінің'
  const en = labour ? 'order of the Minister of Labour' : 'Government decree'
  return {
    ru: date === undefined ? `${ru} № ${number} (${year} год)` : `${ru} от ${dotted(date)} № ${number}`,
    kk: `${kk} ${date === undefined ? `${year} жылғы` : dotted(date)} № ${number} ${labour ? 'бұйрығы' : 'қаулысы'}`,
    en: `${en} No. ${number} of ${date ?? year}`,
  }
}
