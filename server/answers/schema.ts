import { z } from '@hono/zod-openapi'
import { MODEL_FAULTS } from './chat/chat-model.ts'
import {
  CitationSchema,
  CompetenceSchema,
  ContactSchema,
  DaySchema,
  LangSchema,
  LanguageDifferenceSchema,
  SourceChangeSchema,
} from '#server/http/wire.ts'
import { withWords } from '#server/http/describe-issue.ts'
import { DegradedSchema } from '#server/search/schema.ts'
import { FEEDBACK_VERDICTS } from '#server/db/schema/feedback.ts'
import { OPERATOR_GROUPS } from './scope/scope-rules.ts'

export type { SampleQuestionView } from './sample-questions/schema.ts'
export type { KnownGapView } from './known-gaps/schema.ts'

export const QuestionSchema = z
  .object({
    question: z.string().trim().min(2).max(1000),
    lang: LangSchema.optional().openapi({ description: 'Language of the question; default: recognised from its text' }),
    asOf: DaySchema.optional(),
    asker: z
      .enum(['citizen', 'state-body'])
      .optional()
      .openapi({ description: 'Who asks; ICT services are for state bodies (п. 34). Default: what the question says' }),
    body: z.string().trim().min(2).max(300).optional().openapi({ description: 'Name of the state body that asks' }),
    group: z.enum(OPERATOR_GROUPS).optional().openapi({
      description: 'Group of the operator: another group’s question is transferred (п. 11). Default: services',
    }),
    within: z
      .strictObject({ actId: z.string().max(64).optional(), articleId: z.string().max(64).optional() })
      .optional()
      .openapi({ description: 'Answer from this act or article alone: what a clarifying question offered' }),
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

export const GuidanceSchema = z
  .object({
    kind: z.enum(['out-of-scope', 'transfer', 'appeal', 'ict-request', 'unanswered']).openapi({
      description:
        'out-of-scope: another body’s (п. 10); transfer: another group’s (п. 11); appeal: how to file one (п. 12); ict-request: to the operator of the ICT infrastructure (п. 36); unanswered: a clarification is asked for (п. 24)',
    }),
    text: z.string().openapi({ description: 'What the operator says, in the language of the question' }),
    citation: AnswerCitationSchema.nullable().openapi({ description: 'The point that it rests on' }),
    dueOn: DaySchema.nullable().openapi({
      description: 'Last day of the term that `text` names, were it to begin today',
    }),
    group: z
      .object({ id: z.enum(OPERATOR_GROUPS), name: z.string() })
      .nullable()
      .openapi({ description: 'Where the call goes' }),
    isBodyUnknown: z.boolean().default(false).openapi({
      description:
        'Nobody in the directory of bodies is known to decide it: the operator finds out whose question it is',
    }),
    draft: z
      .object({
        to: z.object({ agencyId: z.string().nullable(), name: z.string(), contacts: z.array(ContactSchema) }),
        subject: z.string(),
        body: z.string().openapi({ description: 'Plain text, to be edited; nothing is sent' }),
        dueOn: DaySchema,
      })
      .nullable(),
  })
  .openapi('Guidance')
export type Guidance = z.infer<typeof GuidanceSchema>

export const ClarificationSchema = z
  .object({
    question: z.string().openapi({ description: 'In the language of the question' }),
    choices: z
      .array(
        z.object({
          label: z.string(),
          within: z.object({ actId: z.string().optional(), articleId: z.string().optional() }),
        }),
      )
      .openapi({ description: 'Acts or articles that hold every word of the question; ask again with `within`' }),
  })
  .openapi('Clarification')
export type Clarification = z.infer<typeof ClarificationSchema>

export const GivenFeedbackSchema = z
  .strictObject({
    verdict: z.enum(FEEDBACK_VERDICTS).openapi({ description: 'gap: there is no answer, or none to rely on' }),
    reason: z
      .string()
      .trim()
      .min(3)
      .max(1000)
      .optional()
      .openapi({ description: 'Needed for `wrong` and `incomplete`' }),
  })
  .refine(({ verdict, reason }) => reason !== undefined || (verdict !== 'wrong' && verdict !== 'incomplete'), {
    path: ['reason'],
    ...withWords({
      ru: 'Напишите, что неверно или чего не хватает: без причины редактору нечего исправлять.',
      kk: 'Не қате немесе не жетіспейтінін жазыңыз: себепсіз редактор түзететін ештеңе жоқ.',
      en: 'Write what is wrong or missing: without a reason an editor has nothing to mend.',
    }),
  })
  .openapi('GivenFeedback')
export type GivenFeedback = z.infer<typeof GivenFeedbackSchema>

export const FeedbackSchema = z
  .object({
    answerId: z.string(),
    verdict: z.enum(FEEDBACK_VERDICTS),
    reason: z.string().nullable(),
    changed: z.boolean().openapi({ description: 'False: this was said already' }),
  })
  .openapi('AnswerFeedback')
export type Feedback = z.infer<typeof FeedbackSchema>

export const ComplaintSchema = z
  .object({
    answerId: z.string().openapi({ description: 'Its record: `GET /answers/{id}/record`' }),
    question: z.string().openapi({ description: 'Without personal data' }),
    verdict: z.enum(FEEDBACK_VERDICTS),
    reason: z.string().nullable(),
    at: z.iso.datetime(),
  })
  .openapi('AnswerComplaint')

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
    guidance: GuidanceSchema.nullable().openapi({
      description:
        'What to do where there is no answer, an appeal is wished, or what is answered is not the matter of another group’s question',
    }),
    inOtherLanguage: z
      .object({ lang: LangSchema, citations: z.array(AnswerCitationSchema) })
      .nullable()
      .openapi({
        description:
          'Without an answer: provisions held in the other language alone that may answer, best first, each quoted from its beginning. Not verified against the question: to be read and judged',
      }),
    knownGap: z.string().nullable().openapi({
      description:
        'Without an answer: what of an act is known to be missing and is asked about like this, as `message` says it; null: nothing known',
    }),
    clarify: ClarificationSchema.nullable().openapi({ description: 'At most one question back' }),
    answerer: z.string().openapi({ description: 'Whose sentences these are' }),
    model: z.object({ provider: z.string(), name: z.string(), prompt: z.string().nullable() }).nullable().openapi({
      description: 'The chat model that was asked, and the version of its prompt; null: none is configured',
    }),
    fallback: FallbackSchema.nullable(),
    leftOut: z.array(z.string()).openapi({
      description:
        'Sentences of the question that the chat model was not told, since they read like orders to it; search and extracts had them. Empty without a model',
    }),
    quarantined: z.number().int().openapi({
      description:
        'How many passages the chat model was not shown, since they read like orders to it; 0 without a model',
    }),
    degraded: DegradedSchema,
    tookMs: z.number(),
  })
  .openapi('Answer')
export type Answer = z.infer<typeof AnswerSchema>
