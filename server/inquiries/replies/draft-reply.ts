import { and, eq } from 'drizzle-orm'
import { answerQuestion } from '#server/answers/answer-question.ts'
import type { Answer } from '#server/answers/schema.ts'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { inquiry, replyDraft, type DraftPart } from '#server/db/schema/inquiries.ts'
import { conflict, DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { inquiryById, leavesNothingOpen, lettersOf, type LetterRow, type ReplyDraftRow } from '../queries.ts'
import { noteAsked } from '#server/answers/note-asked.ts'
import { MOST_QUESTIONS, readLetter } from '../questions/read-letter.ts'
import { composeReply, staysOpen } from './compose-reply.ts'
import { isBeingSent } from './is-being-sent.ts'
import { replySubject } from './reply-subject.ts'

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
const UNCERTAIN = {
  ru: 'Неизвестно, ушёл ли прошлый ответ. Отметьте, что он дошёл, или отправьте его ещё раз: новый проект готовится после этого.',
  kk: 'Алдыңғы жауаптың кеткені белгісіз. Оның жеткенін белгілеңіз немесе қайта жіберіңіз: жаңа жоба содан кейін дайындалады.',
  en: 'Nobody knows whether the last reply left. Mark it as arrived, or send it again: a new draft is made after that.',
} as const
const ANOTHER_CAME = {
  ru: 'Пока готовился проект, пришло ещё одно письмо. Подготовьте ответ заново.',
  kk: 'Жоба дайындалып жатқанда тағы бір хат келді. Жауапты қайта дайындаңыз.',
  en: 'Another letter came while the draft was being made. Draft the reply again.',
} as const

const newestIn = (letters: readonly LetterRow[]): LetterRow | undefined =>
  letters.findLast(({ direction }) => direction === 'in')

/**
 * Letters that nobody has answered whole, oldest first: those since the last one whose reply left nothing open; a reminder does not take the place of
 * what it reminds of. Pure.
 */
function unansweredOf(letters: readonly LetterRow[], drafts: readonly ReplyDraftRow[]): LetterRow[] {
  const whole = new Set(drafts.filter(leavesNothingOpen).map(({ letterId }) => letterId))
  const answeredAt = letters.findLastIndex(({ id }) => whole.has(id))
  const since = letters.slice(answeredAt + 1).filter(({ direction }) => direction === 'in')
  const newest = newestIn(letters)
  return since.length > 0 || newest === undefined ? since : [newest]
}

/**
 * Drafts the reply to the letters of an inquiry that are not answered yet: every question in them is answered as a caller's would be, with a
 * record of its own, in the language of the letter; what has no answer says whose question it is, and may be drafted again after the rest was
 * sent. An older open draft gives way.
 * @throws DomainError `not-found`, `bad-request` (no letter to answer), `conflict` (a reply is being sent, or was, or may have been; another
 * letter came meanwhile)
 */
export async function draftReply(
  ctx: InquiryContext,
  input: { inquiryId: string; signal?: AbortSignal },
): Promise<ReplyDraftRow> {
  const held = await inquiryById(ctx, input.inquiryId)
  const letters = await lettersOf(ctx, held.id)
  const incoming = newestIn(letters)
  if (incoming === undefined)
    throw new DomainError('bad-request', 'Это обращение поступило не по почте: отвечать письмом не на что.')
  const name = incoming.fromName ?? held.contactName
  const earlier = await ctx.db
    .select()
    .from(replyDraft)
    .where(and(eq(replyDraft.inquiryId, held.id), eq(replyDraft.state, 'sent')))
  const read = unansweredOf(letters, earlier).map((one) => readLetter(one, name === null ? [] : [name]))
  const asked = [...new Set(read.flatMap(({ questions }) => questions))]
  // What a reply to a part of these letters has said already is not said again.
  const told = new Set(
    earlier
      .filter((one) => !leavesNothingOpen(one))
      .flatMap(({ parts: said }) => said.flatMap(({ question, isOpen }) => (isOpen ? [] : [question]))),
  )
  const left = asked.filter((question) => !told.has(maskPersonalData(question).text))
  const open = left.length > 0 ? left : asked
  const questions = open.slice(0, MOST_QUESTIONS)
  const unread = read.reduce((sum, one) => sum + one.unread, open.length - questions.length)
  const lang = held.lang
  const parts: { question: string; answer: Answer }[] = []
  // One after another: the database has one connection, and a model its limits.
  for (const question of questions) {
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
    isOpen: staysOpen(answer),
    clarify: answer.clarify,
  }))
  return inTransaction(ctx, async (tx) => {
    await tx.db.select({ id: inquiry.id }).from(inquiry).where(eq(inquiry.id, held.id)).for('update')
    if (newestIn(await lettersOf(tx, held.id))?.id !== incoming.id) throw conflict(ANOTHER_CAME)
    const drafts = await tx.db.select().from(replyDraft).where(eq(replyDraft.inquiryId, held.id))
    const leaving = drafts.find(({ state }) => state === 'sending')
    if (leaving !== undefined) throw conflict(isBeingSent(leaving, tx.now()) ? SENDING : UNCERTAIN)
    // One letter, one reply that answers it whole.
    if (drafts.some((one) => one.state === 'sent' && one.letterId === incoming.id && leavesNothingOpen(one)))
      throw conflict(ANSWERED)
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
        unread,
        leftOut: read.flatMap(({ leftOut }) => leftOut.map((sentence) => maskPersonalData(sentence).text)),
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
