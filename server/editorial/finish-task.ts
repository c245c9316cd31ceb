import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { closeTasks } from './close-tasks.ts'

/**
 * Kinds that end by themselves, when what they ask for is done: nobody ticks them off. What is new beside the points of a text is an
 * editor's to judge: whoever finishes that says that the article needs nothing of it, and it is not asked again.
 */
const BY_THEMSELVES = new Set(['review-requested', 'changes-requested', 'impact', 'deadline'])

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
  const isJudged = task.detail['mode'] === 'neighbour'
  if (BY_THEMSELVES.has(task.kind) && !isJudged)
    throw conflict({
      ru: 'Эта задача закроется сама, когда будет сделано то, о чём она.',
      kk: 'Бұл тапсырма айтылғаны орындалғанда өзі жабылады.',
      en: 'This task ends by itself, once what it asks for is done.',
    })
  if ((await closeTasks(ctx, [task.key])) === 0) throw conflict(TASK_DONE)
  if (isJudged)
    await ctx.db
      .update(editorialTask)
      .set({ detail: { ...task.detail, decided: 1 } })
      .where(eq(editorialTask.id, task.id))
}
