import { and, isNotNull, lt } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { mailboxLetter } from '#server/db/schema/mailbox.ts'
import { emit, inTransaction } from '#server/events/event.ts'

/** How long the text of a letter that was kept apart stays. */
const APART_DAYS = 90
const DAY_MS = 86_400_000

/** Deletes the text, the sender and the subject of letters kept apart long ago: that they came stays. @returns how many */
export async function forgetApart(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const gone = await tx.db
      .update(mailboxLetter)
      .set({ source: null, fromName: null, fromAddress: null, subject: '' })
      .where(
        and(
          isNotNull(mailboxLetter.source),
          lt(mailboxLetter.takenAt, new Date(tx.now().getTime() - APART_DAYS * DAY_MS)),
        ),
      )
      .returning({ id: mailboxLetter.id })
    if (gone.length > 0)
      await emit(tx, {
        type: 'mailbox.letters-forgotten',
        subjectId: 'mailbox',
        payload: { letters: gone.length },
      })
    return gone.length
  })
}
