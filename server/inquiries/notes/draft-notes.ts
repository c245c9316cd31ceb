import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { ModelFault } from '#server/answers/chat/chat-model.ts'
import { modelLedger } from '#server/answers/model-ledger.ts'
import { AnswerSentenceSchema } from '#server/answers/schema.ts'
import { classifyQuestion } from '#server/answers/scope/classify-question.ts'
import type { Lang } from '#server/context.ts'
import { call, callNote, type NoteFields } from '#server/db/schema/inquiries.ts'
import { DomainError, type Said } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { answersOf, callById, segmentsOf, type NoteRow } from '../calls/call-queries.ts'
import { speechOf } from '../calls/speech-of.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { cutAtWord } from '../questions/find-questions.ts'
import type { Segment } from '../schema.ts'
import { callerSentences, extractNotes } from './extract-notes.ts'
import { findService } from './find-service.ts'
import { promisesOf } from './promises-of.ts'
import { readNotesPrompt } from './read-notes-prompt.ts'
import { verifyNotes } from './verify-notes.ts'

const LONGEST_MEASURES = 4000
const NOTHING_SAID: Said = {
  ru: 'Звонящий ещё ничего не сказал: составлять итог не из чего.',
  kk: 'Қоңырау шалушы әлі ештеңе айтқан жоқ: қорытынды жасайтын ештеңе жоқ.',
  en: 'The caller has said nothing yet: there is nothing to write notes of.',
}
const FORGOTTEN: Said = {
  ru: 'Запись этого разговора уже удалена: итог составить не из чего.',
  kk: 'Бұл әңгіменің жазбасы жойылған: қорытынды жасайтын ештеңе жоқ.',
  en: 'The transcript of this call is deleted: there is nothing to write notes of.',
}
const WORDS = {
  ru: {
    told: 'Дана консультация по',
    none: 'Ответа в Базе знаний не найдено',
    promised: 'Оператор обещал',
    speaker: { caller: 'Звонящий', operator: 'Оператор' },
  },
  kk: {
    told: 'Кеңес берілді:',
    none: 'Білім базасында жауап табылмады',
    promised: 'Оператор уәде берді',
    speaker: { caller: 'Қоңырау шалушы', operator: 'Оператор' },
  },
} as const

const spell = (day: string): string => day.slice(0, 10).split('-').toReversed().join('.')

type GivenAnswer = Awaited<ReturnType<typeof answersOf>>[number]

/** What was answered: the points that answers of the call cite. */
function measuresOf(answers: readonly GivenAnswer[], lang: Lang): string {
  const cited = answers.flatMap(({ sentences }) =>
    z
      .array(AnswerSentenceSchema)
      .parse(sentences)
      .flatMap(({ citations }) => citations),
  )
  const points = new Map(
    cited.map(({ actId, eid, label, actTitle, edition }) => [
      `${actId} ${eid}`,
      `${label}, «${actTitle}» (${edition.amendedBy ?? spell(edition.date)})`,
    ]),
  )
  const words = WORDS[lang]
  if (points.size > 0) return cutAtWord(`${words.told} ${[...points.values()].join('; ')}`, LONGEST_MEASURES)
  return answers.length > 0 ? words.none : ''
}

/** Whether the caller speaks for a state body, by the phrases of `content/scope.yaml`. */
const askerOf = (ctx: InquiryContext, said: string, lang: Lang): 'citizen' | 'state-body' =>
  classifyQuestion(ctx.scope, { question: said, lang, group: 'services', namesSubject: true })?.kind === 'ict-request'
    ? 'state-body'
    : 'citizen'

const transcriptOf = (segments: readonly Segment[], lang: Lang): string =>
  segments.map(({ speaker, text }) => `${WORDS[lang].speaker[speaker]}: ${speechOf(text).join(' ')}`).join('\n')

/**
 * Proposes notes of a call: language, who asks, service, subject, content and what was answered. A model's sentences are held against the
 * transcript; where it fails or none holds, the caller's own sentences stand in their place, and the notes say so. Nothing goes into an
 * inquiry before an operator has confirmed it.
 * @throws DomainError `not-found`, `conflict` (nothing was said, the transcript is deleted, or the notes are confirmed already)
 */
