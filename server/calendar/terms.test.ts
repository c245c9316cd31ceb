import { describe, expect, test } from 'vitest'
import { addCalendarDays } from './add-calendar-days.ts'
import { addHours } from './add-hours.ts'
import { addWorkingDays } from './add-working-days.ts'
import { almatyDay, almatyInstant, startOfDay } from './almaty-time.ts'
import { addDays } from './day-arithmetic.ts'
import { dueByDayOfMonth } from './due-by-day-of-month.ts'
import { firstDayAfterTerm } from './first-day-after-term.ts'
import { lastDayOfTerm } from './last-day-of-term.ts'
import { readCalendarData } from './read-calendar-data.ts'
import { OUTAGE_NOTICE_HOURS, RECORDING_HOURS, REPORT_DAY, RULES_TERMS } from './rules-terms.ts'
import { workingDaysBetween } from './working-days-between.ts'
import { createWorkingCalendar } from './working-calendar.ts'

const calendar = createWorkingCalendar(readCalendarData())

describe('terms of the Rules', () => {
  test.each([
    // Wd = working days counted; the event's day is never one of them.
    {
      point: 'п. 8, 2 wd, over Nauryz and its two substitutes',
      term: RULES_TERMS.emailAnswer,
      event: '2026-03-20',
      due: '2026-03-27',
    },
    {
      point: 'п. 8, 2 wd, the event on a Saturday, Sunday 5 January worked',
      term: RULES_TERMS.emailAnswer,
      event: '2025-01-04',
      due: '2025-01-06',
    },
    { point: 'п. 8, 2 wd, ordinary week', term: RULES_TERMS.emailAnswer, event: '2026-11-24', due: '2026-11-26' },
    { point: 'п. 20, 3 wd, over 16 December', term: RULES_TERMS.submission, event: '2026-12-15', due: '2026-12-21' },
    {
      point: 'п. 20, 3 wd, 2021: 16 and 17 December off',
      term: RULES_TERMS.submission,
      event: '2021-12-15',
      due: '2021-12-22',
    },
    {
      point: 'п. 20, 3 wd, 2022: 16 December only',
      term: RULES_TERMS.submission,
      event: '2022-12-15',
      due: '2022-12-21',
    },
    {
      point: 'п. 21, 10 wd, over 8 and 15 March 2027',
      term: RULES_TERMS.training,
      event: '2027-03-01',
      due: '2027-03-17',
    },
    {
      point: 'п. 22–23, 5 wd from the protocol, over 16 December',
      term: RULES_TERMS.goLive,
      event: '2026-12-11',
      due: '2026-12-21',
    },
    {
      point: 'п. 26, 5 wd, over 7 May and the substitute of 9 May',
      term: RULES_TERMS.update,
      event: '2026-05-06',
      due: '2026-05-15',
    },
    {
      point: 'п. 27, 5 wd, 31 August 2026 worked',
      term: RULES_TERMS.replacementNotice,
      event: '2026-08-27',
      due: '2026-09-03',
    },
    {
      point: 'п. 27, 5 wd, 31 August 2020 off',
      term: RULES_TERMS.replacementNotice,
      event: '2020-08-27',
      due: '2020-09-04',
    },
    {
      point: 'п. 28, 3 wd, over New Year, Saturday 29 December worked',
      term: RULES_TERMS.refusalReport,
      event: '2018-12-27',
      due: '2019-01-03',
    },
    {
      point: 'п. 28, 3 wd, 8 May off for 11 May',
      term: RULES_TERMS.refusalReport,
      event: '2020-05-06',
      due: '2020-05-13',
    },
    {
      point: 'п. 32, next wd, over the substitute of 25 October',
      term: RULES_TERMS.explanation,
      event: '2025-10-24',
      due: '2025-10-28',
    },
    {
      point: 'п. 33 as п. 20, 3 wd, over the year',
      term: RULES_TERMS.submission,
      event: '2026-12-31',
      due: '2027-01-08',
    },
  ])('$point: $event → $due', ({ term, event, due }) => {
    expect(lastDayOfTerm(calendar, { event, term }).date).toBe(due)
  })

  test.each([
    { point: 'п. 23, over 16 December', event: '2026-12-11', first: '2026-12-22' },
    { point: 'п. 23, Saturday 4 May worked, the fifth day a Friday', event: '2024-04-30', first: '2024-05-13' },
  ])('$point: a protocol of $event lets advice start on $first', ({ event, first }) => {
    expect(firstDayAfterTerm(calendar, { event, days: RULES_TERMS.goLive.length }).date).toBe(first)
  })

  test.each([
    { point: 'п. 31, a working day', month: '2026-10', date: '2026-11-05', latest: '2026-11-05' },
    { point: 'п. 31, over the year', month: '2026-12', date: '2027-01-05', latest: '2027-01-05' },
    { point: 'п. 31, a Sunday', month: '2026-03', date: '2026-04-03', latest: '2026-04-06' },
    { point: 'п. 31, a Sunday before Capital Day', month: '2026-06', date: '2026-07-03', latest: '2026-07-07' },
    { point: 'п. 39, a Sunday worked by order', month: '2024-12', date: '2025-01-05', latest: '2025-01-05' },
  ])('$point: the report on $month is due on $date', ({ month, date, latest }) => {
    const due = dueByDayOfMonth(calendar, { month, day: REPORT_DAY })
    expect([due.date, due.latest, due.named.slice(8)]).toEqual([date, latest, '05'])
    expect([due.count.at(0)?.date, due.count.at(-1)?.date]).toEqual([date, latest])
  })
})

