import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { apiKey } from '#server/db/schema/identity.ts'
import { decodeCursor, page } from '#server/http/paging.ts'

/**
 * Lists API keys, revoked ones too, oldest first.
 * @throws DomainError `bad-request` for a cursor that is not ours
 */
export async function listKeys(ctx: Context, input: { limit: number; cursor?: string | undefined }) {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ['instant', 'text'])
  const at = new Date(after?.[0] ?? 0)
  const id = String(after?.[1] ?? '')
  const rows = await ctx.db
    .select()
    .from(apiKey)
    .where(after === null ? undefined : or(gt(apiKey.createdAt, at), and(eq(apiKey.createdAt, at), gt(apiKey.id, id))))
    .orderBy(asc(apiKey.createdAt), asc(apiKey.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.createdAt.getTime(), row.id])
}
