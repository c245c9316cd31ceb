import { expect, test } from 'vitest'
import { ndcg, recall, reciprocalRank, summarise } from './metrics.ts'

const grades = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
])

test('nDCG, reciprocal rank and recall agree with figures worked out by hand', () => {
  expect(ndcg(['a', 'b', 'c'], grades, 10)).toBe(1)
  // (1·1 + 2·0.63093) / (2·1 + 1·0.63093)
  expect(ndcg(['b', 'a'], grades, 10)).toBeCloseTo(2.26186 / 2.63093, 5)
  expect(ndcg(['c'], grades, 10)).toBe(0)
  expect(reciprocalRank(['c', 'x', 'b'], grades, 10)).toBeCloseTo(1 / 3)
  expect(reciprocalRank(['c', 'x', 'b'], grades, 2)).toBe(0)
  expect(recall(['c', 'a'], grades, 10)).toBe(0.5)
})

test('a query without an answer in the run counts as zero, one without judgements does not count', () => {
  const run = new Map([['q1', ['a']]])
  const judgements = new Map([
    ['q1', grades],
    ['q2', grades],
    ['q3', new Map([['c', 0]])],
  ])
  expect(summarise(run, judgements)).toMatchObject({ queries: 2, hit1: 0.5 })
})
