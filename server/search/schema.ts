import { z } from '@hono/zod-openapi'
import {
  CitationSchema,
  DaySchema,
  LangSchema,
  LanguageDifferenceSchema,
  SourceChangeSchema,
} from '#server/http/wire.ts'

export const SearchQuerySchema = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(400)
    .openapi({ description: 'The query; its last word counts as unfinished', example: 'срок ответа на письмо' }),
  lang: LangSchema.optional().openapi({ description: 'Only passages in this language' }),
  asOf: DaySchema.optional().openapi({ description: 'What was in force on that day; default: today' }),
  verbatim: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: search for the words as typed; undoes `correctedTo`' }),
  explain: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: say of each hit why it stands where it does; for editors and administrators' }),
  limit: z.coerce.number().int().min(1).max(50).default(10),
})

export const ExplanationSchema = z
  .object({
    lexical: z
      .object({ rank: z.number().int(), score: z.number() })
      .nullable()
      .openapi({ description: 'Place (1 is first) and score among matches of words; null when they did not find it' }),
    vector: z
      .object({ rank: z.number().int(), similarity: z.number() })
      .nullable()
      .openapi({ description: 'Place and cosine similarity among nearest vectors; null when it is not among them' }),
    weights: z
      .object({ lexical: z.number(), vector: z.number(), k: z.number() })
      .openapi({ description: 'The score is the sum over both lists of weight / (k + rank)' }),
    matched: z
      .array(z.string())
      .openapi({ description: 'Words of the passage that the query met, as they stand there' }),
  })
  .openapi('SearchExplanation')
export type Explanation = z.infer<typeof ExplanationSchema>

export const SearchHitSchema = z
  .object({
    articleId: z.string(),
    versionId: z.string(),
    passageId: z.string(),
    title: z.string().openapi({ description: 'Title of the article' }),
    lang: LangSchema,
    text: z.string(),
    highlights: z
      .array(z.tuple([z.number().int(), z.number().int()]))
      .openapi({ description: 'Half-open ranges of `text`, UTF-16 units' }),
    citation: CitationSchema.nullable(),
    languageDifferences: z
      .array(LanguageDifferenceSchema)
      .openapi({ description: 'Where the text in the other language says something else' }),
    sourceChanged: SourceChangeSchema.nullable().openapi({
      description:
        'Not null: what it quotes was changed on or before the asked day, and nobody has renewed the text yet',
    }),
    changesOn: SourceChangeSchema.nullable().openapi({
      description: 'Not null: what it quotes ends on that later day',
    }),
    score: z.number(),
    explain: ExplanationSchema.optional(),
  })
  .openapi('SearchHit')
export type SearchHit = z.infer<typeof SearchHitSchema>

export const SearchResultSchema = z
  .object({
    hits: z.array(SearchHitSchema),
    total: z.number().int(),
    tookMs: z.number(),
    queryId: z.string(),
    correctedTo: z
      .string()
      .nullable()
      .openapi({ description: 'What was searched for instead, when words of the query are in no passage' }),
    correctionKind: z
      .enum(['typo', 'layout', 'transliteration'])
      .nullable()
      .openapi({ description: 'Why: a misspelt word, another keyboard layout, Latin letters' }),
    degraded: z.array(z.object({ part: z.enum(['words', 'meaning']), servedBy: z.string().nullable() })).openapi({
      description:
        'Parts of search that are away now, and what answered in their place (null: nothing did). Empty when all is well; otherwise the page says so',
    }),
  })
  .openapi('SearchResult')
export type SearchResult = z.infer<typeof SearchResultSchema>
