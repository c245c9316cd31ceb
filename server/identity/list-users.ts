import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { user } from '#server/db/schema/identity.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { decodeCursor, page } from '#server/http/paging.ts'

/**
 * Lists users, oldest first. Names and e-mails are personal data: that they were read is an event.
 * @param input.route what they were read through, for the event
 * @throws DomainError `bad-request` for a cursor that is not ours
 */
export async function listUsers(ctx: Context, input: { limit: number; cursor?: string | undefined; route: string }) {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ['instant', 'text'])
  const at = new Date(after?.[0] ?? 0)
  const id = String(after?.[1] ?? '')
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.db
      .select()
      .from(user)
      .where(after === null ? undefined : or(gt(user.createdAt, at), and(eq(user.createdAt, at), gt(user.id, id))))
      .orderBy(asc(user.createdAt), asc(user.id))
      .limit(input.limit + 1)
    const listed = page(rows, input.limit, (row) => [row.createdAt.getTime(), row.id])
    await emit(tx, {
      type: 'personal-data.read',
      subjectId: 'users',
      payload: { route: input.route, count: listed.items.length },
    })
    return listed
  })
}
