import { expect, it } from 'vitest'
import { fuseRanks } from './fuse.ts'

const list = (...ids: string[]): { passageId: string; score: number }[] =>
  ids.map((passageId, index) => ({ passageId, score: 10 - index }))
const order = (query: string, lexical: string[], vector: string[], weight?: number): string[] =>
  fuseRanks(query, list(...lexical), list(...vector), weight).map(({ passageId }) => passageId)

it('puts first what both lists put first, each item once', () => {
  expect(order('срок ответа на письмо', ['a', 'b', 'c'], ['a', 'd', 'b'], 1)).toEqual(['a', 'b', 'd', 'c'])
})

it('adds what only vectors found behind what words found', () => {
  expect(order('срок ответа на письмо', ['a', 'b'], ['z'])).toEqual(['a', 'b', 'z'])
})

it('ignores vectors when the query names a place of an act', () => {
  expect(order('что в п. 8', ['a', 'b', 'c'], ['c', 'b', 'a'], 5)).toEqual(['a', 'b', 'c'])
})

it('keeps the order of words when a list is empty', () => {
  expect(order('запрос', ['a', 'b'], [])).toEqual(['a', 'b'])
  expect(order('запрос', [], ['b', 'a'])).toEqual(['b', 'a'])
})
