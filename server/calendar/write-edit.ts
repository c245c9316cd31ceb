import type { Context } from '#server/context.ts'
import { calendarEdit } from '#server/db/schema/calendar.ts'
import { DomainError } from '#server/errors.ts'
import type { DayKind } from './build-year.ts'
import type { CalendarEditRow } from './queries.ts'

/**
 * Writes the next word on a day.
 * @param input.after number of the word it answers, 0 for none
 * @throws DomainError `conflict`: somebody else has just said another
 */
export async function writeEdit(
  ctx: Context,
  input: { date: string; after: number; kind: DayKind | null; reason: string; decree: string | null },
): Promise<CalendarEditRow> {
  const { after, ...edit } = input
  const [written] = await ctx.db
    .insert(calendarEdit)
    .values({ ...edit, number: after + 1, actorKind: ctx.actor.kind, actorId: ctx.actor.id, at: ctx.now() })
    .onConflictDoNothing()
    .returning()
  if (written === undefined) throw new DomainError('conflict', `${input.date} has just been changed by somebody else.`)
  return written
}
