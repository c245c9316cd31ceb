import { and, eq } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { serviceDeadline, updateRequest, type Protection } from '#server/db/schema/services.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { maySee } from './agency-scope.ts'
import { meetDeadlines } from './deadlines.ts'
import { lockServices, lockTerms } from './lock-services.ts'

/**
 * Answers a request with words («изменений не требуется …»), or withdraws one that was asked by mistake; its clock stops either way.
 * @param input.protection what the law protects in the answer (п. 25): marked, it is shown to its agency alone
 * @param input.state who may say which is the route's matter
 * @throws DomainError `not-found`, also for another agency's; `conflict` when it is closed already
 */
export const closeUpdateRequest = (
  ctx: Context,
  input: { requestId: string; state: 'answered' | 'withdrawn'; answer: string; protection?: Protection },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { requestId, state, answer, protection = 'none' } = input
    // A clock is met, or runs on to its day, which may be being counted anew.
    await lockTerms(tx, 'counts')
    const [held] = await tx.db.select().from(updateRequest).where(eq(updateRequest.id, requestId))
    if (held === undefined || !maySee(tx, held.agencyId)) throw notFound('update request', requestId)
    await lockServices(tx, held.agencyId)
    const day = today(tx)
    const closed = await tx.db
      .update(updateRequest)
      .set({ state, answer, answerProtection: protection, closedOn: day, closedBy: tx.actor.id })
      .where(and(eq(updateRequest.id, requestId), eq(updateRequest.state, 'open')))
      .returning({ id: updateRequest.id })
    if (closed.length === 0)
      throw conflict({
        ru: 'Запрос уже закрыт: на него ответили или его отозвали.',
        kk: 'Сұрау салу жабылған: оған жауап берілген немесе ол қайтарып алынған.',
        en: 'The request is closed already: it was answered or withdrawn.',
      })
    await emit(
      tx,
      state === 'answered'
        ? { type: 'update.answered', subjectId: requestId, payload: { by: 'text' } }
        : { type: 'update.withdrawn', subjectId: requestId, payload: { reason: answer } },
    )
    if (held.deadlineId !== null)
      await meetDeadlines(tx, { where: eq(serviceDeadline.id, held.deadlineId), metOn: day, metBy: requestId })
  })
