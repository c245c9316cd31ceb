import { and, eq, isNull, ne, or, gt } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

export interface PublishVersionInput {
  versionId: string
}

/**
 * Publishes a draft. Operators see it from its `validFrom` on; what was published for the same days before ends there.
 * Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is not a draft any more
 */
export async function publishVersion(ctx: Context, input: PublishVersionInput): Promise<void> {
  const [version] = await ctx.db
    .update(articleVersion)
    .set({ state: 'published', publishedAt: ctx.now(), publishedBy: ctx.actor.id })
    .where(and(eq(articleVersion.id, input.versionId), eq(articleVersion.state, 'draft')))
    .returning()
  if (version === undefined) {
    const [known] = await ctx.db
      .select({ state: articleVersion.state })
      .from(articleVersion)
      .where(eq(articleVersion.id, input.versionId))
    if (known === undefined) throw notFound('article version', input.versionId)
    throw new DomainError('conflict', `The version is ${known.state}, only a draft can be published.`)
  }
  await ctx.db
    .update(articleVersion)
    .set({ validTo: version.validFrom })
    .where(
      and(
        eq(articleVersion.articleId, version.articleId),
        eq(articleVersion.lang, version.lang),
        eq(articleVersion.state, 'published'),
        ne(articleVersion.id, version.id),
        or(isNull(articleVersion.validTo), gt(articleVersion.validTo, version.validFrom)),
      ),
    )
  await emit(ctx, {
    type: 'version.published',
    subjectId: version.id,
    payload: { articleId: version.articleId, number: version.number, validFrom: version.validFrom },
  })
}
