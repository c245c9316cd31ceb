import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { act } from './acts.ts'

/** A question that people ask and that a provision answers, as an editor has written it down. Helps to find; never quoted. */
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
  },
  (table) => [index('sample_question_act').on(table.actId, table.lang)],
)
