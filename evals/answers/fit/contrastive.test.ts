import { expect, it } from 'vitest'
import { dotProduct } from '#server/answers/extract/word-vectors.ts'
import { createContrastiveFit } from './contrastive.ts'

const DIMENSIONS = 16
const random = (seed: number) => (_: unknown, at: number) => Math.sin((seed + 1) * (at + 1) * 12.9898) * 0.3
const bag = (...subwords: number[]) => ({ subwords, weightOf: () => 1 })

/** Eight matters, each spoken of with three subwords that no other matter has; pairs share none. */
const matters = Array.from({ length: 8 }, (_, at) => [at * 4, at * 4 + 1, at * 4 + 2, at * 4 + 3] as const)
const nearness = (rows: readonly Float32Array[], left: number, right: number): number => {
  const [a, b] = [rows[left] ?? new Float32Array(), rows[right] ?? new Float32Array()]
  return dotProduct(a, b) / Math.sqrt(dotProduct(a, a) * dotProduct(b, b))
}

it('words of the same matter come near each other, those of others do not, and what no batch touches stays', () => {
  const rows = Array.from({ length: 40 }, (_, row) => Float32Array.from({ length: DIMENSIONS }, random(row)))
  const untouched = Float32Array.from(rows[39] ?? [])
  const step = createContrastiveFit(rows, { temperature: 0.1, rate: 0.02, steps: 200 })
  const batch = {
    share: 1,
    kinds: matters.map((_, at) => at),
    left: matters.map(([one, two]) => bag(one, two)),
    right: matters.map(([, , three, four]) => bag(three, four)),
  }
  const before = step([batch])
  let after = before
  for (let at = 0; at < 199; at += 1) after = step([batch])
  expect(after).toBeLessThan(before / 10)
  for (const [at, [one, , three]] of matters.entries()) {
    const [other = 0] = matters[(at + 1) % matters.length] ?? []
    expect(nearness(rows, one, three)).toBeGreaterThan(nearness(rows, one, other))
  }
  expect(rows[39]).toEqual(untouched)
})

it('pairs of one kind are not held against each other', () => {
  const rows = Array.from({ length: 4 }, (_, row) => Float32Array.from({ length: DIMENSIONS }, random(row)))
  const step = createContrastiveFit(rows, { temperature: 0.1, rate: 0.02, steps: 10 })
  expect(step([{ share: 1, kinds: [1, 1], left: [bag(0), bag(1)], right: [bag(2), bag(3)] }])).toBeCloseTo(0, 5)
})

it('the slope is the one that small changes measure', () => {
  const made = () => Array.from({ length: 6 }, (_, row) => Float32Array.from({ length: DIMENSIONS }, random(row)))
  const batch = { share: 1, kinds: [0, 1, 2], left: [bag(0), bag(1), bag(2, 0)], right: [bag(3), bag(4), bag(5, 3)] }
  const lossOf = (rows: Float32Array[]): number =>
    createContrastiveFit(rows, { temperature: 0.3, rate: 0, steps: 1 })([batch])
  const rows = made()
  createContrastiveFit(rows, { temperature: 0.3, rate: 1e-3, steps: 1 })([batch])
  const start = made()
  for (const [subword, row] of start.entries())
    for (let at = 0; at < DIMENSIONS; at += 5) {
      const more = made()
      const less = made()
      const change = 1e-2
      const [up, down] = [more[subword], less[subword]]
      if (up === undefined || down === undefined) throw new Error('no row')
      up[at] = (row[at] ?? 0) + change
      down[at] = (row[at] ?? 0) - change
      const measured = (lossOf(more) - lossOf(less)) / 2 / change
      // The first step of Adam goes against the sign of the slope.
      if (Math.abs(measured) > 1e-3)
        expect(Math.sign((rows[subword]?.[at] ?? 0) - (row[at] ?? 0))).toBe(-Math.sign(measured))
    }
})
