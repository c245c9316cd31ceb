import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { act } from './acts.ts'

/**
 * A question that people ask and that a provision answers: from the files of `content/questions`, or said by an editor, or both. Helps to
 * find; never quoted.
 */
export const sampleQuestion = pgTable(
  'sample_question',
  {
    /** From act, language, provision and text: the same question is the same row everywhere. */
    id: text('id').primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    lang: text('lang', { enum: ['ru', 'kk'] }).notNull(),
    eid: text('eid').notNull(),
    text: text('text').notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, mode: 'date' }).notNull(),
    /** Name of the file that says it; null: no file does. */
    file: text('file'),
    /** Who said it and when; null: no editor did. */
    addedBy: text('added_by'),
    addedAt: timestamp('added_at', { withTimezone: true, mode: 'date' }),
    /** The wording that the editor said it of: another wording may stand under the same number later. */
    provisionId: text('provision_id'),
  },
  (table) => [index('sample_question_act').on(table.actId, table.lang)],
)
