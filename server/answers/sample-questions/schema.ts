import { z } from '@hono/zod-openapi'
import { PageQuerySchema } from '#server/http/paging.ts'
import { LangSchema } from '#server/http/wire.ts'
import { LONGEST_QUESTION, SHORTEST_QUESTION } from './sample-questions-file.ts'

const QUESTION_ORIGINS = ['file', 'editor'] as const
const QUESTION_STATES = ['in-force', 'changed', 'gone'] as const

const EidSchema = z.string().min(1).max(200).openapi({ example: 'chp_2__para_8' })

export const SampleQuestionSchema = z
  .object({
    id: z.string(),
    actId: z.string(),
    actTitle: z.string(),
    lang: LangSchema,
    eid: EidSchema,
    label: z.string().openapi({ example: 'п. 8' }),
    text: z.string(),
    origin: z.enum(QUESTION_ORIGINS).openapi({
      description: 'file: a file of content/questions says it, whoever else does; editor: an editor alone',
    }),
    file: z.string().nullable().openapi({ description: 'Name of the file; null: none, or not known yet' }),
    added: z.object({ by: z.string(), at: z.iso.datetime() }).nullable().openapi({
      description: 'Who said it and when; null: no editor did',
    }),
    state: z.enum(QUESTION_STATES).openapi({
      description:
        'in-force: its provision is in force today, and where an editor tied the question to it, it and all below it read as then; changed: they read otherwise since, and the question is silent; gone: nothing is in force there',
    }),
    wording: z.object({ provisionId: z.string(), text: z.string() }).nullable().openapi({
      description:
        'Of a changed one: how the provision reads today, its beginning, and the id with which it is confirmed',
    }),
  })
  .openapi('SampleQuestion')
export type SampleQuestionView = z.infer<typeof SampleQuestionSchema>

export const AddQuestionSchema = z
  .strictObject({
    actId: z.string().max(64),
    lang: LangSchema,
    eid: EidSchema,
    provisionId: z.string().min(1).max(64).openapi({
      description: 'The wording that the editor has read: of a citation, or of a segment of a passage',
    }),
    text: z
      .string()
      .trim()
      .min(SHORTEST_QUESTION, `Вопрос слишком короткий: нужно от ${SHORTEST_QUESTION} знаков`)
      .max(LONGEST_QUESTION, `Вопрос слишком длинный: не больше ${LONGEST_QUESTION} знаков`)
      .openapi({ description: 'As people ask; personal data is masked before it is stored' }),
  })
  .openapi('NewSampleQuestion')
export type AddQuestion = z.infer<typeof AddQuestionSchema>

export const ListQuestionsSchema = PageQuerySchema.extend({
  actId: z.string().max(64).optional(),
  lang: LangSchema.optional(),
  eid: EidSchema.optional().openapi({ description: 'Only of this provision' }),
  q: z.string().trim().max(200).optional().openapi({ description: 'Letters of the question' }),
  origin: z.enum(QUESTION_ORIGINS).optional(),
  needsLook: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: only those whose provision reads otherwise or is not in force' }),
})
export type ListQuestions = z.infer<typeof ListQuestionsSchema>

export const QuestionCountsSchema = z.object({
  items: z.array(z.object({ eid: EidSchema, count: z.number().int() })),
})
