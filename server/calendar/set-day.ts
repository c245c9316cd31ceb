import type { Context } from '#server/context.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { DayKind, DayStatus } from './build-year.ts'
import { noWeekend } from './calendar-refusals.ts'
import { isWeekend } from './day-arithmetic.ts'
import { loadCalendar } from './load-calendar.ts'
import { editsOf } from './queries.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Makes a day what a supervisor says it is, over the rules; said again in the same words, nothing is written.
 * @param input.date YYYY-MM-DD
 * @param input.reason shown in every deadline that meets the day
 * @param input.decree the act that moves it, if there is one
 * @returns the day as it is now
 * @throws DomainError `bad-request`: no such day, or outside the covered years; `validation-failed`: a weekend on a weekday;
 * `conflict`: changed by somebody else meanwhile
 */
export const setDay = (
  ctx: Context,
  input: { date: string; kind: DayKind; reason: string; decree: string | null },
): Promise<DayStatus> =>
  inTransaction(ctx, async (tx) => {
    const { date, kind, reason, decree } = input
    const was = (await loadCalendar(tx)).kindOf(date)
    if (kind === 'weekend' && !isWeekend(date)) throw noWeekend()
    const [last] = await editsOf(tx, date)
    if (last?.kind === kind && last.reason === reason && last.decree === decree) return was
    await writeEdit(tx, { ...input, after: last?.number ?? 0 })
    await emit(tx, { type: 'calendar.day-set', subjectId: date, payload: { kind, was: was.kind, reason, decree } })
    return (await loadCalendar(tx)).kindOf(date)
  })
