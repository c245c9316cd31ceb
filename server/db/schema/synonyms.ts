import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Words and phrases of one language that stand for a concept, and those that are only near to it. */
export interface SynonymTerms {
  same: string[]
  near: string[]
}

/** A group of synonyms as the files of `content/language` say it. */
export interface SynonymContent {
  /** How much a synonym counts against the word itself, 0…1. */
  weight: number
  ru: SynonymTerms
  kk: SynonymTerms
}

/**
 * What editors said of groups of synonyms, in order; nothing is changed or removed. The highest number of a group is in force: its content
 * stands over the files (`set`), the group is not used (`removed`), or it is given back to the files (`file`).
 */
export const synonymEdit = pgTable(
  'synonym_edit',
  {
    groupId: text('group_id').notNull(),
    /** From 1, within the group. */
    number: integer('number').notNull(),
    kind: text('kind', { enum: ['set', 'removed', 'file'] }).notNull(),
    /** What is used from now on; of `removed`, what was used until then; of `file`, nothing. */
    content: jsonb('content').$type<SynonymContent>(),
    reason: text('reason').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.number] })],
)
