/** Why a word may be met: by its stem, a synonym, a word of the same root, its first letters … */
export const EVIDENCE_KINDS = [
  'stem',
  'expansion',
  'part',
  'number',
  'reference',
  'concept',
  'family',
  'cut',
  'grams',
  'completion',
  'unfolded',
  'alternative',
  'mistyped',
  'translation',
] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** One way to meet a word: terms that stand for the same thing. */
export interface Evidence {
  kind: EvidenceKind
  /** How sure it is that a document meets the word so, 0…1 (a reference may count more). */
  weight: number
  /** Terms, each with what an occurrence of it counts. */
  terms: ReadonlyMap<string, number>
  /** Adds to what other evidence finds, finds nothing by itself; its terms count each on its own. */
  soft: boolean
}

/** A word that is asked for, with all the ways it may be met by. */
export interface WordQuery {
  word: string
  evidence: readonly Evidence[]
  /** Still being typed: that nothing meets it yet says nothing. */
  unfinished?: boolean
}

/** How one word of a query met a document in one way. */
export interface EvidenceShare {
  kind: EvidenceKind
  terms: string[]
  /** It adds to what other evidence finds; of the rest only the best counts. */
  soft: boolean
  /** Occurrences by field. */
  fields: Record<string, number>
  gain: number
}
/** What one word of a query did for a document. */
export interface WordShare {
  word: string
  rarity: number
  /** How surely the document meets the word, 0…1. */
  met: number
  /** The best of the evidence, and all that is soft. */
  gain: number
  /** The best first. */
  evidence: EvidenceShare[]
}
