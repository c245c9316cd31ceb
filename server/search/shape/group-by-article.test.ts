import { expect, it } from 'vitest'
import { groupByArticle } from './group-by-article.ts'
import type { FoundPlace } from './read-places.ts'

/** «a ст. 9 пп. 1»: the article, and the label of the passage. */
const placeOf = (passageId: string): FoundPlace => ({
  passageId,
  lang: 'ru',
  twinKey: passageId,
  articleId: passageId.slice(0, 1),
  label: passageId.slice(2),
  isAct: true,
  actId: 'act',
  eid: '',
  sources: null,
  ord: 0,
  among: null,
})
const group = (query: string, ids: readonly string[]) => {
  const { hits, under } = groupByArticle(
    query,
    ids.map((passageId, at) => ({ passageId, score: -at })),
    new Map(ids.map((id) => [id, placeOf(id)])),
  )
  return { order: hits.map(({ passageId }) => passageId), under: Object.fromEntries(under) }
}
const many = (article: string, count: number, label = 'п.'): string[] =>
  Array.from({ length: count }, (_, at) => `${article} ${label} ${at + 1}`)

it('leaves two hits of an article to a short query, and counts the others under its first one', () => {
  expect(group('адвокат лицензия', [...many('a', 6), ...many('b', 1), ...many('c', 5)])).toEqual({
    order: ['a п. 1', 'a п. 2', 'b п. 1', 'c п. 1', 'c п. 2'],
    under: { 'a п. 1': 4, 'c п. 1': 3 },
  })
})

it('leaves six to a longer one, whose answer often stands in one article', () => {
  const { order, under } = group('какие документы нужны адвокату', [...many('a', 9), ...many('b', 3)])
  expect(order).toHaveLength(9)
  expect(under).toEqual({ 'a п. 1': 3 })
})

it('leaves a short list as it is', () => {
  expect(group('адвокат', many('a', 10)).order).toHaveLength(10)
  expect(group('адвокат', many('a', 11)).order).toHaveLength(2)
})

it('never puts away what the query names', () => {
  const points = ['a п. 1', 'a п. 2', 'a приказ, п. 8', 'a п. 3', 'a п. 8', 'a п. 8 пп. 1']
  expect(group('п. 8', [...points, ...many('b', 5)]).order).toEqual([
    'a п. 1',
    'a п. 2',
    'a приказ, п. 8',
    'a п. 8',
    'b п. 1',
    'b п. 2',
  ])
})

it('takes the points of an article of a law for parts of what is named', () => {
  const { order, under } = group('ст. 9', ['a ст. 9', ...many('a', 12, 'ст. 9 пп.')])
  expect(order).toEqual(['a ст. 9', 'a ст. 9 пп. 1'])
  expect(under).toEqual({ 'a ст. 9': 11 })
})
