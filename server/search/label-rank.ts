import { findLawReferences } from './analysis/law-references.ts'

/** What a passage's label names: «приказ, п. 3» → `§p3` after «приказ». */
export interface LabelName {
  token: string
  prefix: string
}

/** Letters of a prefix that a query must hold, whatever the case ending. */
const SAID = 6

/** The first law reference of a label; null when it names none. */
export const labelName = (label: string): LabelName | null => {
  const [reference] = findLawReferences(label)
  const token = reference?.tokens[0]
  return reference === undefined || token === undefined
    ? null
    : {
        token,
        prefix: label
          .slice(0, reference.start)
          .replace(/[\s,]+$/u, '')
          .toLowerCase(),
      }
}

/**
 * How exactly a label is what a query names: 3 the same, 2 a part of it, 1 around it, 0 neither.
 * «п. 3» is the point of the rules; that of the order only when the query says «приказ» (half a step up or down).
 * @param references tokens of each reference of the query, most exact first
 */
export const labelRank = (own: LabelName, references: readonly string[][], query: string): number => {
  const named = own.prefix === '' ? 0 : query.toLowerCase().includes(own.prefix.slice(0, SAID)) ? 0.5 : -0.5
  let rank = 0
  for (const tokens of references) {
    const at = tokens.indexOf(own.token)
    if (at === 0) rank = Math.max(rank, 3 + named)
    else if (tokens[0] !== undefined && own.token.startsWith(`${tokens[0]}s`)) rank = Math.max(rank, 2 + named)
    else if (at > 0) rank = Math.max(rank, 1 + named)
  }
  return rank
}
