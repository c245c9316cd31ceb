import { and, eq } from 'drizzle-orm'
import { publishVersion } from '#server/articles/publish-version.ts'
import type { Context } from '#server/context.ts'
import { article } from '#server/db/schema/articles.ts'
import { draft } from '#server/db/schema/editorial.ts'
import { conflict } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { checkBase } from './check-base.ts'
import { checkServiceOpen } from './check-service-open.ts'
import { closeTasks } from './close-tasks.ts'
import { notDone } from './doing.ts'
import { draftConflict } from './draft-conflict.ts'
import { reviewOf, versionById } from './queries.ts'
import { setReviewDate } from './set-review-date.ts'
import { staleKey } from './task-keys.ts'

export interface PublishDraftInput {
  draftId: string
  versionId: string
}

/**
 * Publishes an approved text: from today, or, where it is to begin later, scheduled for that day, on which it becomes
 * visible by itself, since what is shown is decided by the day that is asked for. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is not approved any more, a newer version was published meanwhile, or
 * it tells of a service that is not open by then
 */
export async function publishDraft(ctx: Context, input: PublishDraftInput): Promise<void> {
  const review = await reviewOf(ctx, input.versionId)
  const [row] = await ctx.db
    .update(draft)
    .set({ state: 'published', updatedAt: ctx.now(), updatedBy: ctx.actor.id })
    .where(and(eq(draft.id, input.draftId), eq(draft.versionId, input.versionId), eq(draft.state, 'approved')))
    .returning()
  if (row === undefined || row.articleId === null) throw await draftConflict(ctx, input.draftId, 'publish')
  // Publications of one article go one after another: the base is compared with what is really the newest.
  await ctx.db.select({ id: article.id }).from(article).where(eq(article.id, row.articleId)).for('update')
  await checkBase(ctx, row, 'publish')
  await publishVersion(ctx, { versionId: input.versionId, from: 'approved', validTo: review.validTo })
  const version = await versionById(ctx, input.versionId)
  if (version === null) throw new Error('the published version is gone')
  if (review.validTo !== null && review.validTo <= version.validFrom)
    throw conflict(
      notDone('publish', {
        ru: 'последний день действия уже прошёл. Верните черновик на доработку и поправьте даты.',
        kk: 'қолданылуының соңғы күні өтіп кеткен. Жобаны толықтыруға қайтарып, күндерін түзетіңіз.',
        en: 'its last day has passed. Return the draft for changes and correct the days.',
      }),
    )
  if (review.serviceId !== null)
    await checkServiceOpen(ctx, { serviceId: review.serviceId, validFrom: version.validFrom })
  if (review.reviewBy !== null)
    await setReviewDate(ctx, { articleId: row.articleId, lang: row.lang, reviewBy: review.reviewBy })
  await emit(ctx, {
    type: 'draft.published',
    subjectId: row.id,
    payload: { versionId: version.id, validFrom: version.validFrom },
  })
  await closeTasks(ctx, [staleKey(row.articleId, row.lang)])
}
