import { describe, expect, it } from 'vitest'
import { alignSentences } from './align-sentences.ts'

describe('alignSentences', () => {
  it.each<[string, number[], number[], string]>([
    ['sentence by sentence', [40, 120, 25], [44, 131, 30], '0-1:0-1 1-2:1-2 2-3:2-3'],
    ['two that were put into one', [60, 70, 200], [135, 210], '0-2:0-1 2-3:1-2'],
    ['one that was cut in two', [150, 50], [70, 82, 55], '0-1:0-2 1-2:2-3'],
    ['one that was left out', [100, 300, 100], [100, 100], '0-1:0-1 1-2:2-2 2-3:1-2'],
    ['nothing on one side', [], [30], '0-0:0-1'],
    ['nothing at all', [], [], ''],
  ])('aligns %s', (_, left, right, expected) => {
    const beads = alignSentences(left, right).map(({ left: [a, b], right: [c, d] }) => `${a}-${b}:${c}-${d}`)
    // A side that is empty has no place of its own.
    const shape = (beadList: string) => beadList.replaceAll(/(\d+)-\1(?!\d)/gu, 'none')
    expect(shape(beads.join(' '))).toBe(shape(expected))
  })
})
