import { z } from '@hono/zod-openapi'

/** Shapes that several modules speak on the wire. */

export const LangSchema = z.enum(['ru', 'kk']).openapi('Lang', { description: 'Language of a text: Russian or Kazakh' })

export const DaySchema = z.iso
  .date()
  .openapi({ example: '2026-11-24', description: 'A day, YYYY-MM-DD, in Asia/Almaty' })

const DifferenceSideSchema = z.object({
  label: z.string().nullable().openapi({ description: 'Null: this text lacks the provision' }),
  said: z.array(z.string()).openapi({ description: 'The words that differ, as printed; empty where it says nothing' }),
})

/** Where the Russian and the Kazakh text of one provision say different things. */
export const LanguageDifferenceSchema = z
  .object({
    differenceId: z.string(),
    kind: z
      .enum([
        'missing',
        'days',
        'term',
        'fee',
        'hours',
        'list',
        'contact',
        'status',
        'numbering',
        'date',
        'act',
        'number',
        'subject',
        'paragraph',
        'omission',
        'contradiction',
      ])
      .openapi({
        description:
          '`days`: working against calendar days; `contradiction`: digits against words of one text; `paragraph`: one that the other text lacks',
      }),
    ru: DifferenceSideSchema,
    kk: DifferenceSideSchema,
  })
  .openapi('LanguageDifference')
export type LanguageDifference = z.infer<typeof LanguageDifferenceSchema>

/** What a passage cites: a provision of an act in a dated wording. */
export const CitationSchema = z
  .object({
    actId: z.string(),
    actTitle: z.string(),
    provisionId: z.string(),
    eid: z.string().openapi({ example: 'chp_2__para_8' }),
    label: z.string().openapi({ example: 'п. 8' }),
    edition: z.object({
      date: z.string().openapi({ description: 'Date of the wording: of the changing act, or of the act itself' }),
      amendedBy: z.string().nullable().openapi({ example: 'приказ № 368/НҚ от 04.10.2022' }),
    }),
    validFrom: z.string(),
    validFromKnown: z
      .boolean()
      .openapi({ description: 'False: the earliest possible day; the day of publication is not known' }),
    url: z.string().openapi({ description: 'Path of the article at the provision, in the workspace' }),
    anchor: z.string(),
  })
  .openapi('Citation')
export type Citation = z.infer<typeof CitationSchema>

/** Since when a provision reads as it does, and by which act. */
export const DatedWordingSchema = CitationSchema.pick({ edition: true, validFrom: true, validFromKnown: true }).openapi(
  'DatedWording',
)
export type DatedWording = z.infer<typeof DatedWordingSchema>

/** The wording that a passage quotes has ended, or ends on a day that is known. */
export const SourceChangeSchema = z
  .object({
    since: DaySchema.openapi({ description: 'First day on which a quoted wording is not in force any more' }),
    known: z
      .boolean()
      .openapi({ description: 'False: the earliest possible day; the day of publication is not known' }),
    by: z.string().nullable().openapi({ example: 'приказ № 368/НҚ от 04.10.2022', description: 'The amending act' }),
    actId: z.string(),
    eids: z.array(z.string()).openapi({ description: 'Provisions of the passage whose wording it is' }),
    labels: z.array(z.string()),
    movedTo: z
      .array(z.string())
      .nullable()
      .default(null)
      .openapi({
        example: ['п. 3'],
        description: 'Not null: all these words are in force, under these numbers instead; nothing was restated',
      }),
    url: z.string().openapi({ description: 'Path of the difference on the act’s page, in the workspace' }),
  })
  .openapi('SourceChange')
export type SourceChange = z.infer<typeof SourceChangeSchema>

export const ContactSchema = z.object({ kind: z.enum(['phone', 'email', 'web']), value: z.string() })

export const CompetenceSchema = z
  .object({
    agencyId: z.string(),
    name: z.string(),
    contacts: z.array(ContactSchema),
    reason: z.string().openapi({ description: 'Why this body, in the language of the question' }),
    bySubject: z.boolean().openapi({
      description: 'Always true since answers name no body where none is known; false in records of earlier answers',
    }),
  })
  .openapi('Competence')
export type Competence = z.infer<typeof CompetenceSchema>
