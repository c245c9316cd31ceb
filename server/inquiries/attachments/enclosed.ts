import type { LetterRemark } from '#server/db/schema/inquiries.ts'
import type { LeftOut } from '#server/db/schema/mailbox.ts'

/** Attachments of a letter whose content is kept, bytes of one, and of all together. */
const MOST_ATTACHMENTS = 20
const ATTACHMENT_BYTES = 10 * 1024 * 1024
const ALL_ATTACHMENT_BYTES = 20 * 1024 * 1024
/** Attachments that are named at all. */
const MOST_NAMED = 100

export interface EnclosedAttachment {
  name: string
  /** As the sender declares it. */
  type: string
  bytes: number
  /** Null: left out. */
  content: Uint8Array | null
  leftOut: LeftOut | null
}

/** What came with a letter besides its text. */
export interface Enclosed {
  attachments: EnclosedAttachment[]
  /** Text that the writer's program does not show. */
  hidden: string | null
  remarks: LetterRemark[]
}

/**
 * What is kept of attachments: as many, and as much, as the limits say; of the rest name and size, and why. Pure.
 * @param isWhole false: only the beginning of the letter was read, so that nothing can be said to be whole
 */
export function boundAttachments(
  given: readonly { name: string; type: string; content: Uint8Array }[],
  isWhole = true,
): EnclosedAttachment[] {
  let kept = 0
  let bytes = 0
  return given.slice(0, MOST_NAMED).map(({ name, type, content }) => {
    const leftOut: LeftOut | null = !isWhole
      ? 'letter-cut'
      : content.length > ATTACHMENT_BYTES
        ? 'too-large'
        : kept >= MOST_ATTACHMENTS
          ? 'too-many'
          : bytes + content.length > ALL_ATTACHMENT_BYTES
            ? 'total'
            : null
    if (leftOut === null) {
      kept += 1
      bytes += content.length
    }
    return { name, type, bytes: content.length, content: leftOut === null ? content : null, leftOut }
  })
}
