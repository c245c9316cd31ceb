import { date, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
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

/**
 * A question that people ask about an act and that it does not answer: from the files of `content/questions`, or said by an editor, or both.
 * Helps to refuse; its gap is named with the refusal.
 */
export const gapQuestion = pgTable(
  'gap_question',
  {
    /** From act, language, gap and text. */
    id: text('id').primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    lang: text('lang', { enum: ['ru', 'kk'] }).notNull(),
    /** What is missing, as people are told it. */
    gap: text('gap').notNull(),
    text: text('text').notNull(),
    /** Day of the last look at the act; once a later wording is in force the question is silent. */
    checkedOn: date('checked_on', { mode: 'string' }).notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, mode: 'date' }).notNull(),
    /** Name of the file that says it; null: no file does, or it is not known which. */
    file: text('file'),
    /** Who said it and when; null: no editor did. */
    addedBy: text('added_by'),
    addedAt: timestamp('added_at', { withTimezone: true, mode: 'date' }),
    /** The day on which an editor saw that the act is silent still, and who; null: nobody since `checkedOn`. */
    confirmedOn: date('confirmed_on', { mode: 'string' }),
    confirmedBy: text('confirmed_by'),
  },
  (table) => [index('gap_question_act').on(table.actId, table.lang)],
)
