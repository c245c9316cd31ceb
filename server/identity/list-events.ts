import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { decodeCursor, page } from '#server/http/paging.ts'

/**
 * Lists what happened, newest first: the audit log.
 * @throws DomainError `bad-request` for a cursor that is not ours
 */
export async function listEvents(
  ctx: Context,
  input: {
    limit: number
    cursor?: string | undefined
    type?: string | undefined
    subjectId?: string | undefined
    actorId?: string | undefined
  },
) {
  const before = input.cursor === undefined ? null : decodeCursor(input.cursor, ['instant', 'text'])
  const at = new Date(before?.[0] ?? 0)
  const id = String(before?.[1] ?? '')
  const rows = await ctx.db
    .select()
    .from(event)
    .where(
      and(
        input.type === undefined ? undefined : eq(event.type, input.type),
        input.subjectId === undefined ? undefined : eq(event.subjectId, input.subjectId),
        input.actorId === undefined ? undefined : eq(event.actorId, input.actorId),
        before === null ? undefined : or(lt(event.at, at), and(eq(event.at, at), lt(event.id, id))),
      ),
    )
    .orderBy(desc(event.at), desc(event.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.at.getTime(), row.id])
}
