import { dotProduct } from '#server/answers/extract/word-vectors.ts'
import { dotRows } from '#server/answers/sample-questions/dot-rows.ts'

/** A text as the subwords of a mean, each with its weight. */
export interface Bag {
  subwords: readonly number[]
  weightOf: (subword: number) => number
}

/** Pairs that belong together; of two pairs of the same kind neither is held against the other. */
export interface Batch {
  left: readonly Bag[]
  right: readonly Bag[]
  kinds: readonly number[]
}

export interface Schedule {
  /** What similarities are divided by. */
  temperature: number
  /** Of Adam at the first step; it falls to nothing along a cosine. */
  rate: number
  steps: number
}

const FIRST_DECAY = 0.9
const SECOND_DECAY = 0.999
const TINY = 1e-6

/** Directions of texts, one after the other, and how long the sums were. */
interface Encoded {
  units: Float32Array
  lengths: number[]
}

/**
 * Moves vectors of subwords so that texts which belong together come near each other: InfoNCE over the other pairs of a batch, in both directions (van den
 * Oord, Li and Vinyals 2018; Radford et al. 2021), by Adam over the rows that a batch touches. A text is the direction of the weighted sum of its subwords.
 * @param rows vectors of the subwords, changed in place
 * @returns makes one step over a batch, each loss with a share of its own, and returns the loss
 */
export function createContrastiveFit(
  rows: readonly Float32Array[],
  { temperature, rate, steps }: Schedule,
): (batches: readonly (Batch & { share: number })[]) => number {
  const first = new Map<number, Float32Array>()
  const second = new Map<number, Float32Array>()
  let step = 0

  const dimensions = rows[0]?.length ?? 0
  const encode = (bags: readonly Bag[]): Encoded => {
    const units = new Float32Array(bags.length * dimensions)
    const lengths = bags.map(({ subwords, weightOf }, place) => {
      const unit = units.subarray(place * dimensions, (place + 1) * dimensions)
      for (const subword of subwords) {
        const row = rows[subword]
        if (row !== undefined) add(unit, row, weightOf(subword))
      }
      const length = Math.sqrt(dotProduct(unit, unit) + TINY)
      for (let at = 0; at < dimensions; at += 1) unit[at] = (unit[at] ?? 0) / length
      return length
    })
    return { units, lengths }
  }

  /** What the slopes of texts' directions say of their subwords. */
  const spread = (bags: readonly Bag[], { units, lengths }: Encoded, all: Float32Array, to: Slopes): void => {
    for (const [place, { subwords, weightOf }] of bags.entries()) {
      const unit = units.subarray(place * dimensions, (place + 1) * dimensions)
      const slope = all.subarray(place * dimensions, (place + 1) * dimensions)
      add(slope, unit, -dotProduct(slope, unit))
      for (const subword of subwords) {
        let own = to.get(subword)
        if (own === undefined) {
          own = new Float32Array(dimensions)
          to.set(subword, own)
        }
        add(own, slope, weightOf(subword) / (lengths[place] ?? 1))
      }
    }
  }

  const lossOf = ({ left, right, kinds, share }: Batch & { share: number }, slopes: Slopes): number => {
    const size = left.length
    const [lefts, rights] = [encode(left), encode(right)]
    const scores = product(lefts.units, rights.units, dimensions)
    for (let row = 0; row < size; row += 1)
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column
        scores[at] = row !== column && kinds[row] === kinds[column] ? -Infinity : (scores[at] ?? 0) / temperature
      }
    const across = transposed(scores, size)
    const ofRows = kinds.map((_, row) => logSumExp(scores.subarray(row * size, (row + 1) * size)))
    const ofColumns = kinds.map((_, column) => logSumExp(across.subarray(column * size, (column + 1) * size)))
    let loss = 0
    const slope = new Float32Array(size * size)
    for (let row = 0; row < size; row += 1) {
      loss += ((ofRows[row] ?? 0) + (ofColumns[row] ?? 0) - 2 * (scores[row * size + row] ?? 0)) / 2 / size
      for (let column = 0; column < size; column += 1) {
        const score = scores[row * size + column] ?? 0
        const likely = Math.exp(score - (ofRows[row] ?? 0)) + Math.exp(score - (ofColumns[column] ?? 0))
        slope[row * size + column] = (share * (likely - (row === column ? 2 : 0))) / 2 / size / temperature
      }
    }
    const ofLeft = product(slope, transposed(rights.units, dimensions), size)
    const ofRight = product(transposed(slope, size), transposed(lefts.units, dimensions), size)
    spread(left, lefts, ofLeft, slopes)
    spread(right, rights, ofRight, slopes)
    return share * loss
  }

  return (batches) => {
    const slopes: Slopes = new Map()
    const loss = batches.reduce((sum, batch) => sum + lossOf(batch, slopes), 0)
    const speed = (rate * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2
    step += 1
    const [firstLeft, secondLeft] = [1 - FIRST_DECAY ** step, 1 - SECOND_DECAY ** step]
    for (const [subword, slope] of slopes) {
      const row = rows[subword]
      if (row === undefined) continue
      const [mean, square] = [first, second].map((moments) => {
        const known = moments.get(subword) ?? new Float32Array(row.length)
        moments.set(subword, known)
        return known
      })
      if (mean === undefined || square === undefined) continue
      for (let at = 0; at < slope.length; at += 1) {
        const value = slope[at] ?? 0
        const m = FIRST_DECAY * (mean[at] ?? 0) + (1 - FIRST_DECAY) * value
        const v = SECOND_DECAY * (square[at] ?? 0) + (1 - SECOND_DECAY) * value * value
        mean[at] = m
        square[at] = v
        row[at] = (row[at] ?? 0) - (speed * (m / firstLeft)) / (Math.sqrt(v / secondLeft) + 1e-8)
      }
    }
    return loss
  }
}

type Slopes = Map<number, Float32Array>

function add(to: Float32Array, from: Float32Array, factor: number): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] ?? 0) + factor * (from[at] ?? 0)
}

/** Every row of the one with every row of the other, rows being so wide. */
function product(left: Float32Array, right: Float32Array, width: number): Float32Array {
  const rows = left.length / width
  const columns = right.length / width
  const made = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row += 1)
    made.set(dotRows(right, left.subarray(row * width, (row + 1) * width)), row * columns)
  return made
}

function transposed(matrix: Float32Array, width: number): Float32Array {
  const rows = matrix.length / width
  const made = new Float32Array(matrix.length)
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < width; column += 1) made[column * rows + row] = matrix[row * width + column] ?? 0
  return made
}

function logSumExp(scores: ArrayLike<number>): number {
  let most = -Infinity
  for (let at = 0; at < scores.length; at += 1) most = Math.max(most, scores[at] ?? 0)
  let sum = 0
  for (let at = 0; at < scores.length; at += 1) sum += Math.exp((scores[at] ?? 0) - most)
  return most + Math.log(sum)
}
