import { and, eq } from 'drizzle-orm'
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
    const [asked] = await tx.db.select().from(languageDifference).where(eq(languageDifference.id, input.id))
    if (asked === undefined) throw notFound('Language difference', input.id)
    // The same difference may stand over several runs of days.
    const rows = await tx.db
      .update(languageDifference)
      .set({ decision: input.decision, reason: input.reason, decidedBy: tx.actor.id, decidedAt: tx.now() })
      .where(and(eq(languageDifference.actId, asked.actId), eq(languageDifference.key, asked.key)))
      .returning()
    const row = rows.find(({ id }) => id === asked.id) ?? asked
    await emit(tx, {
      type: 'language-difference.decided',
      subjectId: row.id,
      payload: { actId: row.actId, decision: input.decision, reason: input.reason },
    })
    return row
  })
