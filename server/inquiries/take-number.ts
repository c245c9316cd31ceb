import { sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { inquiryCounter } from '#server/db/schema/inquiries.ts'

/**
 * The next number of registration of a year, in the caller's transaction: no number is given twice, and none is left out.
 * @param input.day of the registration in Almaty
 * @returns `2026-000001`
 */
export async function takeNumber(ctx: Context, input: { day: string }): Promise<string> {
  const year = Number(input.day.slice(0, 4))
  const [row] = await ctx.db
    .insert(inquiryCounter)
    .values({ year, last: 1 })
    .onConflictDoUpdate({ target: inquiryCounter.year, set: { last: sql`${inquiryCounter.last} + 1` } })
    .returning({ last: inquiryCounter.last })
  if (row === undefined) throw new Error('no number was given')
  return `${year}-${String(row.last).padStart(6, '0')}`
}
