import { z } from '@hono/zod-openapi'
import { MODEL_FAULTS } from './chat/chat-model.ts'
import {
  CitationSchema,
  CompetenceSchema,
  DaySchema,
  LangSchema,
  LanguageDifferenceSchema,
  SourceChangeSchema,
} from '#server/http/wire.ts'
import { DegradedSchema } from '#server/search/schema.ts'

export const QuestionSchema = z
  .object({
    question: z.string().trim().min(2).max(1000),
    lang: LangSchema.optional().openapi({ description: 'Language of the question; default: recognised from its text' }),
    asOf: DaySchema.optional(),
  })
  .openapi('Question')
export type Question = z.infer<typeof QuestionSchema>

export const AnswerCitationSchema = CitationSchema.extend({
  quote: z.string().openapi({ description: 'Verbatim substring of the passage' }),
  /** Where the quote stands in the passage's text. */
  quoteStart: z.number().int(),
  passageId: z.string(),
  articleId: z.string(),
  versionId: z.string(),
  languageDifferences: z
    .array(LanguageDifferenceSchema)
    .openapi({ description: 'Where the text in the other language says something else than this passage' }),
  sourceChanged: SourceChangeSchema.nullable().openapi({
    description: 'Not null: what it quotes was changed on or before the asked day, and nobody has renewed the text yet',
  }),
  changesOn: SourceChangeSchema.nullable().openapi({ description: 'Not null: what it quotes ends on that later day' }),
}).openapi('AnswerCitation')
export type AnswerCitation = z.infer<typeof AnswerCitationSchema>

export const AnswerSentenceSchema = z
  .object({ text: z.string(), citations: z.array(AnswerCitationSchema) })
  .openapi('AnswerSentence')
export type AnswerSentence = z.infer<typeof AnswerSentenceSchema>

export const AnswerStatusSchema = z.enum(['answered', 'partial', 'no_answer'])

/** Why another answerer spoke in place of the chat model, or after it: faults of its server, or nothing in it that held. */
export const FallbackReasonSchema = z.enum([...MODEL_FAULTS, 'nothing-verified', 'found-nothing'])
export type FallbackReason = z.infer<typeof FallbackReasonSchema>

export const FallbackSchema = z
  .object({
    from: z.string().openapi({ example: 'openai-compatible/qwen3-32b' }),
    to: z.string().openapi({ example: 'extractive-2' }),
    reason: FallbackReasonSchema,
  })
  .openapi('AnswerFallback', {
    description:
      'Another answerer spoke in place of the chat model, or after its first sentences. `nothing-verified`: all it said was dropped by verification; `found-nothing`: it found no answer and the other one did',
  })
export type Fallback = z.infer<typeof FallbackSchema>

export const AnswerSchema = z
  .object({
    answerId: z.string(),
    status: AnswerStatusSchema,
    lang: LangSchema,
    asOf: DaySchema,
    sentences: z.array(AnswerSentenceSchema),
    message: z.string().nullable().openapi({
      description:
        'Said in place of an answer, or of one whose sources have been changed; in the language of the question',
    }),
    competence: CompetenceSchema.nullable(),
    answerer: z.string().openapi({ description: 'Whose sentences these are' }),
    model: z.object({ provider: z.string(), name: z.string(), prompt: z.string().nullable() }).nullable().openapi({
      description: 'The chat model that was asked, and the version of its prompt; null: none is configured',
    }),
    fallback: FallbackSchema.nullable(),
    degraded: DegradedSchema,
    tookMs: z.number(),
  })
  .openapi('Answer')
export type Answer = z.infer<typeof AnswerSchema>
