import { buildYear, type DayKind, type DayStatus } from './build-year.ts'
import type { CalendarData, Translations } from './calendar-data.ts'
import { outsideCalendar } from './calendar-refusals.ts'
import { addDays, isWeekend, yearOf } from './day-arithmetic.ts'
import { weekendName } from './day-notes.ts'

/** A supervisor's word on a day, which overrides the rules. */
export interface DayEdit {
  date: string
  kind: DayKind
  reason: string
  decree: string | null
}

/** What a deadline rests on and could still change. */
export interface Caveat {
  code: 'expected-day' | 'orders-to-come'
  /** The expected day, or the first day of the year whose orders are to come. */
  date: string
  text: Translations
}

export interface WorkingCalendar {
  years: { first: number; last: number }
  /** What a day is, and why. @throws DomainError `bad-request`: no such day, or its year is not covered */
  kindOf: (day: string) => DayStatus
  /** What could still change in the days from `first` to `last`. */
  caveatsOf: (first: string, last: string) => Caveat[]
}

const built = new WeakMap<CalendarData, Map<number, Map<string, DayStatus>>>()

/** Rules alone, each year computed once. */
function ruled(data: CalendarData, year: number): Map<string, DayStatus> {
  const years = built.get(data) ?? new Map<number, Map<string, DayStatus>>()
  built.set(data, years)
  const days = years.get(year) ?? buildYear(data, year)
  years.set(year, days)
  return days
}

const same = (text: string): Translations => ({ ru: text, kk: text, en: text })

/**
 * The working calendar of Kazakhstan, five-day week: rules of the law, orders that move rest, supervisors' edits over both.
 * An edit changes its own day only: it gives no other day off.
 */
export function createWorkingCalendar(data: CalendarData, edits: readonly DayEdit[] = []): WorkingCalendar {
  const edited = new Map(edits.map((edit) => [edit.date, edit]))
  const { first, last } = data.years

  const kindOf = (date: string): DayStatus => {
    const year = yearOf(date)
    if (year < first || year > last) throw outsideCalendar({ first, last, date })
    const edit = edited.get(date)
    if (edit !== undefined)
      return {
        date,
        kind: edit.kind,
        note: same(edit.reason),
        decree: edit.decree === null ? null : same(edit.decree),
        expected: false,
        origin: 'edit',
      }
    const special = ruled(data, year).get(date)
    if (special !== undefined) return special
    return {
      date,
      kind: isWeekend(date) ? 'weekend' : 'working',
      note: weekendName(date),
      decree: null,
      expected: false,
      origin: 'rule',
    }
  }

  const caveatsOf = (from: string, to: string): Caveat[] => {
    const expected = data.kurbanAit.days
      // The moon may move such a day by one, so its neighbours are as uncertain; an edit settles it.
      .filter(
        ({ date, expected }) => expected && !edited.has(date) && date >= addDays(from, -1) && date <= addDays(to, 1),
      )
      .map(({ date }) => ({
        code: 'expected-day' as const,
        date,
        text: {
          ru: `${data.kurbanAit.name.ru} ожидается ${date}, но ещё не объявлен: срок может измениться.`,
          kk: `${data.kurbanAit.name.kk} ${date} күні күтілуде, бірақ әлі жарияланған жоқ: мерзім өзгеруі мүмкін.`,
          en: `${data.kurbanAit.name.en} is expected on ${date}, but not announced: the deadline may change.`,
        },
      }))
    const open: Caveat[] = []
    for (let year = Math.max(yearOf(from), data.transfersKnownThrough + 1); year <= yearOf(to); year += 1)
      open.push({
        code: 'orders-to-come',
        date: `${year}-01-01`,
        text: {
          ru: `Переносы дней отдыха на ${year} год ещё могут быть объявлены.`,
          kk: `${year} жылғы демалыс күндерін ауыстыру әлі жариялануы мүмкін.`,
          en: `Days of rest of ${year} may still be moved by an order.`,
        },
      })
    return [...expected, ...open]
  }

  return { years: data.years, kindOf, caveatsOf }
}
