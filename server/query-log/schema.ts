import { z } from '@hono/zod-openapi'
import { LangSchema } from '#server/http/wire.ts'

export const QUERY_LISTS = [
  'nothing-found',
  'not-answered',
  'low-confidence',
  'tasked',
  'frequent',
  'closed',
  'opened-low',
] as const

const UsedPassageSchema = z.object({
  passageId: z.string(),
  articleId: z.string(),
  lang: LangSchema,
  title: z.string(),
  label: z.string().openapi({ description: 'The place of the act, or of the article' }),
  anchor: z.string(),
  opened: z.number().int().openapi({ description: 'Queries after which it was opened or copied' }),
  cited: z.number().int().openapi({ description: 'Answers that cite it' }),
  place: z.number().int().nullable().openapi({ description: 'Where it stood in the list, at best; from 1' }),
})

export const LoggedQuerySchema = z
  .object({
    key: z.string().openapi({ description: 'Stems of the question in one order; what it is known by' }),
    lang: LangSchema,
    text: z.string().openapi({ description: 'As it was last typed, personal data masked' }),
    times: z.number().int().openapi({ description: 'Settled queries and questions in these days' }),
    asked: z.number().int().openapi({ description: 'Of them, questions put to the answerer' }),
    failures: z.number().int().openapi({ description: 'Of them, without a hit or an answer' }),
    opened: z.number().int().openapi({ description: 'Of them, with a hit opened' }),
    copied: z.number().int().openapi({ description: 'Of them, with a text copied' }),
    place: z.number().nullable().openapi({
      description:
        'Where the best passage opened stood in the list, from 1, on average; null: none was opened, or it is not known',
    }),
    passages: z
      .array(UsedPassageSchema)
      .openapi({ description: 'What was opened and what answers cite, most often first' }),
    examples: z.array(z.string()).openapi({ description: 'Other wordings of the same question' }),
    confidence: z
      .number()
      .nullable()
      .openapi({ description: 'Share of the query that the first hit met, 0…1, on average; null: not known' }),
    lastDay: z.iso.date(),
    taskId: z.string().nullable().openapi({ description: 'The open task that asks editors for it' }),
    closed: z
      .object({ on: z.iso.date(), by: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: 'When and by whom it was said that it needs nothing, and why' }),
  })
  .openapi('LoggedQuery')
export type LoggedQuery = z.infer<typeof LoggedQuerySchema>

export const QueryCountsSchema = z.record(z.enum(QUERY_LISTS), z.number().int())
export type QueryCounts = z.infer<typeof QueryCountsSchema>

export const PlacesOpenedSchema = z
  .object({
    found: z.number().int().openapi({ description: 'Searches with a hit' }),
    opened: z.number().int().openapi({ description: 'Of them, with a hit opened or copied' }),
    first: z.number().int().openapi({ description: 'Of those, the best one opened stood first' }),
    second: z.number().int().openapi({ description: 'Second or third' }),
    lower: z.number().int(),
    unknown: z.number().int().openapi({ description: 'Under another hit, or not known any more' }),
  })
  .openapi('PlacesOpened')
export type PlacesOpened = z.infer<typeof PlacesOpenedSchema>

export const QueryListSchema = z.object({
  list: z.enum(QUERY_LISTS).openapi({
    description:
      'nothing-found: searches without a hit; not-answered: questions without an answer; low-confidence: the first hit met less than half of the query; tasked: an open task asks editors for it; frequent: all; opened-low: what was opened did not stand first; closed: somebody said that it needs nothing',
  }),
  days: z.coerce.number().int().min(1).max(366).default(30),
  lang: LangSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const QueryKeySchema = z.strictObject({ key: z.string().min(1).max(400), lang: LangSchema })

export const DismissalSchema = QueryKeySchema.extend({
  reason: z.string().trim().min(3, 'Напишите, почему с этим ничего делать не нужно (от 3 знаков)').max(500),
})

export const QueryUseSchema = z.strictObject({
  queryId: z
    .string()
    .max(64)
    .regex(/^qry_[0-9a-z]+$/u),
  action: z.enum(['opened', 'copied']),
  passageId: z
    .string()
    .max(64)
    .regex(/^psg_[0-9a-z]+$/u),
})
