import type { Context } from '#server/context.ts'
import { serviceInformation, type Protection } from '#server/db/schema/services.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { serviceById } from './queries.ts'

/**
 * Records what an agency tells of a service beside Appendix 1 (п. 24, 25). What the law protects is marked, kept for the agency
 * alone, and never shown or searched.
 * @throws DomainError `not-found`
 */
export const recordInformation = (
  ctx: Context,
  input: { serviceId: string; text: string; protection: Protection },
): Promise<typeof serviceInformation.$inferSelect> =>
  inTransaction(ctx, async (tx) => {
    await serviceById(tx, input.serviceId)
    const [row] = await tx.db
      .insert(serviceInformation)
      .values({
        id: newId('inf'),
        ...input,
        createdAt: tx.now(),
        actorKind: tx.actor.kind,
        actorId: tx.actor.id,
      })
      .returning()
    if (row === undefined) throw new Error('Information was not written')
    const { id, serviceId, protection } = row
    await emit(tx, { type: 'information.recorded', subjectId: serviceId, payload: { informationId: id, protection } })
    return row
  })
