import { inArray } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { service, updateRequest, type ChangedPoint } from '#server/db/schema/services.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { actClocksOf, namesAct } from './act-clocks.ts'
import { actKey, clockKey } from './act-key.ts'
import { actLine } from './compare-service.ts'
import { startDeadlines } from './deadlines.ts'
import { lockServices, lockTerms } from './lock-services.ts'
import { inOffice, peopleOf, type ServiceRow } from './queries.ts'

export type UpdateRequestRow = typeof updateRequest.$inferSelect

interface NamedAct {
  kind: string
  date: string
  number: string
}

/** An act that amends another, with what it changed. */
export interface ToldAmendment extends NamedAct {
  points: ChangedPoint[]
  /** Path of the difference in the workspace. */
  url: string
  /** Services and agencies of articles that quote what was changed. */
  bound: { serviceId: string | null; agencyId: string | null }[]
}

/**
 * Asks the responsible persons to bring their information up to date (п. 26): of every service that names the amended act among its
 * own, and of every service or agency whose articles quote what was changed. Asked once of each, with the clock of п. 26, which runs
 * from the date of the amendment; a service that names the amendment already has been brought up to date. Must run in a transaction
 * of the caller's.
 * @returns the requests that were opened
 */
export async function requestUpdates(
  ctx: Context,
  input: { actId: string; act: NamedAct; amendments: readonly ToldAmendment[] },
): Promise<UpdateRequestRow[]> {
  const services = await ctx.db.select().from(service)
  const amended = actKey(input.act)
  const wanted = input.amendments.flatMap((by) => {
    const bound = new Set(by.bound.map(({ serviceId }) => serviceId))
    const concerned = services.filter((one) => namesAct(one, amended) || bound.has(one.id))
    const asked = new Set(concerned.map(({ agencyId }) => agencyId))
    const agencies = new Set(
      by.bound.flatMap(({ serviceId, agencyId }) =>
        serviceId !== null || agencyId === null || asked.has(agencyId) ? [] : [agencyId],
      ),
    )
    return [
      ...concerned
        .filter((one) => !namesAct(one, actKey(by)))
        .map((one) => ({ by, agencyId: one.agencyId, service: one as ServiceRow | null })),
      ...[...agencies].map((agencyId) => ({ by, agencyId, service: null })),
    ]
  })
  const keyOf = (one: (typeof wanted)[number]): string => `${one.service?.id ?? one.agencyId} ${actKey(one.by)}`
  if (wanted.length === 0) return []
  await lockTerms(ctx, 'counts')
  // One order for all who wait for several agencies.
  for (const agencyId of [...new Set(wanted.map((one) => one.agencyId))].sort()) await lockServices(ctx, agencyId)
  const held = await ctx.db
    .select({ key: updateRequest.key })
    .from(updateRequest)
    .where(inArray(updateRequest.key, wanted.map(keyOf)))
  const known = new Set(held.map(({ key }) => key))
  const people = await peopleOf(
    ctx,
    wanted.flatMap((one) => one.service?.id ?? []),
  )
  const opened: UpdateRequestRow[] = []
  for (const one of wanted) {
    const { by, agencyId } = one
    if (known.has(keyOf(one))) continue
    const serviceId = one.service?.id ?? null
    const before = (await actClocksOf(ctx, agencyId)).find(
      (clock) => clock.point === '26' && clockKey(clock) === actKey(by) && clock.serviceId === serviceId,
    )
    // Told before the text came: the duty is done.
    if (before !== undefined && before.metOn !== null) continue
    const clock =
      before ??
      (
        await startDeadlines(ctx, [
          {
            agencyId,
            serviceId,
            kind: one.service?.kind ?? 'state',
            point: '26',
            event: by.date,
            cause: actLine({ ...by, text: '' }),
          },
        ])
      )[0]
    const row: UpdateRequestRow = {
      id: newId('upr'),
      key: keyOf(one),
      agencyId,
      serviceId,
      personId: serviceId === null ? null : (inOffice(people, serviceId)[0]?.id ?? null),
      actId: input.actId,
      act: actLine({ ...input.act, text: '' }),
      amendedBy: { kind: by.kind, date: by.date, number: by.number },
      points: by.points,
      url: by.url,
      requestedOn: today(ctx),
      deadlineId: clock?.id ?? null,
      dueOn: clock?.dueOn ?? null,
      state: 'open',
      answer: null,
      answerProtection: 'none',
      closedOn: null,
      closedBy: null,
      createdAt: ctx.now(),
    }
    await ctx.db.insert(updateRequest).values(row)
    await emit(ctx, {
      type: 'update.requested',
      subjectId: row.id,
      payload: { serviceId, agencyId, amendedBy: actLine({ ...by, text: '' }), dueOn: row.dueOn },
    })
    opened.push(row)
  }
  return opened
}