export async function draftNotes(
  ctx: InquiryContext,
  input: { callId: string; signal?: AbortSignal },
): Promise<NoteRow> {
  const row = await callById(ctx, input.callId)
  if (row.inquiryId !== null)
    throw new DomainError('conflict', 'Итог этого звонка уже подтверждён.', { said: CONFIRMED })
  const segments = await segmentsOf(ctx, row.id)
  const sentences = callerSentences(segments)
  if (sentences.length === 0) throw new DomainError('conflict', NOTHING_SAID.ru, { said: NOTHING_SAID })
  const said = sentences.join(' ')
  const lang = detectLanguage(said)
  const answers = await answersOf(ctx, row.id)
  const extract = extractNotes(segments)
  const noteId = newId('nte')
  let { subject, content } = extract
  let writer = 'extract'
  let prompt: NoteRow['prompt'] = null
  let fallback: NoteRow['fallback'] = null
  let dropped: NoteRow['dropped'] = []
  if (ctx.noteWriter !== null) {
    try {
      const written = await ctx.noteWriter.write({
        transcript: transcriptOf(segments, lang),
        lang,
        ledger: modelLedger(ctx, noteId),
        ...(input.signal === undefined ? {} : { signal: input.signal }),
      })
      prompt = written.prompt
      const held = verifyNotes(written.notes, segments.flatMap(({ text }) => speechOf(text)).join('. '), {
        lang,
        unsaid: readNotesPrompt(lang).runs,
      })
      dropped = held.dropped
      if (held.content.length === 0) fallback = { from: ctx.noteWriter.name, reason: 'nothing-verified' }
      else {
        writer = ctx.noteWriter.name
        content = held.content.join(' ')
        subject = held.subject ?? extract.subject
      }
    } catch (error) {
      input.signal?.throwIfAborted()
      if (!(error instanceof ModelFault)) throw error
      ctx.log.warn({ reason: error.reason, status: error.status }, 'the chat model failed notes of a call')
      fallback = { from: ctx.noteWriter.name, reason: error.reason }
    }
  }
  const proposed: NoteFields = {
    lang,
    asker: askerOf(ctx, said, lang),
    body: null,
    region: null,
    serviceId: await findService(ctx, said, lang),
    subject,
    content,
    measures: cutAtWord(
      [measuresOf(answers, lang), ...promisesOf(segments).map((said) => `${WORDS[lang].promised}: ${said}`)]
        .filter((one) => one !== '')
        .join('. '),
      LONGEST_MEASURES,
    ),
  }
  return inTransaction(ctx, async (tx) => {
    // A model takes its time: meanwhile the call may have been confirmed, or forgotten with all that was said.
    const [now] = await tx.db.select().from(call).where(eq(call.id, row.id)).for('update')
    if (now === undefined || now.forgottenAt !== null)
      throw new DomainError('conflict', FORGOTTEN.ru, { said: FORGOTTEN })
    if (now.inquiryId !== null) throw new DomainError('conflict', CONFIRMED.ru, { said: CONFIRMED })
    const [stored] = await tx.db
      .insert(callNote)
      .values({
        id: noteId,
        callId: row.id,
        proposed,
        writer,
        prompt,
        fallback,
        dropped,
        answers: answers.map(({ answerId }) => answerId),
        madeAt: tx.now(),
        madeBy: tx.actor.id,
      })
      .returning()
    if (stored === undefined) throw new Error('the notes were not stored')
    await emit(tx, {
      type: 'call-notes.drafted',
      subjectId: row.id,
      payload: { noteId, writer, fallback: fallback?.reason ?? null, dropped: dropped.length },
    })
    return stored
  })
}

export const CONFIRMED: Said = {
  ru: 'Итог этого звонка уже подтверждён: правьте обращение.',
  kk: 'Бұл қоңыраудың қорытындысы расталған: өтінішті түзетіңіз.',
  en: 'The notes of this call are confirmed already: edit the inquiry.',
}
