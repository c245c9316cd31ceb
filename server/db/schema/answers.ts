import { sql } from 'drizzle-orm'
import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The record of an answer: enough to defend it, or to find it wrong, a year later. */
export const answer = pgTable(
  'answer',
  {
    id: text('id').primaryKey(),
    /** Personal data in it is masked. */
    question: text('question').notNull(),
    lang: text('lang', { enum: ['ru', 'kk'] }).notNull(),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    status: text('status', { enum: ['answered', 'partial', 'no_answer'] }).notNull(),
    sentences: jsonb('sentences').notNull(),
    /** Passages that were considered, best first, with their versions and scores; after them those that a refusal points at in the other language. */
    passages: jsonb('passages').notNull(),
    /** What was dropped, and which check dropped it. */
    checks: jsonb('checks').notNull(),
    competence: jsonb('competence'),
    guidance: jsonb('guidance'),
    answerer: text('answerer').notNull(),
    /** Chat model that was asked, as `provider/model`; null for an extract. */
    model: text('model'),
    /** Why another answerer spoke in its place, or after it. */
    fallback: jsonb('fallback').$type<{ from: string; to: string; reason: string } | null>(),
    /** All that a replay needs (`AnswerRecordData`); null for answers given before it was kept. */
    record: jsonb('record'),
    tookMs: integer('took_ms').notNull(),
    actorId: text('actor_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    index('answer_at').on(table.at),
    // Which answers cite a wording: asked whenever one ends.
    index('answer_cited').using('gin', sql`jsonb_path_query_array(sentences, '$[*].citations[*].provisionId')`),
  ],
)

/** Every call of a chat model: what it cost, whether an answer came of it or not. */
export const modelCall = pgTable(
  'model_call',
  {
    id: text('id').primaryKey(),
    /** Id of the answer it was made for, which is not on record where the caller left before its end. */
    answerId: text('answer_id').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    outcome: text('outcome').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** Tokens reckoned here, since the server counted none. */
    estimated: boolean('estimated').notNull(),
    /** In the currency of the configured prices. */
    cost: doublePrecision('cost').notNull(),
    firstTokenMs: integer('first_token_ms'),
    tookMs: integer('took_ms').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('model_call_at').on(table.at), index('model_call_answer').on(table.answerId)],
)
