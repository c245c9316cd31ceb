import { expect, it } from 'vitest'
import { fuseRanks, vectorShare } from './fuse.ts'

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

it.each([
  '8 800 080 7777',
  'приказ 368/НҚ от 2022',
  '1414 бесплатный звонок',
  '«ответ на письмо» срок',
  '"ответ на пис',
  'support@goscorp.kz',
  '8-тармақ',
  'п. ８',
  '№ 33555',
])('lets words alone decide for «%s»', (query) => {
  expect(vectorShare(query, 1)).toBe(0)
})

it.each([
  ['срок ответа на письмо', 1],
  ['ответ за 2 дня на письмо', 1],
  ['письмо', 0.5],
  ['что изменилось в правилах оказания услуг после 2022 года', 0.5],
])('gives vectors their share of «%s»: %d', (query, share) => {
  expect(vectorShare(query, 1)).toBe(share)
})

it('keeps the order of words when a list is empty', () => {
  expect(order('запрос', ['a', 'b'], [])).toEqual(['a', 'b'])
  expect(order('запрос', [], ['b', 'a'])).toEqual(['b', 'a'])
})
