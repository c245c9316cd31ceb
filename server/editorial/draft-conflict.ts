import { namesOf } from '#server/events/names-of.ts'
import type { Context } from '#server/context.ts'
import { conflict, type DomainError, type Said } from '#server/errors.ts'
import { notDone, type Doing } from './doing.ts'
import { draftById, reviewsOf } from './queries.ts'
import { sayMoment } from './say-when.ts'

/**
 * What happened to a draft that could not be changed as asked: who was faster, when, and what to do. For the one who lost.
 * @param doing what was tried, for the beginning of the sentence
 */
export async function draftConflict(ctx: Context, draftId: string, doing: Doing): Promise<DomainError> {
  const row = await draftById(ctx, draftId)
  const [review] = await reviewsOf(ctx, draftId)
  const nameOf = await namesOf(ctx, [row.updatedBy, review?.decidedBy ?? null, review?.submittedBy ?? null])
  const decided =
    review?.decidedAt == null || review.decidedBy === null
      ? ''
      : `${nameOf(review.decidedBy)}, ${sayMoment(review.decidedAt)}`
  const saved = `${nameOf(row.updatedBy)}, ${sayMoment(row.updatedAt)}`
  const reviewer = review === undefined ? '' : ` (${nameOf(review.submittedBy)}, ${sayMoment(review.submittedAt)})`
  const happened = (): Said => {
    switch (row.state) {
      case 'working':
        return review?.decision === 'changes-requested' && review.revision === row.revision
          ? {
              ru: `черновик возвращён на доработку (${decided}).`,
              kk: `жоба толықтыруға қайтарылды (${decided}).`,
              en: `the draft was returned for changes (${decided}).`,
            }
          : review?.decision === 'recalled' && review.revision === row.revision
            ? {
                ru: `черновик отозван с рецензии (${decided}).`,
                kk: `жоба рецензиядан қайтарып алынды (${decided}).`,
                en: `the draft was recalled from review (${decided}).`,
              }
            : {
                ru: `черновик уже сохранён как правка ${row.revision} (${saved}): объедините тексты.`,
                kk: `жоба ${row.revision}-түзету ретінде сақталып қойған (${saved}): мәтіндерді біріктіріңіз.`,
                en: `the draft is saved as revision ${row.revision} by now (${saved}): merge the texts.`,
              }
      case 'in-review':
        return {
          ru: `черновик на рецензии${reviewer}.`,
          kk: `жоба рецензияда${reviewer}.`,
          en: `the draft is under review${reviewer}.`,
        }
      case 'approved':
        return {
          ru: `черновик уже одобрен (${decided}).`,
          kk: `жоба мақұлданып қойған (${decided}).`,
          en: `the draft is approved by now (${decided}).`,
        }
      case 'published':
        return {
          ru: `черновик уже опубликован (${saved}).`,
          kk: `жоба жарияланып қойған (${saved}).`,
          en: `the draft is published by now (${saved}).`,
        }
      case 'discarded':
        return {
          ru: `черновик удалён (${saved}).`,
          kk: `жоба жойылған (${saved}).`,
          en: `the draft was discarded (${saved}).`,
        }
    }
  }
  return conflict(notDone(doing, happened()), { state: row.state, revision: row.revision })
}
