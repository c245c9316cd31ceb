import { eq } from 'drizzle-orm'
import type { MessageCode } from '#ingest/services/messages.ts'
import { findRequisites } from '#ingest/services/requisites.ts'
import { today, type Context } from '#server/context.ts'
import { serviceDeadline, type ServiceKind } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { actClocksOf, firstNaming, namesAct, serviceNaming } from './act-clocks.ts'
import { actKey, clockKey } from './act-key.ts'
import { agencyToWriteFor } from './agency-scope.ts'
import { actLine } from './compare-service.ts'
import { meetDeadlines, startDeadline, type DeadlineRow } from './deadlines.ts'
import { lockServices, lockTerms } from './lock-services.ts'
import { serviceById } from './queries.ts'
import { entryFault, type Lang } from './word-fault.ts'

/**
 * Starts the clock of an agency when the centre learns of its act: of п. 20 when a by-law was approved, of п. 26 when one that a
 * service rests on was amended. The submission that names the act stops it; a clock whose act a service names
 * already is met at once, on the day on which the centre was first told of it. Said again, the same clock is given.
 * @param input.act kind, date and number in words: «приказ от 12.05.2023 № 302»
 * @param input.lang of what is said about it
 * @throws DomainError `validation-failed` (also an act outside the years of the calendar), `not-found`
 */
export const startClock = (
  ctx: Context,
  input: {
    agencyId: string
    point: '20' | '26'
    serviceId: string | null
    kind: ServiceKind
    act: string
    lang?: Lang
  },
): Promise<DeadlineRow> =>
  inTransaction(ctx, async (tx) => {
    const lang = input.lang ?? 'ru'
    await lockTerms(tx, 'counts')
    const agencyId = await agencyToWriteFor(tx, input.agencyId, lang)
    await lockServices(tx, agencyId)
    const [act] = findRequisites(input.act)
    const refuse = (path: string, code: MessageCode) =>
      new DomainError('validation-failed', 'The clock has a fault.', { faults: [entryFault(path, code, lang)] })
    if (act === undefined || act.date === null || act.number === null) throw refuse('json.act', 'act-unclear')
    if (act.date > today(tx)) throw refuse('json.act', 'act-ahead')
    const held = input.serviceId === null ? null : await serviceById(tx, input.serviceId)
    if (input.point === '26' && held === null) throw refuse('json.serviceId', 'service-unnamed')
    if (held !== null && held.agencyId !== agencyId) throw refuse('json.serviceId', 'service-of-another')
    const said = { date: act.date, number: act.number }
    const key = actKey(said)
    const before = (await actClocksOf(tx, agencyId)).find(
      (clock) =>
        clock.point === input.point && clockKey(clock) === key && (held === null || clock.serviceId === held.id),
    )
    if (before !== undefined && before.metOn !== null) return before
    // The service may have named the act before the centre learned of it: then the duty is done already.
    const naming = held === null ? await serviceNaming(tx, { agencyId, key }) : namesAct(held, key) ? held : null
    const named = naming === null ? null : await firstNaming(tx, { serviceId: naming.id, key })
    const met = named === null ? null : { metOn: named.receivedOn, metBy: named.submissionId }
    if (before !== undefined) {
      if (naming === null || met === null) return before
      await meetDeadlines(tx, { where: eq(serviceDeadline.id, before.id), ...met, serviceId: naming.id })
      return { ...before, ...met, serviceId: naming.id }
    }
    const started = await startDeadline(tx, {
      agencyId,
      serviceId: held?.id ?? naming?.id ?? null,
      kind: held?.kind ?? input.kind,
      point: input.point,
      event: act.date,
      cause: actLine({ kind: act.kind, ...said, text: '' }),
      ...met,
    })
    if (started === null) throw refuse('json.act', 'act-outside-calendar')
    return started
  })
