import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { shown } from '#server/articles/queries.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { articleReviewDate, draft, editorialReview } from '#server/db/schema/editorial.ts'
import { fileName, renderArticleFile } from './article-file.ts'
import { statedEnd, type DraftRow } from './queries.ts'

export interface ExportedFile {
  /** Below the directory of the export. */
  path: string
  text: string
}

/** Where an article or a draft stands among the files of an export. */
export interface ExportPlace {
  lang: string
  slug: string
  /** Of the draft; of an article there is one text in a language. */
  id: string
}

/** A part of an export: at most so many files, after a place. Without it all. */
export interface ExportPart {
  limit: number
  after: ExportPlace | null
}

/**
 * Published articles in force today that the caller may read, as files, in the order of their names. Only what the database holds goes in, no moment
 * of the export: the same state gives the same bytes.
 * @param input.part at most so many of them, after a place
 */
export async function exportArticles(
  ctx: Context,
  input: { articleId?: string; lang?: Lang | undefined; part?: ExportPart },
): Promise<(ExportedFile & { place: ExportPlace })[]> {
  const { part } = input
  const day = today(ctx)
  const found = ctx.db
    .select({
      version: articleVersion,
      article,
      review: editorialReview,
      reviewBy: articleReviewDate.reviewBy,
      validTo: statedEnd(articleVersion.id),
    })
    .from(articleVersion)
    .innerJoin(article, eq(article.id, articleVersion.articleId))
    .leftJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
    .leftJoin(
      articleReviewDate,
      and(eq(articleReviewDate.articleId, articleVersion.articleId), eq(articleReviewDate.lang, articleVersion.lang)),
    )
    .where(
      and(
        shown(ctx, day),
        input.articleId === undefined ? undefined : eq(article.id, input.articleId),
        input.lang === undefined ? undefined : eq(articleVersion.lang, input.lang),
        part === undefined || part.after === null
          ? undefined
          : sql`(${articleVersion.lang}, ${article.slug}) > (${part.after.lang}, ${part.after.slug})`,
      ),
    )
    .orderBy(asc(articleVersion.lang), asc(article.slug))
    .$dynamic()
  const rows = await (part === undefined ? found : found.limit(part.limit))
  return rows.map(({ version, article: of, review, reviewBy, validTo }) => ({
    place: { lang: version.lang, slug: of.slug, id: '' },
    path: fileName(version.lang, of.slug),
    text: renderArticleFile(
      {
        id: of.id,
        slug: of.slug,
        title: version.title,
        lang: version.lang,
        act: of.actId,
        validFrom: null,
        validTo,
        reviewBy,
        agency: review?.agencyId ?? null,
        service: review?.serviceId ?? null,
        base: version.id,
        published: { version: version.number, from: version.validFrom, to: version.validTo },
      },
      version.body,
    ),
  }))
}

/** Drafts that are not published or put aside, as files: for editors alone. */
export async function exportDrafts(
  ctx: Context,
  input: { part?: ExportPart } = {},
): Promise<(ExportedFile & { place: ExportPlace })[]> {
  const { part } = input
  const found = ctx.db
    .select()
    .from(draft)
    .where(
      and(
        inArray(draft.state, ['working', 'in-review', 'approved']),
        part === undefined || part.after === null
          ? undefined
          : sql`(${draft.lang}, ${draft.slug}, ${draft.id}) > (${part.after.lang}, ${part.after.slug}, ${part.after.id})`,
      ),
    )
    .orderBy(asc(draft.lang), asc(draft.slug), asc(draft.id))
    .$dynamic()
  const rows = await (part === undefined ? found : found.limit(part.limit))
  return rows.map((row) => ({
    place: { lang: row.lang, slug: row.slug, id: row.id },
    path: fileName(row.lang, row.slug, row.id),
    text: draftFile(row),
  }))
}

/** One draft as a file. */
export const draftFile = (row: DraftRow): string =>
  renderArticleFile(
    {
      ...(row.articleId === null ? {} : { id: row.articleId }),
      slug: row.slug,
      title: row.title,
      lang: row.lang,
      act: row.actId,
      validFrom: row.validFrom,
      validTo: row.validTo,
      reviewBy: row.reviewBy,
      agency: row.agencyId,
      service: row.serviceId,
      base: row.baseVersionId,
      draft: row.id,
      revision: row.revision,
      state: row.state,
    },
    row.body,
  )
