import { asc, eq, inArray } from 'drizzle-orm'
import { createLanguageComparer, type LanguageDifference } from '#ingest/compare/compare-languages.ts'
import type { Context, Lang } from '#server/context.ts'
import { provision, type ChangedBy } from '#server/db/schema/acts.ts'
import { languageDifference } from '#server/db/schema/language-differences.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import { actTimeline } from './timeline.ts'

type Row = typeof languageDifference.$inferInsert
/** Rows of one statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 500
const LANGS = ['ru', 'kk'] as const
/** What it keeps follows from the texts alone, so that one for the whole process compares only pairs that changed. */
const compare = createLanguageComparer()

interface Wording {
  id: string
  eid: string
  parentEid: string | null
  label: string
  ord: number
  text: string
  status: 'in-force' | 'excluded'
  lang: Lang
  contentHash: string
  changedBy: ChangedBy | null
  validFrom: string
  validTo: string | null
}

const onDay = (rows: readonly Wording[], day: string) =>
  rows.filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo > day))

/**
 * Compares the Russian and the Kazakh wordings of an act on every day on which either changes, and stores what they differ
 * in, with the days on which both are in force. What cannot be compared is not: a text that is not held says nothing, so
 * neither a gap nor a change that only the other language's text knows of is a difference. Decisions of editors stay with
 * the differences they were made on. To be called in the transaction that changed the wordings.
 * @returns how many differences stand, how many of them a caller would feel, and how many were not there before
 */
export async function updateLanguageDifferences(
  ctx: Context,
  input: { actId: string },
): Promise<{ total: number; material: number; added: number }> {
  const rows = await findDifferences(ctx, input.actId)
  const held = await ctx.db.select().from(languageDifference).where(eq(languageDifference.actId, input.actId))
  const decided = new Map(held.map((row) => [row.key, row]))
  for (const row of rows) {
    const before = decided.get(row.key)
    if (before === undefined) continue
    row.decision = before.decision
    row.reason = before.reason
    row.decidedBy = before.decidedBy
    row.decidedAt = before.decidedAt
  }
  const added = rows.filter(({ key }) => !decided.has(key)).length
  const result = { total: rows.length, material: rows.filter(({ isMaterial }) => isMaterial).length, added }
  const stateOf = ({ id, ruProvisionId, kkProvisionId, validTo, ord, isMaterial }: Row) =>
    [id, ruProvisionId, kkProvisionId, validTo, ord, isMaterial].join(' ')
  const states = new Map(held.map((row) => [row.id, stateOf(row)]))
  const fresh = rows.filter((row) => states.get(row.id) !== stateOf(row))
  const wanted = new Set(rows.map(({ id }) => id))
  const gone = held.flatMap(({ id }) => (wanted.has(id) ? [] : [id]))
  if (fresh.length === 0 && gone.length === 0) return result

  // What changed gives way to what is told now; the rest keeps its rows.
  const replaced = [...gone, ...fresh.flatMap(({ id }) => (states.has(id) ? [id] : []))]
  for (let from = 0; from < replaced.length; from += AT_ONCE)
    await ctx.db.delete(languageDifference).where(inArray(languageDifference.id, replaced.slice(from, from + AT_ONCE)))
  for (let from = 0; from < fresh.length; from += AT_ONCE)
    await ctx.db.insert(languageDifference).values(fresh.slice(from, from + AT_ONCE))
  await emit(ctx, { type: 'language-differences.compared', subjectId: input.actId, payload: result })
  return result
}

