import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask, ENDING_BY_THEMSELVES } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { closeTasks } from './close-tasks.ts'
import type { TaskRow } from './queries.ts'

/** What is new beside the points of a text: whoever finishes that says that the article needs nothing of it, and it is not asked again. */
const isJudged = (task: Pick<TaskRow, 'detail'>): boolean => task.detail['mode'] === 'neighbour'

/** Whether a task ends with what it asks for alone, and nobody can say that it is done. Pure. */
export const endsByItself = (task: Pick<TaskRow, 'kind' | 'detail'>): boolean =>
  ENDING_BY_THEMSELVES.has(task.kind) && !isJudged(task)

export const TASK_DONE = {
  ru: 'Задача уже выполнена.',
  kk: 'Тапсырма орындалып қойған.',
  en: 'The task is done already.',
}

export interface FinishTaskInput {
  taskId: string
}

/**
 * Says that a task is done. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is done already, or ends only with what it asks for
 */
export async function finishTask(ctx: Context, input: FinishTaskInput): Promise<void> {
  const [task] = await ctx.db.select().from(editorialTask).where(eq(editorialTask.id, input.taskId))
  if (task === undefined) throw notFound('task', input.taskId)
  if (endsByItself(task))
    throw conflict({
      ru: 'Эта задача закроется сама, когда будет сделано то, о чём она.',
      kk: 'Бұл тапсырма айтылғаны орындалғанда өзі жабылады.',
      en: 'This task ends by itself, once what it asks for is done.',
    })
  if ((await closeTasks(ctx, [task.key])) === 0) throw conflict(TASK_DONE)
  if (isJudged(task))
    await ctx.db
      .update(editorialTask)
      .set({ detail: { ...task.detail, decided: 1 } })
      .where(eq(editorialTask.id, task.id))
}
