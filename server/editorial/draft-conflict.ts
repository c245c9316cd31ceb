import type { Context } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { namesOf } from './people.ts'
import { draftById, reviewsOf } from './queries.ts'
import { sayMoment } from './say-when.ts'

/**
 * What happened to a draft that could not be changed as asked: who was faster, when, and what to do. For the one who lost.
 * @param doing what was tried, for the beginning of the sentence: «Сохранить», «Одобрить»
 */
export async function draftConflict(ctx: Context, draftId: string, doing: string): Promise<DomainError> {
  const row = await draftById(ctx, draftId)
  const [review] = await reviewsOf(ctx, draftId)
  const nameOf = await namesOf(ctx, [row.updatedBy, review?.decidedBy ?? null, review?.submittedBy ?? null])
  const decided =
    review?.decidedAt == null || review.decidedBy === null
      ? ''
      : `${nameOf(review.decidedBy)}, ${sayMoment(review.decidedAt)}`
  const saved = `${nameOf(row.updatedBy)}, ${sayMoment(row.updatedAt)}`
  const happened = (): string => {
    switch (row.state) {
      case 'working':
        return review?.decision === 'changes-requested' && review.revision === row.revision
          ? `черновик возвращён на доработку (${decided})`
          : review?.decision === 'recalled' && review.revision === row.revision
            ? `черновик отозван с рецензии (${decided})`
            : `черновик уже сохранён как правка ${row.revision} (${saved}): объедините тексты`
      case 'in-review':
        return `черновик на рецензии${review === undefined ? '' : ` (${nameOf(review.submittedBy)}, ${sayMoment(review.submittedAt)})`}`
      case 'approved':
        return `черновик уже одобрен (${decided})`
      case 'published':
        return `черновик уже опубликован (${saved})`
      case 'discarded':
        return `черновик удалён (${saved})`
    }
  }
  return new DomainError('conflict', `${doing} не получилось: ${happened()}.`, {
    details: { state: row.state, revision: row.revision },
  })
}
