import { and, count, desc, eq, isNull, lt, or, asc, gt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { readMime, type MimeLetter } from '#ingest/mail/read-mime.ts'
import type { Context } from '#server/context.ts'
import { inquiry } from '#server/db/schema/inquiries.ts'
import { mailbox, mailboxLetter } from '#server/db/schema/mailbox.ts'
import { notFound } from '#server/errors.ts'
import { decodeCursor, page } from '#server/http/paging.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import type { ApartLetterSchema, ApartListQuerySchema, IncomingMailSchema } from './mailbox-schema.ts'
import { MAIL_ERRORS } from './mailbox-schema.ts'

const { id, reason, fromName, fromAddress, subject, bytes, receivedAt, takenAt, settledAt, isWhole } = mailboxLetter
const FACTS = { id, reason, fromName, fromAddress, subject, bytes, receivedAt, takenAt, settledAt, isWhole }
const ABOUT = { inquiryId: inquiry.id, inquiryNumber: inquiry.number }
const isApart = eq(mailboxLetter.outcome, 'apart')

export type ApartRow = Pick<typeof mailboxLetter.$inferSelect, keyof typeof FACTS> & {
  inquiryId: string | null
  inquiryNumber: string | null
}

/** How it stands with the mailbox, whichever process reads it. */
export async function incomingMail(ctx: InquiryContext): Promise<z.infer<typeof IncomingMailSchema>> {
  const name = ctx.mailboxName
  const [open] = await ctx.db
    .select({ n: count() })
    .from(mailboxLetter)
    .where(and(isApart, isNull(settledAt)))
  const apart = open?.n ?? 0
  if (name === null) return { mailbox: null, state: 'off', lastLetterAt: null, lastError: null, apart }
  const [row] = await ctx.db
    .select({ box: mailbox, isHeld: sql<boolean>`coalesce(${mailbox.heldUntil} > now(), false)` })
    .from(mailbox)
    .where(eq(mailbox.id, name))
  const error = MAIL_ERRORS.find((one) => one === row?.box.lastError)
  return {
    mailbox: name,
    state: row === undefined || !row.isHeld ? 'stopped' : row.box.state,
    lastLetterAt: row?.box.lastLetterAt?.toISOString() ?? null,
    lastError:
      error === undefined || row === undefined || row.box.lastErrorAt === null
        ? null
        : { at: row.box.lastErrorAt.toISOString(), reason: error },
    apart,
  }
}

/** Letters kept apart, newest first. @throws DomainError `bad-request` for a cursor that is not ours */
export async function listApart(ctx: Context, query: z.infer<typeof ApartListQuerySchema>) {
  const { limit, cursor, state } = query
  const [at, last] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text'])
  const rows: ApartRow[] = await ctx.db
    .select({ ...FACTS, ...ABOUT })
    .from(mailboxLetter)
    .leftJoin(inquiry, eq(inquiry.id, mailboxLetter.inquiryId))
    .where(
      and(
        isApart,
        state === 'open' ? isNull(settledAt) : undefined,
        at === undefined
          ? undefined
          : or(lt(takenAt, new Date(at)), and(eq(takenAt, new Date(at)), gt(id, String(last)))),
      ),
    )
    .orderBy(desc(takenAt), asc(id))
    .limit(limit + 1)
  return page(rows, limit, (row) => [row.takenAt.toISOString(), row.id])
}

/** Reports and automatic replies that speak of an inquiry, oldest first. */
export const apartOfInquiry = (ctx: Context, inquiryId: string): Promise<ApartRow[]> =>
  ctx.db
    .select({ ...FACTS, ...ABOUT })
    .from(mailboxLetter)
    .leftJoin(inquiry, eq(inquiry.id, mailboxLetter.inquiryId))
    .where(and(isApart, eq(mailboxLetter.inquiryId, inquiryId)))
    .orderBy(asc(takenAt), asc(id))
    .limit(50)

/** A letter kept apart, read anew, but for one that readers die of: of that its facts are told alone. @throws DomainError `not-found` */
export async function apartLetter(
  ctx: Context,
  letterId: string,
): Promise<{ row: ApartRow; source: Uint8Array | null; read: MimeLetter | null }> {
  const [found] = await ctx.db
    .select({ ...FACTS, ...ABOUT, source: mailboxLetter.source })
    .from(mailboxLetter)
    .leftJoin(inquiry, eq(inquiry.id, mailboxLetter.inquiryId))
    .where(and(isApart, eq(id, letterId)))
  if (found === undefined) throw notFound('letter', letterId)
  const { source, ...row } = found
  const mayBeRead = source !== null && row.reason !== 'breaks-reader'
  return { row, source, read: mayBeRead ? await readMime(source, row.isWhole) : null }
}

/** A letter kept apart, as a list shows it. Pure. */
export const presentApart = (row: ApartRow): z.infer<typeof ApartLetterSchema> => ({
  id: row.id,
  reason: row.reason ?? 'unreadable',
  from: { name: row.fromName, address: row.fromAddress },
  subject: row.subject,
  bytes: row.bytes,
  receivedAt: row.receivedAt.toISOString(),
  inquiry:
    row.inquiryId === null || row.inquiryNumber === null ? null : { id: row.inquiryId, number: row.inquiryNumber },
  isSettled: row.settledAt !== null,
})
