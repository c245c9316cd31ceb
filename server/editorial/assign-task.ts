import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { user } from '#server/db/schema/identity.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

export interface AssignTaskInput {
  taskId: string
  /** Null: anybody's again. */
  assigneeId: string | null
  /** Whose it was when the caller looked: two people do not take one task. */
  was: string | null
}

/**
 * Gives a task to somebody, or back to all. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is another's or done by now
 */
export async function assignTask(ctx: Context, input: AssignTaskInput): Promise<void> {
  if (input.assigneeId !== null && input.assigneeId !== ctx.actor.id) {
    const [person] = await ctx.db.select({ role: user.role }).from(user).where(eq(user.id, input.assigneeId))
    if (person === undefined || !['editor', 'supervisor', 'admin'].includes(person.role))
      throw new DomainError('validation-failed', 'The assignee is no editor.', {
        faults: [{ path: 'assigneeId', message: 'Назначить можно редактора, супервизора или администратора' }],
      })
  }
  const [task] = await ctx.db.select().from(editorialTask).where(eq(editorialTask.id, input.taskId)).for('update')
  if (task === undefined) throw notFound('task', input.taskId)
  if (task.state === 'done' || task.assigneeId !== input.was)
    throw new DomainError('conflict', task.state === 'done' ? 'Задача уже выполнена.' : 'Задачу уже взял другой.')
  await ctx.db
    .update(editorialTask)
    .set({ assigneeId: input.assigneeId })
    .where(and(eq(editorialTask.id, task.id), eq(editorialTask.state, 'open')))
  await emit(ctx, { type: 'task.assigned', subjectId: task.id, payload: { assigneeId: input.assigneeId } })
}
