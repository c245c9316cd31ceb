import { and, eq, inArray, ne } from 'drizzle-orm'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { Context } from '#server/context.ts'
import { serviceDeadline, updateRequest } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emitAll, inTransaction } from '#server/events/event.ts'
import { termOf } from './deadline-rules.ts'

/**
 * Counts every clock anew by the calendar as it is now: a day that a decree moves moves the ends of terms (п. 20–27), and with that of
 * п. 23 the day on which operators see a service. Clocks that were met are counted too: whether that was in time is a matter of the term.
 * Compares state, so a second run writes nothing.
 * @returns how many ended on another day
 */
export const recountDeadlines = (ctx: Context): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const calendar = await loadCalendar(tx)
    const held = await tx.db
      .selectDistinct({ point: serviceDeadline.point, event: serviceDeadline.event })
      .from(serviceDeadline)
    let moved = 0
    for (const { point, event } of held) {
      let dueOn: string
      try {
        dueOn = termOf(calendar, point, event).date
      } catch (error) {
        // Outside the years of the calendar: what was counted once stands.
        if (error instanceof DomainError && error.code === 'bad-request') continue
        throw error
      }
      const changed = await tx.db
        .update(serviceDeadline)
        .set({ dueOn })
        .where(
          and(eq(serviceDeadline.point, point), eq(serviceDeadline.event, event), ne(serviceDeadline.dueOn, dueOn)),
        )
        .returning({ id: serviceDeadline.id })
      const ids = changed.map(({ id }) => id)
      if (ids.length === 0) continue
      await tx.db.update(updateRequest).set({ dueOn }).where(inArray(updateRequest.deadlineId, ids))
      await emitAll(
        tx,
        ids.map((id) => ({ type: 'deadline.recounted' as const, subjectId: id, payload: { point, event, dueOn } })),
      )
      moved += ids.length
    }
    return moved
  })
