import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

export interface WithdrawVersionInput {
  versionId: string
  reason: string
}

/**
 * Takes a published version out of sight at once, for every day. It stays in the history with the reason.
 * Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is not published
 */
export async function withdrawVersion(ctx: Context, input: WithdrawVersionInput): Promise<void> {
  const [version] = await ctx.db
    .update(articleVersion)
    .set({ state: 'withdrawn', withdrawnAt: ctx.now(), withdrawnBy: ctx.actor.id, withdrawnReason: input.reason })
    .where(and(eq(articleVersion.id, input.versionId), eq(articleVersion.state, 'published')))
    .returning()
  if (version === undefined) {
    const [known] = await ctx.db
      .select({ state: articleVersion.state })
      .from(articleVersion)
      .where(eq(articleVersion.id, input.versionId))
    if (known === undefined) throw notFound('article version', input.versionId)
    throw new DomainError('conflict', `The version is ${known.state}, only a published one can be withdrawn.`)
  }
  await emit(ctx, {
    type: 'version.withdrawn',
    subjectId: version.id,
    payload: { articleId: version.articleId, number: version.number, reason: input.reason },
  })
}
