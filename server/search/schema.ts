import { z } from '@hono/zod-openapi'
import {
  CitationSchema,
  DaySchema,
  LangSchema,
  LanguageDifferenceSchema,
  SourceChangeSchema,
} from '#server/http/wire.ts'
import { PASSAGE_KINDS } from './lexical-index.ts'
import { EVIDENCE_KINDS } from './word-query.ts'

export const SearchQuerySchema = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(400)
    .openapi({ description: 'The query; its last word counts as unfinished', example: 'срок ответа на письмо' }),
  lang: LangSchema.optional().openapi({
    description:
      'Only passages in this language; where it finds too little, what stands in the other language alone comes with it (`crossLanguage`)',
  }),
  asOf: DaySchema.optional().openapi({ description: 'What was in force on that day; default: today' }),
  kind: z.enum(PASSAGE_KINDS).optional().openapi({
    description:
      'Only passages of this kind: a provision of an act, a row of the standard of a service (`passport`), an article that is made from no act',
  }),
  agency: z.string().trim().min(1).max(100).optional().openapi({
    description:
      'Only passages of acts and services of this body (`agencyId` of the directory); an unknown one is refused',
    example: 'agc_justice',
  }),
  service: z.string().trim().min(1).max(200).optional().openapi({
    description:
      'Only passages of this service: `value` of the facet (the act and the table of its standard), or the id of a service of the registry that has the same name; an unknown one is refused',
  }),
  article: z.string().trim().min(1).max(100).optional().openapi({
    description:
      'Of what was found only the hits in this article, all in a row: what `moreInArticle` counts, and what stands before it',
  }),
  fold: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .default(true)
    .openapi({
      description:
        '`true`: the Russian and the Kazakh text of one provision are one hit (not where `lang` is given), and of one article two hits (of a query of more than two words six), and what the query names, keep their places in a list longer than ten; the others are counted in `moreInArticle`. `false`: every passage is a hit of its own',
    }),
  facets: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: count all that matched by language, kind, body and service' }),
  verbatim: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: search for the words as typed; undoes `correctedTo`, and nothing else' }),
  explain: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ description: '`true`: say of each hit why it stands where it does; for editors and administrators' }),
  limit: z.coerce.number().int().min(1).max(50).default(10),
})

const EvidenceShareSchema = z.object({
  kind: z.enum(EVIDENCE_KINDS).openapi({
    description:
      'Met by its stem, the full name of an abbreviation (`expansion`), a part of it, a number, a reference to a provision, a synonym (`concept`), a word of the same root (`family`), first letters (`cut`), runs of letters (`grams`), a completion, a Kazakh spelling, an alternative, the word as mistyped, or a word of the other language (`translation`)',
  }),
  soft: z.boolean().openapi({ description: 'Adds to what other evidence finds; of the rest only the best counts' }),
  terms: z.array(z.string()).openapi({ description: 'Terms of the index that were met' }),
  fields: z
    .record(z.string(), z.number().int())
    .openapi({ description: 'Occurrences by field: title, label, context, text, subject' }),
  gain: z.number(),
})
const WordsExplanationSchema = z
  .object({
    words: z
      .array(
        z.object({
          word: z.string(),
          rarity: z.number().openapi({ description: 'How rare the word is; a common one gives little' }),
          met: z.number().openapi({ description: 'How surely the passage meets the word, 0…1' }),
          gain: z.number(),
          evidence: z.array(EvidenceShareSchema).openapi({ description: 'The best first' }),
        }),
      )
      .openapi({ description: 'What each word of the query gave' }),
    coverage: z
      .number()
      .openapi({ description: 'What is left for the share of the query that is met: 1 for all of it' }),
    named: z.number().openapi({ description: 'Added because the label is what the query names' }),
    phrase: z.number().openapi({ description: 'Added because the quoted phrases stand there word for word' }),
  })
  .openapi('WordsExplanation', { description: 'The score is the sum of gains × coverage + named + phrase' })

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
    words: WordsExplanationSchema.nullable().openapi({
      description:
        'What the score among matches of words is made of; null when words did not find it, or a stand-in did',
    }),
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
    score: z.number().openapi({ description: 'Of two texts that are one hit, that of the better' }),
    counterpart: z.object({ passageId: z.string(), label: z.string(), lang: LangSchema }).nullable().openapi({
      description:
        'The same provision in the other language, as it may be seen on the day; its text is at `/passages/{id}`. Null where there is none, and where `fold` is off',
    }),
    moreInArticle: z.number().int().openapi({
      description:
        'Further hits of its article that stand under this one; ask for them with `article`. 0 where `fold` is off',
    }),
    explain: ExplanationSchema.optional(),
  })
  .openapi('SearchHit')

