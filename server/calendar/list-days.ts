import type { Context } from '#server/context.ts'
import type { DayStatus } from './build-year.ts'
import { tooManyDays, wrongWayRound } from './calendar-refusals.ts'
import { addDays } from './day-arithmetic.ts'
import { loadCalendar } from './load-calendar.ts'

const MOST_DAYS = 366

/**
 * Every day of a range, and why it is worked or not.
 * @param input.from,input.to YYYY-MM-DD, both included, a year at most
 * @throws DomainError `bad-request`: the wrong way round, too long, or outside the covered years
 */
export async function listDays(ctx: Context, input: { from: string; to: string }): Promise<DayStatus[]> {
  const { from, to } = input
  if (to < from) throw wrongWayRound(input)
  if (to >= addDays(from, MOST_DAYS)) throw tooManyDays(MOST_DAYS)
  const calendar = await loadCalendar(ctx)
  const days: DayStatus[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(calendar.kindOf(date))
  return days
}
