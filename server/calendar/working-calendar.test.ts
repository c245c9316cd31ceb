import { describe, expect, test } from 'vitest'
import type { CalendarData } from './calendar-data.ts'
import { addDays, isWeekend } from './day-arithmetic.ts'
import { readCalendarData } from './read-calendar-data.ts'
import { createWorkingCalendar } from './working-calendar.ts'

const calendar = createWorkingCalendar(readCalendarData())

const daysOf = (year: number): string[] => {
  const days: string[] = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day)
  return days
}

/**
 * Every year by hand, from the law, the orders and a paper calendar: weekdays off, weekend days worked, working days in all.
 * The totals of 2018 (246), 2024 (248 of the balance of working time, and one more since Kurban-ait came on Sunday 16 June
 * instead of Monday 17) and 2026 (246, and one more since 31 August is worked) were published.
 */
const YEARS: { year: number; off: string; worked: string; total: number }[] = [
  {
    year: 2016,
    off: '01-01 01-04 01-07 03-07 03-08 03-21 03-22 03-23 05-02 05-09 05-10 07-06 08-30 09-12 12-01 12-16 12-19',
    worked: '03-05',
    total: 245,
  },
  {
    year: 2017,
    off: '01-02 01-03 03-08 03-20 03-21 03-22 03-23 05-01 05-08 05-09 07-06 07-07 08-30 09-01 12-01 12-18 12-19',
    worked: '03-18 07-01',
    total: 245,
  },
  {
    year: 2018,
    off: '01-01 01-02 03-08 03-09 03-21 03-22 03-23 04-30 05-01 05-07 05-08 05-09 07-06 08-21 08-30 08-31 12-03 12-17 12-18 12-31',
    worked: '03-03 04-28 05-05 08-25 12-29',
    total: 246,
  },
  {
    year: 2019,
    off: '01-01 01-02 01-07 03-08 03-21 03-22 03-25 05-01 05-07 05-09 05-10 07-08 08-30 12-02 12-16 12-17',
    worked: '05-04',
    total: 246,
  },
  {
    year: 2020,
    off: '01-01 01-02 01-03 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-08 07-06 07-31 08-31 12-01 12-16 12-17 12-18',
    worked: '01-05 12-20',
    total: 246,
  },
  {
    year: 2021,
    off: '01-01 01-04 01-07 03-08 03-22 03-23 03-24 05-03 05-07 05-10 07-05 07-06 07-20 08-30 12-01 12-16 12-17',
    worked: '07-03',
    total: 245,
  },
  {
    year: 2022,
    off: '01-03 01-04 01-07 03-07 03-08 03-21 03-22 03-23 05-02 05-09 05-10 07-06 08-29 08-30 10-24 10-25 12-16',
    worked: '03-05 08-27 10-22',
    total: 246,
  },
  {
    year: 2023,
    off: '01-02 01-03 03-08 03-21 03-22 03-23 05-01 05-08 05-09 06-28 07-06 07-07 08-30 10-25 12-18',
    worked: '07-01',
    total: 246,
  },
  {
    year: 2024,
    off: '01-01 01-02 03-08 03-21 03-22 03-25 05-01 05-07 05-08 05-09 07-08 08-30 10-25 12-16',
    worked: '05-04',
    total: 249,
  },
  {
    year: 2025,
    off: '01-01 01-02 01-03 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16',
    worked: '01-05',
    total: 246,
  },
  {
    year: 2026,
    off: '01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16',
    worked: '',
    total: 247,
  },
  {
    year: 2027,
    off: '01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16',
    worked: '',
    total: 247,
  },
]

describe('the calendar, year by year', () => {
  test.each(YEARS)('$year', ({ year, off, worked, total }) => {
    const days = daysOf(year).map((date) => ({ date, works: calendar.kindOf(date).kind === 'working' }))
    const short = (chosen: typeof days) => chosen.map(({ date }) => date.slice(5)).join(' ')
    expect(short(days.filter(({ date, works }) => !works && !isWeekend(date)))).toBe(off)
    expect(short(days.filter(({ date, works }) => works && isWeekend(date)))).toBe(worked)
    expect(days.filter(({ works }) => works)).toHaveLength(total)
  })
})

