import { and, desc, eq } from 'drizzle-orm'
import { answerQuestion } from '#server/answers/answer-question.ts'
import type { Answer } from '#server/answers/schema.ts'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { inquiry, letter, replyDraft, type DraftPart } from '#server/db/schema/inquiries.ts'
import { conflict, DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { inquiryById, type ReplyDraftRow } from '../queries.ts'
import { cutAtWord } from '../questions/find-questions.ts'
import { noteAsked } from '../questions/note-asked.ts'
import { readLetter } from '../questions/read-letter.ts'
import { composeReply } from './compose-reply.ts'

const LONGEST_SUBJECT = 200

const ANSWERED = {
  ru: 'На это письмо уже отвечено. Новый проект готовится, когда придёт следующее.',
  kk: 'Бұл хатқа жауап берілген. Жаңа жоба келесі хат келгенде дайындалады.',
  en: 'This letter has been answered. A new draft is made when the next one comes.',
} as const
const SENDING = {
  ru: 'Ответ сейчас отправляется: новый проект не нужен.',
  kk: 'Жауап қазір жіберіліп жатыр: жаңа жоба қажет емес.',
  en: 'The reply is being sent right now: no new draft is needed.',
} as const

/** «Re: …», once. */
const replySubject = (subject: string, number: string): string => {
  const bare = subject
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/^(?:\s*(?:re|fwd?|ответ|отв)\s*(?:\[\d+\])?\s*:)+\s*/iu, '')
    .trim()
  return cutAtWord(`Re: ${bare === '' ? '' : `${bare} `}[№ ${number}]`, LONGEST_SUBJECT)
}

/**
 * Drafts the reply to the newest letter of an inquiry: every question in it is answered as a caller's would be, with a record of its
 * own, in the language of the letter; what has no answer says whose question it is. An older open draft gives way.
 * @throws DomainError `not-found`, `bad-request` (no letter to answer), `conflict` (a reply is being sent, or was)
 */
export async function draftReply(
  ctx: InquiryContext,
  input: { inquiryId: string; signal?: AbortSignal },
): Promise<ReplyDraftRow> {
  const held = await inquiryById(ctx, input.inquiryId)
  const [incoming] = await ctx.db
    .select()
    .from(letter)
    .where(and(eq(letter.inquiryId, held.id), eq(letter.direction, 'in')))
    .orderBy(desc(letter.at), desc(letter.id))
    .limit(1)
  if (incoming === undefined)
    throw new DomainError('bad-request', 'Это обращение поступило не по почте: отвечать письмом не на что.')
  const name = incoming.fromName ?? held.contactName
  const read = readLetter(incoming, name === null ? [] : [name])
  const lang = held.lang
  const parts: { question: string; answer: Answer }[] = []
  // One after another: the database has one connection, and a model its limits.
  for (const question of read.questions) {
    const answer = await answerQuestion(ctx, {
      question,
      lang,
      asker: held.asker,
      ...(held.body === null ? {} : { body: held.body }),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    })
    noteAsked(ctx, question, answer)
    parts.push({ question: maskPersonalData(question).text, answer })
  }
  const text = composeReply({ lang, number: held.number, registeredOn: held.registeredOn, name, parts })
  const kept = parts.map(({ question, answer }): DraftPart => ({
    question,
    answerId: answer.answerId,
    status: answer.status,
  }))
  return inTransaction(ctx, async (tx) => {
    await tx.db.select({ id: inquiry.id }).from(inquiry).where(eq(inquiry.id, held.id)).for('update')
    const drafts = await tx.db
      .select({ state: replyDraft.state, letterId: replyDraft.letterId })
      .from(replyDraft)
      .where(eq(replyDraft.inquiryId, held.id))
    if (drafts.some(({ state }) => state === 'sending')) throw conflict(SENDING)
    // One letter, one reply.
    if (drafts.some(({ state, letterId }) => state === 'sent' && letterId === incoming.id)) throw conflict(ANSWERED)
    await tx.db
      .update(replyDraft)
      .set({ state: 'superseded' })
      .where(and(eq(replyDraft.inquiryId, held.id), eq(replyDraft.state, 'open')))
    const id = newId('rpl')
    const [row] = await tx.db
      .insert(replyDraft)
      .values({
        id,
        inquiryId: held.id,
        letterId: incoming.id,
        lang,
        state: 'open',
        subject: replySubject(incoming.subject, held.number),
        text,
        parts: kept,
        unread: read.unread,
        leftOut: read.leftOut.map((sentence) => maskPersonalData(sentence).text),
        madeAt: tx.now(),
        madeBy: tx.actor.id,
        messageId: `<${id}@${ctx.mailer.from.split('@')[1] ?? 'bilim.invalid'}>`,
      })
      .returning()
    if (row === undefined) throw new Error('the draft was not stored')
    await emit(tx, {
      type: 'reply.drafted',
      subjectId: held.id,
      payload: {
        draftId: id,
        answers: kept.map(({ answerId }) => answerId),
        refused: kept.filter(({ status }) => status === 'no_answer').length,
      },
    })
    return row
  })
}
