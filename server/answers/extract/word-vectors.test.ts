import { describe, expect, it } from 'vitest'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { dotProduct, wordVectors } from './word-vectors.ts'

const table = wordVectors()
const near = (left: string, right: string): number => {
  const [a, b] = [left, right].map((word) => table.of(stemWord(word, 'ru')))
  if (a === null || a === undefined || b === null || b === undefined) throw new Error(`unknown: ${left} or ${right}`)
  return dotProduct(a, b)
}

describe('word vectors', () => {
  // Fails when the stemmer no longer makes the stems that the table was built with.
  it.each([
    ['зарплата', 'оклад', 'шкала'],
    ['сведения', 'информации', 'праздников'],
    ['ожидания', 'ждать', 'приказ'],
    ['услуга', 'сервис', 'секунд'],
  ])('holds «%s» nearer to «%s» than to «%s»', (word, similar, other) => {
    expect(near(word, similar)).toBeGreaterThan(near(word, other) + 0.2)
  })

  it('knows everyday words from rare ones', () => {
    expect(table.rarity(stemWord('больше', 'ru'))).toBeLessThan(0.3)
    expect(table.rarity(stemWord('загранпаспорт', 'ru'))).toBeGreaterThan(0.7)
    expect(table.rarity('нетакогослова')).toBe(1)
    expect(table.of('нетакогослова')).toBeNull()
  })
})
