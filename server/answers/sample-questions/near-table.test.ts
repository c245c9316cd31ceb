import { expect, test } from 'vitest'
import { createNearTable, createVectorNumbers } from './near-table.ts'

const vector = (...values: number[]): Float32Array => Float32Array.from(values)
const [east, north, west, slanted] = [vector(1, 0), vector(0, 1), vector(-1, 0), vector(0.6, 0.8)]

test('each word of a question has the greatest cosine to a text, a word without a vector none', () => {
  const numbers = createVectorNumbers()
  const table = createNearTable(numbers, [east, null, north], [east, north])
  const text = Int32Array.of(numbers.of(slanted), numbers.of(west))
  expect([...table.bestOfWords(text)].map((cosine) => cosine.toFixed(2))).toEqual(['0.60', '0.00', '0.80'])
  expect(table.bestInQuestion(numbers.of(slanted)).toFixed(2)).toBe('0.80')
  expect(table.bestInQuestion(numbers.of(west))).toBe(0)
})

test('words that come up later are compared, too, however many', () => {
  const numbers = createVectorNumbers()
  const words = [east, north, west, slanted, east]
  const table = createNearTable(numbers, words, words)
  for (let at = 1; at <= 400; at += 1) {
    const later = vector(at / 1000, 0)
    expect(numbers.of(later)).toBe(at - 1)
    const best = table.bestOfWords(Int32Array.of(numbers.of(later)))
    expect([...best].map((cosine) => Math.round(cosine * 1000))).toEqual([at, 0, 0, Math.round(0.6 * at), at])
  }
})

test('of nothing nothing is near', () => {
  const numbers = createVectorNumbers()
  const table = createNearTable(numbers, [null], [])
  const number = numbers.of(east)
  expect([...table.bestOfWords(Int32Array.of(number))]).toEqual([0])
  expect(table.bestInQuestion(number)).toBe(0)
})
