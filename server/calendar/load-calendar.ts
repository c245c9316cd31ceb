import type { Context } from '#server/context.ts'
import { lastEdits } from './queries.ts'
import { readCalendarData } from './read-calendar-data.ts'
import { createWorkingCalendar, type WorkingCalendar } from './working-calendar.ts'

/** The calendar in force now: the rules with supervisors' edits over them. One query; load it once for many deadlines. */
export async function loadCalendar(ctx: Context): Promise<WorkingCalendar> {
  const edits = await lastEdits(ctx)
  return createWorkingCalendar(
    readCalendarData(),
    edits.flatMap(({ kind, ...edit }) => (kind === null ? [] : [{ ...edit, kind }])),
  )
}
