import { expect, test } from 'vitest'
import type { Amendment } from './act.ts'
import { amendmentAnomalies, type Anomaly } from './amendment-anomalies.ts'

const by = (date: string): Amendment['by'] => ({ kind: 'приказ', issuer: 'Министра', date, number: '15' })

/** When it was signed, when it came into force, and what is odd; the act amended is of 26 January 2016. */
test.each<[signed: string, inForce: Amendment['inForce'], odd: Anomaly[]]>([
  ['2022-10-04', { rule: 'date', date: '2022-10-15' }, []],
  ['2022-10-04', { rule: 'date', date: '2022-10-04' }, []],
  ['2022-10-04', { rule: 'date', date: '2022-10-03' }, ['in-force-before-signing']],
  ['2022-10-04', { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: null }, []],
  ['2022-10-04', { rule: 'unstated' }, ['in-force-unstated']],
  ['2016-01-25', { rule: 'date', date: '2016-02-01' }, ['amendment-before-act']],
  ['2016-01-25', { rule: 'date', date: '2016-01-01' }, ['amendment-before-act', 'in-force-before-signing']],
])('an amendment signed on %s, in force by %j: %j', (signed, inForce, odd) => {
  const found = amendmentAnomalies({ by: by(signed), inForce, target: 'п. 3' }, '2016-01-26')
  expect(found.map(({ rule }) => rule)).toEqual(odd)
  for (const { text } of found) expect(text).toMatch(/^сноска \(п\. 3\)/u)
})

test('where the day of the act is not known nothing is older than it', () => {
  const one = { by: by('2001-01-01'), inForce: { rule: 'date', date: '2001-02-01' }, target: 'п. 3' } as const
  expect(amendmentAnomalies(one, '')).toEqual([])
})
