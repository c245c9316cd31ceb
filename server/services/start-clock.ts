import { and, eq } from 'drizzle-orm'
import { findRequisites } from '#ingest/services/requisites.ts'
import { today, type Context } from '#server/context.ts'
import { serviceDeadline, type ServiceKind } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { agencyToWriteFor } from './agency-scope.ts'
import { actLine } from './compare-service.ts'
import { startDeadline, type DeadlineRow } from './deadlines.ts'
import { serviceById } from './queries.ts'

/**
 * Starts the clock of an agency when the centre learns of its act: of п. 20 when a by-law was approved, of п. 26 when one that a
 * service rests on was amended. The submission that names the act stops it. Said again, the same clock is given.
 * @param input.act kind, date and number in words: «приказ от 12.05.2023 № 302»
 * @throws DomainError `validation-failed`, `not-found`, `bad-request` (outside the calendar)
 */
export const startClock = (
  ctx: Context,
  input: { agencyId: string; point: '20' | '26'; serviceId: string | null; kind: ServiceKind; act: string },
): Promise<DeadlineRow> =>
  inTransaction(ctx, async (tx) => {
    const agencyId = await agencyToWriteFor(tx, input.agencyId)
    const [act] = findRequisites(input.act)
    const fault = (path: string, message: string) =>
      new DomainError('validation-failed', message, { faults: [{ path, message }] })
    if (act === undefined || act.date === null || act.number === null)
      throw fault('json.act', 'Впишите дату и номер акта: «приказ от 12.05.2023 № 302».')
    if (act.date > today(tx)) throw fault('json.act', 'Дата акта ещё не наступила.')
    const held = input.serviceId === null ? null : await serviceById(tx, input.serviceId)
    if (input.point === '26' && held === null) throw fault('json.serviceId', 'По п. 26 укажите услугу.')
    if (held !== null && held.agencyId !== agencyId) throw fault('json.serviceId', 'Это услуга другого органа.')
    const cause = actLine({ kind: act.kind, date: act.date, number: act.number, text: '' })
    const [before] = await tx.db
      .select()
      .from(serviceDeadline)
      .where(
        and(
          eq(serviceDeadline.agencyId, agencyId),
          eq(serviceDeadline.point, input.point),
          eq(serviceDeadline.cause, cause),
          held === null ? undefined : eq(serviceDeadline.serviceId, held.id),
        ),
      )
    if (before !== undefined) return before
    const started = await startDeadline(tx, {
      agencyId,
      serviceId: held?.id ?? null,
      kind: held?.kind ?? input.kind,
      point: input.point,
      event: act.date,
      cause,
    })
    if (started === null) throw new DomainError('bad-request', 'Календарь не знает года этого акта.')
    return started
  })
