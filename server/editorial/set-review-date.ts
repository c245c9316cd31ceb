import type { Context, Lang } from '#server/context.ts'
import { articleReviewDate } from '#server/db/schema/editorial.ts'
import { emit } from '#server/events/event.ts'

export interface SetReviewDateInput {
  articleId: string
  lang: Lang
  reviewBy: string
}

/** Says when somebody must look at an article again. Must run in a transaction of the caller's. */
export async function setReviewDate(ctx: Context, input: SetReviewDateInput): Promise<void> {
  const set = { reviewBy: input.reviewBy, setAt: ctx.now(), setBy: ctx.actor.id }
  await ctx.db
    .insert(articleReviewDate)
    .values({ articleId: input.articleId, lang: input.lang, ...set })
    .onConflictDoUpdate({ target: [articleReviewDate.articleId, articleReviewDate.lang], set })
  await emit(ctx, {
    type: 'article.review-date-set',
    subjectId: input.articleId,
    payload: { lang: input.lang, reviewBy: input.reviewBy },
  })
}
