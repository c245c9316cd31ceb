import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import type { Context } from '#server/context.ts'
import { serviceDeadline, type ServiceKind } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { DEADLINE_RULES, termOf, type DeadlinePoint } from './deadline-rules.ts'

export type DeadlineRow = typeof serviceDeadline.$inferSelect

export interface DeadlineStart {
  agencyId: string
  serviceId: string | null
  kind: ServiceKind
  point: DeadlinePoint
  event: string
  cause: string
  metOn?: string
  metBy?: string
}

/**
 * Starts a clock in the caller's transaction, met at once when `metOn` is given.
 * @returns null when the event is outside the years of the calendar: such a term cannot be counted, and is not guessed
 */
export async function startDeadline(
  ctx: Context,
  input: DeadlineStart,
  calendar?: WorkingCalendar,
): Promise<DeadlineRow | null> {
  const { metOn, metBy, ...start } = input
  let dueOn: string
  try {
    dueOn = termOf(calendar ?? (await loadCalendar(ctx)), input.point, input.event).date
  } catch (error) {
    if (error instanceof DomainError && error.code === 'bad-request') return null
    throw error
  }
  const [row] = await ctx.db
    .insert(serviceDeadline)
    .values({
      id: newId('ddl'),
      ...start,
      workingDays: DEADLINE_RULES[input.point].workingDays,
      dueOn,
      metOn: metOn ?? null,
      metBy: metBy ?? null,
      createdAt: ctx.now(),
    })
    .returning()
  if (row === undefined) throw new Error('A deadline was not written')
  const { point, event } = input
  await emit(ctx, { type: 'deadline.started', subjectId: row.id, payload: { point, event, dueOn } })
  if (metOn !== undefined)
    await emit(ctx, { type: 'deadline.met', subjectId: row.id, payload: { point, metOn, late: metOn > dueOn } })
  return row
}

/**
 * Marks the open clocks that match as met; one that somebody met before stays as it is.
 * @returns how many were met
 */
export async function meetDeadlines(
  ctx: Context,
  input: { where: SQL | undefined; metOn: string; metBy: string; serviceId?: string },
): Promise<number> {
  const { metOn, metBy, serviceId } = input
  const met = await ctx.db
    .update(serviceDeadline)
    .set({ metOn, metBy, ...(serviceId === undefined ? {} : { serviceId }) })
    .where(and(isNull(serviceDeadline.metOn), input.where))
    .returning()
  for (const { id, point, dueOn } of met)
    await emit(ctx, { type: 'deadline.met', subjectId: id, payload: { point, metOn, late: metOn > dueOn } })
  return met.length
}

/** Open clocks of a service on a point. */
export const openOf = (serviceId: string, point: DeadlinePoint): SQL | undefined =>
  and(eq(serviceDeadline.serviceId, serviceId), eq(serviceDeadline.point, point))
