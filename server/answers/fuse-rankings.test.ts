import { describe, expect, it } from 'vitest'
import { byBothRankings } from './fuse-rankings.ts'

const passage = (id: string) => ({ id, score: 0 })
const order = (found: string[], more: string[], hints: string[]): string[] =>
  byBothRankings([...found, ...more].map(passage), found.length, ({ id }) => hints.indexOf(id)).map(({ id }) => id)

describe('fusion of search and sample questions', () => {
  it('keeps the order of search where no sample question is like the one asked', () => {
    expect(order(['a', 'b', 'c'], ['row'], [])).toEqual(['a', 'b', 'c', 'row'])
  })

  it('puts what only a sample question knows among the best, not last', () => {
    expect(order(['a', 'b', 'c', 'd'], ['hinted'], ['hinted']).indexOf('hinted')).toBeLessThan(2)
  })

  it('leaves what search finds first in an act without sample questions among the first', () => {
    const passages = ['plain', 'a', 'b', 'c'].map(passage)
    const hintOf = ({ id }: { id: string }) => (id === 'plain' ? null : ['c', 'b', 'a'].indexOf(id))
    expect(byBothRankings(passages, 4, hintOf)[0]?.id).toBe('plain')
  })

  it('prefers what both know to what one of them places first', () => {
    expect(order(['a', 'both', 'c'], ['hinted'], ['hinted', 'both'])[0]).toBe('both')
  })
})
