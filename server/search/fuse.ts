import { tokenise } from './analysis/tokenise.ts'
import { namesInQuotes, quotedPhrases } from './quoted-phrases.ts'

export interface RankedHit {
  passageId: string
  score: number
}

/**
 * How fast ranks fade. Cormack, Clarke & Büttcher ("Reciprocal Rank Fusion outperforms Condorcet and individual rank learning
 * methods", SIGIR 2009) take 60 for lists a thousand deep; ours hold fifty, and their heads matter.
 */
export const FUSION_K = 10
/** What hashed features deserve: measured, more of them pushes good word matches down. They add what words do not find. */
export const LOCAL_VECTORS = 0.05
const SHORT_QUERY_WORDS = 2
const SHORT_QUERY_SHARE = 0.5

/** A number of so many digits names something; a shorter one counts («2 дня»). */
const NAMING_DIGITS = 3
/** In a longer question a number is one of its words. */
const QUESTION_WORDS = 6

/**
 * What the vector list counts for this query: nothing where words say exactly what is meant (references to the law, phrases in quotation marks,
 * phones, addresses, numbers of acts, a number among few words), half for queries of one or two words.
 * @param vectorWeight what it counts in general, the lexical list being 1
 */
export const vectorShare = (query: string, vectorWeight: number): number => {
  const isQuoting = quotedPhrases(query).length > 0
  if (isQuoting && !namesInQuotes(query)) return 0
  const tokens = tokenise(query)
  if (tokens.some(({ kind }) => kind === 'reference' || kind === 'exact')) return 0
  const words = query.trim().split(/\s+/u).length
  const isNamed = tokens.some(({ kind, norm }) => kind === 'number' && norm.replace(/\D/gu, '').length >= NAMING_DIGITS)
  if (isNamed && words < QUESTION_WORDS) return 0
  return words <= SHORT_QUERY_WORDS || isNamed || isQuoting ? vectorWeight * SHORT_QUERY_SHARE : vectorWeight
}

/**
 * One order out of a lexical and a vector list by reciprocal rank fusion: an item scores `weight / (10 + rank)` in each list.
 * Words lead: wholly for references to the law, which have no meaning to be near to, and more for queries of one or two words.
 * @param query as asked; it only decides the weights
 * @param vectorWeight how much the vector list counts against the lexical one; about 1 for a trained model
 * @returns every item once, best first; equal scores keep the lexical order. Diversity is left to the caller.
 */
export const fuseRanks = (
  query: string,
  lexical: readonly RankedHit[],
  vector: readonly RankedHit[],
  vectorWeight = LOCAL_VECTORS,
): RankedHit[] => {
  const weight = vectorShare(query, vectorWeight)
  const scores = new Map<string, number>()
  const add = (hits: readonly RankedHit[], share: number): void => {
    for (const [rank, { passageId }] of hits.entries())
      scores.set(passageId, (scores.get(passageId) ?? 0) + share / (FUSION_K + rank + 1))
  }
  add(lexical, 1)
  add(vector, weight)
  return [...scores].map(([passageId, score]) => ({ passageId, score })).sort((left, right) => right.score - left.score)
}
