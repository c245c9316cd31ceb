import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { editorialReview } from '#server/db/schema/editorial.ts'
import type { EarlierVersion } from './draft-version.ts'

/** An article with its versions in one language, newest first; of their texts only the hashes. */
export interface StoredArticle {
  ord: number
  versions: EarlierVersion[]
}

/** Articles of a statement: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 5_000

/** What is stored of many articles, in one reading: an act of thousands of points asks for hundreds of them. */
export async function storedVersions(
  ctx: Context,
  input: { slugs: readonly string[]; lang: Lang },
): Promise<Map<string, StoredArticle>> {
  const found = new Map<string, StoredArticle>()
  for (let from = 0; from < input.slugs.length; from += AT_ONCE) {
    const rows = await ctx.db
      .select({
        slug: article.slug,
        ord: article.ord,
        version: {
          id: articleVersion.id,
          number: articleVersion.number,
          contentHash: articleVersion.contentHash,
          state: articleVersion.state,
          validFrom: articleVersion.validFrom,
          validTo: articleVersion.validTo,
          publishedAt: articleVersion.publishedAt,
          byPeople: editorialReview.versionId,
        },
      })
      .from(article)
      .innerJoin(articleVersion, and(eq(articleVersion.articleId, article.id), eq(articleVersion.lang, input.lang)))
      .leftJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
      .where(inArray(article.slug, input.slugs.slice(from, from + AT_ONCE)))
      .orderBy(desc(articleVersion.number))
    for (const { slug, ord, version } of rows) {
      const held = found.get(slug)
      if (held === undefined) found.set(slug, { ord, versions: [version] })
      else held.versions.push(version)
    }
  }
  return found
}
