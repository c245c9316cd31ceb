import { and, eq, isNull } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { serviceDeadline } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { agencyToWriteFor } from './agency-scope.ts'
import { startDeadline, type DeadlineRow } from './deadlines.ts'
import { lockService, lockTerms } from './lock-services.ts'
import { replacedPerson } from './replaced-person.ts'
import { serviceById } from './queries.ts'
import { entryFault, type Lang } from './word-fault.ts'

/**
 * Starts the clock of п. 27 when the centre learns, before the agency has told it, that a responsible person was replaced: notice is due in
 * five working days from the replacement, and stops it, as does Appendix 1 that names others. Said again while it runs, the same clock is given.
 * @param input.replacedOn YYYY-MM-DD, not after today and not before the person was appointed
 * @param input.personId whom of those in office; may be left out where one is
 * @throws DomainError `validation-failed`, `not-found`, `conflict` (nobody in office)
 */
export const startReplacementClock = (
  ctx: Context,
  input: {
    agencyId: string
    serviceId: string | null
    replacedOn: string
    personId?: string | undefined
    lang?: Lang
  },
): Promise<DeadlineRow> =>
  inTransaction(ctx, async (tx) => {
    const { replacedOn, personId, lang = 'ru' } = input
    await lockTerms(tx, 'counts')
    const agencyId = await agencyToWriteFor(tx, input.agencyId, lang)
    const refuse = (path: string, code: 'service-unnamed' | 'service-of-another' | 'act-outside-calendar') =>
      new DomainError('validation-failed', 'The clock has a fault.', { faults: [entryFault(path, code, lang)] })
    if (input.serviceId === null) throw refuse('json.serviceId', 'service-unnamed')
    const held = await serviceById(tx, input.serviceId)
    if (held.agencyId !== agencyId) throw refuse('json.serviceId', 'service-of-another')
    await lockService(tx, held.id)
    const found = await replacedPerson(tx, { serviceId: held.id, personId, replacedOn, day: today(tx), lang })
    if (found.faults.length > 0)
      throw new DomainError('validation-failed', 'The clock has faults.', { faults: found.faults })
    if (found.person === null) throw new DomainError('conflict', 'Nobody is in office to be replaced.')
    const [before] = await tx.db.select().from(serviceDeadline).where(runningClockOf(held.id, found.person.id))
    if (before !== undefined) return before
    const started = await startDeadline(tx, {
      agencyId,
      serviceId: held.id,
      kind: held.kind,
      point: '27',
      event: replacedOn,
      cause: found.person.id,
    })
    if (started === null) throw refuse('json.replacedOn', 'act-outside-calendar')
    return started
  })

/**
 * The running clock of the replacement of a person. One that is met says nothing of a person in office: older clocks of notices name as
 * their cause who came.
 */
const runningClockOf = (serviceId: string, personId: string) =>
  and(
    eq(serviceDeadline.serviceId, serviceId),
    eq(serviceDeadline.point, '27'),
    eq(serviceDeadline.cause, personId),
    isNull(serviceDeadline.metOn),
  )
