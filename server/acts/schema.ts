import { z } from '@hono/zod-openapi'
import { DaySchema, LangSchema } from '#server/http/wire.ts'

export const ActSchema = z
  .object({
    actId: z.string(),
    title: z.string(),
    annexTitle: z.string().nullable(),
    requisites: z.string().openapi({ example: 'приказ и.о. Министра … от 26.01.2016 № 83' }),
    registration: z.object({ date: DaySchema, number: z.string() }).nullable(),
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
        days: z.number().int(),
        unit: z.enum(['calendar', 'working']),
        notBefore: DaySchema.nullable(),
      }),
      z.object({ rule: z.literal('date'), date: DaySchema }),
      z.object({ rule: z.literal('unstated') }),
    ]),
    onlyLang: LangSchema.nullable(),
    raw: z.string(),
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
    amendments: z.array(AmendmentSchema),
  })
  .openapi('Edition')

export const ProvisionSchema = z
  .object({
    provisionId: z.string(),
    eid: z.string(),
    parentEid: z.string().nullable(),
    kind: z.enum(['preamble', 'chapter', 'point', 'subpoint', 'part', 'appendix', 'form']),
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
    kind: z.enum(['added', 'removed', 'changed']),
    before: z.string().nullable(),
    after: z.string().nullable(),
    parts: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  })
  .openapi('ProvisionChange')
