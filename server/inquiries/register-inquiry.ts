import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { lastDayOfTerm } from '#server/calendar/last-day-of-term.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { RULES_TERMS } from '#server/calendar/rules-terms.ts'
import { today, type Context } from '#server/context.ts'
import { inquiry, letter, replyDraft } from '#server/db/schema/inquiries.ts'
import { service } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { storeAttachments } from './attachments/store-attachments.ts'
import { attachmentsOf, type AttachmentRow } from './attachments/attachment-queries.ts'
import type { Enclosed } from './attachments/enclosed.ts'
import { masked } from './mask.ts'
import { cutAtWord } from './questions/find-questions.ts'
import { readLetter, withoutNames } from './questions/read-letter.ts'
import type { NewInquiry } from './schema.ts'
import { takeNumber } from './take-number.ts'

type InquiryRow = typeof inquiry.$inferSelect
type NewLetter = Extract<NewInquiry, { channel: 'e-mail' }>

const LONGEST_SUBJECT = 300
const LONGEST_CONTENT = 2000
const NO_SUBJECT = { ru: 'Без темы', kk: 'Тақырыпсыз' } as const

export interface Registered {
  row: InquiryRow
  isNew: boolean
  /** The letter joined an inquiry that was there already. */
  isThread: boolean
}

/** @throws DomainError `validation-failed` for a service that there is none of */
export async function checkService(ctx: Context, serviceId: string | null | undefined): Promise<void> {
  if (serviceId == null) return
  const [found] = await ctx.db.select({ id: service.id }).from(service).where(eq(service.id, serviceId))
  if (found === undefined)
    throw new DomainError('validation-failed', 'There is no such service.', {
      faults: [{ path: 'json.serviceId', message: 'Такой услуги нет' }],
    })
}

/** п. 8: two working days from the registration, on the calendar in force now. */
const dueOfLetter = async (ctx: Context, registeredOn: string): Promise<string> =>
  lastDayOfTerm(await loadCalendar(ctx), { event: registeredOn, term: RULES_TERMS.emailAnswer }).date

/** An id for a letter whose own cannot be told from another's: the same for the same words. */
const derivedId = (...said: readonly string[]): string =>
  `<${sha256(said.join('\0')).slice(0, 40)}@derived.bilim.invalid>`

/** The letter's own id, or one that the same letter always gets. */
const idOf = ({ messageId, from, subject, text, receivedAt }: NewLetter['letter']): string =>
  messageId ?? derivedId(from.address, subject, text, receivedAt ?? '')

const NOTHING_ENCLOSED: Enclosed = { attachments: [], hidden: null, remarks: [] }

/**
 * Registers an inquiry (п. 8): number at once, and of a letter its last day. The same letter (by its message id, its sender and what it
 * says: some devices give all letters one id) is registered once; a letter that answers one of an inquiry which is not closed joins it, and if that was answered,
 * its term begins anew.
 * @param enclosed what came with a letter besides its text
 * @returns the inquiry, whether anything was registered, and whether a letter joined an inquiry that was there
 * @throws DomainError `validation-failed` (no such service)
 */
export async function registerInquiry(
  ctx: Context,
  input: NewInquiry,
  enclosed: Enclosed = NOTHING_ENCLOSED,
): Promise<Registered> {
  return inTransaction(ctx, async (tx) => {
    await checkService(tx, input.serviceId)
    return input.channel === 'e-mail'
      ? registerLetter(tx, input, enclosed)
      : { row: await store(tx, input), isNew: true, isThread: false }
  })
}

/** The letter that has a message id, and its inquiry. */
async function holderOf(ctx: Context, messageId: string) {
  const [held] = await ctx.db
    .select({ row: inquiry, letter })
    .from(letter)
    .innerJoin(inquiry, eq(inquiry.id, letter.inquiryId))
    .where(eq(letter.messageId, messageId))
  return held ?? null
}

/** What came with a letter, so that two can be compared. */
const factsOf = (enclosed: readonly Pick<AttachmentRow, 'name' | 'bytes' | 'sha256'>[]): string =>
  JSON.stringify(enclosed.map(({ name, bytes, sha256: digest }) => [name, bytes, digest]))

