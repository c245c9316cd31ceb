import { printedDay } from '#ingest/text/printed-day.ts'
import { today, type Context } from '#server/context.ts'
import { serviceTraining } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { meetDeadlines, openOf } from './deadlines.ts'
import { lockService } from './lock-services.ts'
import { serviceById, submittedOn, type TrainingRow } from './queries.ts'
import { entryFault, type Lang } from './word-fault.ts'

/**
 * Records a training of the centre's staff on a service (п. 21); the first one stops its clock.
 * @param input.heldOn YYYY-MM-DD, not after today, nor before Appendix 1 was submitted: п. 21 has the body train the centre in the ten working
 * days after the submission, on what it submitted, and the protocol of п. 22 rests on that. An older one counts for nothing here
 * @throws DomainError `not-found`, `validation-failed`
 */
export const recordTraining = (
  ctx: Context,
  input: { serviceId: string; heldOn: string; trainer: string; trainees: string[]; note: string | null; lang?: Lang },
): Promise<TrainingRow> =>
  inTransaction(ctx, async (tx) => {
    const { lang = 'ru', ...training } = input
    await serviceById(tx, input.serviceId)
    await lockService(tx, input.serviceId)
    const submitted = await submittedOn(tx, input.serviceId)
    const fault =
      input.heldOn > today(tx)
        ? entryFault('json.heldOn', 'training-ahead', lang)
        : submitted !== null && input.heldOn < submitted
          ? entryFault('json.heldOn', 'training-early', lang, { date: printedDay(submitted) })
          : null
    if (fault !== null)
      throw new DomainError('validation-failed', 'The training cannot be of this day.', { faults: [fault] })
    const [row] = await tx.db
      .insert(serviceTraining)
      .values({
        id: newId('trn'),
        ...training,
        createdAt: tx.now(),
        actorKind: tx.actor.kind,
        actorId: tx.actor.id,
      })
      .returning()
    if (row === undefined) throw new Error('A training was not written')
    const { id, serviceId, heldOn } = row
    await emit(tx, { type: 'training.recorded', subjectId: serviceId, payload: { trainingId: id, heldOn } })
    await meetDeadlines(tx, { where: openOf(serviceId, '21'), metOn: heldOn, metBy: id })
    return row
  })
