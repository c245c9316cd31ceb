import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { deriveWordings } from '#ingest/acts/derive-wordings.ts'
import { queryRows } from '#server/db/database.ts'
import type { Context, Lang } from '#server/context.ts'
import { act, amendment, edition, provision } from '#server/db/schema/acts.ts'
import { languageDifference } from '#server/db/schema/language-differences.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { parseEdition } from './parse-edition.ts'
import { provisionRow } from './provision-row.ts'

export type EditionRow = typeof edition.$inferSelect
export type ProvisionRow = typeof provision.$inferSelect

/** All acts with their newest edition in each language. */
export async function listActs(ctx: Context, input: { limit: number; afterId: string | null }) {
  const ids = await ctx.db
    .select({ id: act.id })
    .from(act)
    .where(input.afterId === null ? undefined : gt(act.id, input.afterId))
    .orderBy(asc(act.id))
    .limit(input.limit)
  return Promise.all(ids.map(async ({ id }) => ({ id, editions: await newestEditions(ctx, id) })))
}

const newestEditions = async (ctx: Context, actId: string): Promise<EditionRow[]> => {
  const rows = await ctx.db
    .select()
    .from(edition)
    .where(eq(edition.actId, actId))
    .orderBy(desc(edition.date), desc(edition.importedAt))
  return rows.filter((row, i) => rows.findIndex((other) => other.lang === row.lang) === i)
}

/** One act. @throws DomainError `not-found` */
export async function actById(ctx: Context, id: string) {
  const editions = await newestEditions(ctx, id)
  if (editions.length === 0) throw notFound('act', id)
  return { id, editions }
}

export async function listEditions(ctx: Context, actId: string) {
  await actById(ctx, actId)
  const editions = await ctx.db
    .select()
    .from(edition)
    .where(eq(edition.actId, actId))
    .orderBy(desc(edition.date), desc(edition.importedAt))
  const notes = await ctx.db.select().from(amendment).where(eq(amendment.actId, actId)).orderBy(asc(amendment.ord))
  return editions.map((row) => ({ row, amendments: notes.filter((note) => note.editionId === row.id) }))
}

/** Wordings in force on a day, in the order of the act. */
export async function provisionsAsOf(ctx: Context, input: { actId: string; lang: Lang; asOf: string }) {
  await actById(ctx, input.actId)
  const rows = await ctx.db
    .select()
    .from(provision)
    .where(
      and(
        eq(provision.actId, input.actId),
        eq(provision.lang, input.lang),
        lte(provision.validFrom, input.asOf),
        or(isNull(provision.validTo), gt(provision.validTo, input.asOf)),
      ),
    )
    .orderBy(asc(provision.ord))
  const quoting = await queryRows<{ provision_id: string; article_id: string }>(
    ctx.db,
    sql`select distinct s.provision_id, v.article_id from article_source s join article_version v on v.id = s.version_id join provision r on r.id = s.provision_id
        where r.act_id = ${input.actId} and v.state = 'published' and v.valid_from <= ${input.asOf} and (v.valid_to is null or v.valid_to > ${input.asOf})`,
  )
  return { rows, quoting }
}

/** Where the two languages of an act differ on a day, in the order of the act. @throws DomainError `not-found` */
export async function languageDifferencesOf(ctx: Context, input: { actId: string; asOf: string }) {
  await actById(ctx, input.actId)
  return ctx.db
    .select()
    .from(languageDifference)
    .where(
      and(
        eq(languageDifference.actId, input.actId),
        lte(languageDifference.validFrom, input.asOf),
        or(isNull(languageDifference.validTo), gt(languageDifference.validTo, input.asOf)),
      ),
    )
    .orderBy(asc(languageDifference.ord))
}

/** The provisions of one held edition, as its own text says, whenever they were in force. @throws DomainError `not-found` */
export async function provisionsOfEdition(
  ctx: Context,
  input: { actId: string; editionId: string },
): Promise<ProvisionRow[]> {
  const [row] = await ctx.db
    .select()
    .from(edition)
    .where(and(eq(edition.actId, input.actId), eq(edition.id, input.editionId)))
  if (row === undefined) throw notFound('edition', input.editionId)
  return deriveWordings([{ id: row.id, parsed: parseEdition(row), importedAt: row.importedAt.toISOString() }]).map(
    (wording) => provisionRow(input.actId, row.lang, wording),
  )
}

const IN_LANGUAGE: Record<Lang, string> = { ru: 'на русском языке', kk: 'на казахском языке' }

/** The language that held editions and the reader's wish agree on. */
async function languageOfStates(
  ctx: Context,
  input: { actId: string; lang?: Lang | undefined; from: string; to: string },
): Promise<Lang> {
  const ends = (['from', 'to'] as const).filter((end) => input[end].startsWith('edn_'))
  const rows = await ctx.db
    .select({ id: edition.id, lang: edition.lang })
    .from(edition)
    .where(
      and(
        eq(edition.actId, input.actId),
        inArray(
          edition.id,
          ends.map((end) => input[end]),
        ),
      ),
    )
  const said = ends.flatMap((end) => {
    const held = rows.find(({ id }) => id === input[end])
    return held === undefined ? [] : [{ end, ...held }]
  })
  const lang = input.lang ?? said[0]?.lang ?? 'ru'
  const other = said.filter((one) => one.lang !== lang)
  if (other.length > 0) {
    const wanted = input.lang === undefined ? `редакция ${said[0]?.id ?? ''}` : `сравнение (lang=${lang})`
    throw new DomainError('validation-failed', 'Сравнить можно только тексты на одном языке.', {
      faults: other.map((one) => ({
        path: one.end,
        message: `редакция ${one.id} – ${IN_LANGUAGE[one.lang]}, а ${wanted} – ${IN_LANGUAGE[lang]}. Выберите редакции на одном языке.`,
      })),
    })
  }
  return lang
}

/**
 * Two states of an act, for their difference: a day (what was in force on it) or a held edition (its text) each.
 * @param input.lang the language; that of the editions named, or else Russian, unless given
 * @throws DomainError `not-found`; `validation-failed` when an edition is in another language than `lang` or the other edition
 */
export async function twoStates(
  ctx: Context,
  input: { actId: string; lang?: Lang | undefined; from: string; to: string },
) {
  const lang = await languageOfStates(ctx, input)
  const state = async (at: string): Promise<ProvisionRow[]> =>
    at.startsWith('edn_')
      ? provisionsOfEdition(ctx, { actId: input.actId, editionId: at })
      : (await provisionsAsOf(ctx, { actId: input.actId, lang, asOf: at })).rows
  return { before: await state(input.from), after: await state(input.to) }
}
