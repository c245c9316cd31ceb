import { expect, it } from 'vitest'
import { wordingOdds, wordingOf } from '#server/answers/extract/answered-wording.ts'
import { areaUnder, fitWording } from './fit-wording.ts'

const asked = (text: string, answered: boolean) => ({ wording: wordingOf(text, 'ru'), answered })
const QUESTIONS = [
  ...['срок регистрации', 'сколько дней регистрируют', 'какие документы на регистрацию', 'куда подать документы'].map(
    (text) => asked(text, true),
  ),
  ...['какой штраф за опоздание', 'кто платит штраф'].map((text) => asked(text, false)),
]

it('learns what gaps are asked about, and the same each time', () => {
  const model = fitWording(QUESTIONS)
  const odds = (text: string) => wordingOdds(model, wordingOf(text, 'ru'))
  expect(odds('размер штрафа')).toBeLessThan(0)
  expect(odds('какие дни регистрации')).toBeGreaterThan(0)
  expect(fitWording(QUESTIONS)).toEqual(model)
})

it.each([
  // Pairs of an answered and another question: 3 · 2; the answered one is higher in 5 of them.
  [[3, 2, 1], [1.5, 0], 5 / 6],
  [[2, 1], [0], 1],
  [[1], [1], 0.5],
  [[0, 0], [1], 0],
])('of answered %j and others %j the area is %d', (answered, others, area) => {
  const judged = [
    ...answered.map((odds) => ({ odds, answered: true })),
    ...others.map((odds) => ({ odds, answered: false })),
  ]
  expect(areaUnder(judged)).toBeCloseTo(area, 10)
})
