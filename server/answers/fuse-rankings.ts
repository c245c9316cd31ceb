/** How fast a lower place says less: over so few passages sooner than over a thousand (60 of Cormack et al.). */
const FUSION = 10

/**
 * Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009) of the order of search and that of the sample questions: what only one of
 * them knows stands among what both know. Where there is no hint the order of search stays.
 * @param found so many passages were found by search, the others came along
 * @param hintOf place among the hints from 0; −1: none; null: its act has no sample questions, so their silence says nothing and search speaks for both
 * @returns best first, their score that of the fusion
 */
export function byBothRankings<Passage extends { score: number }>(
  passages: readonly Passage[],
  found: number,
  hintOf: (passage: Passage) => number | null,
): Passage[] {
  return passages
    .map((passage, place) => {
      const hint = hintOf(passage)
      const bySearch = place < found ? 1 / (FUSION + place + 1) : 0
      const byHint = hint === null ? bySearch : hint < 0 ? 0 : 1 / (FUSION + hint + 1)
      return { ...passage, score: bySearch + byHint }
    })
    .toSorted((left, right) => right.score - left.score)
}
