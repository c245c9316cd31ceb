import { isDeepStrictEqual } from 'node:util'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ParsedAct } from '#ingest/acts/act.ts'
import {
  currentEditions,
  deriveWordings,
  editionDate,
  unexplainedLosses,
  type HeldEdition,
  type PublishedOn,
} from '#ingest/acts/derive-wordings.ts'
import type { ActSource } from '#ingest/acts/parse-source.ts'
import type { Context, Lang } from '#server/context.ts'
import { act as actTable, amendment, edition, provision } from '#server/db/schema/acts.ts'
import { DomainError } from '#server/errors.ts'
import { afterCommit, emit } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { actIdOf } from './act-identity.ts'
import { keepParsed, parseEdition } from './parse-edition.ts'
import { publicationDaysOf } from './publication-days.ts'
import { provisionRow, type NewProvision } from './provision-row.ts'
import type { EditionRow } from './queries.ts'

export interface ImportEditionInput {
  parsed: ParsedAct
  source: ActSource
  publishedOn?: PublishedOn
}

export interface ImportEditionResult {
  actId: string
  editionId: string
  /** False: this very text had been imported before. */
  newText: boolean
  /** Element ids with a first wording, another wording in force, and none any more. */
  added: string[]
  rewritten: string[]
  removed: string[]
  /** Acts whose changes no held text told of before; none of a text that is the act's first. */
  newAmendments: { kind: string; date: string; number: string }[]
  /** All wordings of the act in this language, as they now stand. */
  provisions: NewProvision[]
  /** Titles as the newest held edition has them. */
  title: string
  annexTitle: string | null
  /** Date of the oldest held edition: what was in force before it, nobody here has read. */
  heldSince: string
}

/** The held texts; what is imported now was parsed just now. */
const parseHeld = (rows: readonly EditionRow[], input: ImportEditionInput, sourceSha256: string): HeldEdition[] =>
  rows.map((row) => ({
    id: row.id,
    parsed: row.sourceSha256 === sourceSha256 ? input.parsed : parseEdition(row),
    importedAt: row.importedAt.toISOString(),
  }))

/**
 * Stores a text of an act as an edition and makes the provisions say what all held texts say together
 * (`deriveWordings`), writing only what differs. A text seen before adds nothing, whatever was imported since.
 * Must run in a transaction of the caller's; imports of one act wait for each other.
 * @throws DomainError `source-refused` when provisions would vanish without a note that says why
 */
