import { and, eq } from 'drizzle-orm'
import { diffWords } from '#server/articles/diff-words.ts'
import { today } from '#server/context.ts'
import { inquiry, letter, replyDraft } from '#server/db/schema/inquiries.ts'
import { conflict, DomainError, notFound, type Said } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { MailFault, type OutgoingLetter } from '#server/mail/mailer.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { inquiryById, leavesNothingOpen, lettersOf, type LetterRow, type ReplyDraftRow } from '../queries.ts'
import { REPLY_CHARACTERS, type SendReply } from '../schema.ts'
import { changedSources } from './changed-sources.ts'
import { greetedName } from './compose-reply.ts'
import { isBeingSent } from './is-being-sent.ts'

const MOST_REFERENCES = 20
const MESSAGE_ID = /^<[^<>\s]{1,298}>$/u

const SUPERSEDED: Said = {
  ru: 'Этот проект ответа уже заменён новым, или пришло ещё одно письмо. Обновите страницу.',
  kk: 'Бұл жауап жобасы жаңасымен ауыстырылған немесе тағы бір хат келді. Бетті жаңартыңыз.',
  en: 'This draft has been replaced by a newer one, or another letter has come. Reload the page.',
}
const BUSY: Said = {
  ru: 'Этот ответ уже отправляется. Подождите немного и обновите страницу.',
  kk: 'Бұл жауап жіберіліп жатыр. Сәл күтіп, бетті жаңартыңыз.',
  en: 'This reply is being sent already. Wait a moment and reload the page.',
}
const UNCERTAIN: Said = {
  ru: 'Прошлая попытка оборвалась, и неизвестно, ушло ли письмо. Проверьте почтовый сервер; повторная отправка может доставить письмо дважды.',
  kk: 'Алдыңғы әрекет үзіліп қалды, хаттың кеткені белгісіз. Пошта серверін тексеріңіз; қайта жіберсеңіз, хат екі рет жетуі мүмкін.',
  en: 'The last try broke off, and nobody knows whether the letter left. Check the mail server; sending again may deliver it twice.',
}
const NOT_TRIED: Said = {
  ru: 'Этот ответ ещё не отправляли: отметить, что он дошёл, нельзя.',
  kk: 'Бұл жауап әлі жіберілген жоқ: жетті деп белгілеуге болмайды.',
  en: 'This reply has not been sent yet: it cannot be marked as arrived.',
}
const changedSaid = (labels: string): Said => ({
  ru: `После подготовки проекта изменились источники: ${labels}. Подготовьте ответ заново или подтвердите, что видели это.`,
  kk: `Жоба дайындалғаннан кейін дереккөздер өзгерді: ${labels}. Жауапты қайта дайындаңыз немесе мұны көргеніңізді растаңыз.`,
  en: `Sources have changed since the draft was made: ${labels}. Draft the reply again, or confirm that you have seen this.`,
})

/** The chain of a conversation as mail programs follow it (RFC 5322, 3.6.4); ids that are none are left out. */
function threadOf(answered: LetterRow): Pick<OutgoingLetter, 'inReplyTo' | 'references'> {
  const chain = [
    ...answered.references,
    ...(answered.inReplyTo === null ? [] : [answered.inReplyTo]),
    answered.messageId,
  ]
  const ids = [...new Set(chain.filter((id) => MESSAGE_ID.test(id)))].slice(-MOST_REFERENCES)
  return { inReplyTo: MESSAGE_ID.test(answered.messageId) ? answered.messageId : null, references: ids }
}

/**
 * Sends a reply once: the draft is claimed before anything leaves, so two clicks or two people send one letter. What was drafted, what was
 * sent and the difference between them are recorded. Of a try whose end is unknown the operator may say `arrived`: then it is recorded, and
 * nothing is sent.
 * @throws DomainError `not-found`; `conflict`: sources changed since the draft (and `acceptChanged` was not said), a newer draft, being sent,
 * a try whose end is unknown (and neither `sendAgain` nor `arrived` was said), `arrived` of what was never tried; `unavailable`: the mail server did not take it
 */
