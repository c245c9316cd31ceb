import { and, eq, gt, isNull, lte, min, ne, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

/** Was, or will be, in force for at least a day. */
const everLasting = or(isNull(articleVersion.validTo), gt(articleVersion.validTo, articleVersion.validFrom))

export interface PublishVersionInput {
  versionId: string
}

/**
 * Publishes a draft. Operators see it from its `validFrom` on, until the next version that is published for a later day;
 * what was published for these days before ends there.
 * Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is not a draft any more
 */
export async function publishVersion(ctx: Context, input: PublishVersionInput): Promise<void> {
  const [draft] = await ctx.db
    .select({ articleId: articleVersion.articleId, state: articleVersion.state })
    .from(articleVersion)
    .where(eq(articleVersion.id, input.versionId))
  if (draft === undefined) throw notFound('article version', input.versionId)
  // Two publications of one article wait for each other, or both would stay open.
  await ctx.db.select({ id: article.id }).from(article).where(eq(article.id, draft.articleId)).for('update')
  const [version] = await ctx.db
    .update(articleVersion)
    .set({ state: 'published', publishedAt: ctx.now(), publishedBy: ctx.actor.id })
    .where(and(eq(articleVersion.id, input.versionId), eq(articleVersion.state, 'draft')))
    .returning()
  if (version === undefined)
    throw new DomainError('conflict', `The version is ${draft.state}, only a draft can be published.`)

  const others = and(
    eq(articleVersion.articleId, version.articleId),
    eq(articleVersion.lang, version.lang),
    eq(articleVersion.state, 'published'),
    ne(articleVersion.id, version.id),
  )
  const [later] = await ctx.db
    .select({ day: min(articleVersion.validFrom) })
    .from(articleVersion)
    .where(and(others, everLasting, gt(articleVersion.validFrom, version.validFrom)))
  if (later?.day != null)
    await ctx.db.update(articleVersion).set({ validTo: later.day }).where(eq(articleVersion.id, version.id))
  await ctx.db
    .update(articleVersion)
    .set({ validTo: version.validFrom })
    .where(
      and(
        others,
        lte(articleVersion.validFrom, version.validFrom),
        or(isNull(articleVersion.validTo), gt(articleVersion.validTo, version.validFrom)),
      ),
    )
  await emit(ctx, {
    type: 'version.published',
    subjectId: version.id,
    payload: { articleId: version.articleId, number: version.number, validFrom: version.validFrom },
  })
}
