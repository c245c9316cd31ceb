import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { LIMITS } from '#ingest/services/limits.ts'
import { parseSubmission } from '#ingest/services/parse-submission.ts'
import type { ParsedSubmission } from '#ingest/services/submission.ts'
import { today, type Context } from '#server/context.ts'
import {
  service,
  serviceSubmission,
  submissionRow,
  type FieldChange,
  type ServiceKind,
} from '#server/db/schema/services.ts'
import { emit, emitAll, inTransaction } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { actClocksOf, clocksStopped, stopClocks } from './act-clocks.ts'
import { agencyToWriteFor } from './agency-scope.ts'
import { compareService, type SaidOfAll } from './compare-service.ts'
import { createGate } from './create-gate.ts'
import { inParts } from './in-parts.ts'
import { heldElsewhere } from './held-elsewhere.ts'
import { lockServices, lockTerms } from './lock-services.ts'
import {
  inOffice,
  peopleOf,
  rowsOfSubmission,
  type PersonRow,
  type ServiceRow,
  type SubmissionRecord,
  type SubmissionRowRecord,
} from './queries.ts'
import { storeServices } from './store-services.ts'
import { mayTakeOver } from './may-take-over.ts'
import { replacementWarnings } from './replacement-warnings.ts'
import type { Lang } from './word-fault.ts'

export interface SubmitResult {
  /** `same`: these bytes were here before and change nothing; `checked`: looked at only. */
  outcome: 'accepted' | 'refused' | 'same' | 'checked'
  submission: SubmissionRecord
  rows: SubmissionRowRecord[]
}

/** Submissions read at once by a process. */
export const readingGate = createGate(2)

/** A row against what is held of its service. */
export interface Compared {
  row: ParsedSubmission['rows'][number]
  held: ServiceRow | null
  people: PersonRow[]
  fields: FieldChange[]
}