async function findDifferences(ctx: Context, actId: string): Promise<Row[]> {
  const wordings: Wording[] = await ctx.db
    .select({
      id: provision.id,
      eid: provision.eid,
      parentEid: provision.parentEid,
      label: provision.label,
      ord: provision.ord,
      text: provision.text,
      status: provision.status,
      lang: provision.lang,
      contentHash: provision.contentHash,
      changedBy: provision.changedBy,
      validFrom: provision.validFrom,
      validTo: provision.validTo,
    })
    .from(provision)
    .where(eq(provision.actId, actId))
    .orderBy(asc(provision.ord))
  const texts = { ru: wordings.filter(({ lang }) => lang === 'ru'), kk: wordings.filter(({ lang }) => lang === 'kk') }
  if (texts.ru.length === 0 || texts.kk.length === 0) return []

  const unread = await unreadChanges(ctx, actId)
  const everHeld = { ru: new Set(texts.ru.map(({ eid }) => eid)), kk: new Set(texts.kk.map(({ eid }) => eid)) }
  /** The other language's text may say the same by now; nobody here has read it. */
  const isUnread = (row: Wording | undefined): boolean => {
    if (row === undefined || row.changedBy === null) return false
    return unread[row.lang === 'ru' ? 'kk' : 'ru'].has(keyOf(row.changedBy))
  }
  const found: Row[] = []
  const open = new Map<string, Row>()
  const days = [...new Set(wordings.flatMap((row) => [row.validFrom, ...(row.validTo === null ? [] : [row.validTo])]))]
  for (const [i, day] of days.sort().entries()) {
    const [ru, kk] = [onDay(texts.ru, day), onDay(texts.kk, day)]
    if (ru.length === 0 || kk.length === 0) continue
    const until = days[i + 1] ?? null
    const [russian, kazakh] = [ru, kk].map((rows) => new Map(rows.map((row) => [row.eid, row])))
    const told = new Map<string, number>()
    for (const difference of compare(ru, kk)) {
      const left = russian?.get(difference.ru.eid ?? '')
      const right = kazakh?.get(difference.kk.eid ?? '')
      if (isUnread(left) || isUnread(right)) continue
      // An element that the other language has at another time is not missing: that wording of it is not held.
      const lacking = left === undefined ? right : left
      if (difference.kind === 'missing' && lacking !== undefined)
        if (everHeld[lacking.lang === 'ru' ? 'kk' : 'ru'].has(lacking.eid)) continue
      const place = placeOf(left, right)
      told.set(place, (told.get(place) ?? 0) + 1)
      const ord = `${place}.${String(told.get(place)).padStart(3, '0')}`
      const row = rowOf(actId, difference, left, right, ord, day, until)
      const before = open.get(row.key)
      // On neighbouring days it is one row; behind a gap another one.
      if (before !== undefined && before.validTo === day) before.validTo = until
      else {
        found.push(row)
        open.set(row.key, row)
      }
    }
  }
  return found
}

const keyOf = ({ date, number }: { date: string; number: string }): string => `${date} ${number}`

/** Changes that a language's text has not seen: by acts later than any whose edition is held. */
async function unreadChanges(ctx: Context, actId: string): Promise<Record<Lang, Set<string>>> {
  const timelines = await actTimeline(ctx, actId)
  const of = (lang: Lang) => {
    const editions = timelines.find((one) => one.lang === lang)?.editions ?? []
    const newest = editions.reduce(
      (last, { editionId, by }) => (editionId !== null && by.date > last ? by.date : last),
      '',
    )
    return new Set(
      editions.filter(({ editionId, by }) => editionId === null && by.date > newest).map(({ by }) => keyOf(by)),
    )
  }
  const [ru, kk] = LANGS.map(of)
  return { ru: ru ?? new Set(), kk: kk ?? new Set() }
}

/** In the order of the Russian text, what only the Kazakh one has last; a difference told elsewhere moves none of the others. */
const placeOf = (left: Wording | undefined, right: Wording | undefined): string =>
  `${left === undefined ? '1' : '0'}${String((left ?? right)?.ord ?? 0).padStart(6, '0')}`

function rowOf(
  actId: string,
  difference: LanguageDifference,
  left: Wording | undefined,
  right: Wording | undefined,
  ord: string,
  validFrom: string,
  validTo: string | null,
): Row {
  const said = (side: LanguageDifference['ru']) => side.said.map(({ start, text }) => `${start} ${text}`).join('|')
  const key = derivedId(
    'lnd',
    actId,
    difference.kind,
    left?.eid ?? '',
    left?.contentHash ?? '',
    right?.eid ?? '',
    right?.contentHash ?? '',
    said(difference.ru),
    said(difference.kk),
  )
  return {
    id: derivedId('lnd', key, validFrom),
    key,
    actId,
    kind: difference.kind,
    isMaterial: difference.isMaterial,
    ruProvisionId: left?.id ?? null,
    kkProvisionId: right?.id ?? null,
    ru: difference.ru,
    kk: difference.kk,
    validFrom,
    validTo,
    ord,
    decision: 'open',
  }
}
