import { printedDay } from '#ingest/text/printed-day.ts'
import { and, asc, eq } from 'drizzle-orm'
import type { PublishedOn } from '#ingest/acts/derive-wordings.ts'
import { today, type Context } from '#server/context.ts'
import { publicationDay } from '#server/db/schema/acts.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

/** A day that an editor gives; null takes back what was given before. */
export interface GivenPublicationDay {
  date: string
  number: string
  publishedOn: string | null
}

/** Days of publication that editors gave for an act and what amends it, by date and number. */
export async function publicationDaysOf(ctx: Context, actId: string): Promise<PublishedOn> {
  const rows = await ctx.db
    .select()
    .from(publicationDay)
    .where(eq(publicationDay.actId, actId))
    .orderBy(asc(publicationDay.date))
  return Object.fromEntries(rows.map(({ date, number, publishedOn }) => [`${date} ${number}`, publishedOn]))
}

/**
 * What is wrong with days as given: nothing is published before it is signed, and a day to come is not known yet. Pure.
 * @param known the acts that are asked for; null: any
 */
export function publicationDayFaults(
  days: readonly GivenPublicationDay[],
  now: string,
  known: readonly { date: string; number: string }[] | null,
): Fault[] {
  return days.flatMap(({ date, number, publishedOn }, i): Fault[] => {
    const path = `publicationDays.${i}`
    if (known !== null && !known.some((one) => one.date === date && one.number === number))
      return [{ path, message: `№ ${number} от ${printedDay(date)}: о дне публикации этого акта никто не спрашивает` }]
    if (publishedOn === null) return []
    if (publishedOn < date)
      return [
        {
          path,
          message: `№ ${number}: опубликован ${printedDay(publishedOn)}, раньше своей даты (${printedDay(date)}). Проверьте день`,
        },
      ]
    if (publishedOn > now)
      return [
        {
          path,
          message: `№ ${number}: ${printedDay(publishedOn)} ещё не наступило. Внесите день, когда акт опубликован`,
        },
      ]
    return []
  })
}

/**
 * Stores days of publication; every later reading of the act's texts counts with them, before those of files. Must run in a
 * transaction of the caller's, who derives the wordings anew.
 * @throws DomainError `validation-failed` with every fault
 */
export async function storePublicationDays(
  ctx: Context,
  input: { actId: string; days: readonly GivenPublicationDay[]; reason: string | null },
): Promise<void> {
  const { actId, days, reason } = input
  const faults = publicationDayFaults(days, today(ctx), null)
  if (faults.length > 0) throw new DomainError('validation-failed', 'Days of publication have faults.', { faults })
  if (days.length === 0) return
  for (const { date, number, publishedOn } of days) {
    const set = { publishedOn: publishedOn ?? '', reason, setAt: ctx.now(), setBy: ctx.actor.id }
    if (publishedOn === null)
      await ctx.db
        .delete(publicationDay)
        .where(and(eq(publicationDay.actId, actId), eq(publicationDay.date, date), eq(publicationDay.number, number)))
    else
      await ctx.db
        .insert(publicationDay)
        .values({ actId, date, number, ...set })
        .onConflictDoUpdate({ target: [publicationDay.actId, publicationDay.date, publicationDay.number], set })
  }
  await emit(ctx, { type: 'publication-days.set', subjectId: actId, payload: { days: [...days], reason } })
}
