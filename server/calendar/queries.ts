import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { calendarEdit } from '#server/db/schema/calendar.ts'
import { apiKey, user } from '#server/db/schema/identity.ts'

export type CalendarEditRow = typeof calendarEdit.$inferSelect

/** The last word on every day that has one; a kind of null gives the day back to the rules. */
export const lastEdits = (ctx: Context): Promise<CalendarEditRow[]> =>
  ctx.db
    .selectDistinctOn([calendarEdit.date])
    .from(calendarEdit)
    .orderBy(asc(calendarEdit.date), desc(calendarEdit.number))

/** Everything that was said of a day, newest first, with the names of who said it. */
export const editsWithNames = async (
  ctx: Context,
  date: string,
): Promise<(CalendarEditRow & { actorName: string })[]> =>
  (
    await ctx.db
      .select({ edit: calendarEdit, user: user.name, key: apiKey.name })
      .from(calendarEdit)
      .leftJoin(user, eq(user.id, calendarEdit.actorId))
      .leftJoin(apiKey, eq(apiKey.id, calendarEdit.actorId))
      .where(eq(calendarEdit.date, date))
      .orderBy(desc(calendarEdit.number))
  ).map(({ edit, user: person, key }) => ({ ...edit, actorName: person ?? key ?? edit.actorId }))

/** Everything that was said of a day, newest first. */
export const editsOf = (ctx: Context, date: string): Promise<CalendarEditRow[]> =>
  ctx.db.select().from(calendarEdit).where(eq(calendarEdit.date, date)).orderBy(desc(calendarEdit.number))
