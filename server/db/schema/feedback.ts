import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { answer } from './answers.ts'

export const FEEDBACK_VERDICTS = ['right', 'wrong', 'incomplete', 'gap'] as const

/** What a person says of an answer: one word each, which may be changed. */
export const answerFeedback = pgTable(
  'answer_feedback',
  {
    answerId: text('answer_id')
      .notNull()
      .references(() => answer.id),
    /** A user, or a key. */
    personId: text('person_id').notNull(),
    verdict: text('verdict', { enum: FEEDBACK_VERDICTS }).notNull(),
    reason: text('reason'),
    /** The editors' task that counts it: of the cited provision, or of the question. */
    taskKey: text('task_key').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.answerId, table.personId] }),
    index('answer_feedback_task').on(table.taskKey, table.changedAt),
  ],
)
