import { boolean, date, index, integer, pgTable, primaryKey, real, text, timestamp } from 'drizzle-orm/pg-core'

const LANGS = ['ru', 'kk'] as const

/** What was looked for, one row a query that somebody settled on: never whose it was, nor from where, and no time finer than the hour. */
export const searchQuery = pgTable(
  'search_query',
  {
    /** Random; nothing else is known by it. */
    id: text('id').primaryKey(),
    source: text('source', { enum: ['search', 'answer'] }).notNull(),
    /** As typed, in one case, personal data masked. */
    text: text('text').notNull(),
    /** Its stems without stop words, in one order: «срок ответа» and «ответ в срок» are one question. */
    key: text('key').notNull(),
    lang: text('lang', { enum: LANGS }).notNull(),
    hits: integer('hits').notNull(),
    correction: text('correction', { enum: ['typo', 'layout', 'transliteration', 'letters'] }),
    /** Share of the query that the first hit meets, 0…1; null where nothing says it. */
    confidence: real('confidence'),
    /** A stand-in answered. */
    degraded: boolean('degraded').notNull(),
    /** Nothing was found, or the question was not answered. */
    failed: boolean('failed').notNull(),
    /** Day in Asia/Almaty and hour there. */
    day: date('day', { mode: 'string' }).notNull(),
    hour: integer('hour').notNull(),
  },
  (table) => [index('search_query_key').on(table.key, table.lang), index('search_query_day').on(table.day)],
)

/** What became of a query: passages of its list that were opened or copied, and those that its answer cites. */
export const searchQueryPassage = pgTable(
  'search_query_passage',
  {
    queryId: text('query_id')
      .notNull()
      .references(() => searchQuery.id, { onDelete: 'cascade' }),
    passageId: text('passage_id').notNull(),
    use: text('use', { enum: ['opened', 'copied', 'cited'] }).notNull(),
    /** Where it stood in the list, from 1; null: in an answer, under another hit, or not known any more. */
    place: integer('place'),
  },
  (table) => [primaryKey({ columns: [table.queryId, table.passageId, table.use] })],
)

/** Questions that an editor looked at and that need nothing. */
export const searchDismissal = pgTable(
  'search_dismissal',
  {
    key: text('key').notNull(),
    lang: text('lang', { enum: LANGS }).notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
    by: text('by').notNull(),
    /** Why, in the editor's words. */
    reason: text('reason').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.key, table.lang] })],
)
