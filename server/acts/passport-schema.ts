import { z } from '@hono/zod-openapi'
import { PASSPORT_FIELDS } from '#ingest/passports/passport.ts'
import { DaySchema, LangSchema, LanguageDifferenceSchema } from '#server/http/wire.ts'

export const PassportFieldSchema = z.enum(PASSPORT_FIELDS).openapi('ServicePassportField')

const TitleSchema = z.object({
  marker: z.string().nullable(),
  text: z.string(),
  subservice: z.string().nullable().openapi({ description: 'Number of the sub-service (подвид) that it names' }),
})

const GroupSchema = z.object({
  under: z.array(TitleSchema).openapi({ description: 'Whom or what the parts are about, from the outside in' }),
  parts: z.array(
    z.object({
      kind: z.enum(['item', 'note']),
      marker: z.string().nullable(),
      text: z.string(),
      depth: z.union([z.literal(0), z.literal(1)]),
    }),
  ),
})

export const PassportRowSchema = z
  .object({
    provisionId: z.string(),
    eid: z.string(),
    label: z.string().openapi({ example: 'прил. 1, п. 8 Перечня' }),
    num: z.string().nullable(),
    heading: z.string(),
    text: z.string().openapi({ description: 'All of the row, as the act says it' }),
    status: z.enum(['in-force', 'excluded']),
    groups: z.array(GroupSchema).openapi({ description: 'The same text by cases and items, every line once' }),
    edition: z.object({ date: DaySchema, amendedBy: z.string().nullable() }),
    validFrom: DaySchema,
    validFromKnown: z.boolean(),
  })
  .openapi('ServicePassportRow')

const rows = z.array(PassportRowSchema)

export const PassportTextSchema = z
  .object({
    label: z.string(),
    name: z.string().nullable().openapi({ description: 'Null: the caption gives no name in quotation marks' }),
    caption: z.string(),
    subservices: z.array(z.object({ num: z.string().nullable(), text: z.string() })),
    fields: z
      .object({
        provider: rows,
        channels: rows,
        term: rows,
        form: rows,
        result: rows,
        fee: rows,
        hours: rows,
        documents: rows,
        refusal: rows,
        other: rows,
      })
      .openapi({ description: '`other` also holds rows whose heading is not known: nothing is lost' }),
    terms: z
      .array(
        z.object({
          of: z.enum(['service', 'waiting', 'serving', 'suspension']),
          value: z.number(),
          unit: z.enum([
            'working-day',
            'calendar-day',
            'day',
            'around-the-clock-day',
            'hour',
            'minute',
            'week',
            'month',
            'year',
          ]),
          under: z.array(z.string()).openapi({ description: 'Cases that the line stands under' }),
          text: z.string().openapi({ description: 'The line' }),
        }),
      )
      .openapi({ description: 'Only terms that a line gives without ambiguity; the rest is in the text alone' }),
    fee: z.object({
      kind: z.enum(['free', 'paid', 'mixed']).nullable(),
      amounts: z.array(z.object({ value: z.number(), unit: z.enum(['tenge', 'mci', 'percent']), text: z.string() })),
    }),
    forms: z.array(
      z.enum(['electronic', 'electronic-full', 'electronic-partial', 'paper', 'proactive', 'one-application']),
    ),
    hours: z.array(
      z.object({
        of: z.enum(['provider', 'corporation', 'portal']).nullable(),
        roundTheClock: z.boolean(),
        text: z.string(),
      }),
    ),
    counts: z
      .object({ documents: z.number().int().nullable(), refusal: z.number().int().nullable() })
      .openapi({ description: 'Null where the row does not number its items so that they can be counted' }),
    messages: z.array(z.object({ rule: z.string(), text: z.string(), eid: z.string(), label: z.string() })),
  })
  .openapi('ServicePassportText')

export const PassportSchema = z
  .object({
    actId: z.string(),
    eid: z.string().openapi({ description: 'Of the table of the standard', example: 'app_1__table' }),
    ru: PassportTextSchema.nullable().openapi({ description: 'Null: no text in this language is held for the day' }),
    kk: PassportTextSchema.nullable(),
    fields: z
      .array(
        z.object({
          field: PassportFieldSchema,
          differences: z
            .array(LanguageDifferenceSchema)
            .openapi({ description: 'Where the two texts say different things a caller would act on' }),
          readDifferently: z.boolean().openapi({
            description:
              'Both texts are held, and what was read of this field (terms, fee, form, count) is not the same',
          }),
        }),
      )
      .openapi({ description: 'In the order of the standard' }),
  })
  .openapi('ServicePassport')

export const PassportListSchema = z.object({
  items: z.array(PassportSchema),
  languages: z.array(LangSchema).openapi({ description: 'Texts in force on the day' }),
  asOf: DaySchema,
})
