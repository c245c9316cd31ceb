import { answerQuestion } from '#server/answers/answer-question.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { queryRows } from '#server/db/database.ts'
import { sql } from 'drizzle-orm'
import { pointMatches, pointOf, readCases, type AnswerCase } from './read-cases.ts'

export interface CaseResult {
  case: AnswerCase
  status: 'answered' | 'partial' | 'no_answer'
  cited: string[]
  quotes: string[]
  /** Every quote stands verbatim in the passage it cites. */
  verbatim: boolean
  right: boolean
  /** Of the expected fragment, where the case names one. */
  complete: boolean | null
  tookMs: number
}

export interface AnswerSummary {
  lang: string
  answerable: number
  /** Share of answerable cases with a right point cited. */
  citationRecall: number
  /** Share of citations in answered cases that are right. */
  citationPrecision: number
  /** Share of answerable cases whose quotes hold the expected fragment, of those that name one. */
  completeness: number
  unanswerable: number
  refusalAccuracy: number
  /** Share of answerable cases that were refused. */
  falseRefusals: number
  verbatim: number
  p50Ms: number
  p95Ms: number
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)
const plain = (text: string) =>
  text
    .replaceAll(/[\s«»"“”]+/g, ' ')
    .toLowerCase()
    .trim()

/**
 * Asks every case through the production verb and judges what comes back.
 * @param ofAct the act whose points the cases name; without it only one act is held
 */
export async function runAnswers(
  ctx: AnswerContext,
  casesFile: string,
  ofAct?: string,
): Promise<{ results: CaseResult[]; summaries: AnswerSummary[] }> {
  const { cases, asOf } = await readCases(casesFile)
  const results: CaseResult[] = []
  for (const asked of cases) {
    const answer = await answerQuestion(ctx, { question: asked.question, lang: asked.lang, asOf })
    const citations = answer.sentences.flatMap((sentence) => sentence.citations)
    const texts = await Promise.all(
      citations.map(async ({ passageId, quote, quoteStart }) => {
        const [row] = await queryRows<{ text: string }>(ctx.db, sql`select text from passage where id = ${passageId}`)
        return row !== undefined && row.text.slice(quoteStart, quoteStart + quote.length) === quote
      }),
    )
    const cited = citations.map(({ actId, eid }) =>
      ofAct === undefined || actId === ofAct ? pointOf(eid) : `another act ${pointOf(eid)}`,
    )
    const quotes = citations.map((citation) => citation.quote)
    const hit = cited.some((point) => (asked.points ?? []).some((expected) => pointMatches(point, expected)))
    results.push({
      case: asked,
      status: answer.status,
      cited,
      quotes,
      verbatim: texts.every(Boolean),
      right:
        asked.expect === 'refused'
          ? answer.status === 'no_answer'
          : asked.expect === 'answered'
            ? hit
            : answer.status === 'no_answer' || hit,
      complete: asked.quote === undefined ? null : plain(quotes.join(' ')).includes(plain(asked.quote)),
      tookMs: answer.tookMs,
    })
  }
  const summaries = [...new Set(cases.map((c) => c.lang))].map((lang) =>
    summarise(
      lang,
      results.filter((r) => r.case.lang === lang),
    ),
  )
  return { results, summaries }
}

function summarise(lang: string, results: readonly CaseResult[]): AnswerSummary {
  const answerable = results.filter((r) => r.case.expect === 'answered')
  const unanswerable = results.filter((r) => r.case.expect === 'refused')
  const given = answerable.filter((r) => r.cited.length > 0)
  const citations = given.flatMap((r) =>
    r.cited.map((point) => (r.case.points ?? []).some((expected) => pointMatches(point, expected))),
  )
  const named = answerable.filter((r) => r.complete !== null)
  const times = results.map((r) => r.tookMs).sort((a, b) => a - b)
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0
  return {
    lang,
    answerable: answerable.length,
    citationRecall: share(answerable.filter((r) => r.right).length, answerable.length),
    citationPrecision: share(citations.filter(Boolean).length, citations.length),
    completeness: share(named.filter((r) => r.complete === true).length, named.length),
    unanswerable: unanswerable.length,
    refusalAccuracy: share(unanswerable.filter((r) => r.right).length, unanswerable.length),
    falseRefusals: share(answerable.filter((r) => r.status === 'no_answer').length, answerable.length),
    verbatim: share(results.filter((r) => r.verbatim).length, results.length),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
  }
}
