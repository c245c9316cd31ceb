import { expect, it } from 'vitest'
import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { findWarnings } from './find-warnings.ts'

const group = (ru: string[], kk: string[] = []): SynonymContent => ({
  weight: 0.6,
  ru: { same: ru, near: [] },
  kk: { same: kk, near: [] },
})
const words = (begin: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${begin}${'абвгдежзиклмн'[at] ?? ''}к`)

const others = [
  { id: 'mail', content: group(['письмо', 'имейл', ...words('почт', 9)]) },
  { id: 'call', content: group(['звонок', 'вызов', ...words('телефон', 9)]) },
  { id: 'small', content: group(['талон', 'билет']) },
]
const said = (content: SynonymContent, was: SynonymContent | null = null, absent: string[] = []) =>
  findWarnings({
    id: 'own',
    was,
    content,
    others: [...others, { id: 'own', content: was ?? content }],
    passagesOf: ({ text }) => (absent.includes(text) ? 0 : 3),
  }).map(({ code, isSerious, terms, groups }) => [code, isSerious, terms.join(), groups.map(({ id }) => id).join()])

it.each([
  ['nothing to say', group(['очередь', 'ожидание']), null, [], []],
  ['a word of callers alone', group(['очередь', 'хвост']), null, ['хвост'], [['not-in-base', false, 'хвост', '']]],
  [
    'no passage holds any of it',
    group(['очередь', 'хвост']),
    null,
    ['хвост', 'очередь'],
    [['finds-nothing', true, 'очередь,хвост', '']],
  ],
  ['searches leave it out', group(['очередь', 'если']), null, [], [['stop-word', true, 'если', '']]],
  [
    'another form of the same word',
    group(['очередь', 'очереди']),
    null,
    [],
    [['same-word', false, 'очередь,очереди', '']],
  ],
  ['a word of one other group', group(['очередь', 'талоны']), null, [], [['shared', false, 'талоны', 'small']]],
  [
    'two groups lead to each other',
    group(['билет', 'талон', 'очередь']),
    null,
    [],
    [['cycle', true, 'талон,билет', 'small']],
  ],
  [
    'a word that joins two large groups',
    group(['письмо', 'очередь', ...words('хвост', 9)]),
    null,
    [],
    [['joins', true, 'письмо', 'mail']],
  ],
  ['what was shared before is no news', group(['талон', 'очередь']), group(['талон', 'хвост']), [], []],
  ['words of two languages are not the same', group(['очередь', 'талон'], ['талон']), group(['талон']), [], []],
] as const)('%s', (_, content, was, absent, expected) => {
  expect(said(content, was, [...absent])).toEqual(expected)
})
