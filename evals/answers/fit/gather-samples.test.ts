import { describe, expect, it } from 'vitest'
import type { GatheredPassage } from '#server/answers/gather-passages.ts'
import { sampleCase, withUnanswerable } from './gather-samples.ts'

const passage = (actId: string, eid: string): GatheredPassage =>
  ({ passageId: `${actId} ${eid}`, citation: { actId, eid }, segments: [{ eid, start: 0, end: 9 }] }) as GatheredPassage
const asked = { question: 'сколько стоит лицензия', lang: 'ru', asOf: '2026-11-25', set: '20774' } as const
const one = sampleCase([passage('a', 'para_1'), passage('a', 'para_2'), passage('b', 'para_1')], asked, {
  actId: 'a',
  eid: 'para_1',
})

describe('sample questions as cases', () => {
  it('are answered by their provision, of their act alone', () => {
    expect(one.right.map((eids) => eids.length > 0)).toEqual([true, false, false])
  })

  it('cannot be answered without their provision, or without their act', () => {
    const cases = withUnanswerable([one, one])
    expect(cases.map(({ answerable, passages }) => [answerable, passages.map(({ passageId }) => passageId)])).toEqual([
      [true, ['a para_1', 'a para_2', 'b para_1']],
      [false, ['a para_2', 'b para_1']],
      [true, ['a para_1', 'a para_2', 'b para_1']],
      [false, ['b para_1']],
    ])
    expect(cases.filter(({ answerable }) => !answerable).every(({ right }) => right.flat().length === 0)).toBe(true)
  })
})
