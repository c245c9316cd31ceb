import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { queryRows } from '#server/db/database.ts'
import type { Context, Lang } from '#server/context.ts'
import { act, amendment, edition, provision } from '#server/db/schema/acts.ts'
import { notFound } from '#server/errors.ts'

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

/** Wordings of all provisions on two days, for their difference. */
export async function provisionsOnTwoDays(
  ctx: Context,
  input: { actId: string; lang: Lang; from: string; to: string },
) {
  const [before, after] = [
    await provisionsAsOf(ctx, { ...input, asOf: input.from }),
    await provisionsAsOf(ctx, { ...input, asOf: input.to }),
  ]
  return { before: before.rows, after: after.rows }
}
