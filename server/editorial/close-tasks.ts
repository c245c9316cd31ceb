import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { emit } from '#server/events/event.ts'

/** Closes the open tasks with these keys: what they asked for is done. Must run in a transaction of the caller's. */
export async function closeTasks(ctx: Context, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0
  const closed = await ctx.db
    .update(editorialTask)
    .set({ state: 'done', doneAt: ctx.now(), doneBy: ctx.actor.id })
    .where(and(inArray(editorialTask.key, [...keys]), eq(editorialTask.state, 'open')))
    .returning()
  for (const task of closed)
    await emit(ctx, { type: 'task.done', subjectId: task.id, payload: { kind: task.kind, key: task.key } })
  return closed.length
}
