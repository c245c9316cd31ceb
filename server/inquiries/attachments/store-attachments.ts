import type { Context } from '#server/context.ts'
import { letterAttachment } from '#server/db/schema/mailbox.ts'
import { newId, sha256 } from '#server/ids.ts'
import type { EnclosedAttachment } from './enclosed.ts'

/** Stores what came with a letter, in the caller's transaction. One statement each: together they may be many megabytes. */
export async function storeAttachments(
  ctx: Context,
  input: { letterId: string; attachments: readonly EnclosedAttachment[] },
): Promise<void> {
  for (const [ord, { name, type, bytes, content, leftOut }] of input.attachments.entries())
    await ctx.db.insert(letterAttachment).values({
      id: newId('att'),
      letterId: input.letterId,
      ord,
      name,
      type,
      bytes,
      sha256: content === null ? null : sha256(content),
      content,
      leftOut,
    })
}
