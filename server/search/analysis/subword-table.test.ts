import { describe, expect, it } from 'vitest'
import { senseOf, subwordsOf } from './sense-of.ts'
import { originalSubwordTable, parseSubwordTable, subwordTable, withShifts, writeShifts } from './subword-table.ts'

const cut = (word: string, restores = false) =>
  subwordTable()
    .segment(word, restores)
    .map((subword) => subwordTable().textOf(subword))
    .join('|')
const alike = (left: string, right: string): number => {
  const [a, b] = [senseOf(subwordsOf(left)), senseOf(subwordsOf(right))]
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
}

describe('subwords', () => {
  it.each([
    ['тіркеуге', '▁тіркеу|ге'],
    ['согласиесін', '▁согласи|е|сін'],
    ['лицензии', '▁лиценз|ии'],
    ['өтінішті', '▁өтініш|ті'],
  ])('«%s» is cut into %s', (word, subwords) => {
    expect(cut(word)).toBe(subwords)
  })

  it('a word of other letters has none, and a very long one ends', () => {
    expect(subwordTable().segment('email')).toEqual([])
    expect(subwordTable().segment('')).toEqual([])
    expect(subwordTable().segment('ж'.repeat(100_000)).length).toBeLessThan(100)
  })

  it('letters are restored where that is more probable', () => {
    expect(cut('тиркеуге', true)).toBe('▁тіркеу|ге')
    expect(cut('тиркеуге')).not.toContain('і')
  })
})

describe('what subwords mean together', () => {
  it.each([
    ['сколько ждать лицензию', 'срок выдачи лицензии', 'кто утверждает реестр'],
    ['үйді тіркеуге қанша күн керек', 'пәтерді тіркеу мерзімі', 'шағымды кімге береді'],
    ['квартираны тіркеу', 'пәтерді тіркеу', 'адвокаттар алқасы'],
    ['пәтерді тіркеу қанша тұрады', 'сколько стоит регистрация квартиры', 'кто подписывает протокол экзамена'],
  ])('«%s» is nearer to «%s» than to «%s»', (asked, near, far) => {
    expect(alike(asked, near)).toBeGreaterThan(alike(asked, far))
  })

  it('has length one, and nothing means nothing', () => {
    expect(Math.hypot(...senseOf(subwordsOf('срок')))).toBeCloseTo(1, 5)
    expect(Math.hypot(...senseOf([]))).toBe(0)
  })
})

describe('fitted vectors', () => {
  it('stand in place of the original ones, to a byte of their greatest number, the others stay', () => {
    const table = originalSubwordTable()
    const vector = Float32Array.from({ length: table.dimensions }, (_, at) => Math.sin(at) * 2)
    const shifted = withShifts(table, writeShifts([{ subword: 7, vector }], table.dimensions))
    const read = shifted.vectorOf(7)
    expect(Math.max(...read.map((value, at) => Math.abs(value - (vector[at] ?? 0))))).toBeLessThan(2 / 127)
    expect(shifted.vectorOf(8)).toEqual(table.vectorOf(8))
    expect(shifted.segment('срок')).toEqual(table.segment('срок'))
  })

  it('of another table or cut short are refused', () => {
    const table = originalSubwordTable()
    const data = writeShifts([{ subword: 7, vector: new Float32Array(table.dimensions) }], table.dimensions)
    expect(() => withShifts(table, data.subarray(0, -1))).toThrow('damaged')
    expect(() => withShifts(table, writeShifts([], table.dimensions + 1))).toThrow('damaged')
  })
})

it('a damaged table is refused', () => {
  expect(() => parseSubwordTable(Buffer.alloc(64))).toThrow('damaged')
})
