import { and, eq, inArray, max } from 'drizzle-orm'
import type { ParsedAct, Provision } from '#ingest/acts/act.ts'
import { changeOf, earliestInForce } from '#ingest/acts/edition-of.ts'
import type { Context } from '#server/context.ts'
import {
  act as actTable,
  amendment,
  definition,
  edition,
  provision,
  provisionReference,
  type ChangedBy,
} from '#server/db/schema/acts.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { derivedId, newId, sha256 } from '#server/ids.ts'
import { actIdOf } from './act-identity.ts'

export interface ImportEditionInput {
  parsed: ParsedAct
  source: { name: string; text: string }
  /** Days of official publication by number of the act («368/НҚ»), where somebody has supplied them. */
  publishedOn?: Readonly<Record<string, string>>
}

export interface ImportEditionResult {
  actId: string
  editionId: string
  /** False: this very text had been imported before and nothing was written. */
  changed: boolean
  /** False: a newer text is held, so articles stay as they are. */
  newest: boolean
  added: string[]
  rewritten: string[]
  removed: string[]
}

type ProvisionRow = typeof provision.$inferSelect
type Wording = typeof provision.$inferInsert

const contentHash = (p: Provision): string =>
  sha256(JSON.stringify([p.kind, p.num, p.label, p.heading, p.text, p.status, p.form]))

/** Date of the latest change that the text shows; the act's own where there is none. */
const editionDate = (parsed: ParsedAct): string =>
  parsed.amendments
    .filter((a) => a.onlyLang === null || a.onlyLang === parsed.lang)
    .reduce((latest, a) => (a.by.date > latest ? a.by.date : latest), parsed.requisites.date)

function wordingsOf(input: ImportEditionInput, actId: string, editionId: string): Wording[] {
  const { parsed, publishedOn = {} } = input
  const original = earliestInForce(
    parsed.requisites.inForce,
    parsed.requisites.date,
    publishedOn[parsed.requisites.number] ?? null,
  )
  return parsed.provisions.map((p, ord) => {
    const change = changeOf(parsed, p.eid)
    const since =
      change === null
        ? original
        : earliestInForce(change.inForce, change.by.date, publishedOn[change.by.number] ?? null)
    const changedBy: ChangedBy | null = change === null ? null : { change: change.change, ...change.by }
    return {
      id: derivedId('prv', actId, parsed.lang, p.eid, since.date, contentHash(p)),
      actId,
      lang: parsed.lang,
      eid: p.eid,
      parentEid: p.parentEid,
      kind: p.kind,
      ord,
      num: p.num,
      label: p.label,
      heading: p.heading,
      text: p.text,
      raw: p.raw,
      line: p.span.start.line,
      status: p.status,
      form: p.form,
      contentHash: contentHash(p),
      editionId,
      changedBy,
      wordingDate: change?.by.date ?? parsed.requisites.date,
      validFrom: since.date,
      validFromKnown: since.known,
      validTo: null,
    }
  })
}

/**
 * Held points that the new text lacks and no note explains: a cut-off print would silently repeal them.
 */
function unexplainedLosses(parsed: ParsedAct, heldDate: string, lost: readonly ProvisionRow[]): Fault[] {
  const news = parsed.amendments.filter((a) => a.change !== 'added' && a.by.date > heldDate)
  const touched = new Set(news.flatMap((a) => a.targetEids))
  const explained = (row: ProvisionRow) =>
    touched.has(row.eid) ||
    (row.parentEid !== null && touched.has(row.parentEid)) ||
    (touched.has('rules') && !row.eid.startsWith('ord__'))
  return lost
    .filter((row) => !explained(row))
    .map((row) => ({
      path: row.eid,
      message: `${row.label}: есть в хранимой редакции, но пропал из этого текста, и ни одна сноска этого не объясняет; проверьте, не обрезан ли файл`,
    }))
}

/**
 * Stores an act's text as an edition and gives every provision its wordings with the days they are in force.
 * A text seen before changes nothing; in a new one only provisions whose wording differs are written.
 * Must run in a transaction of the caller's.
 * @throws DomainError `source-refused` when held provisions are missing without a note that says why
 */