async function registerLetter(ctx: Context, input: NewLetter, enclosed: Enclosed): Promise<Registered> {
  const given = idOf(input.letter)
  const sender = input.letter.from.address.toLowerCase()
  const holder = await holderOf(ctx, given)
  let messageId = given
  if (holder !== null) {
    const { letter: held } = holder
    const facts = factsOf(
      enclosed.attachments.map(({ content, ...one }) => ({
        ...one,
        sha256: content === null ? null : sha256(content),
      })),
    )
    const isSame =
      held.direction === 'in' &&
      held.fromAddress === sender &&
      held.subject === input.letter.subject &&
      held.text === input.letter.text &&
      factsOf(await attachmentsOf(ctx, [held.id])) === facts
    if (isSame) return { row: holder.row, isNew: false, isThread: false }
    // An id proves nothing: with another's, one of ours, or that of other words, a letter is new, and gets an id of what it says.
    messageId = derivedId(sender, given, input.letter.subject, input.letter.text, facts)
    const known = await holderOf(ctx, messageId)
    if (known !== null) return { row: known.row, isNew: false, isThread: false }
  }
  const ids = [...(input.letter.inReplyTo === null ? [] : [input.letter.inReplyTo]), ...input.letter.references]
  const [thread] =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ row: inquiry })
          .from(letter)
          .innerJoin(inquiry, eq(inquiry.id, letter.inquiryId))
          // Who knows a message id is no proof: only the inquiry's own writer adds to it.
          .where(and(inArray(letter.messageId, ids), ne(inquiry.status, 'closed'), eq(inquiry.contactEmail, sender)))
          .limit(1)
          // A reply may be recorded at this moment: one after the other.
          .for('update', { of: inquiry })
  const row = thread === undefined ? await store(ctx, input) : await reopen(ctx, thread.row)
  const letterId = newId('ltr')
  const { from, subject, text, inReplyTo, references, receivedAt } = input.letter
  const [stored] = await ctx.db
    .insert(letter)
    .values({
      id: letterId,
      inquiryId: row.id,
      direction: 'in',
      messageId,
      inReplyTo,
      references,
      fromName: from.name,
      fromAddress: from.address.toLowerCase(),
      toAddress: null,
      subject,
      text,
      hiddenText: enclosed.hidden,
      remarks: enclosed.remarks,
      at: receivedAt === undefined ? ctx.now() : new Date(receivedAt),
    })
    .onConflictDoNothing({ target: letter.messageId })
    .returning({ id: letter.id })
  // Two deliveries of one letter at once: the other one has it.
  if (stored === undefined)
    throw new DomainError('conflict', 'Это письмо регистрируется прямо сейчас: повторите запрос.')
  await storeAttachments(ctx, { letterId, attachments: enclosed.attachments })
  const isThread = thread !== undefined
  await emit(ctx, { type: 'letter.received', subjectId: row.id, payload: { letterId, isThread } })
  return { row, isNew: true, isThread }
}

/**
 * A further letter of the same writer: the inquiry is open again, and its draft is of an older question. What was never answered keeps its last
 * day: a reminder does not undo a breach of п. 8.
 */
async function reopen(ctx: Context, row: InquiryRow): Promise<InquiryRow> {
  const [changed] = await ctx.db
    .update(inquiry)
    .set({
      status: row.operatorId === null ? 'registered' : 'in-work',
      dueOn: row.answeredOn === null && row.dueOn !== null ? row.dueOn : await dueOfLetter(ctx, today(ctx)),
      answeredAt: null,
      answeredOn: null,
      revision: sql`${inquiry.revision} + 1`,
      updatedAt: ctx.now(),
    })
    .where(eq(inquiry.id, row.id))
    .returning()
  await ctx.db
    .update(replyDraft)
    .set({ state: 'superseded' })
    .where(and(eq(replyDraft.inquiryId, row.id), eq(replyDraft.state, 'open')))
  return changed ?? row
}

async function store(ctx: Context, input: NewInquiry): Promise<InquiryRow> {
  const day = today(ctx)
  const now = ctx.now()
  const said = fieldsOf(input)
  const [row] = await ctx.db
    .insert(inquiry)
    .values({
      id: newId('inq'),
      number: await takeNumber(ctx, { day }),
      channel: input.channel,
      asker: input.asker,
      body: input.body,
      region: input.region,
      serviceId: input.serviceId,
      ...said,
      status: 'registered',
      // Who registers a call has it on the line.
      operatorId: input.channel === 'call' && ctx.actor.kind === 'user' ? ctx.actor.id : null,
      revision: 1,
      registeredAt: now,
      registeredOn: day,
      dueOn: input.channel === 'e-mail' ? await dueOfLetter(ctx, day) : null,
      updatedAt: now,
    })
    .returning()
  if (row === undefined) throw new Error('the inquiry was not stored')
  await emit(ctx, {
    type: 'inquiry.registered',
    subjectId: row.id,
    payload: { number: row.number, channel: row.channel, dueOn: row.dueOn },
  })
  return row
}

function fieldsOf(input: NewInquiry) {
  if (input.channel === 'call')
    return {
      lang: input.lang ?? detectLanguage(input.content),
      subject: masked(input.subject),
      content: masked(input.content),
      measures: input.measures === null ? null : masked(input.measures),
      contactName: input.contact.name,
      contactPhone: input.contact.phone,
      contactEmail: input.contact.email,
    }
  const {
    letter: { from, subject, text },
  } = input
  const read = readLetter({ subject, text })
  const lang = input.lang ?? read.lang
  const hidden = (said: string): string => withoutNames(masked(said), from.name === null ? [] : [from.name], '[имя]')
  return {
    lang,
    subject: cutAtWord(hidden(subject === '' ? NO_SUBJECT[lang] : subject), LONGEST_SUBJECT),
    content: cutAtWord(hidden(read.own === '' ? text : read.own), LONGEST_CONTENT),
    measures: null,
    contactName: from.name,
    contactPhone: null,
    contactEmail: from.address.toLowerCase(),
  }
}
