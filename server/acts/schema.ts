import { z } from '@hono/zod-openapi'
import { ANOMALIES } from '#ingest/acts/amendment-anomalies.ts'
import { DaySchema, LangSchema, LanguageDifferenceSchema } from '#server/http/wire.ts'

export const ActSchema = z
  .object({
    actId: z.string(),
    title: z.string(),
    annexTitle: z.string().nullable(),
    requisites: z.string().openapi({ example: 'приказ и.о. Министра … от 26.01.2016 № 83' }),
    registration: z.object({ date: DaySchema, number: z.string() }).nullable(),
    code: z.string().nullable().openapi({ description: 'Code in the state legal base', example: '181886' }),
    languages: z.array(LangSchema),
    editionDate: DaySchema,
  })
  .openapi('Act')

export const AmendmentSchema = z
  .object({
    target: z.string(),
    targetEids: z.array(z.string()),
    change: z.enum(['restated', 'changed', 'added', 'excluded']),
    by: z.object({ kind: z.string(), issuer: z.string(), date: DaySchema, number: z.string() }),
    inForce: z.union([
      z.object({
        rule: z.literal('after-publication'),
        days: z.number().int().openapi({ description: 'How many of `unit`' }),
        unit: z.enum(['calendar', 'working', 'month']),
        notBefore: DaySchema.nullable(),
        onTheDay: z
          .literal(true)
          .optional()
          .openapi({ description: 'In force on the day of publication itself; `days` is 0' }),
      }),
      z.object({ rule: z.literal('date'), date: DaySchema }),
      z.object({
        rule: z.literal('signing'),
        dayAfter: z
          .literal(true)
          .optional()
          .openapi({ description: 'On the day after the act’s own; without it on that day' }),
      }),
      z.object({ rule: z.literal('unstated') }),
    ]),
    onlyLang: LangSchema.nullable(),
    raw: z.string(),
    anomalies: z.array(z.object({ rule: z.enum(ANOMALIES), text: z.string() })).openapi({
      description:
        'What is odd about the note, e.g. in force before the amending act was signed; the text is in Russian',
    }),
  })
  .openapi('Amendment')

export const EditionSchema = z
  .object({
    editionId: z.string(),
    lang: LangSchema,
    date: DaySchema,
    sourceName: z.string(),
    sourceSha256: z.string(),
    importedAt: z.iso.datetime(),
    link: z.string().nullable().openapi({ description: 'The text at its publisher' }),
    amendments: z.array(AmendmentSchema),
    messages: z
      .array(
        z.object({
          severity: z.enum(['error', 'warning', 'info']),
          rule: z.string(),
          text: z.string(),
          line: z.number().int(),
          column: z.number().int(),
        }),
      )
      .openapi({ description: 'What the parser says of the text, the first 300; in Russian' }),
  })
  .openapi('Edition')

export const ProvisionSchema = z
  .object({
    provisionId: z.string(),
    eid: z.string(),
    parentEid: z.string().nullable(),
    kind: z.enum([
      'preamble',
      'section',
      'chapter',
      'paragraph',
      'article',
      'point',
      'subpoint',
      'part',
      'appendix',
      'form',
      'table',
      'row',
    ]),
    num: z.string().nullable(),
    label: z.string(),
    heading: z.string().nullable(),
    text: z.string(),
    raw: z.string(),
    line: z.number().int(),
    status: z.enum(['in-force', 'excluded']),
    form: z
      .object({ columns: z.array(z.object({ num: z.number().int(), title: z.string() })), footer: z.array(z.string()) })
      .nullable(),
    table: z
      .object({
        isStandard: z.boolean(),
        rows: z.array(
          z.object({
            cells: z.array(
              z.object({
                lines: z.array(z.string()),
                colspan: z.number().int(),
                rowspan: z.number().int(),
                header: z.boolean(),
              }),
            ),
          }),
        ),
      })
      .nullable()
      .openapi({ description: 'Cells of a table; rows of a service standard are provisions of their own besides' }),
    edition: z.object({ date: DaySchema, amendedBy: z.string().nullable() }),
    validFrom: DaySchema,
    validFromKnown: z.boolean(),
    validTo: DaySchema.nullable(),
    references: z.array(
      z.object({
        start: z.number().int(),
        end: z.number().int(),
        targetEids: z.array(z.string()),
        external: z.string().nullable(),
      }),
    ),
    definition: z.object({ term: z.string(), shortForms: z.array(z.string()), meaning: z.string() }).nullable(),
    articleIds: z.array(z.string()).openapi({ description: 'Published articles that quote it' }),
  })
  .openapi('Provision')

export const ProvisionChangeSchema = z
  .object({
    eid: z.string(),
    label: z.string(),
    kind: z
      .enum(['added', 'removed', 'excluded', 'moved', 'changed'])
      .openapi({ description: 'moved: the same words stand elsewhere or under another number; see movedFrom' }),
    movedFrom: z.object({ eid: z.string(), label: z.string() }).nullable(),
    by: z
      .object({
        change: z.enum(['restated', 'changed', 'added', 'excluded']),
        amendedBy: z.string(),
        inForce: DaySchema,
        inForceKnown: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'The change that its note tells; null where no held note speaks of it' }),
    before: z.string().nullable(),
    after: z.string().nullable(),
    parts: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  })
  .openapi('ProvisionChange')

export const TimelineSchema = z
  .object({
    languages: z.array(
      z.object({
        lang: LangSchema,
        editions: z.array(
          z.object({
            date: DaySchema,
            editionId: z.string().nullable().openapi({ description: 'null: known but not held' }),
            by: z
              .object({ date: DaySchema, number: z.string() })
              .openapi({ description: 'The act itself, or the act that changed it' }),
            knownFrom: z.array(z.enum(['text', 'notes', 'other-language', 'publisher'])),
          }),
        ),
      }),
    ),
  })
  .openapi('ActTimeline')

/** A difference of languages as editors see it. */
export const ReviewedDifferenceSchema = LanguageDifferenceSchema.extend({
  isMaterial: z.boolean().openapi({ description: 'A caller would act otherwise by the one text than by the other' }),
  ruEid: z.string().nullable(),
  kkEid: z.string().nullable(),
  validFrom: DaySchema,
  validTo: DaySchema.nullable(),
  decision: z.enum(['open', 'dismissed']),
  reason: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
}).openapi('ReviewedLanguageDifference')

export const DifferenceDecisionSchema = z
  .strictObject({ decision: z.enum(['open', 'dismissed']), reason: z.string().trim().min(3).max(500) })
  .openapi('LanguageDifferenceDecision')

export { PassportRowSchema, PassportSchema, PassportTextSchema } from './passport-schema.ts'
