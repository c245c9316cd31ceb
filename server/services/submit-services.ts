import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { parseSubmission } from '#ingest/services/parse-submission.ts'
import type { ParsedSubmission, SubmittedService } from '#ingest/services/submission.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import {
  responsiblePerson,
  service,
  serviceDeadline,
  serviceSubmission,
  submissionRow,
  type FieldChange,
  type ServiceKind,
} from '#server/db/schema/services.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { agencyToWriteFor } from './agency-scope.ts'
import { actLine, compareService } from './compare-service.ts'
import { meetDeadlines, startDeadline } from './deadlines.ts'
import {
  inOffice,
  peopleOf,
  rowsOfSubmission,
  type PersonRow,
  type ServiceRow,
  type SubmissionRecord,
  type SubmissionRowRecord,
} from './queries.ts'

export interface SubmitResult {
  /** `same`: these bytes were here before and change nothing; `checked`: looked at only. */
  outcome: 'accepted' | 'refused' | 'same' | 'checked'
  submission: SubmissionRecord
  rows: SubmissionRowRecord[]
}

interface Compared {
  row: ParsedSubmission['rows'][number]
  held: ServiceRow | null
  people: PersonRow[]
  fields: FieldChange[]
}

const INSERT_AT_ONCE = 500

async function inParts<T>(items: readonly T[], write: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += INSERT_AT_ONCE) await write(items.slice(from, from + INSERT_AT_ONCE))
}