describe('why a day is what it is', () => {
  test.each([
    // Law No. 267-II, art. 5: Nauryz on Saturday and Sunday, its third day on Monday; both substitutes come after it.
    { date: '2026-03-21', kind: 'holiday', note: 'Наурыз мейрамы' },
    { date: '2026-03-24', kind: 'moved', note: 'Выходной за праздник 21.03.2026 (Наурыз мейрамы)' },
    { date: '2026-03-25', kind: 'moved', note: 'Выходной за праздник 22.03.2026 (Наурыз мейрамы)' },
    { date: '2027-03-24', kind: 'moved', note: 'Выходной за праздник 21.03.2027 (Наурыз мейрамы)' },
    // Labour Code, art. 84 p. 5: these days off give no other.
    { date: '2023-01-07', kind: 'holiday', note: 'Православное Рождество' },
    { date: '2023-01-09', kind: 'working', note: undefined },
    { date: '2024-06-16', kind: 'holiday', note: 'Первый день Курбан-айта' },
    { date: '2024-06-17', kind: 'working', note: undefined },
    // Law No. 143-VII of 29.09.2022.
    { date: '2021-12-01', kind: 'holiday', note: 'День Первого Президента Республики Казахстан' },
    { date: '2022-12-01', kind: 'working', note: undefined },
    { date: '2021-10-25', kind: 'working', note: undefined },
    { date: '2022-10-25', kind: 'holiday', note: 'День Республики' },
    { date: '2022-12-19', kind: 'working', note: undefined },
    // Law No. 306-VIII of 11.06.2026: no Constitution Day in 2026 at all.
    {
      date: '2025-09-01',
      kind: 'moved',
      note: 'Выходной за праздник 30.08.2025 (День Конституции Республики Казахстан)',
    },
    { date: '2026-03-16', kind: 'working', note: undefined },
    { date: '2026-08-31', kind: 'working', note: undefined },
    { date: '2027-03-15', kind: 'holiday', note: 'День Конституции Республики Казахстан' },
    { date: '2027-08-30', kind: 'working', note: undefined },
    { date: '2026-11-28', kind: 'weekend', note: 'Суббота' },
  ])('$date is $kind', ({ date, kind, note }) => {
    const day = calendar.kindOf(date)
    expect([day.kind, day.note?.ru]).toEqual([kind, note])
  })

  test('a moved day names the order at both its ends', () => {
    expect(calendar.kindOf('2025-01-03')).toMatchObject({
      kind: 'moved',
      origin: 'order',
      note: { en: 'Day of rest moved from 2025-01-05' },
      decree: { ru: 'приказ министра труда и социальной защиты населения РК от 21.11.2024 № 436' },
    })
    expect(calendar.kindOf('2025-01-05')).toMatchObject({
      kind: 'working',
      note: { kk: 'Жұмыс күні: демалыс 03.01.2025 күніне ауыстырылды' },
    })
    expect(calendar.kindOf('2022-03-07').decree?.ru).toBe('постановление Правительства РК от 06.10.2021 № 713')
    expect(calendar.kindOf('2016-03-07').decree).toEqual({
      ru: 'постановление Правительства РК № 67 (2016 год)',
      kk: 'ҚР Үкіметінің 2016 жылғы № 67 қаулысы',
      en: 'Government decree No. 67 of 2016',
    })
  })

  test('an order may move a substitute day: 11 May 2020 was worked, 8 May was not', () => {
    expect(calendar.kindOf('2020-05-11')).toMatchObject({ kind: 'working', origin: 'order' })
    expect(calendar.kindOf('2020-05-08')).toMatchObject({ kind: 'moved', origin: 'order' })
  })

  test('a day that is not announced says so', () => {
    expect(calendar.kindOf('2026-05-27').expected).toBe(false)
    expect(calendar.kindOf('2028-05-05')).toMatchObject({
      kind: 'holiday',
      expected: true,
      note: { ru: 'Первый день Курбан-айта (ожидается, не объявлен)' },
    })
  })

  test('a holiday on another day off carries over, past what is taken', () => {
    const data: CalendarData = { ...readCalendarData(), transfers: [] }
    // Were Kurban-ait on 8 March 2027, a Monday: Tuesday would be off for the holiday.
    data.kurbanAit = { ...data.kurbanAit, days: [{ date: '2027-03-08', expected: false, source: 'x' }] }
    expect(createWorkingCalendar(data).kindOf('2027-03-09').kind).toBe('moved')
    // Were it on Wednesday 24 March 2027, the substitute of Nauryz would move on to Thursday.
    data.kurbanAit = { ...data.kurbanAit, days: [{ date: '2027-03-24', expected: false, source: 'x' }] }
    const other = createWorkingCalendar({ ...data })
    expect([other.kindOf('2027-03-24').kind, other.kindOf('2027-03-25').kind]).toEqual(['holiday', 'moved'])
  })

  test('every order moves rest from a day off to a working day', () => {
    const bare = createWorkingCalendar({ ...readCalendarData(), transfers: [] })
    for (const { from, to } of readCalendarData().transfers) {
      expect([from, bare.kindOf(from).kind]).not.toEqual([from, 'working'])
      expect([to, bare.kindOf(to).kind]).toEqual([to, 'working'])
    }
  })

  test('years that are not covered are refused by name', () => {
    for (const date of ['2015-12-31', '2031-01-01'])
      expect(() => calendar.kindOf(date)).toThrow(
        `The working calendar covers the years 2016 to 2030; ${date} is outside.`,
      )
    expect(calendar.kindOf('2016-01-01').kind).toBe('holiday')
    expect(calendar.kindOf('2030-12-31').kind).toBe('working')
    for (const date of ['2026-02-30', '2026-2-3', 'today', ''])
      expect(() => calendar.kindOf(date)).toThrow(/is not a day/)
  })

  test('an edit overrides its own day and settles an expected one', () => {
    const edited = createWorkingCalendar(readCalendarData(), [
      { date: '2028-05-05', kind: 'working', reason: 'ДУМК объявило 4 мая', decree: null },
      { date: '2028-05-04', kind: 'holiday', reason: 'Первый день Курбан-айта', decree: 'ДУМК' },
    ])
    expect(edited.kindOf('2028-05-05')).toMatchObject({
      kind: 'working',
      origin: 'edit',
      expected: false,
      note: { kk: 'ДУМК объявило 4 мая' },
    })
    expect(edited.kindOf('2028-05-04')).toMatchObject({ kind: 'holiday', decree: { en: 'ДУМК' } })
    expect(edited.caveatsOf('2028-05-02', '2028-05-10').map(({ code }) => code)).toEqual(['orders-to-come'])
  })
})
