import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { apiKey } from '#server/db/schema/identity.ts'
import { notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'

/**
 * Revokes an API key for good; a key revoked already stays so.
 * @throws DomainError `not-found`
 */
export async function revokeKey(ctx: Context, input: { id: string }): Promise<typeof apiKey.$inferSelect> {
  return inTransaction(ctx, async (tx) => {
    const [revoked] = await tx.db
      .update(apiKey)
      .set({ revokedAt: tx.now() })
      .where(and(eq(apiKey.id, input.id), isNull(apiKey.revokedAt)))
      .returning()
    if (revoked !== undefined) {
      await emit(tx, { type: 'key.revoked', subjectId: revoked.id, payload: {} })
      return revoked
    }
    const [found] = await tx.db.select().from(apiKey).where(eq(apiKey.id, input.id))
    if (found === undefined) throw notFound('API key', input.id)
    return found
  })
}
