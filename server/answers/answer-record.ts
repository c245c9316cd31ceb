import { z } from '@hono/zod-openapi'
import { CompetenceSchema, DaySchema, LangSchema, SourceChangeSchema } from '#server/http/wire.ts'
import { AnswerSentenceSchema, AnswerStatusSchema, FallbackSchema } from './schema.ts'
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
    /** As the answerer saw it; of one that only a refusal points at, after them. */
    number: z.number().int(),
    passageId: z.string(),
    versionId: z.string(),
    /** SHA-256 of title, label, context, text and language as they were given or pointed at. */
    hash: z.string(),
    label: z.string(),
    score: z.number(),
    /** The edition of the cited act. */
    edition: z.object({ date: z.string(), amendedBy: z.string().nullable() }).nullable(),
    /** The refusal points at it, in the other language. */
    isPointedAt: z.boolean().optional(),
    /** No answerer was shown it: it came with what the refusal points at. */
    isUnseen: z.boolean().optional(),
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
  /** Passages that were kept from the model, since they speak to one. The extract may have quoted them. */
  quarantined: z.array(z.object({ passageId: z.string(), rule: z.string(), text: z.string() })),
  /** Sentences of the question that spoke to a model: it was not told them. */
  leftOut: z.array(z.string()),
  /** Of a refusal: the known gap that it named; records from before there were any have none. */
  knownGap: z.string().nullish(),
  /** The question of a known gap of which an editor had said that nothing answers it: so nobody tried. */
  saidUnanswered: z.object({ id: z.string(), text: z.string() }).nullish(),
  /** The provision held in the other language alone that the question came as near to as to anything in its own (0051): so nobody tried. */
  nearestElsewhere: z.object({ actId: z.string(), eid: z.string(), kinship: z.number() }).nullish(),
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

/** The record of an answer with the texts that it rests on, as they were. */
export const AnswerRecordSchema = AnswerRecordDataSchema.extend({
  answerId: z.string(),
  question: z.string().openapi({ description: 'Personal data in it is masked' }),
  lang: LangSchema,
  asOf: DaySchema,
  at: z.string(),
  actorId: z.string(),
  status: AnswerStatusSchema,
  answerer: z.string(),
  model: z.string().nullable(),
  fallback: FallbackSchema.nullable(),
  sentences: z.array(AnswerSentenceSchema),
  competence: CompetenceSchema.nullable(),
  tookMs: z.number(),
  changes: z
    .array(z.object({ provisionId: z.string(), change: SourceChangeSchema }))
    .openapi({ description: 'Cited wordings that are not in force any more today, or stand under another number' }),
  passages: z.array(
    RecordedPassageSchema.extend({
      title: z.string(),
      context: z.string(),
      text: z.string().nullable().openapi({ description: 'Null: the passage is not in the database any more' }),
      lang: LangSchema,
      isUnchanged: z.boolean().openapi({ description: 'It has the hash that was recorded' }),
    }),
  ),
}).openapi('AnswerRecord')
export type AnswerRecord = z.infer<typeof AnswerRecordSchema>

/** What a replay of the checks over a record says. */
export const ReplaySchema = z
  .object({
    answerId: z.string(),
    /** Every check came out as it did, and every sentence shown is one that passes. */
    same: z.boolean(),
    verifier: z.object({ recorded: z.string(), now: z.string() }),
    checked: z.object({ proposals: z.number().int(), sentences: z.number().int(), passages: z.number().int() }),
    differences: z.array(
      z.object({
        what: z.enum([
          'passage-gone',
          'passage-changed',
          'prompt-changed',
          'verdict',
          'quotes',
          'sentence-unsupported',
        ]),
        subject: z.string(),
        recorded: z.string(),
        replayed: z.string(),
      }),
    ),
    today: z.array(z.object({ subject: z.string(), recorded: z.string(), replayed: z.string() })).openapi({
      description:
        'Where the checks have become others since: verdicts that today’s would not give. It changes nothing of how the answer was then',
    }),
    /** What has happened to the cited texts since: it changes nothing of how the answer was then. */
    since: z.array(z.object({ passageId: z.string(), provisionId: z.string().nullable(), change: z.string() })),
  })
  .openapi('AnswerReplay')
export type Replay = z.infer<typeof ReplaySchema>
