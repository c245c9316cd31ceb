import { sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'

/**
 * Whoever starts clocks waits for whoever changes the calendar and counts all clocks anew, and the other way round: otherwise one counts by
 * days that the other does not know yet. Starters do not wait for each other. Of all locks it is taken first, so that nobody waits in a circle.
 * @param as `counts`: by the calendar as it is; `changes`: the calendar, or what clocks stand on
 */
export const lockTerms = async (ctx: Context, as: 'counts' | 'changes'): Promise<void> => {
  await queryRows(
    ctx.db,
    as === 'changes'
      ? sql`select pg_advisory_xact_lock(hashtextextended('terms', 0))`
      : sql`select pg_advisory_xact_lock_shared(hashtextextended('terms', 0))`,
  )
}

/** The same for one service: its records are written one after another. */
export const lockService = async (ctx: Context, serviceId: string): Promise<void> => {
  await queryRows(ctx.db, sql`select id from service where id = ${serviceId} for update`)
}

/** Waits, until the transaction ends, for others who change the services or the clocks of an agency: two at once would see the same state. */
export const lockServices = async (ctx: Context, agencyId: string): Promise<void> => {
  await queryRows(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`services ${agencyId}`}, 0))`)
}
