import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { serviceDeadline, updateRequest } from '#server/db/schema/services.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { maySee } from './agency-scope.ts'
import { lockServices } from './lock-services.ts'

/**
 * Takes back that a request was withdrawn: it is open again, and its clock runs on to the day it was due on, since the agency's duty (п. 26)
 * has not moved. Who withdrew it and why stays in its history.
 * @throws DomainError `not-found`; `conflict` when it is not withdrawn
 */
export const reopenUpdateRequest = (ctx: Context, input: { requestId: string; reason: string }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { requestId, reason } = input
    const [held] = await tx.db.select().from(updateRequest).where(eq(updateRequest.id, requestId))
    if (held === undefined || !maySee(tx, held.agencyId)) throw notFound('update request', requestId)
    await lockServices(tx, held.agencyId)
    const opened = await tx.db
      .update(updateRequest)
      .set({ state: 'open', answer: null, closedOn: null, closedBy: null })
      .where(and(eq(updateRequest.id, requestId), eq(updateRequest.state, 'withdrawn')))
      .returning({ id: updateRequest.id })
    if (opened.length === 0)
      throw conflict({
        ru: 'Вернуть можно только отозванный запрос.',
        kk: 'Тек кері қайтарып алынған сұрауды қалпына келтіруге болады.',
        en: 'Only a withdrawn request can be brought back.',
      })
    await emit(tx, { type: 'update.reopened', subjectId: requestId, payload: { reason } })
    if (held.deadlineId === null) return
    // Only the clock that the withdrawal stopped: one that a submission met in between is done.
    const running = await tx.db
      .update(serviceDeadline)
      .set({ metOn: null, metBy: null })
      .where(and(eq(serviceDeadline.id, held.deadlineId), eq(serviceDeadline.metBy, requestId)))
      .returning()
    for (const { id, point, dueOn } of running)
      await emit(tx, { type: 'deadline.resumed', subjectId: id, payload: { point, dueOn } })
  })
