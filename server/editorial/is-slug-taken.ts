import { and, eq, inArray, isNotNull, ne, or } from 'drizzle-orm'
import { articleIdOf } from '#server/articles/draft-version.ts'
import type { Context } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { draft } from '#server/db/schema/editorial.ts'

/**
 * Whether an address is an article's that readers have seen or that an act gives, or one that another open draft was
 * submitted with. What was only ever submitted and taken back holds no address.
 * @param draftId the draft that asks
 */
export async function isSlugTaken(ctx: Context, slug: string, draftId?: string): Promise<boolean> {
  const [published] = await ctx.db
    .select({ id: article.id })
    .from(article)
    .innerJoin(articleVersion, eq(articleVersion.articleId, article.id))
    .where(
      and(
        or(eq(article.slug, slug), eq(article.id, articleIdOf(slug))),
        or(isNotNull(articleVersion.publishedAt), eq(articleVersion.state, 'draft')),
      ),
    )
    .limit(1)
  if (published !== undefined) return true
  const [other] = await ctx.db
    .select({ id: draft.id })
    .from(draft)
    .where(
      and(
        eq(draft.articleId, articleIdOf(slug)),
        inArray(draft.state, ['working', 'in-review', 'approved']),
        draftId === undefined ? undefined : ne(draft.id, draftId),
      ),
    )
    .limit(1)
  return other !== undefined
}