export async function sendReply(ctx: InquiryContext, input: SendReply & { inquiryId: string }): Promise<ReplyDraftRow> {
  const claimed = await claim(ctx, input)
  if (claimed.state === 'sent') return claimed.draft
  const { draft, outgoing, knownChanges, since, isRetry } = claimed
  if (since === null) return record(ctx, { draft, outgoing, knownChanges })
  try {
    await ctx.mailer.send(outgoing)
  } catch (error) {
    if (!(error instanceof MailFault)) throw error
    ctx.log.warn({ err: error.message, inquiryId: input.inquiryId }, 'a reply did not leave')
    // Unsure, the draft stays claimed: the next try is told. What an earlier try may have delivered, no later refusal takes back.
    const isFree = error.surelyNotSent && !isRetry
    await inTransaction(ctx, async (tx) => {
      await tx.db
        .update(replyDraft)
        .set({ sendingSince: null, ...(isFree ? { state: 'open' as const, sentText: null } : {}) })
        // Only this try: by now the draft may be another's.
        .where(and(eq(replyDraft.id, draft.id), eq(replyDraft.state, 'sending'), eq(replyDraft.sendingSince, since)))
      await emit(tx, {
        type: 'reply.failed',
        subjectId: input.inquiryId,
        payload: { draftId: draft.id, surelyNotSent: error.surelyNotSent, isRefused: error.isRefused },
      })
    })
    throw new DomainError('unavailable', (isFree ? MAIL_FAILED : UNCERTAIN).ru, {
      said: !isFree ? UNCERTAIN : error.isRefused ? ADDRESS_REFUSED : MAIL_FAILED,
      cause: error,
    })
  }
  return record(ctx, { draft, outgoing, knownChanges })
}

const MAIL_FAILED: Said = {
  ru: 'Почтовый сервер не принял письмо, оно не отправлено. Попробуйте ещё раз.',
  kk: 'Пошта сервері хатты қабылдамады, ол жіберілген жоқ. Қайталап көріңіз.',
  en: 'The mail server did not take the letter; it was not sent. Try again.',
}
const ADDRESS_REFUSED: Said = {
  ru: 'Почтовый сервер отклонил адрес получателя: письмо не отправлено, проверьте адрес.',
  kk: 'Пошта сервері алушының мекенжайын қабылдамады: хат жіберілген жоқ, мекенжайды тексеріңіз.',
  en: 'The mail server refused the address: the letter was not sent. Check the address.',
}

type Claim =
  | { state: 'sent'; draft: ReplyDraftRow }
  | {
      state: 'claimed'
      draft: ReplyDraftRow
      outgoing: OutgoingLetter
      knownChanges: string[]
      /** When this try began; null: nothing is to be sent, it has arrived. */
      since: Date | null
      /** An earlier try may have delivered it. */
      isRetry: boolean
    }

/** Takes the draft for sending, in one transaction: of two, one gets it. */
async function claim(ctx: InquiryContext, input: SendReply & { inquiryId: string }): Promise<Claim> {
  const typed = input.text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim()
  if (typed.length > REPLY_CHARACTERS) throw new DomainError('bad-request', 'Ответ слишком длинный.')
  const inquiryRow = await inquiryById(ctx, input.inquiryId)
  return inTransaction(ctx, async (tx): Promise<Claim> => {
    const [draft] = await tx.db
      .select()
      .from(replyDraft)
      .where(and(eq(replyDraft.id, input.draftId), eq(replyDraft.inquiryId, input.inquiryId)))
      .for('update')
    if (draft === undefined) throw notFound('reply draft', input.draftId)
    if (draft.state === 'sent') return { state: 'sent', draft }
    if (draft.state === 'superseded') throw conflict(SUPERSEDED)
    const now = tx.now()
    const isRetry = draft.state === 'sending'
    if (input.arrived && !isRetry) throw conflict(NOT_TRIED)
    if (isRetry) {
      if (isBeingSent(draft, now)) throw conflict(BUSY)
      if (!input.sendAgain && !input.arrived) throw conflict(UNCERTAIN)
    }
    // Tried again under the same id, it is the same letter: the other side may hold it already.
    const text = (isRetry ? draft.sentText : null) ?? typed
    const changed = input.arrived
      ? []
      : await changedSources(
          tx,
          draft.parts.map(({ answerId }) => answerId),
        )
    const labels = input.arrived ? (draft.knownChanges ?? []) : changed.map(({ label }) => label)
    if (!input.arrived && labels.length > 0 && !input.acceptChanged) throw conflict(changedSaid(labels.join(', ')))
    const answered = (await lettersOf(tx, input.inquiryId)).find(({ id }) => id === draft.letterId)
    if (answered === undefined) throw notFound('letter', draft.letterId)
    await tx.db
      .update(replyDraft)
      .set({ state: 'sending', sendingSince: now, sentText: text, knownChanges: labels })
      .where(eq(replyDraft.id, draft.id))
    return {
      state: 'claimed',
      draft: {
        ...draft,
        sentText: text,
        parts: draft.parts.map((part) => (input.answersAll ? { ...part, isOpen: false } : part)),
      },
      knownChanges: labels,
      since: input.arrived ? null : now,
      isRetry,
      outgoing: {
        messageId: draft.messageId,
        to: { name: greetedName(answered.fromName), address: inquiryRow.contactEmail ?? answered.fromAddress },
        subject: draft.subject,
        text,
        ...threadOf(answered),
        at: now,
      },
    }
  })
}

