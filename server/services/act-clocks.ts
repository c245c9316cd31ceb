import { and, asc, eq, gte, inArray } from 'drizzle-orm'
import type { ActRequisites } from '#ingest/services/submission.ts'
import type { Context } from '#server/context.ts'
import { service, serviceDeadline, serviceSubmission, submissionRow } from '#server/db/schema/services.ts'
import { actKey, clockKey } from './act-key.ts'
import { actLine } from './compare-service.ts'
import { meetDeadlines, type DeadlineRow } from './deadlines.ts'
import type { ServiceRow } from './queries.ts'

/** The acts that a service names. */
export interface NamedActs {
  byLaw: ActRequisites
  changes: readonly ActRequisites[]
}

const actsOf = ({ byLaw, changes }: NamedActs): readonly ActRequisites[] => [byLaw, ...changes]

/** Whether a service names an act, by its key. Pure. */
export const namesAct = (named: NamedActs, key: string): boolean => actsOf(named).some((act) => actKey(act) === key)

/** A clock that an act starts. */
export interface ActClock {
  point: '20' | '26'
  /** Date of the act, YYYY-MM-DD. */
  event: string
  cause: string
}

/**
 * The clocks whose duty a submitted row discharges: п. 20 of a by-law that the service did not rest on before, п. 26 of each amendment
 * that it did not name before. Amendments that a new service comes with are its history, and start none. Pure.
 * @param held null: a new service
 */
export function clocksDischarged(submitted: NamedActs, held: NamedActs | null): ActClock[] {
  const clock = (point: ActClock['point'], act: ActRequisites): ActClock => ({
    point,
    event: act.date,
    cause: actLine(act),
  })
  if (held === null) return [clock('20', submitted.byLaw)]
  const known = new Set(actsOf(held).map(actKey))
  return [
    ...(actKey(submitted.byLaw) === actKey(held.byLaw) ? [] : [clock('20', submitted.byLaw)]),
    ...submitted.changes.filter((act) => !known.has(actKey(act))).map((act) => clock('26', act)),
  ]
}

/** Every clock of п. 20 and 26 of an agency, running or met. */
export const actClocksOf = (ctx: Context, agencyId: string): Promise<DeadlineRow[]> =>
  ctx.db
    .select()
    .from(serviceDeadline)
    .where(and(eq(serviceDeadline.agencyId, agencyId), inArray(serviceDeadline.point, ['20', '26'])))

/** A service and the acts that it names now. */
interface Naming {
  id: string
  acts: NamedActs
}

/**
 * The running clocks that services stop by naming their acts, each with the service that stops it: a service's own, and those of its
 * agency that the centre started for no one service, which go to the first that names the act. Pure.
 */
export function clocksStopped(
  clocks: readonly DeadlineRow[],
  services: readonly Naming[],
): { clock: DeadlineRow; serviceId: string }[] {
  const running = clocks
    .filter(({ metOn }) => metOn === null)
    .map((clock) => ({ clock, key: clockKey(clock), isTaken: false }))
  if (running.length === 0) return []
  return services.flatMap(({ id, acts }) => {
    const keys = new Set(actsOf(acts).map(actKey))
    const mine = running.filter(
      ({ clock, key, isTaken }) => !isTaken && (clock.serviceId === null || clock.serviceId === id) && keys.has(key),
    )
    for (const one of mine) one.isTaken = true
    return mine.map(({ clock }) => ({ clock, serviceId: id }))
  })
}

/** Stops the clocks that services stop by naming their acts. */
export async function stopClocks(
  ctx: Context,
  input: { stopped: readonly { clock: DeadlineRow; serviceId: string }[]; metOn: string; metBy: string },
): Promise<void> {
  const { metOn, metBy } = input
  for (const { clock, serviceId } of input.stopped)
    await meetDeadlines(ctx, { where: eq(serviceDeadline.id, clock.id), metOn, metBy, serviceId })
}

/** The first of an agency's services that names an act now; null: none does. */
export async function serviceNaming(
  ctx: Context,
  input: { agencyId: string; key: string },
): Promise<ServiceRow | null> {
  const services = await ctx.db.select().from(service).where(eq(service.agencyId, input.agencyId))
  return services.find((one) => namesAct(one, input.key)) ?? null
}

/**
 * The first accepted submission by which a service named an act; null: none that is known.
 * @param input.since YYYY-MM-DD: of those received from that day on
 */
export async function firstNaming(
  ctx: Context,
  input: { serviceId: string; key: string; since?: string },
): Promise<{ submissionId: string; receivedOn: string } | null> {
  const rows = await ctx.db
    .select({
      submissionId: serviceSubmission.id,
      receivedOn: serviceSubmission.receivedOn,
      submitted: submissionRow.service,
    })
    .from(submissionRow)
    .innerJoin(serviceSubmission, eq(serviceSubmission.id, submissionRow.submissionId))
    .where(
      and(
        eq(submissionRow.serviceId, input.serviceId),
        eq(serviceSubmission.status, 'accepted'),
        input.since === undefined ? undefined : gte(serviceSubmission.receivedOn, input.since),
      ),
    )
    .orderBy(asc(serviceSubmission.receivedAt))
  const found = rows.find(({ submitted }) => submitted !== null && namesAct(submitted, input.key))
  return found === undefined ? null : { submissionId: found.submissionId, receivedOn: found.receivedOn }
}
