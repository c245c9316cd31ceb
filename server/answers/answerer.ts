import type { Lang } from '#server/context.ts'
import type { Recalled } from './extract/passage-memory.ts'
import type { ModelFaultReason } from './chat/chat-model.ts'
import type { StandardTopic } from './extract/standard-topics.ts'

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
  /** Fused rank score of search and sample questions, higher is better. */
  score: number
  /** First day on which a wording that it quotes was not in force any more; null: all of it is in force. */
  changedSince?: string | null
  /** Which act it is from: to tell acts apart, never to be shown. */
  act?: string
  /** It is of the Rules by which the centre works, not of an act about a service. */
  ofRules?: boolean
  /** Of a row of the list of requirements to a state service: what the row tells. */
  row?: StandardTopic
  /** Sample questions by the part of `text` that answers them, half-open, with the likeness of the most alike ones to the question asked. */
  asked?: AskedOf[]
  /** Its places in the order of search and in that of sample questions, each from 0; null: not found so. */
  places?: { search: number | null; samples: number | null }
}

/** What people ask and a part of a passage answers, beside the question asked. */
export interface AskedOf {
  /** The most alike ones. */
  texts: string[]
  /** The same taken apart, where they are kept so. */
  recalled?: Recalled[]
  /** Of the most alike ones, best first, 0…1, by words and by the company of subwords. */
  likeness: number[]
  kinship: number[]
  start: number
  end: number
}

/** What acts are known not to say, beside the question asked. */
export interface AskedOfGaps {
  /** Acts whose gaps are known. */
  acts: readonly string[]
  /** What people ask about those most alike, as in `AskedOf`. */
  nearest: readonly Pick<AskedOf, 'likeness' | 'kinship'>[]
}

/** A sentence as proposed: nothing of it is believed before `verifySentence` has passed it. */
export interface ProposedSentence {
  text: string
  support: { number: number; quote: string }[]
  /** 0…1, how well the answerer thinks the question is covered. */
  confidence: number
}

/** One call of a chat model: what it took and how it ended. */
export interface ModelCall {
  provider: string
  model: string
  /** `ok`; `left`: who asked needed no more of it; else why it failed. */
  outcome: 'ok' | 'left' | ModelFaultReason
  inputTokens: number
  outputTokens: number
  /** The server counted no tokens: these are reckoned from the length of the texts, rather too many than too few. */
  estimated: boolean
  /** In the currency of the configured prices; 0 where there are none. */
  cost: number
  firstTokenMs: number | null
  tookMs: number
}

/** What an answerer tells about its work besides its sentences, for the record. */
export type AnswererEvent =
  | { kind: 'prompt'; name: string; version: number; hash: string; output: 'schema' | 'lines'; passages: number[] }
  | { kind: 'call'; call: ModelCall }
  /** Something in place of a sentence that could not be read. */
  | { kind: 'unreadable'; text: string }
  | { kind: 'end'; covers: 'all' | 'part' | 'none' }

/** What models have cost, kept where all instances see it. */
export interface ModelLedger {
  /** Cost of today's calls (Asia/Almaty). */
  spentToday(): Promise<number>
  note(call: ModelCall): Promise<void>
}

export interface AnswererInput {
  question: string
  lang: Lang
  asOf: string
  passages: readonly NumberedPassage[]
  /** Left out: none are known. */
  gaps?: AskedOfGaps
  /** Guidance is shown whatever is answered: what is not sure need not stand beside it. */
  isGuided?: boolean
  /** It is asked within one act or article: that says what it is about. */
  isNarrowed?: boolean
  signal?: AbortSignal
  report?: (event: AnswererEvent) => void
  /** Only a model needs one. */
  ledger?: ModelLedger
}

/**
 * Proposes an answer a sentence at a time. An extractive one and a chat model have this shape; neither is trusted: verification
 * is in code, outside of it.
 */
export interface Answerer {
  readonly name: string
  /** Null: it chooses sentences of the passages. Otherwise they are in words of its own, and looked at the harder. */
  readonly writes: { provider: string; model: string; unsaid: (lang: Lang) => ReadonlySet<string> } | null
  /** Makes the first question as fast as the others. */
  prepare?: () => Promise<void>
  /** @throws ModelFault when its model fails; what was proposed until then stands */
  propose(input: AnswererInput): AsyncIterable<ProposedSentence>
}
