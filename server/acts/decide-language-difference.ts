import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { languageDifference } from '#server/db/schema/language-differences.ts'
import { notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'

/**
 * An editor's word on a difference: `dismissed` with a reason (both texts mean the same), which takes it from operators, or
 * `open` again.
 * @throws DomainError `not-found`
 */
export const decideLanguageDifference = (
  ctx: Context,
  input: { id: string; decision: 'open' | 'dismissed'; reason: string },
) =>
  inTransaction(ctx, async (tx) => {
    const [row] = await tx.db
      .update(languageDifference)
      .set({ decision: input.decision, reason: input.reason, decidedBy: tx.actor.id, decidedAt: tx.now() })
      .where(eq(languageDifference.id, input.id))
      .returning()
    if (row === undefined) throw notFound('Language difference', input.id)
    await emit(tx, {
      type: 'language-difference.decided',
      subjectId: row.id,
      payload: { actId: row.actId, decision: input.decision, reason: input.reason },
    })
    return row
  })
