import { asc, eq } from 'drizzle-orm'
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

interface Wording {
  id: string
  eid: string
  parentEid: string | null
  label: string
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
  const states = new Set(held.map(stateOf))
  if (held.length === rows.length && rows.every((row) => states.has(stateOf(row)))) return result

  await ctx.db.delete(languageDifference).where(eq(languageDifference.actId, input.actId))
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await ctx.db.insert(languageDifference).values(rows.slice(from, from + AT_ONCE))
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
  const compare = createLanguageComparer()
  const days = [...new Set(wordings.flatMap((row) => [row.validFrom, ...(row.validTo === null ? [] : [row.validTo])]))]
  for (const [i, day] of days.sort().entries()) {
    const [ru, kk] = [onDay(texts.ru, day), onDay(texts.kk, day)]
    if (ru.length === 0 || kk.length === 0) continue
    const until = days[i + 1] ?? null
    for (const [ord, difference] of compare(ru, kk).entries()) {
      const left = ru.find(({ eid }) => eid === difference.ru.eid)
      const right = kk.find(({ eid }) => eid === difference.kk.eid)
      if (isUnread(left) || isUnread(right)) continue
      // An element that the other language has at another time is not missing: that wording of it is not held.
      const lacking = left === undefined ? right : left
      if (difference.kind === 'missing' && lacking !== undefined)
        if (everHeld[lacking.lang === 'ru' ? 'kk' : 'ru'].has(lacking.eid)) continue
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

function rowOf(
  actId: string,
  difference: LanguageDifference,
  left: Wording | undefined,
  right: Wording | undefined,
  ord: number,
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
    ord: String(ord).padStart(6, '0'),
    decision: 'open',
  }
}