export async function importEdition(ctx: Context, input: ImportEditionInput): Promise<ImportEditionResult> {
  const { parsed, source } = input
  const actId = actIdOf(parsed.requisites)
  const sourceSha256 = sha256(source.text)
  const key = [eq(edition.actId, actId), eq(edition.lang, parsed.lang)]
  const [same] = await ctx.db
    .select({ id: edition.id })
    .from(edition)
    .where(and(...key, eq(edition.sourceSha256, sourceSha256)))
  const [held] = await ctx.db
    .select({ date: max(edition.date) })
    .from(edition)
    .where(and(...key))
  const date = editionDate(parsed)
  const newest = held?.date == null || date >= held.date
  if (same !== undefined)
    return { actId, editionId: same.id, changed: false, newest, added: [], rewritten: [], removed: [] }

  const editionId = newId('edn')
  const wordings = wordingsOf(input, actId, editionId)
  const rows = await ctx.db
    .select()
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.lang, parsed.lang)))
  const heldByEid = new Map<string, ProvisionRow[]>()
  for (const row of rows) heldByEid.set(row.eid, [...(heldByEid.get(row.eid) ?? []), row])

  const present = new Set(wordings.map((w) => w.eid))
  const lost = newest
    ? rows.filter((row) => row.validTo === null && row.status === 'in-force' && !present.has(row.eid))
    : []
  const losses = unexplainedLosses(parsed, held?.date ?? '', lost)
  if (losses.length > 0)
    throw new DomainError('source-refused', `${source.name}: текст неполон по сравнению с хранимой редакцией`, {
      faults: losses,
    })

  await ctx.db
    .insert(actTable)
    .values({
      id: actId,
      kind: parsed.requisites.kind,
      number: parsed.requisites.number,
      signedOn: parsed.requisites.date,
      registrationNumber: parsed.requisites.registration?.number ?? null,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
  await ctx.db.insert(edition).values({
    id: editionId,
    actId,
    lang: parsed.lang,
    date,
    title: parsed.title,
    annexTitle: parsed.annexTitle,
    requisites: parsed.requisites,
    remarks: parsed.remarks,
    repairs: parsed.repairs,
    sourceName: source.name,
    sourceSha256,
    sourceText: source.text,
    importedAt: ctx.now(),
    importedBy: ctx.actor.id,
  })

  const added: string[] = []
  const rewritten: string[] = []
  const fresh: Wording[] = []
  for (const wording of wordings) {
    const known = heldByEid.get(wording.eid) ?? []
    const current = known.find((row) => row.contentHash === wording.contentHash && row.validFrom === wording.validFrom)
    if (current !== undefined) {
      if (newest && current.ord !== wording.ord)
        await ctx.db.update(provision).set({ ord: wording.ord }).where(eq(provision.id, current.id))
      continue
    }
    fresh.push(wording)
    ;(known.length === 0 ? added : rewritten).push(wording.eid)
  }
  for (let i = 0; i < fresh.length; i += 200) await ctx.db.insert(provision).values(fresh.slice(i, i + 200))
  await closeIntervals(ctx, actId, parsed.lang, rewritten)
  if (lost.length > 0) {
    const end = wordings.reduce((latest, w) => (w.validFrom > latest ? w.validFrom : latest), '')
    await ctx.db
      .update(provision)
      .set({ validTo: end })
      .where(
        inArray(
          provision.id,
          lost.map((row) => row.id),
        ),
      )
  }
  if (newest) await replaceApparatus(ctx, parsed, actId, editionId)

  const removed = lost.map((row) => row.eid)
  await emit(ctx, {
    type: 'edition.imported',
    subjectId: editionId,
    payload: {
      actId,
      lang: parsed.lang,
      date,
      added: added.length,
      changed: rewritten.length,
      removed: removed.length,
    },
  })
  return { actId, editionId, changed: true, newest, added, rewritten, removed }
}

/** A wording ends on the day when the next one begins; of two for the same day the one imported later stands. */
async function closeIntervals(ctx: Context, actId: string, lang: 'ru' | 'kk', eids: readonly string[]): Promise<void> {
  if (eids.length === 0) return
  const rows = await ctx.db
    .select({
      id: provision.id,
      eid: provision.eid,
      validFrom: provision.validFrom,
      validTo: provision.validTo,
      importedAt: edition.importedAt,
    })
    .from(provision)
    .innerJoin(edition, eq(edition.id, provision.editionId))
    .where(and(eq(provision.actId, actId), eq(provision.lang, lang), inArray(provision.eid, [...eids])))
    .orderBy(provision.eid, provision.validFrom, edition.importedAt)
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1]
    const end = next !== undefined && next.eid === row.eid ? next.validFrom : null
    if (row.validTo !== end) await ctx.db.update(provision).set({ validTo: end }).where(eq(provision.id, row.id))
  }
}

/** Notes, definitions and cross-references are those of the newest text. */
async function replaceApparatus(ctx: Context, parsed: ParsedAct, actId: string, editionId: string): Promise<void> {
  for (const table of [definition, provisionReference])
    await ctx.db.delete(table).where(and(eq(table.actId, actId), eq(table.lang, parsed.lang)))
  const common = { actId, lang: parsed.lang }
  if (parsed.amendments.length > 0)
    await ctx.db
      .insert(amendment)
      .values(
        parsed.amendments.map((a, ord) => ({
          id: newId('amd'),
          ...common,
          editionId,
          ord,
          target: a.target,
          targetEids: a.targetEids,
          change: a.change,
          by: a.by,
          inForce: a.inForce,
          onlyLang: a.onlyLang,
          raw: a.raw,
          line: a.span.start.line,
        })),
      )
  if (parsed.definitions.length > 0)
    await ctx.db
      .insert(definition)
      .values(
        parsed.definitions.map((d) => ({
          id: newId('def'),
          ...common,
          eid: d.eid,
          term: d.term,
          shortForms: d.shortForms,
          meaning: d.meaning,
        })),
      )
  if (parsed.references.length > 0)
    await ctx.db
      .insert(provisionReference)
      .values(
        parsed.references.map((r) => ({
          id: newId('ref'),
          ...common,
          fromEid: r.fromEid,
          start: r.start,
          end: r.end,
          text: r.text,
          targetEids: r.targetEids,
          external: r.external,
        })),
      )
}
