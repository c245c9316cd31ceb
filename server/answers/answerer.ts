import type { Lang } from '#server/context.ts'

/** A passage as an answerer sees it: numbered, without links or ids to copy. */
export interface NumberedPassage {
  /** Short source number, from 1. */
  number: number
  label: string
  title: string
  /** Chapter and lead-in, for understanding; not quotable. */
  context: string
  text: string
  lang: Lang
  /** Fused rank score of the search, higher is better. */
  score: number
  /** First day on which a wording that it quotes was not in force any more; null: all of it is in force. */
  changedSince?: string | null
  /** Sample questions by the part of `text` that answers them, half-open, with the likeness of the most alike ones to the question asked. */
  asked?: { texts: string[]; likeness: number[]; start: number; end: number }[]
}

/** A sentence as proposed: nothing of it is believed before `verifySentence` has passed it. */
export interface ProposedSentence {
  text: string
  support: { number: number; quote: string }[]
  /** 0…1, how well the answerer thinks the question is covered. */
  confidence: number
}

export interface AnswererInput {
  question: string
  lang: Lang
  asOf: string
  passages: readonly NumberedPassage[]
  signal?: AbortSignal
}

/**
 * Proposes an answer a sentence at a time. An extractive one and, later, a chat model have this shape;
 * neither is trusted: verification is in code, outside of it.
 */
export interface Answerer {
  readonly name: string
  propose(input: AnswererInput): AsyncIterable<ProposedSentence>
}
