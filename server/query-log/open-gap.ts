import { and, desc, eq, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { searchDismissal, searchQuery } from '#server/db/schema/query-log.ts'
import { openTask } from '#server/editorial/open-task.ts'
import { notFound } from '#server/errors.ts'
import { gapKey } from './create-query-log.ts'
import type { QueryKey } from './dismiss-query.ts'

/**
 * Asks editors for what a question did not find; a dismissal ends with it. Must run in a transaction of the caller's.
 * @returns the task, also when it was open already
 * @throws DomainError `not-found` when nobody asked it in the time that is kept
 */
export async function openGap(ctx: Context, { key, lang }: QueryKey): Promise<string> {
  const own = and(eq(searchQuery.key, key), eq(searchQuery.lang, lang))
  const [last] = await ctx.db.select().from(searchQuery).where(own).orderBy(desc(searchQuery.day)).limit(1)
  if (last === undefined) throw notFound('query', key)
  const [counted] = await ctx.db
    .select({ times: sql<number>`count(*)::int` })
    .from(searchQuery)
    .where(own)
  await ctx.db.delete(searchDismissal).where(and(eq(searchDismissal.key, key), eq(searchDismissal.lang, lang)))
  const taskKey = gapKey(lang, key)
  await openTask(ctx, { kind: 'gap', key: taskKey, title: last.text, lang, detail: { times: counted?.times ?? 0 } })
  const [task] = await ctx.db
    .select({ id: editorialTask.id })
    .from(editorialTask)
    .where(and(eq(editorialTask.key, taskKey), eq(editorialTask.state, 'open')))
  if (task === undefined) throw notFound('task', taskKey)
  return task.id
}
