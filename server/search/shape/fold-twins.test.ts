import { expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import { foldTwins } from './fold-twins.ts'
import type { FoundPlace } from './read-places.ts'

/** «ru8»: point 8 in Russian. */
const placeOf = (passageId: string): FoundPlace => {
  const lang: Lang = passageId.startsWith('kk') ? 'kk' : 'ru'
  const twinKey = `act ${passageId.slice(2).replace(/[a-z]$/u, '')}`
  return {
    passageId,
    lang,
    twinKey,
    articleId: `art_${lang}`,
    label: '',
    isAct: true,
    actId: 'act',
    eid: '',
    sources: null,
    ord: 0,
    among: null,
  }
}
const fold = (ids: readonly string[], reader: Lang): string[] =>
  foldTwins(
    ids.map((passageId, at) => ({ passageId, score: 10 - at })),
    new Map(ids.map((id) => [id, placeOf(id)])),
    reader,
  ).map(({ passageId, score }) => `${passageId} ${score}`)

it.each([
  ['the language of the reader stands, at the better place', ['kk8', 'ru1', 'ru8'], 'ru', ['ru8 10', 'ru1 9']],
  ['whichever that language is', ['ru8', 'ru1', 'kk8'], 'kk', ['kk8 10', 'ru1 9']],
  ['what has no twin among the found stays', ['kk8', 'ru1'], 'ru', ['kk8 10', 'ru1 9']],
  ['two texts in one language are two', ['ru8a', 'ru8b', 'kk8'], 'ru', ['ru8a 10', 'ru8b 9']],
] as const)('%s', (_name, ids, reader, order) => {
  expect(fold(ids, reader)).toEqual(order)
})

it('folds each provision once', () => {
  expect(fold(['kk8', 'ru8', 'ru9', 'kk9'], 'ru')).toEqual(['ru8 10', 'ru9 8'])
})
