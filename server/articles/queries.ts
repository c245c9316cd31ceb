import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { article, articleVersion, passage } from '#server/db/schema/articles.ts'
import { notFound } from '#server/errors.ts'
import { queryRows } from '#server/db/database.ts'
import { namesOf } from './names-of.ts'
import { inForceOn } from './visible-passages.ts'

export type VersionRow = typeof articleVersion.$inferSelect

/** States of what was published once: readers may know of it. A state that is not named here is not for them. */
const PUBLIC = ['published', 'withdrawn'] as const

/** The same as `inForceOn`, over the table by its own name. */
export const inForce = (asOf: string) =>
  and(
    eq(articleVersion.state, 'published'),
    lte(articleVersion.validFrom, asOf),
    or(isNull(articleVersion.validTo), gt(articleVersion.validTo, asOf)),
  )

/** The version of an article that is in force on a day, with the article itself. @throws DomainError `not-found` */
export async function articleAsOf(ctx: Context, input: { articleId: string; asOf: string; lang?: Lang | undefined }) {
  const rows = await ctx.db
    .select({ article, version: articleVersion })
    .from(articleVersion)
    .innerJoin(article, eq(article.id, articleVersion.articleId))
    .where(and(eq(article.id, input.articleId), inForce(input.asOf)))
    .orderBy(desc(articleVersion.number))
  const chosen = rows.find((row) => input.lang === undefined || row.version.lang === input.lang)
  if (chosen === undefined) throw notFound('article in force', input.articleId)
  return { ...chosen, languages: [...new Set(rows.map((row) => row.version.lang))] }
}

/** Published articles in force on a day, by act and place in it. */
export const listArticles = (
  ctx: Context,
  input: { asOf: string; lang?: Lang | undefined; limit: number; after?: { ord: number; id: string } | undefined },
) =>
  queryRows<{
    id: string
    slug: string
    act_id: string | null
    ord: number
    title: string
    lang: Lang
    valid_from: string
    labels: string[]
  }>(
    ctx.db,
    sql`select a.id, a.slug, a.act_id, a.ord, v.title, v.lang, v.valid_from::text, array(select p.label from passage p where p.version_id = v.id order by p.ord) as labels
        from article a join article_version v on v.article_id = a.id
        where ${inForceOn(input.asOf)}
          ${input.lang === undefined ? sql`` : sql`and v.lang = ${input.lang}`}
          ${input.after === undefined ? sql`` : sql`and (a.ord, a.id || v.lang) > (${input.after.ord}, ${input.after.id})`}
        order by a.ord, a.id || v.lang
        limit ${input.limit}`,
  )

/** All versions of an article that the caller may know of: editors see drafts too. */
export async function listVersions(
  ctx: Context,
  articleId: string,
  options: { drafts: boolean },
): Promise<VersionRow[]> {
  const rows = await ctx.db
    .select()
    .from(articleVersion)
    .where(
      and(
        eq(articleVersion.articleId, articleId),
        options.drafts ? undefined : inArray(articleVersion.state, [...PUBLIC]),
      ),
    )
    .orderBy(articleVersion.lang, desc(articleVersion.number))
  if (rows.length === 0) throw notFound('article', articleId)
  return rows
}

/** One version of this article. @throws DomainError `not-found` */
export async function versionOf(
  ctx: Context,
  articleId: string,
  versionId: string,
  options: { drafts: boolean },
): Promise<VersionRow> {
  const [row] = await ctx.db
    .select()
    .from(articleVersion)
    .where(and(eq(articleVersion.articleId, articleId), eq(articleVersion.id, versionId)))
  if (row === undefined || (!options.drafts && !PUBLIC.some((state) => state === row.state)))
    throw notFound('article version', versionId)
  return row
}

export const passagesOfVersion = (ctx: Context, versionId: string) =>
  ctx.db.select().from(passage).where(eq(passage.versionId, versionId)).orderBy(asc(passage.ord))

/** Names of those who made and published these versions; an actor that is gone keeps its id. */
export const authorNames = (ctx: Context, versions: readonly VersionRow[]): Promise<(actorId: string) => string> =>
  namesOf(
    ctx,
    versions.flatMap((row) => [row.createdBy, row.publishedBy]),
  )
