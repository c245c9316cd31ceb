import { describe, expect, it } from 'vitest'
import {
  answeredWording,
  BUCKETS,
  oddsBy,
  readWordingModels,
  wordingOf,
  writeWordingModels,
} from './answered-wording.ts'

describe('the wording of a question', () => {
  it('is the same whatever its marks, capitals and spaces', () => {
    expect(wordingOf('Какой срок — ответа?', 'ru')).toEqual(wordingOf('какой  срок ответа', 'ru'))
  })

  it('is the same with the letters of Kazakh and without, and as it is heard', () => {
    expect(wordingOf('тіркеуге қанша күн', 'kk')).toEqual(wordingOf('тиркеуге канша кун', 'kk'))
    expect(wordingOf('скока ждать', 'ru')).toEqual(wordingOf('сколько ждать', 'ru'))
  })

  it('tells the order of words, and has shares of one length', () => {
    const one = wordingOf('кто платит пошлину', 'ru')
    expect(one).not.toEqual(wordingOf('пошлину платит кто', 'ru'))
    expect([...one.values()].reduce((sum, share) => sum + share * share, 0)).toBeCloseTo(1, 6)
  })

  it('of nothing but marks is nothing', () => {
    expect(wordingOf('?! …', 'ru').size).toBe(0)
  })

  it('is read to an end, however long it is', () => {
    expect(wordingOf('срок '.repeat(100_000), 'ru').size).toBeLessThan(100)
  })
})

it('what is written is read again', () => {
  const weights = new Float32Array(BUCKETS)
  weights[7] = 2
  weights[BUCKETS - 1] = -1
  const model = { bias: 0.5, weights }
  const read = readWordingModels(
    writeWordingModels({ ru: model, kk: { bias: -1, weights: new Float32Array(BUCKETS) } }),
  )
  expect(read.kk.bias).toBe(-1)
  expect(oddsBy(read.ru, new Map([[7, 0.5]]))).toBeCloseTo(1.5, 5)
  expect(oddsBy(read.ru, new Map([[BUCKETS - 1, 1]]))).toBeCloseTo(-0.5, 1)
  expect(oddsBy(read.ru, new Map([[3, 1]]))).toBe(0.5)
})

it('a file that is cut off is refused', () => {
  const weights = new Float32Array(BUCKETS)
  const whole = writeWordingModels({ ru: { bias: 0, weights }, kk: { bias: 0, weights } })
  expect(() => readWordingModels(whole.subarray(0, whole.length - 1))).toThrow('BAW1')
})

it('words of nobody say nothing of a question', () => {
  // Of no letters that any question has: the bias alone.
  expect(Math.abs(answeredWording('qzxv jkwq', 'ru'))).toBeLessThan(1.5)
  expect(answeredWording('', 'kk')).toBe(answeredWording('…', 'kk'))
})
