import { printedDay } from '#ingest/text/printed-day.ts'
import type { Context } from '#server/context.ts'
import { calendarEdit } from '#server/db/schema/calendar.ts'
import { conflict, type Said } from '#server/errors.ts'
import type { DayKind } from './build-year.ts'
import type { CalendarEditRow } from './queries.ts'

const alreadyChanged = (date: string): Said => {
  const day = printedDay(date)
  return {
    ru: `День ${day} только что изменил кто-то другой: обновите страницу и посмотрите.`,
    kk: `${day} күнін басқа біреу жаңа ғана өзгертті: бетті жаңартып, қараңыз.`,
    en: `${day} has just been changed by somebody else: reload the page and look.`,
  }
}

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
  if (written === undefined) throw conflict(alreadyChanged(input.date))
  return written
}
