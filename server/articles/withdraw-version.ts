import { and, eq, gt, isNull, min, ne, or, sql } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { editorialReview } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

export interface WithdrawVersionInput {
  versionId: string
  reason: string
}

/**
 * Takes a published version out of sight at once, for every day. It stays in the history with the reason. Where its days
 * were still to come, the version that was to end on its first day goes on in its place.
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
    throw conflict(
      known.state === 'withdrawn'
        ? {
            ru: 'Отозвать не получилось: версия уже отозвана.',
            kk: 'Қайтарып алу мүмкін болмады: нұсқа қайтарып алынған.',
            en: 'Could not withdraw: the version is withdrawn already.',
          }
        : {
            ru: 'Отозвать не получилось: версия не опубликована.',
            kk: 'Қайтарып алу мүмкін болмады: нұсқа жарияланбаған.',
            en: 'Could not withdraw: the version is not published.',
          },
      { state: known.state },
    )
  }
  await emit(ctx, {
    type: 'version.withdrawn',
    subjectId: version.id,
    payload: { articleId: version.articleId, number: version.number, reason: input.reason },
  })
  if (version.validFrom > today(ctx)) await goOn(ctx, version)
}

/** The version that a scheduled one would have ended goes on, until it would have ended anyway. */
async function goOn(ctx: Context, scheduled: typeof articleVersion.$inferSelect): Promise<void> {
  const [before] = await ctx.db
    .select({ version: articleVersion, ownEnd: editorialReview.validTo })
    .from(articleVersion)
    .leftJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
    .where(
      and(
        eq(articleVersion.articleId, scheduled.articleId),
        eq(articleVersion.lang, scheduled.lang),
        eq(articleVersion.state, 'published'),
        eq(articleVersion.validTo, scheduled.validFrom),
        ne(articleVersion.validFrom, scheduled.validFrom),
      ),
    )
    .orderBy(sql`${articleVersion.number} desc`)
    .limit(1)
  if (before === undefined || before.ownEnd === scheduled.validFrom) return
  // Not the end of the scheduled one: that was its own, and went with it.
  const [after] = await ctx.db
    .select({ day: min(articleVersion.validFrom) })
    .from(articleVersion)
    .where(
      and(
        eq(articleVersion.articleId, scheduled.articleId),
        eq(articleVersion.lang, scheduled.lang),
        eq(articleVersion.state, 'published'),
        gt(articleVersion.validFrom, scheduled.validFrom),
        or(isNull(articleVersion.validTo), gt(articleVersion.validTo, articleVersion.validFrom)),
      ),
    )
  const ends = [before.ownEnd, after?.day ?? null].filter((day) => day !== null).sort()
  const validTo = ends[0] ?? null
  await ctx.db.update(articleVersion).set({ validTo }).where(eq(articleVersion.id, before.version.id))
  await emit(ctx, {
    type: 'version.extended',
    subjectId: before.version.id,
    payload: { articleId: scheduled.articleId, number: before.version.number, validTo },
  })
}
