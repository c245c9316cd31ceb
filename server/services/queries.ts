import {
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  ilike,
  inArray,
  isNull,
  lt,
  lte,
  min,
  ne,
  not,
  or,
  sql,
  type SQL,
  type SQLWrapper,
} from 'drizzle-orm'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today, type Context } from '#server/context.ts'
import {
  acceptanceProtocol,
  recordAnnulment,
  responsiblePerson,
  service,
  serviceDeadline,
  serviceInformation,
  serviceSubmission,
  serviceTraining,
  submissionRow,
} from '#server/db/schema/services.ts'
import { notFound } from '#server/errors.ts'
import { namesOf } from '#server/events/names-of.ts'
import { decodeCursor, page } from '#server/http/paging.ts'
import { maySee, scopeOf } from './agency-scope.ts'
import { lastSigningVisibleOn, type VisibilityReason } from './explain-visibility.ts'

export type ServiceRow = typeof service.$inferSelect
export type PersonRow = typeof responsiblePerson.$inferSelect
export type TrainingRow = typeof serviceTraining.$inferSelect
export type SubmissionRecord = typeof serviceSubmission.$inferSelect
export type SubmissionRowRecord = typeof submissionRow.$inferSelect
export type ProtocolRow = Omit<typeof acceptanceProtocol.$inferSelect, 'file'>

/** Counts: nobody has said that it was a mistake. @param id of the record, as a value of the query */
const stands = (id: SQLWrapper): SQL =>
  sql`not exists (select 1 from ${recordAnnulment} where ${recordAnnulment.recordId} = ${id})`

const MOST_PEOPLE = 1_000

/** All of a protocol but its file, which is read only to be sent. */
const protocolColumns = {
  id: acceptanceProtocol.id,
  serviceId: acceptanceProtocol.serviceId,
  number: acceptanceProtocol.number,
  signedOn: acceptanceProtocol.signedOn,
  centreSignatory: acceptanceProtocol.centreSignatory,
  agencySignatory: acceptanceProtocol.agencySignatory,
  fileName: acceptanceProtocol.fileName,
  fileType: acceptanceProtocol.fileType,
  fileSize: acceptanceProtocol.fileSize,
  fileSha256: acceptanceProtocol.fileSha256,
  createdAt: acceptanceProtocol.createdAt,
  actorKind: acceptanceProtocol.actorKind,
  actorId: acceptanceProtocol.actorId,
}

/** A service that the caller may see. @throws DomainError `not-found`, also for another agency's */
export async function serviceById(ctx: Context, id: string): Promise<ServiceRow> {
  const [row] = await ctx.db.select().from(service).where(eq(service.id, id))
  if (row === undefined || !maySee(ctx, row.agencyId)) throw notFound('service', id)
  return row
}

/** A submission that the caller may see. @throws DomainError `not-found` */
export async function submissionById(ctx: Context, id: string): Promise<SubmissionRecord> {
  const [row] = await ctx.db.select().from(serviceSubmission).where(eq(serviceSubmission.id, id))
  if (row === undefined || !maySee(ctx, row.agencyId)) throw notFound('submission', id)
  return row
}

export const rowsOfSubmission = (ctx: Context, id: string): Promise<SubmissionRowRecord[]> =>
  ctx.db.select().from(submissionRow).where(eq(submissionRow.submissionId, id)).orderBy(asc(submissionRow.row))

/** People of services, in office first, then by day. */
export const peopleOf = (ctx: Context, serviceIds: readonly string[]): Promise<PersonRow[]> =>
  serviceIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .select()
        .from(responsiblePerson)
        .where(inArray(responsiblePerson.serviceId, [...serviceIds]))
        .orderBy(desc(responsiblePerson.since), desc(responsiblePerson.createdAt), asc(responsiblePerson.ord))

/** Who answers in office for the services of a body that the caller may see, by service. @throws DomainError `not-found` */
export const peopleOfAgency = (ctx: Context, agencyId: string) => {
  if (!maySee(ctx, agencyId)) throw notFound('agency', agencyId)
  return ctx.db
    .select({ person: responsiblePerson, service })
    .from(responsiblePerson)
    .innerJoin(service, eq(service.id, responsiblePerson.serviceId))
    .where(and(eq(service.agencyId, agencyId), isNull(responsiblePerson.until)))
    .orderBy(asc(service.registryNumber), asc(responsiblePerson.ord))
    .limit(MOST_PEOPLE)
}

/** Those of a service who are in office, the responsible person first, whenever each was appointed. Pure. */
export const inOffice = (people: readonly PersonRow[], serviceId: string): PersonRow[] =>
  people.filter((person) => person.serviceId === serviceId && person.until === null).toSorted((a, b) => a.ord - b.ord)

/** Trainings of services that count, the first one first. */
export const trainingsOf = (ctx: Context, serviceIds: readonly string[]): Promise<TrainingRow[]> =>
  serviceIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .select()
        .from(serviceTraining)
        .where(and(inArray(serviceTraining.serviceId, [...serviceIds]), stands(serviceTraining.id)))
        .orderBy(asc(serviceTraining.heldOn), asc(serviceTraining.createdAt))

