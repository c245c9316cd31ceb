import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { serviceDeadline, updateRequest } from '#server/db/schema/services.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { firstNaming, serviceNaming } from './act-clocks.ts'
import { actKey } from './act-key.ts'
import { maySee } from './agency-scope.ts'
import { meetDeadlines } from './deadlines.ts'
import { lockServices, lockTerms } from './lock-services.ts'

/**
 * Takes back that a request was withdrawn: it is open again, and its clock runs on to the day it was due on, since the agency's duty (п. 26)
 * has not moved. Appendix 1 that named the amendment while it was withdrawn has answered it: then it is answered, and its clock is met on
 * the day on which the centre was told. Who withdrew it and why stays in its history.
 * @throws DomainError `not-found`; `conflict` when it is not withdrawn
 */
export const reopenUpdateRequest = (ctx: Context, input: { requestId: string; reason: string }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { requestId, reason } = input
    // A clock is met, or runs on to its day, which may be being counted anew.
    await lockTerms(tx, 'counts')
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
    // The withdrawal stopped the clock, and what came after it stopped none: it stops running clocks alone.
    const running = await tx.db
      .update(serviceDeadline)
      .set({ metOn: null, metBy: null })
      .where(and(eq(serviceDeadline.id, held.deadlineId), eq(serviceDeadline.metBy, requestId)))
      .returning()
    for (const { id, point, dueOn } of running)
      await emit(tx, { type: 'deadline.resumed', subjectId: id, payload: { point, dueOn } })
    const key = actKey(held.amendedBy)
    const serviceId = held.serviceId ?? (await serviceNaming(tx, { agencyId: held.agencyId, key }))?.id ?? null
    const named = serviceId === null ? null : await firstNaming(tx, { serviceId, key, since: held.requestedOn })
    if (serviceId === null || named === null) return
    const { receivedOn: metOn, submissionId: metBy } = named
    await meetDeadlines(tx, { where: eq(serviceDeadline.id, held.deadlineId), metOn, metBy, serviceId })
  })
