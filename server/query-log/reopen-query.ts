import { and, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { searchDismissal } from '#server/db/schema/query-log.ts'
import { notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import type { QueryKey } from './dismiss-query.ts'

/**
 * Takes back that a question needs nothing: it stands in the lists again. Must run in a transaction of the caller's.
 * @throws DomainError `not-found` when nobody has closed it
 */
export async function reopenQuery(ctx: Context, { key, lang }: QueryKey): Promise<void> {
  const gone = await ctx.db
    .delete(searchDismissal)
    .where(and(eq(searchDismissal.key, key), eq(searchDismissal.lang, lang)))
    .returning({ key: searchDismissal.key })
  if (gone.length === 0) throw notFound('closed query', key)
  await emit(ctx, { type: 'search-query.reopened', subjectId: key, payload: { lang } })
}