export async function importEdition(ctx: Context, input: ImportEditionInput): Promise<ImportEditionResult> {
  const { parsed, source } = input
  const { lang } = parsed
  const actId = actIdOf(parsed.requisites)
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext(${actId}))`)

  const sourceSha256 = sha256(source.text)
  const rows = await ctx.db
    .select()
    .from(edition)
    .where(and(eq(edition.actId, actId), eq(edition.lang, lang)))
  const held = parseHeld(rows, input, sourceSha256)
  const same = rows.find((row) => row.sourceSha256 === sourceSha256)
  // What editors looked up wins over what files say (docs/decisions/0018).
  const publishedOn = { ...input.publishedOn, ...(await publicationDaysOf(ctx, actId)) }
  const newAmendments = same === undefined ? await unheardOf(ctx, actId, parsed) : []
  const editionId = same?.id ?? newId('edn')
  const all: HeldEdition[] = [...held]
  if (same === undefined) {
    const added: HeldEdition = { id: editionId, parsed, importedAt: ctx.now().toISOString() }
    const losses = unexplainedLosses(held, added)
    if (losses.length > 0)
      throw new DomainError('source-refused', `${source.name}: текст неполон по сравнению с хранимой редакцией`, {
        faults: losses.map(({ eid, label }) => ({
          path: eid,
          message: `${label}: есть в соседней хранимой редакции, но не в этой, и ни одна сноска этого не объясняет; проверьте, не обрезан ли файл`,
        })),
      })
    await storeEdition(ctx, input, { actId, editionId, sourceSha256 })
    afterCommit(ctx, () => keepParsed(editionId, parsed, source.text.length))
    all.push(added)
  }

  const provisions = deriveWordings(all, publishedOn).map((wording) => provisionRow(actId, lang, wording))
  const changes = await writeProvisions(ctx, actId, lang, provisions)
  if (same === undefined)
    await emit(ctx, {
      type: 'edition.imported',
      subjectId: editionId,
      payload: {
        actId,
        lang,
        date: editionDate(parsed),
        added: changes.added.length,
        changed: changes.rewritten.length,
        removed: changes.removed.length,
      },
    })
  const current = currentEditions(all)
  const newest = current.at(-1)?.parsed ?? parsed
  return {
    actId,
    editionId,
    newText: same === undefined,
    newAmendments,
    ...changes,
    provisions,
    title: newest.title,
    annexTitle: newest.annexTitle,
    heldSince: editionDate(current[0]?.parsed ?? parsed),
  }
}

/** Of the acts that a text names as its changes, those that no held text of the act names, whatever its language. */
async function unheardOf(
  ctx: Context,
  actId: string,
  parsed: ParsedAct,
): Promise<{ kind: string; date: string; number: string }[]> {
  const [held] = await ctx.db.select({ id: edition.id }).from(edition).where(eq(edition.actId, actId)).limit(1)
  if (held === undefined) return []
  const known = await ctx.db.selectDistinct({ by: amendment.by }).from(amendment).where(eq(amendment.actId, actId))
  const keys = new Set(known.map(({ by }) => `${by.date} ${by.number}`))
  const unheard = new Map<string, { kind: string; date: string; number: string }>()
  for (const { by } of parsed.amendments) {
    const key = `${by.date} ${by.number}`
    if (!keys.has(key)) unheard.set(key, { kind: by.kind, date: by.date, number: by.number })
  }
  return [...unheard.values()]
}

async function storeEdition(
  ctx: Context,
  { parsed, source }: ImportEditionInput,
  { actId, editionId, sourceSha256 }: { actId: string; editionId: string; sourceSha256: string },
): Promise<void> {
  const { requisites, lang } = parsed
  await ctx.db
    .insert(actTable)
    .values({
      id: actId,
      kind: requisites.kind,
      number: requisites.number,
      signedOn: requisites.date,
      registrationNumber: requisites.registration?.number ?? null,
      code: parsed.meta?.actCode ?? null,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
  if (parsed.meta !== undefined)
    await ctx.db
      .update(actTable)
      .set({ code: parsed.meta.actCode })
      .where(and(eq(actTable.id, actId), sql`${actTable.code} is distinct from ${parsed.meta.actCode}`))
  await ctx.db.insert(edition).values({
    id: editionId,
    actId,
    lang,
    date: editionDate(parsed),
    versionDate: parsed.versionDate ?? null,
    meta: parsed.meta ?? null,
    title: parsed.title,
    annexTitle: parsed.annexTitle,
    requisites,
    remarks: parsed.remarks,
    repairs: parsed.repairs,
    sourceName: source.name,
    sourceSha256,
    sourceText: source.text,
    importedAt: ctx.now(),
    importedBy: ctx.actor.id,
  })
  if (parsed.amendments.length > 0)
    await ctx.db.insert(amendment).values(
      parsed.amendments.map((note, ord) => ({
        id: newId('amd'),
        actId,
        lang,
        editionId,
        ord,
        target: note.target,
        targetEids: note.targetEids,
        change: note.change,
        by: note.by,
        inForce: note.inForce,
        onlyLang: note.onlyLang,
        raw: note.raw,
        line: note.span.start.line,
      })),
    )
}

/** Columns in which a stored wording is not this one; JSON columns by what they hold, whatever the order of their keys. */
function differingColumns(stored: NewProvision, wanted: NewProvision): string[] {
  const held: Record<string, unknown> = { ...stored }
  const said = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
  return Object.entries(wanted).flatMap(([column, value]) => {
    const before = held[column]
    if (before === value) return []
    const isPlain = typeof value !== 'object' || value === null || typeof before !== 'object' || before === null
    return !isPlain && isDeepStrictEqual(said(before), said(value)) ? [] : [column]
  })
}

const isOpen = (row: { validFrom: string; validTo?: string | null | undefined }): boolean => row.validTo == null

/** Behind a new element all others move on by one: one statement for all of them. */
async function writePlaces(ctx: Context, moved: readonly { id: string; ord: number }[]): Promise<void> {
  if (moved.length === 0) return
  await ctx.db.execute(
    sql`update provision set ord = m.ord from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m(id text, ord int)
        where provision.id = m.id`,
  )
}

/** Makes the stored wordings these. What is no longer derived keeps its row, for what cites it, with no day in force. */
async function writeProvisions(
  ctx: Context,
  actId: string,
  lang: Lang,
  wanted: readonly NewProvision[],
): Promise<Pick<ImportEditionResult, 'added' | 'rewritten' | 'removed'>> {
  const rows = await ctx.db
    .select()
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.lang, lang)))
  const stored = new Map(rows.map((row) => [row.id, row]))
  const openBefore = new Map(rows.filter(isOpen).map((row) => [row.eid, row]))
  const known = new Set(rows.map((row) => row.eid))

  const fresh = wanted.filter((row) => !stored.has(row.id))
  for (let i = 0; i < fresh.length; i += 200) await ctx.db.insert(provision).values(fresh.slice(i, i + 200))
  const moved: { id: string; ord: number }[] = []
  for (const row of wanted) {
    const old = stored.get(row.id)
    const columns = old === undefined ? [] : differingColumns(old, row)
    if (columns.length === 1 && columns[0] === 'ord') moved.push({ id: row.id, ord: row.ord })
    else if (columns.length > 0) await ctx.db.update(provision).set(row).where(eq(provision.id, row.id))
  }
  await writePlaces(ctx, moved)
  const ids = new Set(wanted.map((row) => row.id))
  const stale = rows.filter((row) => !ids.has(row.id) && row.validTo !== row.validFrom)
  if (stale.length > 0)
    await ctx.db
      .update(provision)
      .set({ validTo: provision.validFrom })
      .where(
        inArray(
          provision.id,
          stale.map((row) => row.id),
        ),
      )

  const openAfter = new Map(wanted.filter(isOpen).map((row) => [row.eid, row]))
  return {
    added: [...openAfter.keys()].filter((eid) => !known.has(eid)),
    rewritten: [...openAfter.values()]
      .filter((row) => known.has(row.eid) && openBefore.get(row.eid)?.contentHash !== row.contentHash)
      .map((row) => row.eid),
    removed: [...openBefore.keys()].filter((eid) => !openAfter.has(eid)),
  }
}
