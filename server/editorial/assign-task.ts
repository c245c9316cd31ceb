import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { checkAssignee } from './check-assignee.ts'
import { TASK_DONE } from './finish-task.ts'
import { draftById } from './queries.ts'

export interface AssignTaskInput {
  taskId: string
  /** Null: anybody's again. */
  assigneeId: string | null
  /** Whose it was when the caller looked: two people do not take one task. */
  was: string | null
}

/**
 * Gives a task to somebody, or back to all. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `validation-failed` to somebody who cannot do it; `conflict` when it is another's or done by now
 */
export async function assignTask(ctx: Context, input: AssignTaskInput): Promise<void> {
  const [task] = await ctx.db.select().from(editorialTask).where(eq(editorialTask.id, input.taskId)).for('update')
  if (task === undefined) throw notFound('task', input.taskId)
  if (task.state === 'done' || task.assigneeId !== input.was)
    throw conflict(
      task.state === 'done'
        ? TASK_DONE
        : {
            ru: 'Задачу уже взял другой.',
            kk: 'Тапсырманы басқа адам алып қойған.',
            en: 'Somebody else has the task by now.',
          },
    )
  if (input.assigneeId !== null) {
    const authors =
      task.kind === 'review-requested' && task.draftId !== null ? (await draftById(ctx, task.draftId)).authors : []
    await checkAssignee(ctx, { assigneeId: input.assigneeId, path: 'assigneeId', authors })
  }
  await ctx.db
    .update(editorialTask)
    .set({ assigneeId: input.assigneeId })
    .where(and(eq(editorialTask.id, task.id), eq(editorialTask.state, 'open')))
  await emit(ctx, { type: 'task.assigned', subjectId: task.id, payload: { assigneeId: input.assigneeId } })
}
