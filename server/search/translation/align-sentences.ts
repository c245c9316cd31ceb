/**
 * Aligns sentences of a text and of its translation by their lengths alone (Gale & Church, "A program for aligning sentences in
 * bilingual corpora", Computational Linguistics 19(1), 1993): a long sentence is translated by a long one.
 */

/** A bead: sentences `[from, to)` of either side that say the same; one side may have none. */
export interface Bead {
  left: [number, number]
  right: [number, number]
}

/** Variance of the length of a translation, by character of the original: theirs. Russian and Kazakh texts of an act are as long as one another. */
const VARIANCE = 6.8
/** How likely each kind of bead is: theirs. */
const KINDS: readonly { left: number; right: number; cost: number }[] = [
  { left: 1, right: 1, cost: -Math.log(0.89) },
  { left: 1, right: 0, cost: -Math.log(0.0099 / 2) },
  { left: 0, right: 1, cost: -Math.log(0.0099 / 2) },
  { left: 2, right: 1, cost: -Math.log(0.089 / 2) },
  { left: 1, right: 2, cost: -Math.log(0.089 / 2) },
  { left: 2, right: 2, cost: -Math.log(0.011) },
]

/** Two-sided tail of the normal distribution (Abramowitz & Stegun 1964, 7.1.26), as a cost. */
const tailCost = (deviation: number): number => {
  const x = Math.abs(deviation) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  return -Math.log(Math.max(polynomial * Math.exp(-x * x), 1e-30))
}

/**
 * @param left lengths of the sentences of one text, in characters
 * @param right of the other
 * @returns beads in order; together they hold every sentence once
 */
export const alignSentences = (left: readonly number[], right: readonly number[]): Bead[] => {
  const sum = (lengths: readonly number[]): number => lengths.reduce((all, length) => all + length, 0)
  const width = right.length + 1
  const costs = new Float64Array((left.length + 1) * width).fill(Infinity)
  const kinds = new Int8Array(costs.length).fill(-1)
  costs[0] = 0
  for (let i = 0; i <= left.length; i += 1)
    for (let j = 0; j <= right.length; j += 1)
      for (const [kind, { left: takeLeft, right: takeRight, cost }] of KINDS.entries()) {
        if (takeLeft > i || takeRight > j) continue
        const before = costs[(i - takeLeft) * width + j - takeRight] ?? Infinity
        const here = sum(left.slice(i - takeLeft, i))
        const there = sum(right.slice(j - takeRight, j))
        const mean = (here + there) / 2
        const deviation = mean === 0 ? 0 : (there - here) / Math.sqrt(mean * VARIANCE)
        const all = before + cost + (takeLeft === 0 || takeRight === 0 ? 0 : tailCost(deviation))
        if (all < (costs[i * width + j] ?? Infinity)) {
          costs[i * width + j] = all
          kinds[i * width + j] = kind
        }
      }
  const beads: Bead[] = []
  for (let i = left.length, j = right.length; i > 0 || j > 0;) {
    const kind = KINDS[kinds[i * width + j] ?? -1]
    if (kind === undefined) break
    beads.push({ left: [i - kind.left, i], right: [j - kind.right, j] })
    i -= kind.left
    j -= kind.right
  }
  return beads.toReversed()
}
