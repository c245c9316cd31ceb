import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { article, articleVersion, passage } from '#server/db/schema/articles.ts'
import { notFound } from '#server/errors.ts'
import { queryRows } from '#server/db/database.ts'
import { namesOf } from '#server/events/names-of.ts'
import { inForceOn, readableBy, readerOf, shownTo } from './visible-passages.ts'

export type VersionRow = typeof articleVersion.$inferSelect

/** States of what was published once: readers may know of it. A state that is not named here is not for them. */
const PUBLIC = ['published', 'withdrawn'] as const

const OWN_NAME = sql`article_version`

/** The same as `inForceOn`, over the table by its own name. */
export const inForce = (asOf: string): SQL => inForceOn(asOf, OWN_NAME)

/** The same as `shownTo`, over the table by its own name. */
export const shown = (ctx: Context, asOf: string): SQL => shownTo(readerOf(ctx), asOf, OWN_NAME)

/** What was published once and has begun is for everybody, drafts and what is still to come for those who write. */
const known = (ctx: Context) => {
  const reader = readerOf(ctx)
  return reader.isEditor === true
    ? undefined
    : and(inArray(articleVersion.state, [...PUBLIC]), readableBy(reader, today(ctx), OWN_NAME))
}

/** The version of an article that the caller may read as of a day, with the article itself. @throws DomainError `not-found` */
export async function articleAsOf(ctx: Context, input: { articleId: string; asOf: string; lang?: Lang | undefined }) {
  const rows = await ctx.db
    .select({ article, version: articleVersion })
    .from(articleVersion)
    .innerJoin(article, eq(article.id, articleVersion.articleId))
    .where(and(eq(article.id, input.articleId), shown(ctx, input.asOf)))
    .orderBy(desc(articleVersion.number))
  const chosen = rows.find((row) => input.lang === undefined || row.version.lang === input.lang)
  if (chosen === undefined) throw notFound('article in force', input.articleId)
  return { ...chosen, languages: [...new Set(rows.map((row) => row.version.lang))] }
}

/** Published articles in force on a day that the caller may read, by act and place in it. */
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
        where ${shownTo(readerOf(ctx), input.asOf)}
          ${input.lang === undefined ? sql`` : sql`and v.lang = ${input.lang}`}
          ${input.after === undefined ? sql`` : sql`and (a.ord, a.id || v.lang) > (${input.after.ord}, ${input.after.id})`}
        order by a.ord, a.id || v.lang
        limit ${input.limit}`,
  )

/** All versions of an article that the caller may know of: editors see drafts too. */
export async function listVersions(ctx: Context, articleId: string): Promise<VersionRow[]> {
  const rows = await ctx.db
    .select()
    .from(articleVersion)
    .where(and(eq(articleVersion.articleId, articleId), known(ctx)))
    .orderBy(articleVersion.lang, desc(articleVersion.number))
  if (rows.length === 0) throw notFound('article', articleId)
  return rows
}

/** One version of this article that the caller may know of. @throws DomainError `not-found` */
export async function versionOf(ctx: Context, articleId: string, versionId: string): Promise<VersionRow> {
  const [row] = await ctx.db
    .select()
    .from(articleVersion)
    .where(and(eq(articleVersion.articleId, articleId), eq(articleVersion.id, versionId), known(ctx)))
  if (row === undefined) throw notFound('article version', versionId)
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
