import { z } from '@hono/zod-openapi'
import { LangSchema } from '#server/http/wire.ts'

/** Groups at most, the words of one list of a group, and the longest of them in letters. */
export const MOST_GROUPS = 3000
export const MOST_TERMS = 120
export const LONGEST_TERM = 120

const TermListSchema = z
  .array(z.string().max(400, 'Слово или словосочетание не длиннее 120 знаков'))
  .max(MOST_TERMS, `Не больше ${MOST_TERMS} слов в одном списке`)
const TermsSchema = z.strictObject({
  same: TermListSchema.openapi({ description: 'Words and phrases that stand for the concept' }),
  near: TermListSchema.openapi({ description: 'Words that are near to it and count half' }),
})

export const SynonymContentSchema = z
  .strictObject({
    weight: z
      .number()
      .gt(0, 'Вес синонима: больше 0 и не больше 1')
      .lte(1, 'Вес синонима: больше 0 и не больше 1')
      .openapi({ description: 'What a synonym counts against the word itself; 0.6 is usual', example: 0.6 }),
    ru: TermsSchema,
    kk: TermsSchema,
  })
  .openapi('SynonymContent', { description: 'Words of both languages that mean the same to a caller' })

export const ORIGINS = ['file', 'changed', 'added', 'removed'] as const

const EditSchema = z.object({
  number: z.number().int(),
  kind: z.enum(['set', 'removed', 'file']),
  content: SynonymContentSchema.nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
})

export const SynonymGroupSchema = z
  .object({
    id: z.string(),
    content: SynonymContentSchema.openapi({ description: 'As searches use it; of a removed group, as it last was' }),
    origin: z.enum(ORIGINS).openapi({
      description:
        'file: as content/language says it; changed: an editor’s words stand over the file; added: no file has it; removed: not used',
    }),
    number: z.number().int().openapi({ description: 'Number of the last change, 0 for none: what a change answers' }),
    changed: EditSchema.omit({ content: true }).nullable().openapi({ description: 'The last change' }),
  })
  .openapi('SynonymGroup')
export type SynonymGroup = z.infer<typeof SynonymGroupSchema>

export const SynonymHistorySchema = SynonymGroupSchema.extend({
  file: SynonymContentSchema.nullable().openapi({ description: 'What the files say of it; null: nothing' }),
  edits: z.array(EditSchema).openapi({ description: 'All changes, newest first' }),
}).openapi('SynonymGroupWithHistory')

export const ReasonSchema = z
  .string()
  .trim()
  .min(3, 'Напишите, зачем это изменение (от 3 знаков)')
  .max(500, 'Не длиннее 500 знаков')
const AfterSchema = z
  .number()
  .int()
  .min(0)
  .openapi({ description: '`number` of the group as it was read: a change that came between is not lost' })

export const AddGroupSchema = z.strictObject({ content: SynonymContentSchema, reason: ReasonSchema })
export const SetGroupSchema = AddGroupSchema.extend({ after: AfterSchema })
export const ChangeSchema = z.strictObject({ reason: ReasonSchema, after: AfterSchema })

export const WrittenGroupSchema = z
  .object({
    group: SynonymHistorySchema,
    applied: z
      .boolean()
      .openapi({ description: 'Searches use it already; false: the index is still being made anew, and follows' }),
  })
  .openapi('WrittenSynonymGroup')

export const PreviewRequestSchema = z.strictObject({
  id: z.string().max(80).nullable().openapi({ description: 'The group that changes; null: a new one' }),
  content: SynonymContentSchema.nullable().openapi({ description: 'As it shall be; null: removed' }),
  examples: z.array(z.string().trim().min(1).max(400)).max(5).default([]).openapi({
    description: 'Queries to look at, besides those of the query log',
  }),
})

const PreviewHitSchema = z.object({
  passageId: z.string(),
  articleId: z.string(),
  title: z.string(),
  label: z.string(),
  lang: LangSchema,
  text: z.string().openapi({ description: 'Its beginning' }),
})

export const WARNING_CODES = [
  'finds-nothing',
  'not-in-base',
  'stop-word',
  'same-word',
  'shared',
  'cycle',
  'joins',
] as const

export const SynonymWarningSchema = z
  .object({
    code: z.enum(WARNING_CODES).openapi({
      description:
        'finds-nothing: no passage holds any word of the group; not-in-base: no passage holds this word, it helps as a question alone; stop-word: searches leave it out; same-word: another word of the group in another form; shared: stands in another group too; cycle: two groups share several words and lead to each other; joins: large groups are joined by a word',
    }),
    isSerious: z.boolean(),
    terms: z.array(z.string()),
    groups: z.array(z.object({ id: z.string(), title: z.string(), size: z.number().int() })),
  })
  .openapi('SynonymWarning')
export type SynonymWarning = z.infer<typeof SynonymWarningSchema>

export const SynonymPreviewSchema = z
  .object({
    queries: z.object({
      considered: z.number().int().openapi({ description: 'Different questions of the last 90 days' }),
      touched: z.number().int().openapi({ description: 'Of them, those that meet the group before or after' }),
      shown: z.number().int().openapi({ description: 'Queries that were searched for, examples among them' }),
      changed: z.number().int().openapi({ description: 'Of them, those whose first hits change' }),
    }),
    results: z.array(
      z.object({
        text: z.string(),
        source: z.enum(['example', 'term', 'log']),
        times: z.number().int().openapi({ description: 'In the query log' }),
        isChanged: z.boolean(),
        before: z.array(PreviewHitSchema),
        after: z.array(PreviewHitSchema),
      }),
    ),
    terms: z.array(
      z.object({
        text: z.string(),
        lang: LangSchema,
        state: z.enum(['kept', 'added', 'removed']),
        passages: z.number().int().openapi({ description: 'Passages that hold it, of those looked at' }),
        words: z
          .array(z.object({ text: z.string(), times: z.number().int() }))
          .openapi({ description: 'Words of the base that it is met by, the most frequent first' }),
      }),
    ),
    passages: z.object({ looked: z.number().int(), all: z.number().int() }),
    warnings: z.array(SynonymWarningSchema),
  })
  .openapi('SynonymPreview')
export type SynonymPreview = z.infer<typeof SynonymPreviewSchema>
