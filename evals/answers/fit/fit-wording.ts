import { BUCKETS, type WordingModel } from '#server/answers/extract/answered-wording.ts'
import { randomFrom, shuffled } from '../../random-numbers.ts'

export interface Worded {
  wording: ReadonlyMap<number, number>
  answered: boolean
}

const EPOCHS = 30
const RATE = 0.2
/** L2, beside the sum of the losses. */
const STRENGTH = 0.1

/**
 * Logistic regression over groups of letters by stochastic descent, each weight with a rate of its own (AdaGrad: Duchi, Hazan and Singer 2011). Answered questions
 * and gaps count the same, however many they are.
 * @returns the same for the same questions: its chance is seeded
 */
export function fitWording(all: readonly Worded[]): WordingModel {
  const answered = all.filter((one) => one.answered).length
  const rows = all.map((one) => ({
    buckets: Int32Array.from(one.wording.keys()),
    shares: Float32Array.from(one.wording.values()),
    answered: one.answered,
    weight: (0.5 * all.length) / (one.answered ? answered : all.length - answered),
  }))
  const weights = new Float32Array(BUCKETS)
  const squares = new Float32Array(BUCKETS).fill(1e-6)
  const held = new Float32Array(BUCKETS)
  for (const { buckets } of rows) for (const bucket of buckets) held[bucket] = (held[bucket] ?? 0) + 1
  const random = randomFrom(1)
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const { buckets, shares, answered: isAnswered, weight } of shuffled(rows, random)) {
      let sum = 0
      for (let at = 0; at < buckets.length; at += 1) sum += (shares[at] ?? 0) * (weights[buckets[at] ?? 0] ?? 0)
      const error = (1 / (1 + Math.exp(-sum)) - (isAnswered ? 1 : 0)) * weight
      for (let at = 0; at < buckets.length; at += 1) {
        const bucket = buckets[at] ?? 0
        // A weight is shrunk where it is touched: rare ones the more each time.
        const slope = error * (shares[at] ?? 0) + (STRENGTH / (held[bucket] ?? 1)) * (weights[bucket] ?? 0)
        squares[bucket] = (squares[bucket] ?? 0) + slope * slope
        weights[bucket] = (weights[bucket] ?? 0) - (RATE * slope) / Math.sqrt(squares[bucket] ?? 1)
      }
    }
  }
  return weights
}

/** How often, of an answered question and another one, the answered one is the higher: area under the ROC curve (Hanley and McNeil 1982), ties by half. */
export function areaUnder(judged: readonly { odds: number; answered: boolean }[]): number {
  const sorted = judged.toSorted((left, right) => left.odds - right.odds)
  let below = 0
  let pairs = 0
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && sorted[to]?.odds === sorted[from]?.odds) to += 1
    const tied = sorted.slice(from, to)
    const others = tied.filter(({ answered }) => !answered).length
    pairs += (tied.length - others) * (below + others / 2)
    below += others
    from = to
  }
  return pairs / (below * (judged.length - below))
}
