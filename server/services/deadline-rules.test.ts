import { describe, expect, it } from 'vitest'
import { readCalendarData } from '#server/calendar/read-calendar-data.ts'
import { createWorkingCalendar } from '#server/calendar/working-calendar.ts'
import { deadlineState, pointLabel, termOf, type DeadlinePoint } from './deadline-rules.ts'
import { explainVisibility } from './explain-visibility.ts'

const calendar = createWorkingCalendar(readCalendarData(), [])

describe('terms of the Rules, counted by hand', () => {
  it.each<[point: DeadlinePoint, event: string, due: string, how: string]>([
    // п. 20: three working days from the approval of the act.
    ['20', '2026-11-25', '2026-11-30', 'Wed; Thu 1, Fri 2, weekend, Mon 3'],
    ['20', '2026-12-14', '2026-12-18', 'Mon; 15th 1, 16th Independence Day, 17th 2, 18th 3'],
    ['20', '2023-05-12', '2023-05-17', 'Fri; Mon 1, Tue 2, Wed 3'],
    // п. 21: ten working days from the submission.
    ['21', '2026-11-25', '2026-12-09', '26, 27, 30, 1, 2, 3, 4, 7, 8, 9'],
    ['21', '2026-12-10', '2026-12-25', '11, 14, 15, 17 (16th off), 18, 21, 22, 23, 24, 25'],
    // п. 23: the first working day after five from the signing.
    ['23', '2026-12-10', '2026-12-21', '11 1, 14 2, 15 3, 17 4, 18 5; weekend; Mon 21st'],
    ['23', '2026-11-20', '2026-11-30', 'Fri; 23–27 are the five; the 28th is a Saturday, so Mon 30th'],
    ['23', '2026-11-23', '2026-12-01', 'Mon; 24, 25, 26, 27, 30; Tue 1st'],
    // п. 26: five working days from the amendment.
    ['26', '2026-12-31', '2027-01-12', '1st, 2nd New Year, 4th for Sat 2nd, 5 1, 6 2, 7th Christmas, 8 3, 11 4, 12 5'],
    // п. 27: five working days from the replacement.
    ['27', '2026-03-20', '2026-04-01', 'Nauryz 21–23 with Tue 24th and Wed 25th off; 26, 27, 30, 31, 1'],
    ['27', '2026-11-27', '2026-12-04', 'Fri; Mon–Fri'],
  ])('п. %s from %s ends on %s: %s', (point, event, due) => {
    const term = termOf(calendar, point, event)
    expect(term.date).toBe(due)
    expect(term.count.at(-1)).toMatchObject({ date: due, kind: 'working' })
  })

  it('names п. 33 for services in electronic form where it applies', () => {
    expect((['20', '21', '23', '26', '27'] as const).map((point) => pointLabel(point, 'electronic'))).toEqual([
      'п. 33, 20',
      'п. 33, 21',
      'п. 33, 23',
      'п. 26',
      'п. 27',
    ])
    expect(pointLabel('21', 'state')).toBe('п. 21')
  })

  it.each<[DeadlinePoint, string | null, string, string]>([
    ['21', null, '2026-12-09', 'open'],
    ['21', null, '2026-12-10', 'overdue'],
    ['21', '2026-12-09', '2027-01-01', 'met'],
    ['21', '2026-12-10', '2027-01-01', 'met-late'],
    ['23', null, '2026-12-08', 'open'],
    ['23', null, '2026-12-09', 'met'],
  ])('a clock of п. %s met on %s is on %s %s', (point, metOn, today, state) => {
    expect(deadlineState({ point, dueOn: '2026-12-09', metOn }, today)).toBe(state)
  })
})

describe('the gate of п. 23', () => {
  const due = '2026-12-09'
  it.each<[trained: string | null, signed: string | null, today: string, reason: string, says: string]>([
    [null, null, '2026-12-09', 'training-awaited', 'ждёт обучения до 09.12.2026 (п. 21)'],
    [null, null, '2026-12-10', 'training-overdue', 'срок прошёл (п. 21)'],
    ['2026-12-08', null, '2026-12-10', 'protocol-awaited', 'ждёт протокола с подписями обеих сторон (п. 22)'],
    ['2026-12-08', '2026-12-10', '2026-12-20', 'term-running', 'откроется 21.12.2026'],
    ['2026-12-08', '2026-12-10', '2026-12-21', 'visible', 'Консультации идут с 21.12.2026'],
  ])('trained %s, signed %s: on %s %s', (trainedOn, signedOn, today, reason, says) => {
    const visibility = explainVisibility(calendar, { trainedOn, trainingDue: due, signedOn }, today)
    expect(visibility).toMatchObject({ reason, visible: reason === 'visible' })
    expect(visibility.explanation.ru).toContain(says)
    expect(visibility.from).toBe(signedOn === null ? null : '2026-12-21')
    for (const text of Object.values(visibility.explanation)) expect(text).not.toContain('\n')
  })
})
