import { and, eq } from 'drizzle-orm'
import { diffWords } from '#server/articles/diff-words.ts'
import { today } from '#server/context.ts'
import { inquiry, letter, replyDraft } from '#server/db/schema/inquiries.ts'
import { conflict, DomainError, notFound, type Said } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { MailFault, type OutgoingLetter } from '#server/mail/mailer.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { inquiryById, lettersOf, type LetterRow, type ReplyDraftRow } from '../queries.ts'
import { REPLY_CHARACTERS, type SendReply } from '../schema.ts'
import { changedSources } from './changed-sources.ts'
import { greetedName } from './compose-reply.ts'

/** After this long a try that nobody ended has died with its server. */
const ABANDONED_MS = 2 * 60_000
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
 * sent and the difference between them are recorded.
 * @throws DomainError `not-found`; `conflict`: sources changed since the draft (and `acceptChanged` was not said), a newer draft, being sent,
 * or a try whose end is unknown (and `sendAgain` was not said); `unavailable`: the mail server did not take it
 */
export async function sendReply(ctx: InquiryContext, input: SendReply & { inquiryId: string }): Promise<ReplyDraftRow> {
  const claimed = await claim(ctx, input)
  if (claimed.state === 'sent') return claimed.draft
  const { draft, outgoing, knownChanges } = claimed
  try {
    await ctx.mailer.send(outgoing)
  } catch (error) {
    if (!(error instanceof MailFault)) throw error
    ctx.log.warn({ err: error.message, inquiryId: input.inquiryId }, 'a reply did not leave')
    // Unsure, the draft stays claimed: the next try is told.
    await inTransaction(ctx, async (tx) => {
      await tx.db
        .update(replyDraft)
        .set({ sendingSince: null, ...(error.surelyNotSent ? { state: 'open' as const, sentText: null } : {}) })
        .where(and(eq(replyDraft.id, draft.id), eq(replyDraft.state, 'sending')))
      await emit(tx, {
        type: 'reply.failed',
        subjectId: input.inquiryId,
        payload: { draftId: draft.id, surelyNotSent: error.surelyNotSent, isRefused: error.isRefused },
      })
    })
    throw new DomainError('unavailable', MAIL_FAILED.ru, {
      said: error.isRefused ? ADDRESS_REFUSED : error.surelyNotSent ? MAIL_FAILED : UNCERTAIN,
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
  | { state: 'claimed'; draft: ReplyDraftRow; outgoing: OutgoingLetter; knownChanges: string[] }

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
    if (draft.state === 'sending') {
      // Without a beginning: a try that ended without the server's word.
      if (draft.sendingSince !== null && now.getTime() - draft.sendingSince.getTime() < ABANDONED_MS)
        throw conflict(BUSY)
      if (!input.sendAgain) throw conflict(UNCERTAIN)
    }
    // Tried again under the same id, it is the same letter: the other side may hold it already.
    const text = (draft.state === 'sending' ? draft.sentText : null) ?? typed
    const changed = await changedSources(
      tx,
      draft.parts.map(({ answerId }) => answerId),
    )
    const labels = changed.map(({ label }) => label)
    if (labels.length > 0 && !input.acceptChanged) throw conflict(changedSaid(labels.join(', ')))
    const answered = (await lettersOf(tx, input.inquiryId)).find(({ id }) => id === draft.letterId)
    if (answered === undefined) throw notFound('letter', draft.letterId)
    await tx.db
      .update(replyDraft)
      .set({ state: 'sending', sendingSince: now, sentText: text, knownChanges: labels })
      .where(eq(replyDraft.id, draft.id))
    return {
      state: 'claimed',
      draft: { ...draft, sentText: text },
      knownChanges: labels,
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
    await tx.db
      .update(inquiry)
      .set({
        ...(isLast
          ? {
              status: held.status === 'closed' ? ('closed' as const) : ('answered' as const),
              answeredAt: held.answeredAt ?? now,
              answeredOn: held.answeredOn ?? today(tx),
            }
          : {}),
        operatorId: held.operatorId ?? tx.actor.id,
        measures: held.measures ?? MEASURES[held.lang][ctx.mailer.delivers ? 'sent' : 'kept'],
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