/** People in office follow what the row says; those before are kept with their days. */
async function appoint(
  ctx: Context,
  input: {
    serviceId: string
    submitted: SubmittedService
    submissionId: string
    before: readonly PersonRow[]
    day: string
  },
): Promise<void> {
  const { serviceId, submitted, submissionId, before, day } = input
  if (before.length > 0)
    await ctx.db
      .update(responsiblePerson)
      .set({ until: day })
      .where(and(eq(responsiblePerson.serviceId, serviceId), isNull(responsiblePerson.until)))
  for (const [ord, { name, post }] of submitted.responsible.entries()) {
    const id = newId('rsp')
    const replaces = before[ord]?.id ?? null
    await ctx.db.insert(responsiblePerson).values({
      id,
      serviceId,
      ord,
      name,
      post,
      phones: submitted.phones,
      emails: submitted.emails,
      since: day,
      replaces,
      toldOn: day,
      submissionId,
      createdAt: ctx.now(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
    })
    if (ord === 0)
      await emit(ctx, {
        type: 'responsible.appointed',
        subjectId: serviceId,
        payload: { personId: id, since: day, replaces },
      })
  }
}

/** Clocks that a stored row stops and starts: п. 20 and 21 for a new service, п. 26 for an amended one. */
async function runClocks(
  ctx: Context,
  input: {
    agencyId: string
    kind: ServiceKind
    serviceId: string
    submitted: SubmittedService
    held: ServiceRow | null
    submissionId: string
    day: string
    calendar: WorkingCalendar
  },
): Promise<void> {
  const { agencyId, kind, serviceId, submitted, held, submissionId, day, calendar } = input
  const meet = (point: '20' | '26', cause: string) =>
    meetDeadlines(ctx, {
      where: and(
        eq(serviceDeadline.agencyId, agencyId),
        eq(serviceDeadline.point, point),
        eq(serviceDeadline.cause, cause),
      ),
      metOn: day,
      metBy: submissionId,
      serviceId,
    })
  const common = { agencyId, kind, serviceId }
  if (held === null) {
    const cause = actLine(submitted.byLaw)
    // The centre may have started this clock when it saw the act.
    if ((await meet('20', cause)) === 0)
      await startDeadline(
        ctx,
        { ...common, point: '20', event: submitted.byLaw.date, cause, metOn: day, metBy: submissionId },
        calendar,
      )
    await startDeadline(ctx, { ...common, point: '21', event: day, cause: submissionId }, calendar)
    return
  }
  const known = new Set(held.changes.map(actLine))
  for (const act of submitted.changes) {
    const cause = actLine(act)
    if (known.has(cause)) continue
    if ((await meet('26', cause)) === 0)
      await startDeadline(
        ctx,
        { ...common, point: '26', event: act.date, cause, metOn: day, metBy: submissionId },
        calendar,
      )
  }
}

async function compare(ctx: Context, agencyId: string, parsed: ParsedSubmission) {
  const held = new Map(
    (await ctx.db.select().from(service).where(eq(service.agencyId, agencyId))).map((row) => [row.registryNumber, row]),
  )
  const people = await peopleOf(
    ctx,
    [...held.values()].map(({ id }) => id),
  )
  const byService = new Map<string, PersonRow[]>()
  for (const person of people) byService.set(person.serviceId, [...(byService.get(person.serviceId) ?? []), person])
  const compared = parsed.rows.map((row): Compared => {
    const before = row.service === null ? null : (held.get(row.service.registryNumber) ?? null)
    const office = before === null ? [] : inOffice(byService.get(before.id) ?? [], before.id)
    const fields =
      row.service === null ? [] : compareService(before === null ? null : { ...before, people: office }, row.service)
    return { row, held: before, people: office, fields }
  })
  const mentioned = new Set(parsed.rows.map(({ service: submitted }) => submitted?.registryNumber))
  return { compared, absent: [...held.keys()].filter((number) => !mentioned.has(number)).sort() }
}

/** The same bytes sent before, when they would change nothing now. */
async function sameAsBefore(
  ctx: Context,
  input: { agencyId: string; hash: string; ok: boolean; changes: boolean },
): Promise<SubmissionRecord | null> {
  const [before] = await ctx.db
    .select()
    .from(serviceSubmission)
    .where(and(eq(serviceSubmission.agencyId, input.agencyId), eq(serviceSubmission.sha256, input.hash)))
    .orderBy(desc(serviceSubmission.receivedAt))
    .limit(1)
  if (before === undefined) return null
  const wasAccepted = before.status === 'accepted'
  return wasAccepted === input.ok && !(input.ok && input.changes) ? before : null
}

/**
 * Takes in a submission of Appendix 1 (п. 20, 33 of the Rules): accepted whole or, with any fault, refused whole; both are kept with
 * every message. The same bytes again give the same submission, unless the services have been changed in between. Services that it
 * does not mention stay and are named.
 * @param input.agencyId left out by callers of an agency, who submit their own
 * @param input.checkOnly look at it and compare, store nothing
 * @throws DomainError `forbidden`, `validation-failed` (the agency)
 */
export async function submitServices(
  ctx: Context,
  input: { bytes: Uint8Array; name: string; agencyId?: string | undefined; kind: ServiceKind; checkOnly?: boolean },
): Promise<SubmitResult> {
  const agencyId = await agencyToWriteFor(ctx, input.agencyId)
  const day = today(ctx)
  const parsed = await parseSubmission(input.bytes, { name: input.name, today: day })
  const hash = sha256(input.bytes)
  const status = parsed.ok ? ('accepted' as const) : ('refused' as const)

  return inTransaction(ctx, async (tx) => {
    // Two submissions of one agency at once would compare with the same state.
    await queryRows(tx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`services ${agencyId}`}, 0))`)
    const { compared, absent } = await compare(tx, agencyId, parsed)
    const changes = compared.some(({ fields }) => fields.length > 0)
    const same = input.checkOnly === true ? null : await sameAsBefore(tx, { agencyId, hash, ok: parsed.ok, changes })
    if (same !== null) return { outcome: 'same', submission: same, rows: await rowsOfSubmission(tx, same.id) }

    const submission: SubmissionRecord = {
      id: newId('sbm'),
      agencyId,
      kind: input.kind,
      name: input.name.slice(0, 200),
      sha256: hash,
      size: input.bytes.length,
      format: parsed.format,
      encoding: parsed.encoding,
      sheet: parsed.sheet,
      columns: parsed.columns,
      status,
      messages: parsed.messages,
      unlisted: parsed.unlisted,
      absent: parsed.ok ? absent : [],
      receivedOn: day,
      receivedAt: tx.now(),
      actorKind: tx.actor.kind,
      actorId: tx.actor.id,
    }
    const rows = compared.map(({ row, held, fields }): SubmissionRowRecord => ({
      submissionId: submission.id,
      row: row.row,
      raw: storable(row.raw),
      service: row.service,
      serviceId: held?.id ?? null,
      change: !parsed.ok ? null : held === null ? 'added' : fields.length === 0 ? 'unchanged' : 'changed',
      fields,
    }))
    if (input.checkOnly === true) return { outcome: 'checked', submission, rows }

    await tx.db.insert(serviceSubmission).values({ ...submission, messages: storable(submission.messages) })
    if (parsed.ok) {
      const calendar = await loadCalendar(tx)
      for (const [i, one] of compared.entries()) {
        const serviceId = await storeRow(tx, {
          one,
          agencyId,
          kind: input.kind,
          submissionId: submission.id,
          day,
          calendar,
        })
        const row = rows[i]
        if (row !== undefined) row.serviceId = serviceId
      }
    }
    await inParts(rows, (part) => tx.db.insert(submissionRow).values(part))
    await emit(tx, {
      type: 'services.submitted',
      subjectId: submission.id,
      payload: {
        agencyId,
        status,
        rows: rows.length,
        added: rows.filter(({ change }) => change === 'added').length,
        changed: rows.filter(({ change }) => change === 'changed').length,
      },
    })
    return { outcome: status, submission, rows }
  })
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair in a JSON text; a refused file may hold both. */
function storable<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' ? part.replaceAll(/\p{Surrogate}|\0/gu, '\u{FFFD}') : part,
    ),
  ) as T
}

async function storeRow(
  ctx: Context,
  input: {
    one: Compared
    agencyId: string
    kind: ServiceKind
    submissionId: string
    day: string
    calendar: WorkingCalendar
  },
): Promise<string | null> {
  const { one, agencyId, kind, submissionId, day, calendar } = input
  const { held, people, fields } = one
  const submitted = one.row.service
  if (submitted === null) return null
  if (held !== null && fields.length === 0) return held.id
  const serviceId = held?.id ?? newId('svc')
  const { registryNumber, name, byLaw, changes, webResources } = submitted
  const state = { name, byLaw, changes, webResources, submissionId, updatedAt: ctx.now() }
  if (held === null) {
    await ctx.db
      .insert(service)
      .values({ id: serviceId, agencyId, kind, registryNumber, createdAt: ctx.now(), ...state })
    await emit(ctx, { type: 'service.added', subjectId: serviceId, payload: { agencyId, submissionId } })
  } else {
    await ctx.db.update(service).set(state).where(eq(service.id, serviceId))
    await emit(ctx, {
      type: 'service.changed',
      subjectId: serviceId,
      payload: { submissionId, fields: fields.map(({ field }) => field) },
    })
  }
  if (held === null || fields.some(({ field }) => field === 'responsible' || field === 'contacts'))
    await appoint(ctx, { serviceId, submitted, submissionId, before: people, day })
  await runClocks(ctx, { agencyId, kind: held?.kind ?? kind, serviceId, submitted, held, submissionId, day, calendar })
  return serviceId
}
