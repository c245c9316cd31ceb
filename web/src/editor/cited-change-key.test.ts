import { expect, test } from 'vitest'
import { citedChangeKey } from './cited-change-key.ts'

test.each([
  [null, true, false, 'impact.since'],
  [null, false, false, 'impact.notBefore'],
  ['п. 3', true, true, 'impact.movedSince'],
  ['п. 3', false, true, 'impact.movedNotBefore'],
  ['п. 3', true, false, 'impact.movedChangedSince'],
  ['п. 3', false, false, 'impact.movedChangedNotBefore'],
])('moved to %s, its day known %s, its words the same %s: %s', (movedTo, known, isSaidAlike, key) => {
  expect(citedChangeKey({ movedTo, known, isSaidAlike })).toBe(key)
})
