import { sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'

/** The same for one service: its records are written one after another. */
export const lockService = async (ctx: Context, serviceId: string): Promise<void> => {
  await queryRows(ctx.db, sql`select id from service where id = ${serviceId} for update`)
}

/** Waits, until the transaction ends, for others who change the services or the clocks of an agency: two at once would see the same state. */
export const lockServices = async (ctx: Context, agencyId: string): Promise<void> => {
  await queryRows(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`services ${agencyId}`}, 0))`)
}
