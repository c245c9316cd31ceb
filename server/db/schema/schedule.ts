import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What the server does by the clock: one row a job, which says how its newest slot went. It is the lock, too. */
export const scheduleRun = pgTable('schedule_run', {
  job: text('job').primaryKey(),
  /** The day, or the hour, of Almaty that it is for: `2026-11-26`, `2026-11-26T09`. */
  slot: text('slot').notNull(),
  state: text('state', { enum: ['running', 'done', 'failed'] }).notNull(),
  /** The process that runs it, or ran it last. */
  holder: text('holder').notNull(),
  /** A running job whose process is gone is anybody's from then on. */
  leaseUntil: at('lease_until').notNull(),
  attempts: integer('attempts').notNull(),
  startedAt: at('started_at').notNull(),
  finishedAt: at('finished_at'),
  /** Of a failed one: when it is tried again. */
  retryAt: at('retry_at'),
  error: text('error'),
})
