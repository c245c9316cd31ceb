import { describe, expect, it } from 'vitest'
import { createBest } from './best.ts'

describe('the best of many', () => {
  it.each([0, 1, 3, 10, 200])('takes the same %i as a full sort would, equal scores by number', (limit) => {
    const scored = Array.from({ length: 100 }, (_, number) => ({ number, score: (number * 37) % 11 }))
    const best = createBest(limit)
    for (const { number, score } of scored) best.offer(number, score)
    expect(best.take()).toEqual(
      scored.toSorted((left, right) => right.score - left.score || left.number - right.number).slice(0, limit),
    )
  })
})
