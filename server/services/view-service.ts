import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today, type Context } from '#server/context.ts'
import type { serviceInformation } from '#server/db/schema/services.ts'
import type { DeadlineRow } from './deadlines.ts'
import { explainVisibility, type Visibility } from './explain-visibility.ts'
import { passportsOfService, type PassportPlace } from './passports-of-service.ts'
import {
  annulmentsOf,
  deadlinesOf,
  inOffice,
  peopleOf,
  protocolsOf,
  serviceById,
  trainingsOf,
  visibleInformation,
  type PersonRow,
  type ProtocolRow,
  type ServiceRow,
  type TrainingRow,
} from './queries.ts'

/** Everything a service's page shows, and which of it the caller may see. */
export interface ServiceView {
  service: ServiceRow
  visibility: Visibility
  /** Operators advise only on what is visible (п. 23). */
  mayReadDetails: boolean
  mayReadPreparation: boolean
  people: PersonRow[]
  trainings: TrainingRow[]
  protocol: ProtocolRow | null
  /** Trainings and protocols that were a mistake. */
  annulled: Awaited<ReturnType<typeof annulmentsOf>>
  deadlines: DeadlineRow[]
  information: (typeof serviceInformation.$inferSelect)[]
  /** Standards that bear its name. */
  passports: PassportPlace[]
}

/** The visibility of services today, by id; three queries for any number of them. */
export async function visibilityOf(
  ctx: Context,
  services: readonly ServiceRow[],
): Promise<
  Map<
    string,
    { visibility: Visibility; trainings: TrainingRow[]; protocol: ProtocolRow | null; deadlines: DeadlineRow[] }
  >
> {
  const ids = services.map(({ id }) => id)
  const [calendar, trainings, protocols, deadlines] = [
    await loadCalendar(ctx),
    await trainingsOf(ctx, ids),
    await protocolsOf(ctx, ids),
    await deadlinesOf(ctx, ids),
  ]
  return new Map(
    ids.map((id) => {
      const of = <T extends { serviceId: string | null }>(rows: readonly T[]) =>
        rows.filter((row) => row.serviceId === id)
      const mine = { trainings: of(trainings), protocol: of(protocols)[0] ?? null, deadlines: of(deadlines) }
      const visibility = explainVisibility(
        calendar,
        {
          trainedOn: mine.trainings[0]?.heldOn ?? null,
          trainingDue: mine.deadlines.find(({ point }) => point === '21')?.dueOn ?? null,
          signedOn: mine.protocol?.signedOn ?? null,
        },
        today(ctx),
      )
      return [id, { ...mine, visibility }]
    }),
  )
}

/**
 * A service with what the caller may see of it: operators its details once it is visible, an agency its own, protected information
 * (п. 25) the agency alone.
 * @throws DomainError `not-found`
 */
export async function viewService(ctx: Context, input: { id: string }): Promise<ServiceView> {
  const service = await serviceById(ctx, input.id)
  const found = (await visibilityOf(ctx, [service])).get(service.id)
  if (found === undefined) throw new Error('A service without visibility')
  const operator = ctx.actor.role === 'operator'
  return {
    service,
    ...found,
    mayReadDetails: !operator || found.visibility.visible,
    mayReadPreparation: !operator,
    people: inOffice(await peopleOf(ctx, [service.id]), service.id),
    information: await visibleInformation(ctx, service.id),
    annulled: operator ? [] : await annulmentsOf(ctx, service.id),
    passports: await passportsOfService(ctx, service),
  }
}
