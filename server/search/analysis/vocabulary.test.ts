import { expect, it } from 'vitest'
import { createVocabulary } from './vocabulary.ts'

it('reads Latin letters after edits by whatever form of a word is left', () => {
  const words = createVocabulary()
  words.add('запросов', 'ru')
  // The tables are made at the first such query, and kept up from then on.
  expect(words.fromLatin('zaprosami', false)).toBe('запросов')
  words.add('запросам', 'ru')
  words.remove('запросов', 'ru')
  expect(words.fromLatin('zaprosy', false)).toBe('запросам')
  words.remove('запросам', 'ru')
  expect(words.fromLatin('zaprosy', false)).toBeNull()
})

it('corrects to words that are there, also after they went and came back', () => {
  const words = createVocabulary()
  words.add('договор', 'ru')
  expect(words.correct('договр')).toBe('договор')
  words.remove('договор', 'ru')
  expect(words.correct('договр')).toBeNull()
  words.add('договор', 'ru')
  expect(words.correct('договр')).toBe('договор')
})

it('keeps a word of both languages while it stands in one of them', () => {
  const words = createVocabulary()
  words.add('паспорт', 'ru')
  words.add('паспорт', 'kk')
  expect(words.fromLatin('pasportom', false)).toBe('паспорт')
  words.remove('паспорт', 'ru')
  expect(words.fromLatin('pasportom', false)).toBe('паспорт')
})

it('takes no real word for a misspelt word of the language data that no passage holds', () => {
  const words = createVocabulary()
  for (const word of ['ұйым', 'ұйымы', 'сапа', 'қате', 'корпорация']) words.give(word, 'kk')
  for (const word of ['ұғымы', 'саналады', 'қатысады']) expect(words.correct(word)).toBeNull()
  expect(words.correct('корпарация')).toBe('корпорация')
  words.add('ұйымы', 'kk')
  expect(words.correct('ұғымы')).toBe('ұйымы')
})
