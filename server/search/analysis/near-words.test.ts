import { expect, it } from 'vitest'
import { createNearWords, editDistance, isOneEdit } from './near-words.ts'

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

it.each([
  ['номер', 'номер', true],
  ['номер', 'номр', true],
  ['номр', 'номер', true],
  ['номер', 'номур', true],
  ['номер', 'нмоер', true],
  ['номер', 'омер', true],
  ['номер', 'номерa', true],
  ['номер', 'нмор', false],
  ['номер', 'ноемрa', false],
  ['аа', 'а', true],
  ['', 'а', true],
  ['', 'аб', false],
  ['абвг', 'вбаг', false],
])('one edit at most lies between «%s» and «%s»: %s, as the distance says', (left, right, expected) => {
  expect(isOneEdit(left, right)).toBe(expected)
  expect(isOneEdit(left, right)).toBe(editDistance(left, right, 1) <= 1)
})
