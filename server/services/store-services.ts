import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { SubmittedService } from '#ingest/services/submission.ts'
import type { Context } from '#server/context.ts'
import { responsiblePerson, service, serviceDeadline } from '#server/db/schema/services.ts'
import { emitAll, type DomainEvent } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { actClocksOf, clocksDischarged, clocksStopped, stopClocks } from './act-clocks.ts'
import { clockKey } from './act-key.ts'
import type { SaidOfAll } from './compare-service.ts'
import { meetReplacements, startDeadlines, type DeadlineStart } from './deadlines.ts'
import { inParts } from './in-parts.ts'
import type { PersonRow, ServiceRow } from './queries.ts'
import type { Compared } from './submit-services.ts'

interface Offices {
  /** In office from this day on. */
  appointed: PersonRow[]
  /** In office as before, by other phones or addresses, with another post or in another place. */
  kept: PersonRow[]
  /** Ids of those not in office any more. */
  relieved: string[]
}

/** People of a row against those in office: who is named again stays since his day, whatever his post and contacts are now. */
function officesOf(
  ctx: Context,
  input: {
    serviceId: string
    submitted: SubmittedService
    submissionId: string
    before: readonly PersonRow[]
    day: string
  },
): Offices {
  const { serviceId, submitted, submissionId, before, day } = input
  const { phones, emails } = submitted
  const rest = [...before]
  const kept: PersonRow[] = []
  const named = submitted.responsible.map(({ name, post }, ord) => {
    const at = rest.findIndex((person) => person.name === name)
    const [same] = at === -1 ? [] : rest.splice(at, 1)
    if (same !== undefined) kept.push({ ...same, ord, post, phones, emails })
    return { name, post, ord, isKept: same !== undefined }
  })
  const appointed = named
    .filter(({ isKept }) => !isKept)
    .map(({ name, post, ord }) => ({
      id: newId('rsp'),
      serviceId,
      ord,
      name,
      post,
      phones,
      emails,
      since: day,
      until: null,
      // Whoever had this place, unless he stays in another one.
      replaces: rest.find((person) => person.ord === ord)?.id ?? null,
      toldOn: day,
      submissionId,
      createdAt: ctx.now(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
    }))
  return { appointed, kept, relieved: rest.map(({ id }) => id) }
}

/**
 * Stores the rows of an accepted submission in the caller's transaction, in few statements however many they are: services, people with
 * their history, and the clocks that the rows stop (п. 20, 26, 27) and start (п. 21). A running clock stops by any row that names its act,
 * also by one that changes nothing.
 * @returns ids of the services, in the order of the rows
 */
export async function storeServices(
  ctx: Context,
  input: {
    compared: readonly Compared[]
    said: SaidOfAll
    submissionId: string
    day: string
  },
): Promise<(string | null)[]> {
  const { said, submissionId, day } = input
  const { agencyId } = said
  const services: ServiceRow[] = []
  const people: PersonRow[] = []
  const relieved: string[] = []
  const relabelled: string[] = []
  const takenOver: string[] = []
  const starts: DeadlineStart[] = []
  const naming: { id: string; acts: SubmittedService }[] = []
  const discharged: (DeadlineStart & { serviceId: string })[] = []
  const happened: DomainEvent[] = []
  const ids = input.compared.map(({ row, held, people: before, fields }): string | null => {
    const submitted = row.service
    if (submitted === null) return held?.id ?? null
    const serviceId = held?.id ?? newId('svc')
    // A row that changes nothing still says that its acts are known.
    naming.push({ id: serviceId, acts: submitted })
    if (held !== null && fields.length === 0) return serviceId
    const { registryNumber, name, byLaw, changes, webResources } = submitted
    const kind = said.kind ?? held?.kind ?? 'state'
    if (held !== null && held.kind !== kind) relabelled.push(serviceId)
    if (held !== null && held.agencyId !== agencyId) takenOver.push(serviceId)
    const agencyAssumed = said.agencyAssumed && (held?.agencyAssumed ?? true)
    const now = ctx.now()
    const state = { registryNumber, name, byLaw, changes, webResources, submissionId, updatedAt: now }
    services.push({ id: serviceId, agencyId, agencyAssumed, kind, createdAt: held?.createdAt ?? now, ...state })
    happened.push(
      held === null
        ? { type: 'service.added', subjectId: serviceId, payload: { agencyId, submissionId } }
        : {
            type: 'service.changed',
            subjectId: serviceId,
            payload: { submissionId, fields: fields.map(({ field }) => field) },
          },
    )
    if (held === null || fields.some(({ field }) => field === 'responsible' || field === 'contacts')) {
      const offices = officesOf(ctx, { serviceId, submitted, submissionId, before, day })
      relieved.push(...offices.relieved)
      people.push(...offices.kept, ...offices.appointed)
      const first = offices.appointed.find(({ ord }) => ord === 0)
      if (first !== undefined)
        happened.push({
          type: 'responsible.appointed',
          subjectId: serviceId,
          payload: { personId: first.id, since: day, replaces: first.replaces },
        })
    }
    const common = { agencyId, kind, serviceId }
    for (const clock of clocksDischarged(submitted, held))
      discharged.push({ ...common, ...clock, metOn: day, metBy: submissionId })
    if (held === null) starts.push({ ...common, point: '21', event: day, cause: submissionId })
    return serviceId
  })

  await inParts(services, (part) =>
    ctx.db
      .insert(service)
      .values(part)
      .onConflictDoUpdate({
        target: service.id,
        set: {
          agencyId: sql`excluded.agency_id`,
          agencyAssumed: sql`excluded.agency_assumed`,
          kind: sql`excluded.kind`,
          name: sql`excluded.name`,
          byLaw: sql`excluded.by_law`,
          changes: sql`excluded.changes`,
          webResources: sql`excluded.web_resources`,
          submissionId: sql`excluded.submission_id`,
          updatedAt: sql`excluded.updated_at`,
        },
      }),
  )
  await inParts(takenOver, (part) =>
    ctx.db.update(serviceDeadline).set({ agencyId }).where(inArray(serviceDeadline.serviceId, part)),
  )
  // Running clocks are named by the points that apply to the kind (п. 33); those met stay as they ran.
  await inParts(relabelled, (part) =>
    ctx.db
      .update(serviceDeadline)
      .set({ kind: said.kind ?? 'state' })
      .where(and(inArray(serviceDeadline.serviceId, part), isNull(serviceDeadline.metOn))),
  )
  await inParts(relieved, async (part) => {
    await ctx.db.update(responsiblePerson).set({ until: day }).where(inArray(responsiblePerson.id, part))
    await meetReplacements(ctx, { replaced: part, metOn: day, metBy: submissionId })
  })
  await inParts(people, (part) =>
    ctx.db
      .insert(responsiblePerson)
      .values(part)
      .onConflictDoUpdate({
        target: responsiblePerson.id,
        set: {
          ord: sql`excluded.ord`,
          post: sql`excluded.post`,
          phones: sql`excluded.phones`,
          emails: sql`excluded.emails`,
        },
      }),
  )
  await emitAll(ctx, happened)
  const clocks = await actClocksOf(ctx, agencyId)
  const stopped = clocksStopped(clocks, naming)
  await stopClocks(ctx, { stopped, metOn: day, metBy: submissionId })
  // A duty that no clock was watching is recorded as met; one that has its clock is not counted twice.
  const keyOf = (serviceId: string | null, clock: { point: string; event: string; cause: string }) =>
    `${serviceId ?? ''} ${clock.point} ${clockKey(clock)}`
  const counted = new Set([
    ...clocks.map((clock) => keyOf(clock.serviceId, clock)),
    ...stopped.map(({ clock, serviceId }) => keyOf(serviceId, clock)),
  ])
  starts.unshift(...discharged.filter((start) => !counted.has(keyOf(start.serviceId, start))))
  await startDeadlines(ctx, starts)
  return ids
}
