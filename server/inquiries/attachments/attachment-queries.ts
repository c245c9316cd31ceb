import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { letter } from '#server/db/schema/inquiries.ts'
import { letterAttachment } from '#server/db/schema/mailbox.ts'
import { notFound } from '#server/errors.ts'

export type AttachmentRow = Omit<typeof letterAttachment.$inferSelect, 'content'>

const FACTS = {
  id: letterAttachment.id,
  letterId: letterAttachment.letterId,
  ord: letterAttachment.ord,
  name: letterAttachment.name,
  type: letterAttachment.type,
  bytes: letterAttachment.bytes,
  sha256: letterAttachment.sha256,
  leftOut: letterAttachment.leftOut,
}

/** What came with letters, without the content. */
export const attachmentsOf = (ctx: Context, letterIds: readonly string[]): Promise<AttachmentRow[]> =>
  letterIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .select(FACTS)
        .from(letterAttachment)
        .where(inArray(letterAttachment.letterId, [...letterIds]))
        .orderBy(asc(letterAttachment.letterId), asc(letterAttachment.ord))

/** An attachment of a letter of this inquiry, with its content. @throws DomainError `not-found`, also for one whose content was left out */
export async function attachmentOf(
  ctx: Context,
  input: { inquiryId: string; id: string },
): Promise<{ name: string; content: Uint8Array }> {
  const [row] = await ctx.db
    .select({ name: letterAttachment.name, content: letterAttachment.content })
    .from(letterAttachment)
    .innerJoin(letter, eq(letter.id, letterAttachment.letterId))
    .where(and(eq(letterAttachment.id, input.id), eq(letter.inquiryId, input.inquiryId)))
  const content = row?.content ?? null
  if (row === undefined || content === null) throw notFound('attachment', input.id)
  return { name: row.name, content }
}
