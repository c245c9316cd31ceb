import { today, type Lang } from '#server/context.ts'
import { answer as answerTable } from '#server/db/schema/answers.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import type { RankedPassage } from '#server/search/search.ts'
import type { AnswerContext } from './answer-context.ts'
import { gatherPassages, numberPassages } from './gather-passages.ts'
import { findCompetence } from './competence.ts'
import { findClarification } from './clarify/find-clarification.ts'
import { findGuidance } from './scope/find-guidance.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'
import type { Answer, AnswerCitation, AnswerSentence, Question } from './schema.ts'
import { verifySentence } from './verify-sentence.ts'

const MOST_SENTENCES = 4
/** Below this a whole answer is called partial. */
const CONFIDENT = 0.5

const NO_ANSWER: Record<Lang, string> = {
  ru: 'В базе знаний нет ответа на этот вопрос.',
  kk: 'Білім базасында бұл сұрақтың жауабы жоқ.',
}

interface Rejection {
  text: string
  reason: string
}

/** The provision that a quote stands in: the sub-point, where it lies in one, not the whole point. */
function citationOf(passage: RankedPassage, quote: string, quoteStart: number): AnswerCitation | null {
  if (passage.citation === null) return null
  const end = quoteStart + quote.length
  const segment = passage.segments.find((s) => quoteStart >= s.start && end <= s.end)
  const own =
    segment === undefined || segment.eid === passage.citation.eid
      ? {}
      : {
          provisionId: segment.provisionId,
          eid: segment.eid,
          label: segment.label,
          anchor: segment.eid,
          url: `/articles/${passage.articleId}?lang=${passage.lang}#${segment.eid}`,
        }
  return {
    ...passage.citation,
    ...own,
    quote,
    quoteStart,
    passageId: passage.passageId,
    articleId: passage.articleId,
    versionId: passage.versionId,
    languageDifferences: passage.languageDifferences,
  }
}

interface Composed {
  answer: Answer
  /** What was looked at and what was dropped: the record needs both. */
  considered: RankedPassage[]
  rejected: Rejection[]
}

/** Composes an answer without keeping a record of it. Takes and does the same as `answerQuestion`. */
export async function composeAnswer(
  ctx: AnswerContext,
  input: Question & { signal?: AbortSignal },
  onSentence: (sentence: AnswerSentence) => void | Promise<void> = () => {},
): Promise<Composed> {
  const started = performance.now()
  const lang = input.lang ?? detectLanguage(input.question)
  const asOf = input.asOf ?? today(ctx)
  const { passages, degraded } = await gatherPassages(ctx, {
    question: input.question,
    lang,
    asOf,
    within: input.within,
  })
  const numbered = numberPassages(passages)

  const sentences: AnswerSentence[] = []
  const rejected: Rejection[] = []
  let confidence = 0
  for await (const proposed of ctx.answerer.propose({
    question: input.question,
    lang,
    asOf,
    passages: numbered,
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  })) {
    const checked = verifySentence(proposed, numbered, { lang, ownWords: false })
    if (!checked.ok) {
      rejected.push({ text: proposed.text, reason: checked.reason })
      continue
    }
    const citations = checked.quotes.flatMap(({ number, quote, start }) => {
      const passage = passages[number - 1]
      return (passage === undefined ? null : citationOf(passage, quote, start)) ?? []
    })
    if (citations.length === 0) {
      rejected.push({ text: proposed.text, reason: 'no-citation' })
      continue
    }
    const sentence = { text: checked.text, citations }
    sentences.push(sentence)
    confidence = Math.max(confidence, proposed.confidence)
    await onSentence(sentence)
    if (sentences.length === MOST_SENTENCES) break
  }

  // Who has hung up was not refused: nothing is recorded.
  input.signal?.throwIfAborted()
  const status =
    sentences.length === 0 ? 'no_answer' : confidence < CONFIDENT || rejected.length > 0 ? 'partial' : 'answered'
  const competence = status === 'no_answer' ? await findCompetence(ctx, input.question, lang, subjectCoverage) : null
  const guidance = await findGuidance(ctx, ctx.scope, {
    ...input,
    lang,
    asOf,
    isAnswered: status !== 'no_answer',
    competence,
  })
  const answer: Answer = {
    answerId: newId('ans'),
    status,
    lang,
    asOf,
    sentences,
    message: status === 'no_answer' ? NO_ANSWER[lang] : null,
    competence,
    guidance,
    clarify: findClarification({
      question: input.question,
      lang,
      passages,
      isAnswered: status === 'answered',
      isNarrowed: input.within !== undefined,
    }),
    answerer: ctx.answerer.name,
    degraded,
    tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
  return { answer, considered: passages, rejected }
}

/**
 * Answers a question from the knowledge base alone (п. 9), or says honestly that it has no answer and whose question
 * it is (п. 10). What the answerer proposes is shown only when verification in code has passed it.
 * @param onSentence called with each sentence as soon as it has passed
 * @returns the answer; its record (question, passages, quotes, checks) is stored
 */
export async function answerQuestion(
  ctx: AnswerContext,
  input: Question & { signal?: AbortSignal },
  onSentence: (sentence: AnswerSentence) => void | Promise<void> = () => {},
): Promise<Answer> {
  const { answer, considered, rejected } = await composeAnswer(ctx, input, onSentence)
  const { answerId: id, status, lang, asOf, sentences, competence, guidance, answerer, tookMs } = answer
  await inTransaction(ctx, async (tx) => {
    await tx.db.insert(answerTable).values({
      id,
      question: input.question,
      lang,
      asOf,
      status,
      sentences,
      passages: considered.map(({ passageId, versionId, label, score }) => ({ passageId, versionId, label, score })),
      checks: rejected,
      competence,
      guidance,
      answerer,
      tookMs: Math.round(tookMs),
      actorId: ctx.actor.id,
      at: ctx.now(),
    })
    await emit(tx, { type: 'answer.given', subjectId: id, payload: { status } })
  })
  return answer
}
