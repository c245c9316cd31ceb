import { and, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { readMime, type MimeLetter } from '#ingest/mail/read-mime.ts'
import { letter } from '#server/db/schema/inquiries.ts'
import { mailbox, mailboxLetter, type ApartReason } from '#server/db/schema/mailbox.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { boundAttachments } from '../attachments/enclosed.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { registerInquiry } from '../register-inquiry.ts'
import { NewInquirySchema, type NewInquiry } from '../schema.ts'
import { heldMailbox } from './mailbox-lease.ts'

/** A letter of the mailbox without its bytes: megabytes that nobody asked for would go to and fro. */
const { source: _, ...FACTS } = getTableColumns(mailboxLetter)
type MailboxLetterRow = Omit<typeof mailboxLetter.$inferSelect, 'source'>

export interface TakenSource {
  source: Uint8Array
  /** False: only the beginning of a letter over the bound. */
  isWhole: boolean
  receivedAt: Date
}

/**
 * What `POST /inquiries` would be given for this letter, or null where it has no sender that could be answered. A letter without a message id is known by
 * its bytes.
 */
export function newInquiryOf(read: MimeLetter, taken: TakenSource): NewInquiry | null {
  const parsed = NewInquirySchema.safeParse({
    channel: 'e-mail',
    letter: {
      messageId: read.messageId ?? `<${sha256(taken.source).slice(0, 40)}@derived.bilim.invalid>`,
      inReplyTo: read.inReplyTo,
      references: read.references,
      from: read.from,
      subject: read.subject,
      text: read.text,
      receivedAt: taken.receivedAt.toISOString(),
    },
  })
  return parsed.success ? parsed.data : null
}

/** What came with a letter besides its text. */
export const enclosedOf = (read: MimeLetter) => ({
  attachments: boundAttachments(read.attachments, !read.remarks.includes('letter-cut')),
  hidden: read.hidden,
  remarks: read.remarks,
})

/** Why a letter is nobody's question, or null. */
function apartOf(ctx: InquiryContext, read: MimeLetter, ownIds: ReadonlySet<string>): ApartReason | null {
  if (read.automatic !== null) return read.automatic
  const from = read.from?.address.toLowerCase()
  // Our own replies, forwarded or filed back: answering them would never end.
  if (from === ctx.mailer.from.toLowerCase() || (read.messageId !== null && ownIds.has(read.messageId))) return 'own'
  return read.from === null ? 'no-sender' : null
}

/** The inquiry that a report or an automatic reply speaks of: by the ids of our letters. */
async function inquiryAbout(ctx: InquiryContext, ids: readonly string[]): Promise<string | null> {
  if (ids.length === 0) return null
  const [found] = await ctx.db
    .select({ id: letter.inquiryId })
    .from(letter)
    .where(and(inArray(letter.messageId, [...ids]), eq(letter.direction, 'out')))
    .orderBy(desc(letter.at))
    .limit(1)
  return found?.id ?? null
}

/** Whether processes died of these bytes before: under another UID they would again. */
async function hasBroken(ctx: InquiryContext, mailboxId: string, digest: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ id: mailboxLetter.id })
    .from(mailboxLetter)
    .where(
      and(
        eq(mailboxLetter.mailboxId, mailboxId),
        eq(mailboxLetter.digest, digest),
        eq(mailboxLetter.reason, 'breaks-reader'),
      ),
    )
    .limit(1)
  return found !== undefined
}

/**
 * Takes a letter from the mailbox once: what becomes of it and how far the mailbox is read are one transaction, so a crash loses nothing and registers
 * nothing twice. What a program wrote is kept apart: it is no inquiry and gets no answer. The same letter under another UID is a duplicate.
 * @throws LeaseLost when another process reads the mailbox by now
 */
