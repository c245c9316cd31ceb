import type { Context } from '#server/context.ts'
import { notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { DayStatus } from './build-year.ts'
import { loadCalendar } from './load-calendar.ts'
import { editsOf } from './queries.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Gives a day back to the rules; what was said of it stays in its history.
 * @param input.date YYYY-MM-DD
 * @returns the day as the rules have it
 * @throws DomainError `bad-request`: no such day, or outside the covered years; `not-found`: nothing was said of it;
 * `conflict`: changed by somebody else meanwhile
 */
export const clearDay = (ctx: Context, input: { date: string; reason: string }): Promise<DayStatus> =>
  inTransaction(ctx, async (tx) => {
    const { date, reason } = input
    const was = (await loadCalendar(tx)).kindOf(date)
    const [last] = await editsOf(tx, date)
    if (last === undefined || last.kind === null) throw notFound('An edit of the day', date)
    await writeEdit(tx, { date, after: last.number, kind: null, reason, decree: null })
    const now = (await loadCalendar(tx)).kindOf(date)
    await emit(tx, {
      type: 'calendar.day-cleared',
      subjectId: date,
      payload: { kind: now.kind, was: was.kind, reason },
    })
    return now
  })
