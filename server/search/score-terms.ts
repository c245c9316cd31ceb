import type { Lang } from '#server/context.ts'
import { coverageOf, rarityOf as rarityAmong, saturate, worthOf, type FieldSettings } from './bm25.ts'
import type { Evidence, EvidenceShare, WordQuery, WordShare } from './word-query.ts'

/** A passage as it is scored: how often each term stands in each field, and how many terms a field has. */
export interface TermCounts {
  lang: Lang
  fields: readonly { counts: ReadonlyMap<string, number>; length: number }[]
}

/** @param fields terms of each field, in the order of the settings */
export const countTerms = (lang: Lang, fields: readonly (readonly string[])[]): TermCounts => ({
  lang,
  fields: fields.map((terms) => {
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    return { counts, length: terms.length }
  }),
})

/** A word of a query as it is scored. */
export interface RatedWord extends WordQuery {
  /** How rare the word is, all its evidence together (the soft aside); 0 when no passage holds any of its terms. */
  rarity: number
}

export interface TermStatistics {
  fields: readonly FieldSettings[]
  k1: number
  /** Weight of a term of soft evidence by how rare it is among the passages of its language. */
  rarityOf: (term: string) => number
  /** Mean length of each field among passages of a language that have the field; 0 when there are none. */
  averages: Record<Lang, readonly number[]>
}

/** Makes what reads of a passage how often a term stands in it, each field by its worth. */
const createTimes = ({ fields: settings, averages }: TermStatistics) => {
  const worthsOf = (lang: Lang) => settings.map((field, at) => worthOf(field, averages[lang][at] ?? 0))
  const byLang = { ru: worthsOf('ru'), kk: worthsOf('kk') }
  return ({ lang, fields }: TermCounts): ((term: string) => number) => {
    const worth = fields.map(({ length }, field) => byLang[lang][field]?.(length) ?? 0)
    return (term) => fields.reduce((sum, { counts }, field) => sum + (counts.get(term) ?? 0) * (worth[field] ?? 0), 0)
  }
}

/** What one evidence of a word gives; 0 when none of its terms is there. */
const gainOf = (
  { weight, terms, soft }: Evidence,
  rarity: number,
  timesOf: (term: string) => number,
  { k1, rarityOf }: TermStatistics,
): number => {
  let gain = 0
  let pooled = 0
  for (const [term, share] of terms) {
    const times = timesOf(term)
    if (times === 0) continue
    if (soft) gain += weight * share * rarityOf(term) * saturate(times, k1)
    else pooled += share * times
  }
  return pooled === 0 ? gain : weight * rarity * saturate(pooled, k1)
}

/** How surely a word is met by an evidence that is there. */
const certaintyOf = ({ weight }: Evidence): number => Math.min(weight, 1)

/** Share of a query that is met, 0…1: rare words are more of it. */
export const coveredBy = (words: readonly { rarity: number; met: number }[]): number => {
  const whole = words.reduce((sum, { rarity }) => sum + rarity, 0)
  return whole === 0 ? 0 : words.reduce((sum, { rarity, met }) => sum + rarity * met, 0) / whole
}

/**
 * Share of a query that any passage meets at all, 0…1: a word that none has, which has no rarity, counts as the rarest there can be.
 * @param among passages in all
 */
export const knownShare = (words: readonly { rarity: number; unfinished?: boolean }[], among: number): number => {
  const whole = words.reduce((sum, { rarity }) => sum + rarity, 0)
  const unknown = words.filter(({ rarity, unfinished }) => rarity === 0 && unfinished !== true).length
  return whole === 0 ? 0 : whole / (whole + unknown * rarityAmong(0, among))
}

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
  statistics: TermStatistics,
): Map<string, number> {
  const timesIn = createTimes(statistics)
  const met = words.map(({ rarity }) => ({ rarity, met: 0 }))
  const scores = new Map<string, number>()
  for (const [id, passage] of passages) {
    const timesOf = timesIn(passage)
    let score = 0
    for (const [at, { evidence, rarity }] of words.entries()) {
      let best = 0
      let sure = 0
      for (const one of evidence) {
        const gain = gainOf(one, rarity, timesOf, statistics)
        if (one.soft) score += gain
        else if (gain > 0) {
          best = Math.max(best, gain)
          sure = Math.max(sure, certaintyOf(one))
        }
      }
      score += best
      met[at] = { rarity, met: sure }
    }
    const covered = coveredBy(met)
    if (covered > 0) scores.set(id, score * coverageOf(covered))
  }
  return scores
}

/** What each word of a query did for one passage. The gains add up to the score before coverage. */
export function explainTerms(
  words: readonly RatedWord[],
  passage: TermCounts,
  statistics: TermStatistics,
): WordShare[] {
  const timesOf = createTimes(statistics)(passage)
  return words.map(({ word, evidence, rarity }): WordShare => {
    let best = 0
    let extra = 0
    let met = 0
    const shares: EvidenceShare[] = []
    for (const one of evidence) {
      const gain = gainOf(one, rarity, timesOf, statistics)
      const terms = [...one.terms.keys()].filter((term) => timesOf(term) > 0)
      if (terms.length === 0) continue
      if (one.soft) extra += gain
      else {
        best = Math.max(best, gain)
        met = Math.max(met, certaintyOf(one))
      }
      const fields: Record<string, number> = {}
      for (const [at, { counts }] of passage.fields.entries()) {
        const times = terms.reduce((sum, term) => sum + (counts.get(term) ?? 0), 0)
        if (times > 0) fields[statistics.fields[at]?.name ?? String(at)] = times
      }
      shares.push({ kind: one.kind, soft: one.soft, terms, fields, gain })
    }
    shares.sort((left, right) => right.gain - left.gain)
    return { word, rarity, met, gain: best + extra, evidence: shares }
  })
}
