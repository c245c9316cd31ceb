import { printedDay } from '#ingest/text/printed-day.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { recordAnnulment, serviceDeadline, type ANNULLABLE } from '#server/db/schema/services.ts'
import { conflict, DomainError, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { dropDeadlines, reopenDeadlines } from './deadlines.ts'
import { lockService } from './lock-services.ts'
import { protocolsOf, serviceById, trainingsOf, visibleInformation } from './queries.ts'

export type AnnulledKind = (typeof ANNULLABLE)[number]

/**
 * Says that a record of a service was a mistake: of a training (п. 21) its agency or the centre, of a protocol (п. 22) the centre, which
 * records them. The record stays as it was written, with who annulled it, when and why, and no longer counts: the clock that a training
 * met runs again, and without its protocol the service is closed to operators (п. 23). A training on which a protocol rests goes only
 * when another one stands before that protocol, or after the protocol itself.
 * @param input.replacedBy the record that says it from now on
 * @throws DomainError `not-found`; `forbidden` to an agency over a protocol; `conflict` when it is annulled already, or a protocol
 * rests on it
 */
export const annulRecord = (
  ctx: Context,
  input: {
    serviceId: string
    kind: AnnulledKind
    recordId: string
    reason: string
    replacedBy?: string
  },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { serviceId, kind, recordId, reason, replacedBy = null } = input
    await serviceById(tx, serviceId)
    if (kind === 'protocol' && tx.actor.role === 'agency')
      throw new DomainError('forbidden', 'A protocol is annulled by the centre, which records it.')
    await lockService(tx, serviceId)
    await checkStands(tx, { serviceId, kind, recordId })
    await tx.db.insert(recordAnnulment).values({
      id: newId('ann'),
      serviceId,
      kind,
      recordId,
      reason,
      replacedBy,
      at: tx.now(),
      actorKind: tx.actor.kind,
      actorId: tx.actor.id,
    })
    await emit(tx, { type: 'record.annulled', subjectId: serviceId, payload: { kind, recordId, replacedBy, reason } })
    if (kind === 'protocol') await dropDeadlines(tx, eq(serviceDeadline.cause, recordId))
    if (kind === 'training') {
      const met = and(
        eq(serviceDeadline.serviceId, serviceId),
        eq(serviceDeadline.point, '21'),
        eq(serviceDeadline.metBy, recordId),
      )
      const [first] = await trainingsOf(tx, [serviceId])
      await reopenDeadlines(tx, met, first === undefined ? null : { metOn: first.heldOn, metBy: first.id })
    }
  })

/** That the record is there, counts, and that nothing rests on it. */
async function checkStands(
  ctx: Context,
  { serviceId, kind, recordId }: { serviceId: string; kind: AnnulledKind; recordId: string },
): Promise<void> {
  const [protocol] = await protocolsOf(ctx, [serviceId])
  const trainings = await trainingsOf(ctx, [serviceId])
  const standing: Record<AnnulledKind, readonly { id: string }[]> = {
    training: trainings,
    protocol: protocol === undefined ? [] : [protocol],
    information: kind === 'information' ? await visibleInformation(ctx, serviceId) : [],
  }
  if (!standing[kind].some(({ id }) => id === recordId)) {
    const [annulled] = await ctx.db
      .select({ id: recordAnnulment.id })
      .from(recordAnnulment)
      .where(
        and(
          eq(recordAnnulment.recordId, recordId),
          eq(recordAnnulment.serviceId, serviceId),
          eq(recordAnnulment.kind, kind),
        ),
      )
    if (annulled === undefined) throw notFound(kind, recordId)
    throw conflict({
      ru: 'Эта запись уже аннулирована.',
      kk: 'Бұл жазба күшін жойған.',
      en: 'This record is annulled already.',
    })
  }
  if (
    kind === 'training' &&
    protocol !== undefined &&
    !trainings.some(({ id, heldOn }) => id !== recordId && heldOn <= protocol.signedOn)
  ) {
    const signed = printedDay(protocol.signedOn)
    throw conflict({
      ru: `На этом обучении стоит протокол от ${signed} (п. 22). Сначала запишите верное обучение не позднее этого дня или аннулируйте протокол.`,
      kk: `Бұл оқытуға ${signed} күнгі хаттама негізделген (22-тармақ). Алдымен сол күннен кешіктірмей өткен дұрыс оқытуды жазыңыз немесе хаттаманың күшін жойыңыз.`,
      en: `The protocol of ${signed} rests on this training (п. 22). First record the right training, of that day at the latest, or annul the protocol.`,
    })
  }
}
