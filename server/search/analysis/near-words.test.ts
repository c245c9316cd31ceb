import { expect, it } from 'vitest'
import { createNearWords } from './near-words.ts'

it('finds a word once however often it was entered, and not after it was taken out', () => {
  const words = createNearWords()
  for (const word of ['номер', 'номеру', 'номер', 'номера']) words.add(word)
  const near = () => words.near('номор', 1).map(({ word }) => word)
  expect(near()).toEqual(['номер'])
  words.remove('номер')
  words.remove('нет')
  expect(near()).toEqual([])
  expect(words.near('номеро', 1).map(({ word }) => word)).toEqual(['номеру', 'номера'])
  words.remove('номеру')
  words.add('номер')
  expect(near()).toEqual(['номер'])
  expect(
    words
      .near('номеро', 1)
      .map(({ word }) => word)
      .toSorted(),
  ).toEqual(['номер', 'номера'])
})
