import type { Lang } from '#server/context.ts'
import { COVERAGE, FIELD_SETTINGS, K1 } from './lexical-ranking.ts'
import type { Evidence } from './postings.ts'

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

/** Robertson–Spärck Jones weight of what stands in `holding` of `all` passages; never negative. */
export const rarity = (holding: number, all: number): number =>
  Math.log(1 + (Math.max(all - holding, 0) + 0.5) / (holding + 0.5))

/** A word of a query as it is scored. */
export interface RatedWord {
  evidence: readonly Evidence[]
  /** How rare the word is, all its evidence together (the soft aside); 0 when no passage holds any of its terms. */
  rarity: number
}

export interface TermStatistics {
  /** Weight of a term of soft evidence by how rare it is among the passages of its language. */
  rarityOf: (term: string) => number
  /** Mean length of each field among passages of a language that have the field; 0 when there are none. */
  averages: Record<Lang, readonly number[]>
}

const saturate = (times: number): number => ((K1 + 1) * times) / (K1 + times)

/**
 * Scores passages as `createPostings` does (terms of one evidence pooled, each word by its best evidence, soft evidence added,
 * coverage by rarity), for an engine that knows its passages one at a time.
 * @param words words of the query, their terms spelt as in the passages
 * @param passages term counts by id
 * @returns scores by id, with coverage; passages without any of the words (soft evidence aside) have none
 */
export function scoreTerms(
  words: readonly RatedWord[],
  passages: ReadonlyMap<string, TermCounts>,
  { rarityOf, averages }: TermStatistics,
): Map<string, number> {
  const whole = words.reduce((sum, word) => sum + word.rarity, 0)
  const scores = new Map<string, number>()
  for (const [id, { lang, fields }] of passages) {
    /** What one occurrence in a field is worth. */
    const worth = FIELD_SETTINGS.map(({ weight, b }, field) => {
      const average = averages[lang][field] ?? 0
      return weight / (1 - b + (average === 0 ? 0 : (b * (fields[field]?.length ?? 0)) / average))
    })
    const timesOf = (term: string): number =>
      fields.reduce((sum, { counts }, field) => sum + (counts.get(term) ?? 0) * (worth[field] ?? 0), 0)
    let score = 0
    let covered = 0
    for (const word of words) {
      let best = 0
      let sure = 0
      for (const { weight, terms, soft } of word.evidence) {
        let pooled = 0
        for (const [term, share] of terms) {
          const times = timesOf(term)
          if (times === 0) continue
          if (soft) score += weight * share * rarityOf(term) * saturate(times)
          else pooled += share * times
        }
        if (pooled === 0) continue
        best = Math.max(best, weight * saturate(pooled))
        sure = Math.max(sure, Math.min(weight, 1))
      }
      score += best * word.rarity
      if (whole > 0) covered += (sure * word.rarity) / whole
    }
    if (covered > 0) scores.set(id, score * (1 - COVERAGE + COVERAGE * covered))
  }
  return scores
}
