import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const event = pgTable(
  'event',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    subjectId: text('subject_id').notNull(),
    payload: jsonb('payload').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    requestId: text('request_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('event_subject').on(table.subjectId, table.at), index('event_type').on(table.type, table.at)],
)

/** Answers to writes, kept a day, so that a repeated request does not act twice. */
export const idempotencyKey = pgTable('idempotency_key', {
  /** Actor, method, path and the caller's key. */
  key: text('key').primaryKey(),
  requestHash: text('request_hash').notNull(),
  status: text('status'),
  body: text('body'),
  contentType: text('content_type'),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
})
