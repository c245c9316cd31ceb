import { findLawReferences } from './analysis/law-references.ts'

export interface RankedHit {
  passageId: string
  score: number
}

/** Of Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009. */
const K = 60
const VECTOR_WEIGHT = 0.5
const SHORT_QUERY_WORDS = 2
const VECTOR_WEIGHT_SHORT = 0.2

/**
 * One order out of a lexical and a vector list by reciprocal rank fusion: an item scores `weight / (60 + rank)` in each list.
 * Words lead: always for references to the law, which have no meaning to be near to, and mostly for queries of one or two words.
 * @param query as asked; it only decides the weights
 * @returns every item once, best first; equal scores keep the lexical order. Diversity is left to the caller.
 */
export const fuseRanks = (query: string, lexical: readonly RankedHit[], vector: readonly RankedHit[]): RankedHit[] => {
  const short = query.trim().split(/\s+/u).length <= SHORT_QUERY_WORDS
  const vectorWeight = findLawReferences(query).length > 0 ? 0 : short ? VECTOR_WEIGHT_SHORT : VECTOR_WEIGHT
  const scores = new Map<string, number>()
  const add = (hits: readonly RankedHit[], weight: number): void => {
    for (const [rank, { passageId }] of hits.entries()) scores.set(passageId, (scores.get(passageId) ?? 0) + weight / (K + rank + 1))
  }
  add(lexical, 1)
  add(vector, vectorWeight)
  return [...scores].map(([passageId, score]) => ({ passageId, score })).sort((left, right) => right.score - left.score)
}
