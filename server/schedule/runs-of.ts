import { inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { scheduleRun } from '#server/db/schema/schedule.ts'

/** How the newest slot of each of these jobs went, in whichever process. */
export const runsOf = (ctx: Context, jobs: readonly string[]): Promise<(typeof scheduleRun.$inferSelect)[]> =>
  ctx.db
    .select()
    .from(scheduleRun)
    .where(inArray(scheduleRun.job, [...jobs]))
