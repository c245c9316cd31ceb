import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { SubmittedService } from '#ingest/services/submission.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { Context } from '#server/context.ts'
import { responsiblePerson, service, serviceDeadline, type ServiceKind } from '#server/db/schema/services.ts'
import { emitAll, type DomainEvent } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { actLine } from './compare-service.ts'
import { meetDeadlines, startDeadlines, type DeadlineStart } from './deadlines.ts'
import { inParts } from './in-parts.ts'
import type { PersonRow, ServiceRow } from './queries.ts'
import type { Compared } from './submit-services.ts'

/** People of a row, in the place of those in office. */
function appointments(
  ctx: Context,
  input: {
    serviceId: string
    submitted: SubmittedService
    submissionId: string
    before: readonly PersonRow[]
    day: string
  },
): PersonRow[] {
  const { serviceId, submitted, submissionId, before, day } = input
  return submitted.responsible.map(({ name, post }, ord) => ({
    id: newId('rsp'),
    serviceId,
    ord,
    name,
    post,
    phones: submitted.phones,
    emails: submitted.emails,
    since: day,
    until: null,
    replaces: before[ord]?.id ?? null,
    toldOn: day,
    submissionId,
    createdAt: ctx.now(),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
  }))
}

/** The clocks that a row stops: п. 20 by the act of a new service, п. 26 by each amendment that was not known. */
function clocksOf(submitted: SubmittedService, held: ServiceRow | null) {
  if (held === null) return [{ point: '20' as const, event: submitted.byLaw.date, cause: actLine(submitted.byLaw) }]
  const known = new Set(held.changes.map(actLine))
  return submitted.changes
    .map((act) => ({ point: '26' as const, event: act.date, cause: actLine(act) }))
    .filter(({ cause }) => !known.has(cause))
}

/**
 * Stores the rows of an accepted submission in the caller's transaction, in few statements however many they are: services, people with
 * their history, and the clocks that the rows stop (п. 20, 26) and start (п. 21).
 * @returns ids of the services, in the order of the rows
 */
export async function storeServices(
  ctx: Context,
  input: { compared: readonly Compared[]; agencyId: string; kind: ServiceKind; submissionId: string; day: string },
): Promise<(string | null)[]> {
  const { agencyId, submissionId, day } = input
  const services: ServiceRow[] = []
  const people: PersonRow[] = []
  const relieved: string[] = []
  const starts: DeadlineStart[] = []
  const met: { id: string; serviceId: string }[] = []
  const happened: DomainEvent[] = []
  // Clocks that the centre started when it saw the act; mostly there are none.
  const running = await ctx.db
    .select()
    .from(serviceDeadline)
    .where(
      and(
        eq(serviceDeadline.agencyId, agencyId),
        inArray(serviceDeadline.point, ['20', '26']),
        isNull(serviceDeadline.metOn),
      ),
    )

  const ids = input.compared.map(({ row, held, people: before, fields }): string | null => {
    const submitted = row.service
    if (submitted === null || (held !== null && fields.length === 0)) return held?.id ?? null
    const serviceId = held?.id ?? newId('svc')
    const { registryNumber, name, byLaw, changes, webResources } = submitted
    const kind = held?.kind ?? input.kind
    const now = ctx.now()
    const state = { registryNumber, name, byLaw, changes, webResources, submissionId, updatedAt: now }
    services.push({ id: serviceId, agencyId, kind, createdAt: held?.createdAt ?? now, ...state })
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
      if (before.length > 0) relieved.push(serviceId)
      const appointed = appointments(ctx, { serviceId, submitted, submissionId, before, day })
      people.push(...appointed)
      const [first] = appointed
      if (first !== undefined)
        happened.push({
          type: 'responsible.appointed',
          subjectId: serviceId,
          payload: { personId: first.id, since: day, replaces: first.replaces },
        })
    }
    const common = { agencyId, kind, serviceId }
    for (const clock of clocksOf(submitted, held)) {
      const waiting = running.filter(
        ({ point, cause, serviceId: of }) =>
          point === clock.point && cause === clock.cause && (of === null || of === serviceId),
      )
      if (waiting.length === 0) starts.push({ ...common, ...clock, metOn: day, metBy: submissionId })
      else met.push(...waiting.map(({ id }) => ({ id, serviceId })))
    }
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
          name: sql`excluded.name`,
          byLaw: sql`excluded.by_law`,
          changes: sql`excluded.changes`,
          webResources: sql`excluded.web_resources`,
          submissionId: sql`excluded.submission_id`,
          updatedAt: sql`excluded.updated_at`,
        },
      }),
  )
  await inParts(relieved, (part) =>
    ctx.db
      .update(responsiblePerson)
      .set({ until: day })
      .where(and(inArray(responsiblePerson.serviceId, part), isNull(responsiblePerson.until))),
  )
  await inParts(people, (part) => ctx.db.insert(responsiblePerson).values(part))
  await emitAll(ctx, happened)
  for (const { id, serviceId } of met)
    await meetDeadlines(ctx, { where: eq(serviceDeadline.id, id), metOn: day, metBy: submissionId, serviceId })
  await startDeadlines(ctx, starts, await loadCalendar(ctx))
  return ids
}
