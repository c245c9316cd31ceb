import { z } from '@hono/zod-openapi'
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
    answerer: z.string(),
    degraded: DegradedSchema,
    tookMs: z.number(),
  })
  .openapi('Answer')
export type Answer = z.infer<typeof AnswerSchema>
