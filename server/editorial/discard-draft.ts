import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { draft } from '#server/db/schema/editorial.ts'
import { emit } from '#server/events/event.ts'
import { closeTasks } from './close-tasks.ts'
import { draftConflict } from './draft-conflict.ts'
import { draftById } from './queries.ts'
import { changesKey, reviewKey } from './task-keys.ts'

export interface DiscardDraftInput {
  draftId: string
  revision: number
  reason: string | null
}

/**
 * Puts a working draft aside for good; its texts stay in the history. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when somebody saved or submitted it meanwhile
 */
export async function discardDraft(ctx: Context, input: DiscardDraftInput): Promise<void> {
  await draftById(ctx, input.draftId)
  const [row] = await ctx.db
    .update(draft)
    .set({ state: 'discarded', updatedAt: ctx.now(), updatedBy: ctx.actor.id })
    .where(and(eq(draft.id, input.draftId), eq(draft.revision, input.revision), eq(draft.state, 'working')))
    .returning({ id: draft.id })
  if (row === undefined) throw await draftConflict(ctx, input.draftId, 'discard')
  await emit(ctx, { type: 'draft.discarded', subjectId: row.id, payload: { reason: input.reason } })
  await closeTasks(ctx, [changesKey(row.id), reviewKey(row.id)])
}