async function compare(ctx: Context, input: { said: SaidOfAll; parsed: ParsedSubmission }) {
  const { said, parsed } = input
  const mentioned = new Set(parsed.rows.flatMap(({ service: submitted }) => submitted?.registryNumber ?? []))
  const mine = eq(service.agencyId, said.agencyId)
  const stated = await ctx.db
    .select()
    .from(service)
    .where(and(mine, eq(service.agencyAssumed, false)))
  // Those of nobody in particular may be taken over by another at the same time: who waits for the lock sees them gone.
  const assumed = await ctx.db
    .select()
    .from(service)
    .where(and(eq(service.agencyAssumed, true), or(mine, inArray(service.registryNumber, [...mentioned]))))
    .for('update')
  const own = [...stated, ...assumed.filter(({ agencyId }) => agencyId === said.agencyId)]
  const held = new Map([...assumed, ...own].map((row) => [row.registryNumber, row]))
  const people = await peopleOf(
    ctx,
    [...held.values()].map(({ id }) => id),
  )
  const byService = new Map<string, PersonRow[]>()
  for (const person of people) byService.set(person.serviceId, [...(byService.get(person.serviceId) ?? []), person])
  const barred: { service: ServiceRow; row: number }[] = []
  const compared = parsed.rows.map((row): Compared => {
    const found = row.service === null ? null : (held.get(row.service.registryNumber) ?? null)
    const isBarred = found !== null && !mayTakeOver(ctx.actor, { heldBy: found.agencyId, submittedFor: said.agencyId })
    if (isBarred) barred.push({ service: found, row: row.row })
    // What is held of another's service is not shown to whoever knows its number.
    const before = isBarred ? null : found
    const office = before === null ? [] : inOffice(byService.get(before.id) ?? [], before.id)
    const fields =
      row.service === null
        ? []
        : compareService(before === null ? null : { ...before, people: office }, row.service, said)
    return { row, held: before, people: office, fields }
  })
  const absent = own.map(({ registryNumber }) => registryNumber).filter((number) => !mentioned.has(number))
  return { compared, absent: absent.sort(), barred }
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
 * does not mention stay and are named. Appendix 1 has no day on which a responsible person was replaced: people named anew are in
 * office from the day of receipt, no term of п. 27 is counted (one that the centre counts already stops), and a warning says so. A service that is only assumed to be another body's
 * is a fault of its row, unless the caller may take it over (`mayTakeOver`); who tried is on record.
 * @param input.agencyId left out by callers of an agency, who submit their own
 * @param input.agencyAssumed nobody said whose the services are, and `agencyId` is a guess: it is settled when that agency submits them, or
 * a supervisor for another
 * @param input.kind of all its services; left out, those held stay what they are, and new ones are of the state
 * @param input.checkOnly look at it and compare, store nothing
 * @throws DomainError `forbidden`, `validation-failed` (the agency)
 */
export async function submitServices(
  ctx: Context,
  input: {
    bytes: Uint8Array
    name: string
    agencyId?: string | undefined
    agencyAssumed?: boolean
    kind?: ServiceKind | undefined
    checkOnly?: boolean
    lang?: Lang
  },
): Promise<SubmitResult> {
  const agencyId = await agencyToWriteFor(ctx, input.agencyId, input.lang)
  const said = { agencyId, agencyAssumed: input.agencyAssumed === true, kind: input.kind }
  const day = today(ctx)
  const read = await readingGate(() => parseSubmission(input.bytes, { name: input.name, today: day }))
  const hash = sha256(input.bytes)

  return inTransaction(ctx, async (tx) => {
    await lockTerms(tx, 'counts')
    // Two submissions of one agency at once would compare with the same state.
    await lockServices(tx, agencyId)
    const { compared, absent, barred } = await compare(tx, { said, parsed: read })
    const parsed: ParsedSubmission = { ...read, ok: read.ok && barred.length === 0 }
    const status = parsed.ok ? ('accepted' as const) : ('refused' as const)
    const changes = compared.some(({ fields }) => fields.length > 0)
    const same = input.checkOnly === true ? null : await sameAsBefore(tx, { agencyId, hash, ok: parsed.ok, changes })
    const tellBarred = (submissionId: string) =>
      emitAll(
        tx,
        barred.map(({ service: held }) => ({
          type: 'service.takeover-refused' as const,
          subjectId: held.id,
          payload: { agencyId, heldBy: held.agencyId, submissionId },
        })),
      )
    if (same !== null) {
      await tellBarred(same.id)
      if (parsed.ok) {
        const naming = compared.flatMap(({ row, held }) =>
          row.service === null || held === null ? [] : [{ id: held.id, acts: row.service }],
        )
        const stopped = clocksStopped(await actClocksOf(tx, agencyId), naming)
        await stopClocks(tx, { stopped, metOn: day, metBy: same.id })
      }
      return { outcome: 'same', submission: same, rows: await rowsOfSubmission(tx, same.id) }
    }

    const warnings = parsed.ok ? replacementWarnings(compared, parsed) : heldElsewhere(barred, parsed)
    const listed = warnings.slice(0, Math.max(0, LIMITS.messages - parsed.messages.length))
    const submission: SubmissionRecord = {
      id: newId('sbm'),
      agencyId,
      kind: input.kind ?? 'state',
      name: input.name.slice(0, 200),
      sha256: hash,
      size: input.bytes.length,
      format: parsed.format,
      encoding: parsed.encoding,
      sheet: parsed.sheet,
      columns: parsed.columns,
      status,
      messages: [...parsed.messages, ...listed],
      unlisted: parsed.unlisted + warnings.length - listed.length,
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
      const ids = await storeServices(tx, {
        compared,
        said,
        submissionId: submission.id,
        day,
      })
      for (const [i, row] of rows.entries()) row.serviceId = ids[i] ?? null
    }
    await inParts(rows, (part) => tx.db.insert(submissionRow).values(part))
    await tellBarred(submission.id)
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
