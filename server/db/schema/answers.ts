import { date, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The record of an answer: enough to defend it, or to find it wrong, a year later. */
export const answer = pgTable(
  'answer',
  {
    id: text('id').primaryKey(),
    question: text('question').notNull(),
    lang: text('lang', { enum: ['ru', 'kk'] }).notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    status: text('status', { enum: ['answered', 'partial', 'no_answer'] }).notNull(),
    sentences: jsonb('sentences').notNull(),
    /** Passages that were considered, best first, with their versions and scores. */
    passages: jsonb('passages').notNull(),
    /** What was dropped, and which check dropped it. */
    checks: jsonb('checks').notNull(),
    competence: jsonb('competence'),
    guidance: jsonb('guidance'),
    answerer: text('answerer').notNull(),
    tookMs: integer('took_ms').notNull(),
    actorId: text('actor_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('answer_at').on(table.at)],
)
