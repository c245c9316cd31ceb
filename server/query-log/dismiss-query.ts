import type { Context } from '#server/context.ts'
import { searchDismissal } from '#server/db/schema/query-log.ts'
import { closeTasks } from '#server/editorial/close-tasks.ts'
import { emit } from '#server/events/event.ts'
import { gapKey } from './create-query-log.ts'

export interface QueryKey {
  key: string
  lang: 'ru' | 'kk'
}

/**
 * Says that a question needs nothing, and why: it leaves the lists, its task is closed, and none is opened by itself any more. Must run
 * in a transaction of the caller's.
 */
export async function dismissQuery(ctx: Context, { key, lang, reason }: QueryKey & { reason: string }): Promise<void> {
  const said = { at: ctx.now(), by: ctx.actor.id, reason }
  await ctx.db
    .insert(searchDismissal)
    .values({ key, lang, ...said })
    .onConflictDoUpdate({ target: [searchDismissal.key, searchDismissal.lang], set: said })
  await closeTasks(ctx, [gapKey(lang, key)])
  await emit(ctx, { type: 'search-query.dismissed', subjectId: key, payload: { lang, reason } })
}