/** Protocols of services that count: one a service. */
export const protocolsOf = (ctx: Context, serviceIds: readonly string[]): Promise<ProtocolRow[]> =>
  serviceIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .select(protocolColumns)
        .from(acceptanceProtocol)
        .where(and(inArray(acceptanceProtocol.serviceId, [...serviceIds]), stands(acceptanceProtocol.id)))

/** Records of a service that were annulled, the last one first. */
export async function annulmentsOf(ctx: Context, serviceId: string) {
  const rows = await ctx.db
    .select({ annulment: recordAnnulment, training: serviceTraining, protocol: protocolColumns })
    .from(recordAnnulment)
    .leftJoin(serviceTraining, eq(serviceTraining.id, recordAnnulment.recordId))
    .leftJoin(acceptanceProtocol, eq(acceptanceProtocol.id, recordAnnulment.recordId))
    .where(and(eq(recordAnnulment.serviceId, serviceId), ne(recordAnnulment.kind, 'information')))
    .orderBy(desc(recordAnnulment.at), desc(recordAnnulment.id))
  const nameOf = await namesOf(
    ctx,
    rows.map(({ annulment }) => annulment.actorId),
  )
  return rows.map((row) => ({ ...row, by: nameOf(row.annulment.actorId) }))
}

/** The day on which the centre first got Appendix 1 of a service: what п. 21 runs from. Null: nobody submitted it. */
export async function submittedOn(ctx: Context, serviceId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ day: min(serviceSubmission.receivedOn) })
    .from(serviceSubmission)
    .innerJoin(submissionRow, eq(submissionRow.submissionId, serviceSubmission.id))
    .where(and(eq(submissionRow.serviceId, serviceId), eq(serviceSubmission.status, 'accepted')))
  return row?.day ?? null
}

/**
 * The file of a service's protocol.
 * @param protocolId of one that was annulled; left out, of the one that counts
 * @throws DomainError `not-found`
 */
export async function protocolFile(ctx: Context, serviceId: string, protocolId?: string) {
  await serviceById(ctx, serviceId)
  const [row] = await ctx.db
    .select()
    .from(acceptanceProtocol)
    .where(
      and(
        eq(acceptanceProtocol.serviceId, serviceId),
        protocolId === undefined ? stands(acceptanceProtocol.id) : eq(acceptanceProtocol.id, protocolId),
      ),
    )
  if (row === undefined) throw notFound('protocol of service', serviceId)
  return { bytes: row.file, name: row.fileName, type: row.fileType }
}

export const deadlinesOf = (ctx: Context, serviceIds: readonly string[]) =>
  serviceIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .select()
        .from(serviceDeadline)
        .where(inArray(serviceDeadline.serviceId, [...serviceIds]))
        .orderBy(asc(serviceDeadline.dueOn), asc(serviceDeadline.id))

const trained = exists(
  sql`(select 1 from ${serviceTraining} where ${serviceTraining.serviceId} = ${service.id} and ${stands(serviceTraining.id)})`,
)
const signed = (more?: SQL) =>
  exists(
    sql`(select 1 from ${acceptanceProtocol} where ${acceptanceProtocol.serviceId} = ${service.id} and ${stands(acceptanceProtocol.id)}${more === undefined ? sql`` : sql` and ${more}`})`,
  )
const late = (day: string) =>
  exists(
    sql`(select 1 from ${serviceDeadline} where ${serviceDeadline.serviceId} = ${service.id} and ${serviceDeadline.point} = '21' and ${serviceDeadline.dueOn} < ${day})`,
  )

/** `explainVisibility` as a condition, for lists; a test holds the two together. */
async function standsSo(ctx: Context, reason: VisibilityReason): Promise<SQL | undefined> {
  const day = today(ctx)
  const open = async () => lte(acceptanceProtocol.signedOn, lastSigningVisibleOn(await loadCalendar(ctx), day))
  switch (reason) {
    case 'visible':
      return signed(await open())
    case 'term-running':
      return and(signed(), not(signed(await open())))
    case 'protocol-awaited':
      return and(not(signed()), trained)
    case 'training-overdue':
      return and(not(signed()), not(trained), late(day))
    case 'training-awaited':
      return and(not(signed()), not(trained), not(late(day)))
  }
}

/** A text as LIKE takes it for itself. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/gu, String.raw`\$&`)

/**
 * Services that the caller may see, by registry number.
 * @param input.id this one alone
 * @param input.state only those that stand so today
 * @param input.q a part of the name or the number, in any case
 * @throws DomainError `bad-request`
 */