describe('hours', () => {
  test.each([
    { point: 'п. 14', from: '2026-11-24T16:30:00+05:00', hours: RECORDING_HOURS, at: '2026-11-24T20:30:00+05:00' },
    {
      point: 'п. 14, Friday into Saturday',
      from: '2026-11-27T22:15:00+05:00',
      hours: RECORDING_HOURS,
      at: '2026-11-28T02:15:00+05:00',
    },
    {
      point: 'п. 14, asked in UTC',
      from: '2023-07-01T10:00:00Z',
      hours: RECORDING_HOURS,
      at: '2023-07-01T20:00:00+06:00',
    },
    {
      point: 'п. 14, over the change of the clocks',
      from: '2024-02-29T23:30:00+06:00',
      hours: RECORDING_HOURS,
      at: '2024-03-01T02:30:00+05:00',
    },
    { point: 'п. 38', from: '2026-11-29T03:00:00+05:00', hours: -OUTAGE_NOTICE_HOURS, at: '2026-11-28T03:00:00+05:00' },
    {
      point: 'п. 38, over the change of the clocks',
      from: '2024-03-01T10:00:00+05:00',
      hours: -OUTAGE_NOTICE_HOURS,
      at: '2024-02-29T11:00:00+06:00',
    },
  ])('$point: $from and $hours h', ({ from, hours, at }) => {
    expect(addHours({ from, hours }).at).toBe(at)
  })

  test('shows which day took how many, and that the clocks changed', () => {
    expect(addHours({ from: '2024-02-29T23:30:00+06:00', hours: 4 })).toEqual({
      from: '2024-02-29T23:30:00+06:00',
      at: '2024-03-01T02:30:00+05:00',
      count: [
        { date: '2024-02-29', hours: 1.5 },
        { date: '2024-03-01', hours: 2.5 },
      ],
      offsetChanged: true,
    })
    expect(addHours({ from: '2024-02-28T18:00:00Z', hours: 30 }).count).toEqual([
      { date: '2024-02-29', hours: 25 },
      { date: '2024-03-01', hours: 5 },
    ])
  })

  test('days of Almaty begin at its midnight', () => {
    expect(almatyDay(Date.parse('2026-11-24T19:00:00Z'))).toBe('2026-11-25')
    expect(almatyDay(Date.parse('2023-11-24T18:00:00Z'))).toBe('2023-11-25')
    expect(
      ['2024-02-29', '2024-03-01', '2024-03-02', '2016-01-01'].map((day) => new Date(startOfDay(day)).toISOString()),
    ).toEqual([
      '2024-02-28T18:00:00.000Z',
      '2024-02-29T19:00:00.000Z',
      '2024-03-01T19:00:00.000Z',
      '2015-12-31T18:00:00.000Z',
    ])
    expect(almatyInstant(Date.parse('2026-11-24T00:00:00.250Z'))).toBe('2026-11-24T05:00:00.250+05:00')
  })

  test('an instant without an offset is refused', () => {
    for (const from of ['2026-11-24T16:30:00', '2026-11-24', '2026-11-31T25:00:00Z', ''])
      expect(() => addHours({ from, hours: 4 })).toThrow(/is not an instant/)
    expect(() => addHours({ from: '2026-11-24T16:30:00Z', hours: Number.NaN })).toThrow(/Hours/)
  })
})

