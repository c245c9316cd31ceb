import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import { createLanguageComparer, type LanguageDifference } from '#ingest/compare/compare-languages.ts'
import type { Context, Lang } from '#server/context.ts'
import { provision } from '#server/db/schema/acts.ts'
import { languageDifference } from '#server/db/schema/language-differences.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'

type Row = typeof languageDifference.$inferInsert
/** Rows of one statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 500

interface Wording {
  id: string
  eid: string
  parentEid: string | null
  label: string
  text: string
  status: 'in-force' | 'excluded'
  lang: Lang
  contentHash: string
  validFrom: string
  validTo: string | null
}

const onDay = (rows: readonly Wording[], day: string) =>
  rows.filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo > day))

/**
 * Compares the Russian and the Kazakh wordings of an act on every day on which either changes, and stores what they differ
 * in, with the days on which both are in force. Decisions of editors stay with the differences they were made on.
 * To be called in the transaction that changed the wordings.
 * @returns how many differences stand, and how many of them a caller would feel
 */
export async function updateLanguageDifferences(
  ctx: Context,
  input: { actId: string },
): Promise<{ total: number; material: number; added: number }> {
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
      validFrom: provision.validFrom,
      validTo: provision.validTo,
    })
    .from(provision)
    .where(eq(provision.actId, input.actId))
    .orderBy(asc(provision.ord))
  const ofLang = (lang: Lang) => wordings.filter((row) => row.lang === lang)
  const [russian, kazakh] = [ofLang('ru'), ofLang('kk')]
  const found = new Map<string, Row>()
  if (russian.length > 0 && kazakh.length > 0) {
    const days = [
      ...new Set(wordings.flatMap((row) => [row.validFrom, ...(row.validTo === null ? [] : [row.validTo])])),
    ]
    const compare = createLanguageComparer()
    for (const [i, day] of days.sort().entries()) {
      const [ru, kk] = [onDay(russian, day), onDay(kazakh, day)]
      if (ru.length === 0 || kk.length === 0) continue
      const until = days[i + 1] ?? null
      for (const [ord, difference] of compare(ru, kk).entries())
        addRow(found, rowOf(input.actId, difference, ru, kk, ord), day, until)
    }
  }

  const rows = [...found.values()]
  const held = await ctx.db
    .select({ id: languageDifference.id })
    .from(languageDifference)
    .where(eq(languageDifference.actId, input.actId))
  const known = new Set(held.map(({ id }) => id))
  const ids = rows.map(({ id }) => id)
  await ctx.db
    .delete(languageDifference)
    .where(
      and(
        eq(languageDifference.actId, input.actId),
        ids.length === 0 ? undefined : notInArray(languageDifference.id, ids),
      ),
    )
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await ctx.db
      .insert(languageDifference)
      .values(rows.slice(from, from + AT_ONCE))
      .onConflictDoUpdate({
        target: languageDifference.id,
        set: {
          ruProvisionId: sql`excluded.ru_provision_id`,
          kkProvisionId: sql`excluded.kk_provision_id`,
          validFrom: sql`excluded.valid_from`,
          validTo: sql`excluded.valid_to`,
          ord: sql`excluded.ord`,
        },
      })
  const added = ids.filter((id) => !known.has(id)).length
  const material = rows.filter((row) => row.isMaterial).length
  if (added > 0 || known.size > ids.length)
    await emit(ctx, {
      type: 'language-differences.compared',
      subjectId: input.actId,
      payload: { total: rows.length, material, added },
    })
  return { total: rows.length, material, added }
}

function rowOf(
  actId: string,
  difference: LanguageDifference,
  ru: readonly Wording[],
  kk: readonly Wording[],
  ord: number,
): Omit<Row, 'validFrom' | 'validTo'> {
  const of = (rows: readonly Wording[], eid: string | null) =>
    eid === null ? undefined : rows.find((row) => row.eid === eid)
  const [left, right] = [of(ru, difference.ru.eid), of(kk, difference.kk.eid)]
  const said = (side: LanguageDifference['ru']) => side.said.map(({ start, text }) => `${start} ${text}`).join('|')
  return {
    id: derivedId(
      'lnd',
      actId,
      difference.kind,
      left?.eid ?? '',
      left?.contentHash ?? '',
      right?.eid ?? '',
      right?.contentHash ?? '',
      said(difference.ru),
      said(difference.kk),
    ),
    actId,
    kind: difference.kind,
    isMaterial: difference.isMaterial,
    ruProvisionId: left?.id ?? null,
    kkProvisionId: right?.id ?? null,
    ru: difference.ru,
    kk: difference.kk,
    ord: String(ord).padStart(6, '0'),
    decision: 'open',
  }
}

/** The same difference on neighbouring days is one row over all of them. */
function addRow(found: Map<string, Row>, row: Omit<Row, 'validFrom' | 'validTo'>, day: string, until: string | null) {
  const before = found.get(row.id)
  if (before === undefined) found.set(row.id, { ...row, validFrom: day, validTo: until })
  else found.set(row.id, { ...before, ...row, validFrom: before.validFrom, validTo: until })
}
