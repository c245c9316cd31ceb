import { describe, expect, it } from 'vitest'
import {
  answeredWording,
  BUCKETS,
  readWordingModels,
  wordingOdds,
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

  it('is the same in capitals and in letters put together of two', () => {
    expect(wordingOf('ҚАНША КҮН', 'kk')).toEqual(wordingOf('қанша күн', 'kk'))
    expect(wordingOf('КАНША КУН', 'kk')).toEqual(wordingOf('қанша күн', 'kk'))
    expect(wordingOf('какой'.normalize('NFD'), 'ru')).toEqual(wordingOf('какой', 'ru'))
  })

  it('is cut where nobody reads on', () => {
    const long = 'какой срок регистрации '.repeat(30).slice(0, 600)
    expect(wordingOf(`${long} пошлина штраф`, 'ru')).toEqual(wordingOf(long, 'ru'))
  })
})

it('what is written is read again', () => {
  const ru = new Float32Array(BUCKETS)
  ru[7] = 2
  ru[BUCKETS - 1] = -1
  const kk = new Float32Array(BUCKETS)
  kk[7] = -3
  const read = readWordingModels(writeWordingModels({ ru, kk }))
  expect(wordingOdds(read.ru, new Map([[7, 0.5]]))).toBeCloseTo(1, 5)
  expect(wordingOdds(read.kk, new Map([[7, 0.5]]))).toBeCloseTo(-1.5, 5)
  expect(wordingOdds(read.ru, new Map([[BUCKETS - 1, 1]]))).toBeCloseTo(-1, 1)
  expect(wordingOdds(read.ru, new Map([[3, 1]]))).toBe(0)
})

it('a file that is cut off and a model that is none are refused', () => {
  const none = new Float32Array(BUCKETS)
  const whole = writeWordingModels({ ru: none, kk: none })
  expect(() => readWordingModels(whole.subarray(0, whole.length - 1))).toThrow('BAW1')
  expect(() => writeWordingModels({ ru: none.with(3, Number.NaN), kk: none })).toThrow('ru')
})

it('tells what acts answer from what they do not, and nothing of nothing', () => {
  expect(answeredWording('какой размер штрафа за опоздание', 'ru')).toBeLessThan(0)
  expect(answeredWording('причины отказа в регистрации', 'ru')).toBeGreaterThan(0)
  expect(answeredWording('?!', 'kk')).toBeNaN()
})
