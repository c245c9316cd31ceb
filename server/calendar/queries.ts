import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { calendarEdit } from '#server/db/schema/calendar.ts'
import { namesOf } from '#server/events/names-of.ts'

export type CalendarEditRow = typeof calendarEdit.$inferSelect

/** The last word on every day that has one; a kind of null gives the day back to the rules. */
export const lastEdits = (ctx: Context): Promise<CalendarEditRow[]> =>
  ctx.db
    .selectDistinctOn([calendarEdit.date])
    .from(calendarEdit)
    .orderBy(asc(calendarEdit.date), desc(calendarEdit.number))

/** Everything that was said of a day, newest first, with the names of who said it. */
export async function editsWithNames(ctx: Context, date: string): Promise<(CalendarEditRow & { actorName: string })[]> {
  const edits = await editsOf(ctx, date)
  const nameOf = await namesOf(
    ctx,
    edits.map(({ actorId }) => actorId),
  )
  return edits.map((edit) => ({ ...edit, actorName: nameOf(edit.actorId) }))
}

/** Everything that was said of a day, newest first. */
export const editsOf = (ctx: Context, date: string): Promise<CalendarEditRow[]> =>
  ctx.db.select().from(calendarEdit).where(eq(calendarEdit.date, date)).orderBy(desc(calendarEdit.number))