export async function takeLetter(
  ctx: InquiryContext,
  input: TakenSource & {
    mailboxId: string
    holder: string
    uidValidity: string
    uid: number
    bytes: number
    /** It failed again and again: it is kept apart, so that the letters behind it come in. */
    isHopeless?: boolean
  },
): Promise<MailboxLetterRow> {
  const { mailboxId, uidValidity, uid, source, isWhole } = input
  const digest = sha256(source)
  const isBreaking = input.isHopeless === true || (await hasBroken(ctx, input.mailboxId, digest))
  const read = isBreaking ? null : await readMime(source, isWhole)
  return inTransaction(ctx, async (tx) => {
    const box = await heldMailbox(tx, input)
    if (box.uidValidity !== uidValidity)
      throw new DomainError('conflict', 'The UIDs of the mailbox have got another meaning.')
    const here = and(
      eq(mailboxLetter.mailboxId, mailboxId),
      eq(mailboxLetter.uidValidity, uidValidity),
      eq(mailboxLetter.uid, uid),
    )
    const [known] = await tx.db.select(FACTS).from(mailboxLetter).where(here)
    if (known !== undefined) return known
    const became = await decide(tx, { ...input, digest, read, isBreaking })
    const now = tx.now()
    const [row] = await tx.db
      .insert(mailboxLetter)
      .values({
        id: newId('mbl'),
        mailboxId,
        uidValidity,
        uid,
        digest,
        bytes: Math.min(input.bytes, 2 ** 31 - 1),
        fromName: read?.from?.name ?? null,
        fromAddress: read?.from?.address ?? null,
        subject: read?.subject.slice(0, 300) ?? '',
        ...became,
        // With its files, so that it can be registered after all.
        source: became.outcome === 'apart' ? source : null,
        isWhole,
        receivedAt: input.receivedAt,
        takenAt: now,
      })
      .returning(FACTS)
    if (row === undefined) throw new Error('the letter of the mailbox was not stored')
    await tx.db
      .update(mailbox)
      .set({
        lastUid: sql`greatest(${mailbox.lastUid}, ${uid})`,
        ...(row.outcome === 'duplicate' ? {} : { lastLetterAt: now }),
      })
      .where(eq(mailbox.id, mailboxId))
    await emit(tx, {
      type: 'mailbox.letter-taken',
      subjectId: row.inquiryId ?? row.id,
      payload: { mailboxLetterId: row.id, outcome: row.outcome, reason: row.reason },
    })
    return row
  })
}

type Became = Pick<MailboxLetterRow, 'outcome' | 'reason' | 'inquiryId'>

async function decide(
  ctx: InquiryContext,
  input: TakenSource & { mailboxId: string; digest: string; read: MimeLetter | null; isBreaking: boolean },
): Promise<Became> {
  const { read } = input
  const [twin] = await ctx.db
    .select({ inquiryId: mailboxLetter.inquiryId })
    .from(mailboxLetter)
    .where(and(eq(mailboxLetter.mailboxId, input.mailboxId), eq(mailboxLetter.digest, input.digest)))
    .limit(1)
  if (twin !== undefined) return { outcome: 'duplicate', reason: null, inquiryId: twin.inquiryId }
  if (read === null)
    return { outcome: 'apart', reason: input.isBreaking ? 'breaks-reader' : 'unreadable', inquiryId: null }
  const ids = read.messageId === null ? [] : [read.messageId]
  const own =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: letter.messageId })
          .from(letter)
          .where(and(inArray(letter.messageId, ids), eq(letter.direction, 'out')))
  const reason = apartOf(ctx, read, new Set(own.map(({ id }) => id)))
  if (reason !== null) return { outcome: 'apart', reason, inquiryId: await inquiryAbout(ctx, read.about) }
  const inquiry = newInquiryOf(read, input)
  if (inquiry === null) return { outcome: 'apart', reason: 'no-sender', inquiryId: null }
  const { row, isNew, isThread } = await registerInquiry(ctx, inquiry, enclosedOf(read))
  return { outcome: !isNew ? 'duplicate' : isThread ? 'joined' : 'registered', reason: null, inquiryId: row.id }
}