const counted = z.number().int().openapi({ description: 'Passages that matched' })
const NameSchema = z.object({ ru: z.string(), kk: z.string(), en: z.string() })
export const FacetsSchema = z
  .object({
    lang: z.array(z.object({ value: LangSchema, count: counted })),
    kind: z.array(z.object({ value: z.enum(PASSAGE_KINDS), count: counted })),
    agency: z.array(z.object({ value: z.string(), name: NameSchema, count: counted })),
    service: z.array(z.object({ value: z.string(), name: NameSchema, count: counted })),
  })
  .openapi('SearchFacets', {
    description:
      'Of the whole result, not of the page, the most frequent values first; passages in both languages count twice. Each facet is counted as if it were not filtered by, so that another value of it can be chosen. A passage may be of several bodies and services, or of none that is known',
  })
export type Facets = z.infer<typeof FacetsSchema>

/** A passage as a hit shows it, without a search. */
export const FoundPassageSchema = SearchHitSchema.omit({
  score: true,
  explain: true,
  counterpart: true,
  moreInArticle: true,
}).openapi('FoundPassage')
export type FoundPassage = z.infer<typeof FoundPassageSchema>
export const FoundPassageQuerySchema = z.object({
  q: z.string().trim().max(400).optional().openapi({ description: 'Marks what this query meets' }),
  asOf: DaySchema.optional().openapi({ description: 'Default: today' }),
})
export type SearchHit = z.infer<typeof SearchHitSchema>

export const DegradedSchema = z
  .array(z.object({ part: z.enum(['words', 'meaning']), servedBy: z.string().nullable() }))
  .openapi({
    description:
      'Parts of search that are away now, and what answered in their place (null: nothing did). Empty when all is well; otherwise the page says so',
  })
export type Degraded = z.infer<typeof DegradedSchema>

export const CrossLanguageSchema = z.object({ from: LangSchema, to: LangSchema }).nullable().openapi({
  description:
    'The language of the query and the one its words were read into, since its own had too little; hits whose `lang` is `to` are in that language and the page says so. Null otherwise',
})

export const PhrasesSchema = z
  .object({ asked: z.array(z.string()), held: z.boolean(), only: z.boolean() })
  .nullable()
  .openapi({
    description:
      'Phrases in quotation marks, the last may be open. `held`: passages have all of them word for word, and `only` they are given (not where a question names something in quotes: there they stand first); else none has, the page says so, and passages with their words apart are given. Null when nothing is quoted',
  })

export const SearchResultSchema = z
  .object({
    hits: z.array(SearchHitSchema),
    total: z.number().int().openapi({
      description:
        'All that matched, whatever `limit`; hits that stand under another one count, two texts of one provision that are one hit count once',
    }),
    facets: FacetsSchema.nullable().openapi({
      description:
        'Null where they were not asked for, where quoted phrases restrict, and where the engine cannot count (a stand-in; a look-up in Meilisearch)',
    }),
    tookMs: z.number(),
    queryId: z.string(),
    correctedTo: z.string().nullable().openapi({
      description:
        'What was searched for instead, when words of the query are in no passage, or lack their Kazakh letters',
    }),
    correctionKind: z.enum(['typo', 'layout', 'transliteration', 'letters']).nullable().openapi({
      description:
        'Why: a misspelt word, another keyboard layout, Latin letters, Kazakh typed without the letters that a Russian keyboard lacks',
    }),
    degraded: DegradedSchema,
    crossLanguage: CrossLanguageSchema,
    phrases: PhrasesSchema,
  })
  .openapi('SearchResult')
export type SearchResult = z.infer<typeof SearchResultSchema>
