/** Fields of a passage that are ranked by, with what a match in each counts. */
export const FIELD_BOOSTS = { title: 0.4, label: 2, context: 0.3, text: 1, term: 1 } as const
export type RankedField = keyof typeof FIELD_BOOSTS
export const RANKED_FIELDS = Object.keys(FIELD_BOOSTS) as RankedField[]

const BM25 = { k: 1.2, b: 0.7 }

/** How often each term stands in each field of a passage, and how many terms a field has. */
export type TermCounts = Record<RankedField, { counts: ReadonlyMap<string, number>; length: number }>

export const countTerms = (fields: Record<RankedField, readonly string[]>): TermCounts => {
  const counted = (terms: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    return { counts, length: terms.length }
  }
  return {
    title: counted(fields.title),
    label: counted(fields.label),
    context: counted(fields.context),
    text: counted(fields.text),
    term: counted(fields.term),
  }
}

/** Robertson–Spärck Jones weight of a term that stands in `holding` of `all` passages; never negative. */
export const rarity = (holding: number, all: number): number =>
  Math.log(1 + (Math.max(all, holding) - holding + 0.5) / (holding + 0.5))

/**
 * Scores passages by BM25 (Robertson & Zaragoza 2009) over weighted terms of words: what a passage lacks of the words halves it at most.
 * @param words each a set of terms, any of which stands for the word, with weights
 * @param passages term counts by id
 * @param rarityOf weight of a term by how rare it is
 * @returns scores by id; passages without any of the terms have none
 */
export function scoreTerms(
  words: readonly ReadonlyMap<string, number>[],
  passages: ReadonlyMap<string, TermCounts>,
  rarityOf: (term: string) => number,
): Map<string, number> {
  const weights = new Map<string, number>()
  for (const terms of words)
    for (const [term, weight] of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight))
  const average = (field: RankedField): number => {
    let sum = 0
    let filled = 0
    for (const passage of passages.values()) {
      sum += passage[field].length
      if (passage[field].length > 0) filled += 1
    }
    return filled === 0 ? 1 : sum / filled
  }
  const averages = new Map(RANKED_FIELDS.map((field) => [field, average(field)]))
  const scores = new Map<string, number>()
  for (const [id, passage] of passages) {
    let score = 0
    const met = new Set<string>()
    for (const [term, weight] of weights)
      for (const field of RANKED_FIELDS) {
        const count = passage[field].counts.get(term)
        if (count === undefined) continue
        met.add(term)
        const length = 1 - BM25.b + (BM25.b * passage[field].length) / (averages.get(field) ?? 1)
        score += FIELD_BOOSTS[field] * weight * rarityOf(term) * ((count * (BM25.k + 1)) / (count + BM25.k * length))
      }
    if (met.size === 0) continue
    const covered = words.filter((terms) => [...terms.keys()].some((term) => met.has(term))).length
    scores.set(id, score * (0.5 + (0.5 * covered) / words.length))
  }
  return scores
}
