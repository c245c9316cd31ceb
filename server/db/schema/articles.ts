import { boolean, date, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { act, provision } from './acts.ts'

const LANGS = ['ru', 'kk'] as const
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

export const article = pgTable('article', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  actId: text('act_id').references(() => act.id),
  /** Place among the act's articles. */
  ord: integer('ord').notNull(),
  createdAt: at('created_at').notNull(),
})

/**
 * `draft` is a text that ingestion made and nobody has published; people's texts go in-review → approved → published, or
 * come back as `returned`. That a published one is scheduled or superseded follows from its days.
 */
export const VERSION_STATES = ['draft', 'in-review', 'returned', 'approved', 'published', 'withdrawn'] as const

/** Immutable once written; only its state moves, and its first day when an approved one is published. */
export const articleVersion = pgTable(
  'article_version',
  {
    id: text('id').primaryKey(),
    articleId: text('article_id')
      .notNull()
      .references(() => article.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    /** Markdown without front matter. */
    body: text('body').notNull(),
    contentHash: text('content_hash').notNull(),
    state: text('state', { enum: VERSION_STATES }).notNull(),
    validFrom: day('valid_from').notNull(),
    validFromKnown: boolean('valid_from_known').notNull(),
    validTo: day('valid_to'),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    publishedAt: at('published_at'),
    publishedBy: text('published_by'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [uniqueIndex('article_version_number').on(table.articleId, table.lang, table.number)],
)

/** The provisions that a version was made from. */
export const articleSource = pgTable(
  'article_source',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => articleVersion.id),
    ord: integer('ord').notNull(),
    provisionId: text('provision_id')
      .notNull()
      .references(() => provision.id),
  },
  (table) => [
    uniqueIndex('article_source_key').on(table.versionId, table.ord),
    index('article_source_provision').on(table.provisionId),
  ],
)

/** A part of a passage's text that belongs to one provision: [start, end). */
export interface Segment {
  start: number
  end: number
  eid: string
  label: string
  provisionId: string
}

/** What search finds and an answer cites: a point, or a sub-point of a long point. */
export const passage = pgTable(
  'passage',
  {
    id: text('id').primaryKey(),
    versionId: text('version_id')
      .notNull()
      .references(() => articleVersion.id),
    articleId: text('article_id')
      .notNull()
      .references(() => article.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    ord: integer('ord').notNull(),
    /** Provision it cites as a whole; null in an article not made from an act. */
    provisionId: text('provision_id').references(() => provision.id),
    label: text('label').notNull(),
    /** Element id on the article's page. */
    anchor: text('anchor').notNull(),
    /** Words of its surroundings that help to find it (chapter, lead-in of the point); never quoted. */
    context: text('context').notNull(),
    text: text('text').notNull(),
    textHash: text('text_hash').notNull(),
    segments: jsonb('segments').$type<Segment[]>().notNull(),
  },
  (table) => [
    index('passage_version').on(table.versionId, table.ord),
    index('passage_provision').on(table.provisionId),
    index('passage_hash').on(table.textHash),
  ],
)
