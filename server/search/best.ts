/** Keeps the best of many without sorting them all. */
export interface Best {
  offer(number: number, score: number): void
  /** Best first; of equal scores the lower number. */
  take(): { number: number; score: number }[]
}

/** A binary heap of at most `limit` entries whose root is the worst that is kept. */
export const createBest = (limit: number): Best => {
  const numbers: number[] = []
  const scores: number[] = []
  const isWorse = (score: number, number: number, at: number): boolean =>
    score < (scores[at] ?? 0) || (score === scores[at] && number > (numbers[at] ?? 0))
  const put = (at: number, number: number, score: number): void => {
    numbers[at] = number
    scores[at] = score
  }
  const sink = (number: number, score: number): void => {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= numbers.length) break
      if (child + 1 < numbers.length && isWorse(scores[child + 1] ?? 0, numbers[child + 1] ?? 0, child)) child += 1
      if (isWorse(score, number, child)) break
      put(at, numbers[child] ?? 0, scores[child] ?? 0)
      at = child
    }
    put(at, number, score)
  }
  const rise = (number: number, score: number): void => {
    let at = numbers.length
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!isWorse(score, number, parent)) break
      put(at, numbers[parent] ?? 0, scores[parent] ?? 0)
      at = parent
    }
    put(at, number, score)
  }
  return {
    offer(number, score) {
      if (limit <= 0) return
      if (numbers.length < limit) rise(number, score)
      else if (!isWorse(score, number, 0)) sink(number, score)
    },
    take: () =>
      numbers
        .map((number, at) => ({ number, score: scores[at] ?? 0 }))
        .sort((left, right) => right.score - left.score || left.number - right.number),
  }
}
