import type { Context } from '#server/context.ts'
import type { Protection, serviceInformation } from '#server/db/schema/services.ts'
import { conflict, notFound } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { annulRecord } from './annul-record.ts'
import { visibleInformation } from './queries.ts'
import { recordInformation } from './record-information.ts'

/**
 * Marks information anew, as protected by law or as not (п. 25), or withdraws it: what was told by mistake goes out of sight at once. The
 * record that it was, who changed it and why, stays for the agency.
 * @param input.protection null: it is withdrawn
 * @returns the record that says it now; null when it was withdrawn
 * @throws DomainError `not-found`, also for what the law protects and another than its agency names; `conflict` when it bears this mark
 */
export const markInformation = (
  ctx: Context,
  input: { serviceId: string; informationId: string; protection: Protection | null; reason: string },
): Promise<typeof serviceInformation.$inferSelect | null> =>
  inTransaction(ctx, async (tx) => {
    const { serviceId, informationId, protection, reason } = input
    const held = (await visibleInformation(tx, serviceId)).find(({ id }) => id === informationId)
    if (held === undefined) throw notFound('information', informationId)
    if (protection === held.protection)
      throw conflict({
        ru: 'У этих сведений уже такая отметка.',
        kk: 'Бұл мәліметтерде мұндай белгі бар.',
        en: 'The information bears this mark already.',
      })
    const made = protection === null ? null : await recordInformation(tx, { serviceId, text: held.text, protection })
    await annulRecord(tx, {
      serviceId,
      kind: 'information',
      recordId: informationId,
      reason,
      ...(made === null ? {} : { replacedBy: made.id }),
    })
    return made
  })
