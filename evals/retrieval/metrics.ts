/** Ranking metrics of one query. `ranked` are document ids, best first; `grades` what the judges said. */

const discount = (rank: number): number => 1 / Math.log2(rank + 1)

/** Normalised discounted cumulative gain with linear gain, as trec_eval computes it (Järvelin & Kekäläinen 2002). */
export function ndcg(ranked: readonly string[], grades: ReadonlyMap<string, number>, depth: number): number {
  const gain = ranked
    .slice(0, depth)
    .reduce((sum, id, i) => sum + Math.max(grades.get(id) ?? 0, 0) * discount(i + 1), 0)
  const ideal = [...grades.values()]
    .filter((grade) => grade > 0)
    .sort((a, b) => b - a)
    .slice(0, depth)
    .reduce((sum, grade, i) => sum + grade * discount(i + 1), 0)
  return ideal === 0 ? 0 : gain / ideal
}

export function reciprocalRank(ranked: readonly string[], grades: ReadonlyMap<string, number>, depth: number): number {
  const first = ranked.slice(0, depth).findIndex((id) => (grades.get(id) ?? 0) > 0)
  return first < 0 ? 0 : 1 / (first + 1)
}

export function recall(ranked: readonly string[], grades: ReadonlyMap<string, number>, depth: number): number {
  const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id)
  const top = new Set(ranked.slice(0, depth))
  return relevant.length === 0 ? 0 : relevant.filter((id) => top.has(id)).length / relevant.length
}

export interface Summary {
  queries: number
  ndcg10: number
  mrr10: number
  hit1: number
  recall10: number
  recall100: number
}

/** Means over all judged queries; a query that found nothing counts as zero. */
export function summarise(
  run: ReadonlyMap<string, readonly string[]>,
  judgements: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Summary {
  const judged = [...judgements].filter(([, grades]) => [...grades.values()].some((grade) => grade > 0))
  const mean = (of: (ranked: readonly string[], grades: ReadonlyMap<string, number>) => number) =>
    judged.length === 0
      ? 0
      : judged.reduce((sum, [query, grades]) => sum + of(run.get(query) ?? [], grades), 0) / judged.length
  return {
    queries: judged.length,
    ndcg10: mean((r, g) => ndcg(r, g, 10)),
    mrr10: mean((r, g) => reciprocalRank(r, g, 10)),
    hit1: mean((r, g) => reciprocalRank(r, g, 1)),
    recall10: mean((r, g) => recall(r, g, 10)),
    recall100: mean((r, g) => recall(r, g, 100)),
  }
}
