import type { Lang } from '#server/context.ts'
import { COVERAGE, FIELD_SETTINGS, K1 } from './lexical-ranking.ts'
import type { WordQuery } from './postings.ts'

/** A passage as it is scored: how often each term stands in each field, and how many terms a field has. */
export interface TermCounts {
  lang: Lang
  fields: readonly { counts: ReadonlyMap<string, number>; length: number }[]
}

/** @param fields terms of each field, in the order of `FIELD_SETTINGS` */
export const countTerms = (lang: Lang, fields: readonly (readonly string[])[]): TermCounts => ({
  lang,
  fields: fields.map((terms) => {
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    return { counts, length: terms.length }
  }),
})

/** Robertson–Spärck Jones weight of a term that stands in `holding` of `all` passages; never negative. */
export const rarity = (holding: number, all: number): number =>
  Math.log(1 + (Math.max(all - holding, 0) + 0.5) / (holding + 0.5))

export interface TermStatistics {
  /** Weight of a term by how rare it is among the passages of its language. */
  rarityOf: (term: string) => number
  /** True for a term that adds to a score and finds nothing by itself. */
  isSoft: (term: string) => boolean
  /** Mean length of each field among passages of a language; 0 when there are none. */
  averages: Record<Lang, readonly number[]>
}

/**
 * Scores passages as `createPostings` does, by BM25 (Robertson & Zaragoza 2009) field by field, for an engine that knows its
 * passages one at a time. One thing is coarser: a term's rarity is that in the whole passage, not in each field.
 * @param words each a set of terms, any of which stands for the word, with weights
 * @param passages term counts by id
 * @returns scores by id, with coverage; passages without any of the terms (soft ones aside) have none
 */
export function scoreTerms(
  words: readonly WordQuery[],
  passages: ReadonlyMap<string, TermCounts>,
  { rarityOf, isSoft, averages }: TermStatistics,
): Map<string, number> {
  const scores = new Map<string, number>()
  for (const [id, { lang, fields }] of passages) {
    const norms = FIELD_SETTINGS.map(({ b }, field) => {
      const average = averages[lang][field] ?? 0
      return K1 * (1 - b + (average === 0 ? 0 : (b * (fields[field]?.length ?? 0)) / average))
    })
    let score = 0
    let covered = 0
    for (const { terms } of words) {
      let met = false
      for (const [term, weight] of terms)
        for (const [field, settings] of FIELD_SETTINGS.entries()) {
          const count = fields[field]?.counts.get(term)
          if (count === undefined) continue
          if (!isSoft(term)) met = true
          score += (settings.weight * weight * rarityOf(term) * (K1 + 1) * count) / (count + (norms[field] ?? K1))
        }
      if (met) covered += 1
    }
    if (covered > 0) scores.set(id, score * (1 - COVERAGE + (COVERAGE * covered) / words.length))
  }
  return scores
}
