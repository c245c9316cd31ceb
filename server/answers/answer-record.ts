import { z } from '@hono/zod-openapi'
import { DaySchema } from '#server/http/wire.ts'
import { REJECTION_REASONS } from './verify-sentence.ts'

/** What decided, on the day of the answer, whether a cited text was in force on the asked day. */
export const ForceFactsSchema = z
  .object({
    passageId: z.string(),
    provisionId: z.string().nullable(),
    versionState: z.string(),
    versionFrom: DaySchema,
    versionTo: DaySchema.nullable(),
    /** Null: the passage is not made from an act. */
    wordingFrom: DaySchema.nullable(),
    wordingTo: DaySchema.nullable(),
  })
  .openapi('ForceFacts')
export type ForceFacts = z.infer<typeof ForceFactsSchema>

const QuoteSchema = z.object({ number: z.number().int(), quote: z.string(), start: z.number().int() })

/** A sentence as it was proposed, and what verification said of it. */
export const RecordedProposalSchema = z
  .object({
    answerer: z.string(),
    /** In words of its own: it was held to more checks. */
    ownWords: z.boolean(),
    text: z.string(),
    support: z.array(z.object({ number: z.number(), quote: z.string() })),
    confidence: z.number(),
    /** Milliseconds from the question until it was proposed. */
    atMs: z.number(),
    ok: z.boolean(),
    reason: z.enum(REJECTION_REASONS).nullable(),
    detail: z.string().nullable(),
    /** Where the quotes were found; empty when it was dropped before. */
    quotes: z.array(QuoteSchema),
    force: z.array(ForceFactsSchema),
  })
  .openapi('RecordedProposal')
export type RecordedProposal = z.infer<typeof RecordedProposalSchema>

export const RecordedPassageSchema = z
  .object({
    /** As the answerer saw it. */
    number: z.number().int(),
    passageId: z.string(),
    versionId: z.string(),
    /** SHA-256 of title, label, context, text and language as they were given. */
    hash: z.string(),
    label: z.string(),
    score: z.number(),
    /** The edition of the cited act. */
    edition: z.object({ date: z.string(), amendedBy: z.string().nullable() }).nullable(),
  })
  .openapi('RecordedPassage')

export const ModelCallSchema = z
  .object({
    provider: z.string(),
    model: z.string(),
    outcome: z.string(),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    estimated: z.boolean(),
    cost: z.number(),
    firstTokenMs: z.number().nullable(),
    tookMs: z.number(),
  })
  .openapi('ModelCall')

/** The part of an answer's record that is kept as one document. Texts of passages are not in it: their versions never change. */
export const AnswerRecordDataSchema = z.object({
  version: z.literal(1),
  /** Version of the checks. */
  verifier: z.string(),
  /** Hosts that sentences were allowed to name besides the state's. */
  hosts: z.array(z.string()),
  /** Kinds of personal data that were masked in the question. */
  masked: z.array(z.string()),
  prompt: z
    .object({
      name: z.string(),
      version: z.number().int(),
      hash: z.string(),
      output: z.enum(['schema', 'lines']),
      /** Numbers of the passages that the model saw. */
      passages: z.array(z.number().int()),
    })
    .nullable(),
  passages: z.array(RecordedPassageSchema),
  /** Passages that were kept from the answerers, since they speak to a model. */
  quarantined: z.array(z.object({ passageId: z.string(), rule: z.string(), text: z.string() })),
  proposals: z.array(RecordedProposalSchema),
  unreadable: z.array(z.string()),
  covers: z.enum(['all', 'part', 'none']).nullable(),
  calls: z.array(ModelCallSchema),
  tokens: z.object({ input: z.number().int(), output: z.number().int() }),
  cost: z.number(),
  /** Milliseconds from the question to the first sentence that passed, and of them to the model's own first text. */
  firstSentenceMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
})
export type AnswerRecordData = z.infer<typeof AnswerRecordDataSchema>
