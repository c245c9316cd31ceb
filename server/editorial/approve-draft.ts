import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { draft, editorialReview } from '#server/db/schema/editorial.ts'
import { DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { closeTasks } from './close-tasks.ts'
import { draftConflict } from './draft-conflict.ts'
import { isOneOf } from './people.ts'
import { reviewOf } from './queries.ts'
import { reviewKey } from './task-keys.ts'

export interface ApproveDraftInput {
  draftId: string
  /** The frozen text that was read: another one is not approved by mistake. */
  versionId: string
  note: string | null
}

/**
 * Approves a text under review, as its second person: nobody who wrote a character of it or submitted it. Must run in a
 * transaction of the caller's.
 * @throws DomainError `not-found`; `forbidden` to an author; `conflict` when it was decided or recalled meanwhile
 */
export async function approveDraft(ctx: Context, input: ApproveDraftInput): Promise<void> {
  const review = await reviewOf(ctx, input.versionId)
  if (review.draftId !== input.draftId) throw await draftConflict(ctx, input.draftId, 'approve')
  if (await isOneOf(ctx, ctx.actor, review.authors))
    throw new DomainError('forbidden', 'Одобрить должен другой человек: вы писали или отправляли этот текст.')
  // Every step of the flow takes the draft first: whoever gets it wins, and no two steps wait for each other.
  const [row] = await ctx.db
    .update(draft)
    .set({ state: 'approved' })
    .where(and(eq(draft.id, input.draftId), eq(draft.versionId, input.versionId), eq(draft.state, 'in-review')))
    .returning({ id: draft.id })
  if (row === undefined) throw await draftConflict(ctx, input.draftId, 'approve')
  await ctx.db.update(articleVersion).set({ state: 'approved' }).where(eq(articleVersion.id, input.versionId))
  await ctx.db
    .update(editorialReview)
    .set({ decision: 'approved', decidedAt: ctx.now(), decidedBy: ctx.actor.id, decisionNote: input.note })
    .where(and(eq(editorialReview.versionId, input.versionId), isNull(editorialReview.decision)))
  await emit(ctx, {
    type: 'draft.approved',
    subjectId: input.draftId,
    payload: { versionId: input.versionId, note: input.note },
  })
  await closeTasks(ctx, [reviewKey(input.draftId)])
}