export async function listServices(
  ctx: Context,
  input: {
    limit: number
    cursor?: string | undefined
    id?: string | undefined
    agencyId?: string | undefined
    state?: VisibilityReason | undefined
    q?: string | undefined
  },
) {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ['text', 'text'])
  const [number, id] = [String(after?.[0] ?? ''), String(after?.[1] ?? '')]
  const scope = scopeOf(ctx)
  const rows = await ctx.db
    .select()
    .from(service)
    .where(
      and(
        scope === null ? undefined : eq(service.agencyId, scope),
        input.id === undefined ? undefined : eq(service.id, input.id),
        input.agencyId === undefined ? undefined : eq(service.agencyId, input.agencyId),
        input.state === undefined ? undefined : await standsSo(ctx, input.state),
        input.q === undefined
          ? undefined
          : or(
              ilike(service.name, `%${literally(input.q)}%`),
              ilike(service.registryNumber, `%${literally(input.q)}%`),
            ),
        after === null
          ? undefined
          : or(gt(service.registryNumber, number), and(eq(service.registryNumber, number), gt(service.id, id))),
      ),
    )
    .orderBy(asc(service.registryNumber), asc(service.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.registryNumber, row.id])
}

/** Submissions that the caller may see, newest first. @throws DomainError `bad-request` */
export async function listSubmissions(
  ctx: Context,
  input: { limit: number; cursor?: string | undefined; agencyId?: string | undefined },
) {
  const before = input.cursor === undefined ? null : decodeCursor(input.cursor, ['instant', 'text'])
  const [at, id] = [new Date(before?.[0] ?? 0), String(before?.[1] ?? '')]
  const scope = scopeOf(ctx)
  const rows = await ctx.db
    .select()
    .from(serviceSubmission)
    .where(
      and(
        scope === null ? undefined : eq(serviceSubmission.agencyId, scope),
        input.agencyId === undefined ? undefined : eq(serviceSubmission.agencyId, input.agencyId),
        before === null
          ? undefined
          : or(
              lt(serviceSubmission.receivedAt, at),
              and(eq(serviceSubmission.receivedAt, at), lt(serviceSubmission.id, id)),
            ),
      ),
    )
    .orderBy(desc(serviceSubmission.receivedAt), desc(serviceSubmission.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.receivedAt.getTime(), row.id])
}

/** Clocks that the caller may see with the name of their service, the most pressing first. @throws DomainError `bad-request` */
export async function listDeadlines(
  ctx: Context,
  input: {
    limit: number
    cursor?: string | undefined
    agencyId?: string | undefined
    serviceId?: string | undefined
    state: 'running' | 'all'
  },
) {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ['text', 'text'])
  const [dueOn, id] = [String(after?.[0] ?? ''), String(after?.[1] ?? '')]
  const scope = scopeOf(ctx)
  const rows = await ctx.db
    .select({ ...getTableColumns(serviceDeadline), registryNumber: service.registryNumber, name: service.name })
    .from(serviceDeadline)
    .leftJoin(service, eq(service.id, serviceDeadline.serviceId))
    .where(
      and(
        scope === null ? undefined : eq(serviceDeadline.agencyId, scope),
        input.agencyId === undefined ? undefined : eq(serviceDeadline.agencyId, input.agencyId),
        input.serviceId === undefined ? undefined : eq(serviceDeadline.serviceId, input.serviceId),
        // The day of п. 23 comes by itself.
        input.state === 'running'
          ? and(
              isNull(serviceDeadline.metOn),
              or(ne(serviceDeadline.point, '23'), gt(serviceDeadline.dueOn, today(ctx))),
            )
          : undefined,
        after === null
          ? undefined
          : or(gt(serviceDeadline.dueOn, dueOn), and(eq(serviceDeadline.dueOn, dueOn), gt(serviceDeadline.id, id))),
      ),
    )
    .orderBy(asc(serviceDeadline.dueOn), asc(serviceDeadline.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.dueOn, row.id])
}

/** A clock that the caller may see. @throws DomainError `not-found` */
export async function deadlineById(ctx: Context, id: string) {
  const [row] = await ctx.db.select().from(serviceDeadline).where(eq(serviceDeadline.id, id))
  if (row === undefined || !maySee(ctx, row.agencyId)) throw notFound('deadline', id)
  return row
}

/** Information that may be shown and searched; what the law protects (п. 25) has no way out of here. */
export const openInformation = (ctx: Context, serviceId: string) =>
  informationWhere(ctx, serviceId, eq(serviceInformation.protection, 'none'))

/** All of it, for the agency whose it is. */
export const allInformation = (ctx: Context, serviceId: string) => informationWhere(ctx, serviceId, undefined)

/** What the caller may see of it: an agency all of its own, everybody else what is open. */
export async function visibleInformation(ctx: Context, serviceId: string) {
  await serviceById(ctx, serviceId)
  return ctx.actor.role === 'agency' ? allInformation(ctx, serviceId) : openInformation(ctx, serviceId)
}

const informationWhere = (ctx: Context, serviceId: string, only: SQL | undefined) =>
  ctx.db
    .select()
    .from(serviceInformation)
    .where(and(eq(serviceInformation.serviceId, serviceId), stands(serviceInformation.id), only))
    .orderBy(asc(serviceInformation.createdAt), asc(serviceInformation.id))
