import { date, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * What supervisors said of days of the calendar, in order; nothing is changed or removed. The highest number of a day is in
 * force: its kind overrides the rules, and no kind gives the day back to them.
 */
export const calendarEdit = pgTable(
  'calendar_edit',
  {
    date: date('date', { mode: 'string' }).notNull(),
    /** From 1, within the day. */
    number: integer('number').notNull(),
    kind: text('kind', { enum: ['working', 'weekend', 'holiday', 'moved'] }),
    reason: text('reason').notNull(),
    /** The act that moved the day, if there is one. */
    decree: text('decree'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.date, table.number] })],
)
