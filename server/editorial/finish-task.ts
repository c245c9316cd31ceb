import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { closeTasks } from './close-tasks.ts'

/** Kinds that end by themselves, when what they ask for is done: nobody ticks them off. */
const BY_THEMSELVES = new Set(['review-requested', 'changes-requested', 'impact'])

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
  if (BY_THEMSELVES.has(task.kind))
    throw conflict({
      ru: 'Эта задача закроется сама: примите решение по тексту.',
      kk: 'Бұл тапсырма өзі жабылады: мәтін бойынша шешім қабылдаңыз.',
      en: 'This task ends by itself: decide on the text.',
    })
  if ((await closeTasks(ctx, [task.key])) === 0) throw conflict(TASK_DONE)
}
