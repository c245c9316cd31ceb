import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { Context } from '#server/context.ts'
import { serviceDeadline, updateRequest, type ServiceKind } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit, emitAll } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { inParts } from './in-parts.ts'
import { DEADLINE_RULES, termOf, type DeadlinePoint } from './deadline-rules.ts'
import { lockTerms } from './lock-services.ts'

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
 * Starts clocks in the caller's transaction, met at once when `metOn` is given. One whose event is outside the years of the calendar is
 * left out: such a term cannot be counted, and is not guessed. A caller that takes other locks takes `lockTerms` before them.
 */
export async function startDeadlines(ctx: Context, starts: readonly DeadlineStart[]): Promise<DeadlineRow[]> {
  if (starts.length === 0) return []
  await lockTerms(ctx, 'counts')
  const calendar = await loadCalendar(ctx)
  const counted = new Map<string, string | null>()
  const dueOf = ({ point, event }: DeadlineStart): string | null => {
    const key = `${point} ${event}`
    const held = counted.get(key)
    if (held !== undefined) return held
    let due: string | null = null
    try {
      due = termOf(calendar, point, event).date
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'bad-request') throw error
    }
    counted.set(key, due)
    return due
  }
  const rows = starts.flatMap((start): DeadlineRow[] => {
    const dueOn = dueOf(start)
    return dueOn === null
      ? []
      : [
          {
            id: newId('ddl'),
            ...start,
            workingDays: DEADLINE_RULES[start.point].workingDays,
            dueOn,
            metOn: start.metOn ?? null,
            metBy: start.metBy ?? null,
            createdAt: ctx.now(),
          },
        ]
  })
  await inParts(rows, (part) => ctx.db.insert(serviceDeadline).values(part))
  await emitAll(
    ctx,
    rows.flatMap(({ id, point, event, dueOn, metOn }) => [
      { type: 'deadline.started' as const, subjectId: id, payload: { point, event, dueOn } },
      ...(metOn === null
        ? []
        : [{ type: 'deadline.met' as const, subjectId: id, payload: { point, metOn, late: metOn > dueOn } }]),
    ]),
  )
  return rows
}

/** Starts one clock. @returns null when its event is outside the years of the calendar */
export async function startDeadline(ctx: Context, start: DeadlineStart): Promise<DeadlineRow | null> {
  const [row] = await startDeadlines(ctx, [start])
  return row ?? null
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
  await answerRequests(
    ctx,
    met.map(({ id }) => id),
    { closedOn: metOn, closedBy: metBy },
  )
  return met.length
}

/** Stops the running clocks of п. 27 of persons who are not in office any more: the centre was told. @returns how many were met */
export const meetReplacements = (
  ctx: Context,
  input: { replaced: readonly string[]; metOn: string; metBy: string },
): Promise<number> => {
  const { replaced, ...by } = input
  return meetDeadlines(ctx, {
    where: and(eq(serviceDeadline.point, '27'), inArray(serviceDeadline.cause, [...replaced])),
    ...by,
  })
}

/**
 * Clocks whose record was annulled: met by another one, or running again.
 * @param by the record that meets them; null: none does
 */
export async function reopenDeadlines(
  ctx: Context,
  where: SQL | undefined,
  by: { metOn: string; metBy: string } | null,
): Promise<void> {
  const changed = await ctx.db
    .update(serviceDeadline)
    .set(by ?? { metOn: null, metBy: null })
    .where(where)
    .returning()
  for (const { id, point, metOn } of changed)
    await emit(ctx, { type: 'deadline.reopened', subjectId: id, payload: { point, metOn } })
}

/** Clocks that nothing started: their record was annulled. */
export async function dropDeadlines(ctx: Context, where: SQL | undefined): Promise<void> {
  const dropped = await ctx.db.delete(serviceDeadline).where(where).returning()
  for (const { id, point, event } of dropped)
    await emit(ctx, { type: 'deadline.dropped', subjectId: id, payload: { point, event } })
}

/** A request whose clock has stopped is answered: by the submission that names the amendment. */
async function answerRequests(
  ctx: Context,
  deadlineIds: readonly string[],
  by: { closedOn: string; closedBy: string },
): Promise<void> {
  if (deadlineIds.length === 0) return
  const answered = await ctx.db
    .update(updateRequest)
    .set({ state: 'answered', ...by })
    .where(and(inArray(updateRequest.deadlineId, [...deadlineIds]), eq(updateRequest.state, 'open')))
    .returning({ id: updateRequest.id })
  for (const { id } of answered)
    await emit(ctx, { type: 'update.answered', subjectId: id, payload: { by: 'submission' } })
}

/** Open clocks of a service on a point. */
export const openOf = (serviceId: string, point: DeadlinePoint): SQL | undefined =>
  and(eq(serviceDeadline.serviceId, serviceId), eq(serviceDeadline.point, point))
