import { expect, test } from 'vitest'
import { impactDayKey } from './impact-day-key.ts'

test.each([
  [true, true, '2026-11-25', 'impact.endedOn'],
  [true, true, '2026-11-26', 'impact.endedOn'],
  [true, true, '2026-11-27', 'impact.endsOn'],
  [true, false, '2026-11-01', 'impact.endsNotBefore'],
  [true, false, '2026-12-01', 'impact.endsNotBefore'],
  [false, true, '2026-12-01', 'impact.inForceFrom'],
  [false, false, '2026-12-01', 'impact.inForceNotBefore'],
])('an ending %s whose day is known %s, %s: %s', (isEnding, known, since, key) => {
  expect(impactDayKey({ isEnding, known, since, today: '2026-11-26' })).toBe(key)
})
