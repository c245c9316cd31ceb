import { subwordTable } from './subword-table.ts'

/** The words of a text cut into subwords, in order. */
export const subwordsOf = (text: string): number[] =>
  (text.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => subwordTable().segment(word))

/**
 * What subwords mean together: the direction of their weighted sum, as in Model2Vec (Tulkens and van Dongen 2024).
 * @param weightOf left out: by how rare a subword is in large texts (smooth inverse frequency: Arora, Liang, Ma 2017)
 * @returns of length one; all zero of nothing
 */
export function senseOf(subwords: readonly number[], weightOf = subwordTable().rarityOf): Float32Array {
  const { dimensions, vectorOf } = subwordTable()
  const sum = new Float32Array(dimensions)
  for (const subword of subwords) {
    const weight = weightOf(subword)
    const vector = vectorOf(subword)
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] ?? 0) + weight * (vector[at] ?? 0)
  }
  const length = Math.hypot(...sum)
  return length === 0 ? sum : sum.map((value) => value / length)
}
