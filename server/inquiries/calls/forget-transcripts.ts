import { and, inArray, isNull, lt } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { call, callNote, callSegment } from '#server/db/schema/inquiries.ts'
import { emit, inTransaction } from '#server/events/event.ts'

const HOUR_MS = 3_600_000
const AT_ONCE = 200

/**
 * Deletes transcripts, and notes that nobody confirmed, of calls in which nothing was said for so many hours.
 * @returns how many calls were forgotten
 */
export async function forgetTranscripts(ctx: Context, input: { hours: number }): Promise<number> {
  const before = new Date(ctx.now().getTime() - input.hours * HOUR_MS)
  let forgotten = 0
  for (;;) {
    const gone = await inTransaction(ctx, async (tx) => {
      const rows = await tx.db
        .select({ id: call.id })
        .from(call)
        .where(and(isNull(call.forgottenAt), lt(call.heardAt, before)))
        .limit(AT_ONCE)
        .for('update')
      const ids = rows.map(({ id }) => id)
      if (ids.length === 0) return 0
      await tx.db.delete(callSegment).where(inArray(callSegment.callId, ids))
      await tx.db.delete(callNote).where(and(inArray(callNote.callId, ids), isNull(callNote.confirmedAt)))
      await tx.db.update(call).set({ forgottenAt: tx.now(), state: 'ended' }).where(inArray(call.id, ids))
      await emit(tx, { type: 'transcripts.forgotten', subjectId: 'calls', payload: { calls: ids.length } })
      return ids.length
    })
    forgotten += gone
    if (gone < AT_ONCE) return forgotten
  }
}
