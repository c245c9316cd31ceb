import { describe, expect, it } from 'vitest'
import { readCalendarData } from '#server/calendar/read-calendar-data.ts'
import { createWorkingCalendar } from '#server/calendar/working-calendar.ts'
import { onceAWorkingDay, onceAWorkingHour } from './slots.ts'

const calendar = createWorkingCalendar(readCalendarData())
const moved = createWorkingCalendar(readCalendarData(), [
  { date: '2026-11-28', kind: 'working', reason: 'Перенос', decree: '№ 1' },
])

describe('slots of days and hours of Almaty', () => {
  it.each([
    ['a working day, before six', '2026-11-26T05:59:59+05:00', null, null],
    ['six o’clock', '2026-11-26T06:00:00+05:00', '2026-11-26', '2026-11-26T06'],
    ['the day of Almaty, not of Greenwich', '2026-11-26T02:30:00Z', '2026-11-26', '2026-11-26T07'],
    ['nine in the evening', '2026-11-26T21:59:00+05:00', '2026-11-26', '2026-11-26T21'],
    ['later only what was missed in the day', '2026-11-26T22:00:00+05:00', '2026-11-26', null],
    ['a Saturday', '2026-11-28T12:00:00+05:00', null, null],
    ['Independence Day', '2026-12-16T12:00:00+05:00', null, null],
    ['before the change of offset in 2024', '2024-02-29T06:00:00+06:00', '2024-02-29', '2024-02-29T06'],
    ['a year that no calendar covers: Monday to Friday', '2099-11-26T12:00:00+05:00', '2099-11-26', '2099-11-26T12'],
    ['its Sunday', '2099-11-29T12:00:00+05:00', null, null],
  ])('%s', (_, instant, day, hour) => {
    expect(onceAWorkingDay(new Date(instant), calendar)).toBe(day)
    expect(onceAWorkingHour(new Date(instant), calendar)).toBe(hour)
  })

  it('a Saturday that a supervisor made a working day', () => {
    expect(onceAWorkingDay(new Date('2026-11-28T12:00:00+05:00'), moved)).toBe('2026-11-28')
  })
})
