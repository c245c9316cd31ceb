import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { draft, editorialReview } from '#server/db/schema/editorial.ts'
import { DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { closeTasks } from './close-tasks.ts'
import { draftConflict } from './draft-conflict.ts'
import { openTask } from './open-task.ts'
import { isOneOf } from './people.ts'
import { reviewOf, type DraftRow, type ReviewRow } from './queries.ts'
import { changesKey, reviewKey } from './task-keys.ts'

export type ReturnDraftInput = { draftId: string; versionId: string } & (
  | { why: 'changes-requested'; note: string }
  /** Its own authors take it back. */
  | { why: 'recalled' }
)

/**
 * Reopens a draft that is under review or approved: with changes requested by the reviewer, or recalled by those who wrote
 * it. The frozen text stays in the history as `returned`. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `forbidden` to recall another's; `conflict` when it was published or returned meanwhile
 */
export async function returnDraft(ctx: Context, input: ReturnDraftInput): Promise<void> {
  const doing = input.why === 'recalled' ? 'recall' : 'return'
  const review = await reviewOf(ctx, input.versionId)
  if (review.draftId !== input.draftId) throw await draftConflict(ctx, input.draftId, doing)
  if (input.why === 'recalled' && ctx.actor.role !== 'admin' && !(await isOneOf(ctx, ctx.actor, review.authors)))
    throw new DomainError('forbidden', 'Отозвать с рецензии может тот, кто писал текст. Попросите доработки.')
  const [row] = await ctx.db
    .update(draft)
    .set({ state: 'working' })
    .where(
      and(
        eq(draft.id, input.draftId),
        eq(draft.versionId, input.versionId),
        inArray(draft.state, ['in-review', 'approved']),
      ),
    )
    .returning()
  if (row === undefined) throw await draftConflict(ctx, input.draftId, doing)
  const note = input.why === 'recalled' ? null : input.note
  await ctx.db.update(articleVersion).set({ state: 'returned' }).where(eq(articleVersion.id, input.versionId))
  await ctx.db
    .update(editorialReview)
    .set({ decision: input.why, decidedAt: ctx.now(), decidedBy: ctx.actor.id, decisionNote: note })
    .where(eq(editorialReview.versionId, input.versionId))
  const subject = { subjectId: input.draftId } as const
  await emit(
    ctx,
    input.why === 'recalled'
      ? { type: 'draft.recalled', ...subject, payload: { versionId: input.versionId } }
      : { type: 'draft.changes-requested', ...subject, payload: { versionId: input.versionId, note: input.note } },
  )
  await closeTasks(ctx, [reviewKey(input.draftId)])
  if (input.why === 'changes-requested') await askForChanges(ctx, row, review, input.note)
}

async function askForChanges(ctx: Context, row: DraftRow, review: ReviewRow, note: string): Promise<void> {
  await openTask(ctx, {
    kind: 'changes-requested',
    key: changesKey(row.id),
    title: row.title,
    lang: row.lang,
    articleId: row.articleId,
    draftId: row.id,
    versionId: review.versionId,
    assigneeId: review.submittedBy,
    detail: { note },
  })
}
