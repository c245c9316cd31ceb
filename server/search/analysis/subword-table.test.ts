import { describe, expect, it } from 'vitest'
import { senseOf, subwordsOf } from './sense-of.ts'
import { parseSubwordTable, subwordTable } from './subword-table.ts'

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
  ])('«%s» is nearer to «%s» than to «%s»', (asked, near, far) => {
    expect(alike(asked, near)).toBeGreaterThan(alike(asked, far))
  })

  it('has length one, and nothing means nothing', () => {
    expect(Math.hypot(...senseOf(subwordsOf('срок')))).toBeCloseTo(1, 5)
    expect(Math.hypot(...senseOf([]))).toBe(0)
  })
})

it('a damaged table is refused', () => {
  expect(() => parseSubwordTable(Buffer.alloc(64))).toThrow('damaged')
})
