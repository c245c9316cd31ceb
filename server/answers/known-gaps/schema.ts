import { z } from '@hono/zod-openapi'
import { PageQuerySchema } from '#server/http/paging.ts'
import { LangSchema } from '#server/http/wire.ts'
import { LONGEST_GAP, LONGEST_QUESTION, SHORTEST_QUESTION } from '../sample-questions/sample-questions-file.ts'

const GAP_ORIGINS = ['file', 'editor'] as const

export const GapQuestionSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    origin: z.enum(GAP_ORIGINS).openapi({
      description: 'file: a file of content/questions says it, whoever else does; editor: an editor alone',
    }),
    file: z.string().nullable().openapi({ description: 'Name of the file; null: none, or not known yet' }),
    added: z.object({ by: z.string(), at: z.iso.datetime() }).nullable().openapi({
      description: 'Who said it and when; null: no editor did',
    }),
  })
  .openapi('GapQuestion')

export const KnownGapSchema = z
  .object({
    actId: z.string(),
    actTitle: z.string(),
    lang: LangSchema,
    gap: z.string().openapi({ description: 'What is missing', example: 'размер оплаты стажировки' }),
    checkedOn: z.iso.date().openapi({ description: 'Day of the last look at the act' }),
    confirmed: z.object({ by: z.string(), on: z.iso.date() }).nullable().openapi({
      description: 'Who looked again, where somebody did',
    }),
    silentSince: z.iso.date().nullable().openapi({
      description:
        'Day on which something of the act came into force that nobody has read for this gap: it refuses nothing since; null: it speaks',
    }),
    questions: z.array(GapQuestionSchema),
  })
  .openapi('KnownGap')
export type KnownGapView = z.infer<typeof KnownGapSchema>

const GapName = z
  .string()
  .trim()
  .min(SHORTEST_QUESTION, `Название слишком короткое: нужно от ${SHORTEST_QUESTION} знаков`)
  .max(LONGEST_GAP, `Название слишком длинное: не больше ${LONGEST_GAP} знаков`)

export const NamedGapSchema = z
  .strictObject({ actId: z.string().max(64), lang: LangSchema, gap: GapName })
  .openapi('NamedGap')
export type NamedGap = z.infer<typeof NamedGapSchema>

export const AddGapQuestionSchema = NamedGapSchema.extend({
  text: z
    .string()
    .trim()
    .min(SHORTEST_QUESTION, `Вопрос слишком короткий: нужно от ${SHORTEST_QUESTION} знаков`)
    .max(LONGEST_QUESTION, `Вопрос слишком длинный: не больше ${LONGEST_QUESTION} знаков`)
    .openapi({ description: 'As people ask; personal data is masked before it is stored' }),
}).openapi('NewGapQuestion')
export type AddGapQuestion = z.infer<typeof AddGapQuestionSchema>

export const ListGapsSchema = PageQuerySchema.extend({
  actId: z.string().max(64).optional(),
  lang: LangSchema.optional(),
  q: z.string().trim().max(200).optional().openapi({ description: 'Letters of the gap or of one of its questions' }),
  origin: z
    .enum(GAP_ORIGINS)
    .optional()
    .openapi({ description: '`editor`: gaps with a question that only editors say' }),
  needsLook: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: only those that are silent until somebody looks' }),
})
export type ListGaps = z.infer<typeof ListGapsSchema>