describe('calendar days and months', () => {
  test.each([
    {
      what: '10 days end on Nauryz and move past its substitutes (art. 175)',
      unit: 'calendar-days',
      length: 10,
      event: '2026-03-11',
      due: '2026-03-26',
    },
    { what: '10 days end on a working day', unit: 'calendar-days', length: 10, event: '2026-11-13', due: '2026-11-23' },
    {
      what: 'a Sunday worked by order is no day off',
      unit: 'calendar-days',
      length: 4,
      event: '2025-01-01',
      due: '2025-01-05',
    },
    {
      what: 'a month from the 31st ends on the last day (art. 174 p. 3), here a Saturday',
      unit: 'months',
      length: 1,
      event: '2026-01-31',
      due: '2026-03-02',
    },
    { what: 'a month', unit: 'months', length: 1, event: '2026-10-24', due: '2026-11-24' },
  ] as const)('$what: $event → $due', ({ unit, length, event, due }) => {
    expect(lastDayOfTerm(calendar, { event, term: { unit, length } }).date).toBe(due)
  })
})

describe('the explanation', () => {
  test('counts every day from the one after the event', () => {
    const { count, caveats } = addWorkingDays(calendar, { from: '2026-03-20', days: 2 })
    expect(count.map(({ date, kind, nth }) => [date.slice(8), kind, nth])).toEqual([
      ['21', 'holiday', null],
      ['22', 'holiday', null],
      ['23', 'holiday', null],
      ['24', 'moved', null],
      ['25', 'moved', null],
      ['26', 'working', 1],
      ['27', 'working', 2],
    ])
    expect(caveats).toEqual([])
    expect(addCalendarDays(calendar, { from: '2026-11-19', days: 2 }).count.map(({ nth }) => nth)).toEqual([
      1,
      2,
      null,
      null,
    ])
  })

  test('says what is expected and what may still be ordered', () => {
    const codes = (from: string) =>
      addWorkingDays(calendar, { from, days: 2 }).caveats.map(({ code, date }) => `${code} ${date}`)
    expect(codes('2026-11-24')).toEqual([])
    expect(codes('2026-12-30')).toEqual(['orders-to-come 2027-01-01'])
    expect(codes('2028-05-04')).toEqual(['expected-day 2028-05-05', 'orders-to-come 2028-01-01'])
    // Sunday 16 May 2027 may turn out to be Monday, the first day of this term.
    expect(codes('2027-05-16')).toEqual(['expected-day 2027-05-16', 'orders-to-come 2027-01-01'])
    expect(codes('2027-05-17')).toEqual(['orders-to-come 2027-01-01'])
  })
})

describe('always', () => {
  // The same days every time: a step that is prime to the week and the year.
  const days: string[] = []
  for (let day = '2016-01-01'; day < '2029-06-01'; day = addDays(day, 11)) days.push(day)
  const add = (from: string, n: number) => addWorkingDays(calendar, { from, days: n }).date

  test('a term ends on a working day, after its event', () => {
    for (const day of days)
      for (const n of [1, 2, 3, 5, 10]) {
        const due = add(day, n)
        expect([day, calendar.kindOf(due).kind, due > day]).toEqual([day, 'working', true])
        expect(workingDaysBetween(calendar, { from: day, to: due }).days).toBe(n)
      }
  })

  test('n working days and then m are n + m', () => {
    for (const day of days)
      for (const [n, m] of [
        [1, 1],
        [2, 3],
        [5, 10],
        [20, 7],
      ] as const)
        expect([day, add(add(day, n), m)]).toEqual([day, add(day, n + m)])
  })

  test('a later event or a longer term never ends earlier', () => {
    for (const day of days)
      for (const n of [1, 3, 10]) {
        expect(add(addDays(day, 1), n) >= add(day, n)).toBe(true)
        expect(add(day, n + 1) > add(day, n)).toBe(true)
        expect(
          addCalendarDays(calendar, { from: addDays(day, 1), days: n }).date >=
            addCalendarDays(calendar, { from: day, days: n }).date,
        ).toBe(true)
      }
  })

  test('terms that leave the covered years, and terms that are none, are refused', () => {
    expect(() => add('2030-12-30', 5)).toThrow(
      'The working calendar covers the years 2016 to 2030; 2031-01-01 is outside.',
    )
    expect(() => add('2015-06-01', 1)).toThrow(/2016 to 2030/)
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => add('2026-11-24', n)).toThrow(/at least 1/)
      expect(() => addCalendarDays(calendar, { from: '2026-11-24', days: n })).toThrow(/at least 1/)
    }
    expect(() => workingDaysBetween(calendar, { from: '2026-11-24', to: '2026-11-23' })).toThrow(/is before/)
    expect(workingDaysBetween(calendar, { from: '2026-11-24', to: '2026-11-24' }).days).toBe(0)
    for (const input of [
      { month: '2026-13', day: 5 },
      { month: '2026-1', day: 5 },
      { month: '2026-10', day: 31 },
    ])
      expect(() => dueByDayOfMonth(calendar, input)).toThrow(/is not a day|A month is/)
  })
})
