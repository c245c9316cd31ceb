import { customType, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

// Without a fixed dimension: embedders differ, and each has its own partial index (see search/vector-index.ts).
const vector = customType<{ data: number[]; driverData: string }>({
  dataType: () => 'vector',
  toDriver: (value) => `[${value.join(',')}]`,
  fromDriver: (value) => JSON.parse(value) as number[],
})

/** Embeddings by the text they are of, so that an unchanged passage is never embedded twice. */
export const passageEmbedding = pgTable(
  'passage_embedding',
  {
    embedder: text('embedder').notNull(),
    /** Each language has its own index: behind a filter, neighbours of the other language would crowd out its own. */
    lang: text('lang', { enum: ['ru', 'kk'] }).notNull(),
    textHash: text('text_hash').notNull(),
    embedding: vector('embedding').notNull(),
  },
  (table) => [primaryKey({ columns: [table.embedder, table.lang, table.textHash] })],
)

/** What was chosen for search while servers run, by name: `embedder` says which one's vectors are searched. */
export const searchSetting = pgTable('search_setting', {
  key: text('key', { enum: ['embedder'] }).primaryKey(),
  value: text('value').notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true, mode: 'date' }).notNull(),
})