/** What was sent, in one transaction with what follows from it. */
async function record(
  ctx: InquiryContext,
  sent: { draft: ReplyDraftRow; outgoing: OutgoingLetter; knownChanges: string[] },
): Promise<ReplyDraftRow> {
  const { draft, outgoing, knownChanges } = sent
  const changes = diffWords(draft.text, outgoing.text)
  const isEdited = changes.some(({ kind }) => kind !== 'same')
  return inTransaction(ctx, async (tx) => {
    const letterId = newId('ltr')
    const [held] = await tx.db.select().from(inquiry).where(eq(inquiry.id, draft.inquiryId)).for('update')
    if (held === undefined) throw notFound('inquiry', draft.inquiryId)
    const [known] = await tx.db.select().from(replyDraft).where(eq(replyDraft.id, draft.id)).for('update')
    // Two tries, or a try and somebody's word: the first has recorded it.
    if (known?.state === 'sent') return known
    await tx.db.insert(letter).values({
      id: letterId,
      inquiryId: draft.inquiryId,
      direction: 'out',
      messageId: outgoing.messageId,
      inReplyTo: outgoing.inReplyTo,
      references: [...outgoing.references],
      fromName: null,
      fromAddress: ctx.mailer.from,
      toAddress: outgoing.to.address,
      subject: outgoing.subject,
      text: outgoing.text,
      at: outgoing.at,
    })
    const now = tx.now()
    const [row] = await tx.db
      .update(replyDraft)
      .set({
        state: 'sent',
        sendingSince: null,
        parts: draft.parts,
        changes,
        isEdited,
        knownChanges,
        sentLetterId: letterId,
        sentAt: now,
        sentBy: tx.actor.id,
        sentThrough: ctx.mailer.name,
      })
      .where(eq(replyDraft.id, draft.id))
      .returning()
    if (row === undefined) throw new Error('the reply was not recorded')
    // A letter that came while this one was on its way is not answered by it.
    const isLast = (await lettersOf(tx, held.id)).findLast(({ direction }) => direction === 'in')?.id === draft.letterId
    // A question without an answer is still to be answered, in its term.
    const isWhole = leavesNothingOpen(draft)
    await tx.db
      .update(inquiry)
      .set({
        ...(isLast && isWhole
          ? {
              status: held.status === 'closed' ? ('closed' as const) : ('answered' as const),
              answeredAt: held.answeredAt ?? now,
              answeredOn: held.answeredOn ?? today(tx),
            }
          : held.status === 'registered'
            ? { status: 'in-work' as const }
            : {}),
        operatorId: held.operatorId ?? tx.actor.id,
        // Of half an answer the operator says himself what was done.
        measures: held.measures ?? (isWhole ? MEASURES[held.lang][ctx.mailer.delivers ? 'sent' : 'kept'] : null),
        revision: held.revision + 1,
        updatedAt: now,
      })
      .where(eq(inquiry.id, held.id))
    await emit(tx, {
      type: 'reply.sent',
      subjectId: held.id,
      payload: { draftId: draft.id, letterId, isEdited, knownChanges, through: ctx.mailer.name },
    })
    return row
  })
}

const MEASURES = {
  ru: {
    sent: 'Дан ответ по электронной почте',
    kept: 'Ответ составлен и сохранён; письмо не отправлено (почта не настроена)',
  },
  kk: {
    sent: 'Электрондық пошта арқылы жауап берілді',
    kept: 'Жауап дайындалып, сақталды; хат жіберілген жоқ (пошта бапталмаған)',
  },
} as const
