import { z } from '@hono/zod-openapi'
import { ProvisionChangeSchema } from '#server/acts/schema.ts'
import { DiffPartSchema } from '#server/articles/schema.ts'
import { pageOf } from '#server/http/paging.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'

export const ImportMessageSchema = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    rule: z.string(),
    text: z.string().openapi({ description: 'In Russian: what is wrong and how to mend it' }),
    line: z.number().int(),
    column: z.number().int(),
  })
  .openapi('ImportMessage')

export const AskedPublicationDaySchema = z
  .object({
    kind: z.string(),
    date: DaySchema,
    number: z.string(),
    publishedOn: DaySchema.nullable().openapi({ description: 'Null: nobody has supplied it' }),
    inForceFrom: DaySchema.openapi({ description: 'By that day; without it the earliest possible one' }),
    notes: z.number().int().openapi({ description: 'How many notes rest on it; 0: the act’s own text' }),
  })
  .openapi('AskedPublicationDay')

export const GivenPublicationDaySchema = z.strictObject({
  date: DaySchema,
  number: z.string().min(1).max(50),
  publishedOn: DaySchema.nullable().openapi({ description: 'Null takes back what was given before' }),
})

export const ImportChangeSchema = ProvisionChangeSchema.extend({
  on: DaySchema.nullable().openapi({ description: 'First day on which it reads so, or is gone' }),
  onKnown: z.boolean().openapi({ description: 'False: the earliest possible day' }),
}).openapi('ImportChange')

const ImportedSchema = z.object({
  actId: z.string(),
  title: z.string(),
  requisites: z.string(),
  lang: LangSchema,
  editionDate: DaySchema,
  held: z
    .array(z.object({ editionId: z.string(), lang: LangSchema, date: DaySchema, sourceName: z.string() }))
    .openapi({ description: 'Editions held before; empty: the act is new' }),
  provisions: z.object({ added: z.number().int(), rewritten: z.number().int(), removed: z.number().int() }),
  changes: z
    .array(ImportChangeSchema)
    .openapi({ description: 'Against what was held, the first 500; empty of a new act' }),
  changeCount: z.number().int(),
  publicationDays: z.array(AskedPublicationDaySchema),
  articles: z.array(
    z.object({
      articleId: z.string(),
      lang: LangSchema,
      title: z.string(),
      byPeople: z.boolean(),
      labels: z.array(z.string()),
    }),
  ),
  answers: z
    .number()
    .int()
    .openapi({ description: 'Saved answers that cite, without a warning, a wording which ends' }),
  requests: z.array(
    z.object({
      requestId: z.string(),
      agencyId: z.string(),
      service: z.string().nullable(),
      person: z.string().nullable().openapi({ description: 'Null: nobody answers for it, an editor’s task says so' }),
      amendedBy: z.string(),
      dueOn: DaySchema.nullable(),
    }),
  ),
  endings: z
    .array(
      z.object({
        articleId: z.string(),
        versionId: z.string(),
        lang: LangSchema,
        title: z.string(),
        labels: z.array(z.string()),
        moved: z
          .array(z.string())
          .openapi({ description: 'What only has another number now', example: ['п. 5 → п. 4'] }),
        on: DaySchema.openapi({ description: 'First day on which nothing of it is in force' }),
        onKnown: z.boolean().openapi({ description: 'False: the earliest possible day' }),
      }),
    )
    .openapi({
      description:
        'Articles that the act no longer gives: a second person ends each. Empty of what was proposed before, and of what is unchanged',
    }),
  proposed: z
    .array(z.string())
    .openapi({ description: 'Addresses of articles whose new text waits for a second person' }),
})

export const ActImportSchema = z
  .object({
    outcome: z.enum(['refused', 'checked', 'imported', 'unchanged']).openapi({
      description: '`checked`: nothing is stored; `refused` is answered only to a dry run, otherwise it is a problem',
    }),
    messages: z.array(ImportMessageSchema),
    imported: ImportedSchema.nullable(),
  })
  .openapi('ActImport')

const AffectedAnswerSchema = z
  .object({
    answerId: z.string(),
    question: z.string(),
    lang: LangSchema,
    at: z.iso.datetime(),
    status: z.enum(['answered', 'partial', 'no_answer']),
    citations: z.array(
      z.object({
        provisionId: z.string(),
        actId: z.string(),
        eid: z.string(),
        label: z.string(),
        since: DaySchema,
        known: z.boolean().openapi({ description: 'False: `since` is the earliest possible day' }),
        by: z.string().nullable(),
        url: z.string(),
        movedTo: z.string().nullable().openapi({
          description: 'It is in force under this number now, its words the same or amended as `parts` say',
          example: 'п. 3',
        }),
        before: z.string(),
        after: z.string().nullable(),
        parts: z.array(DiffPartSchema),
      }),
    ),
  })
  .openapi('AffectedAnswer')

export const AffectedAnswersSchema = pageOf(AffectedAnswerSchema).extend({
  truncated: z.boolean().openapi({
    description:
      'More wordings have ended than are looked for at once: answers by those that ended first are not listed',
  }),
})
