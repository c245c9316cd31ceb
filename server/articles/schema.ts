import { z } from '@hono/zod-openapi'
import {
  CitationSchema,
  DatedWordingSchema,
  DaySchema,
  LangSchema,
  LanguageDifferenceSchema,
  SourceChangeSchema,
} from '#server/http/wire.ts'

export const VersionStateSchema = z.enum(['draft', 'in-review', 'returned', 'approved', 'published', 'withdrawn'])

/** Where a version stands today: its state, and of a published one what its days make of it. */
export const VersionPhaseSchema = z.enum([
  'draft',
  'in-review',
  'returned',
  'approved',
  'scheduled',
  'published',
  'superseded',
  'withdrawn',
])

export const VersionSchema = z
  .object({
    versionId: z.string(),
    articleId: z.string(),
    number: z.number().int(),
    lang: LangSchema,
    title: z.string(),
    state: VersionStateSchema,
    phase: VersionPhaseSchema.openapi({
      description:
        'The state, and of a published version whether its days are to come (scheduled) or over (superseded)',
    }),
    validFrom: DaySchema,
    validFromKnown: z.boolean(),
    validTo: DaySchema.nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    createdByName: z.string().openapi({ description: 'Name of the person or key; `system` for the server itself' }),
    publishedAt: z.iso.datetime().nullable(),
    publishedBy: z.string().nullable(),
    publishedByName: z.string().nullable(),
    withdrawnAt: z.iso.datetime().nullable(),
    withdrawnReason: z.string().nullable(),
  })
  .openapi('ArticleVersion')

export const PassageSchema = z
  .object({
    passageId: z.string(),
    label: z.string(),
    anchor: z.string(),
    text: z.string(),
    segments: z.array(
      z.object({
        start: z.number().int(),
        end: z.number().int(),
        eid: z.string(),
        label: z.string(),
        provisionId: z.string().openapi({ description: 'The wording that it quotes' }),
        wording: DatedWordingSchema.nullable().openapi({
          description: 'Of this provision alone; the citation of the passage has the newest of all that it holds',
        }),
      }),
    ),
    citation: CitationSchema.nullable(),
    languageDifferences: z.array(LanguageDifferenceSchema),
    sourceChanged: SourceChangeSchema.nullable().openapi({
      description:
        'Not null: what it quotes was changed on or before the asked day, and nobody has renewed the text yet',
    }),
    changesOn: SourceChangeSchema.nullable().openapi({
      description: 'Not null: what it quotes ends on that later day',
    }),
  })
  .openapi('Passage')

export const ArticleSchema = z
  .object({
    articleId: z.string(),
    slug: z.string(),
    actId: z.string().nullable(),
    version: VersionSchema,
    /** Markdown; every provision is a `:::provision{#eid label="п. 8"}` block. */
    body: z.string(),
    passages: z.array(PassageSchema),
    languages: z.array(LangSchema),
  })
  .openapi('Article')
export type Article = z.infer<typeof ArticleSchema>

export const ArticleListItemSchema = z
  .object({
    articleId: z.string(),
    slug: z.string(),
    actId: z.string().nullable(),
    title: z.string(),
    lang: LangSchema,
    labels: z.array(z.string()),
    validFrom: DaySchema,
  })
  .openapi('ArticleListItem')

export const DiffPartSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })

export const ArticleDiffSchema = z
  .object({
    articleId: z.string(),
    from: z.object({ versionId: z.string(), number: z.number().int() }),
    to: z.object({ versionId: z.string(), number: z.number().int() }),
    title: z.array(DiffPartSchema).openapi({ description: 'Word-level difference of the titles, in order' }),
    parts: z.array(DiffPartSchema).openapi({ description: 'Word-level difference of the Markdown bodies, in order' }),
    markdown: z
      .string()
      .openapi({ description: 'The same as Markdown, changed words in <ins> and <del>; a changed title first' }),
  })
  .openapi('ArticleDiff')
