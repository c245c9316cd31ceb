import { sql } from 'drizzle-orm'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { answerQuestion } from '#server/answers/answer-question.ts'
import { gatherPassages } from '#server/answers/gather-passages.ts'
import { foundInOther } from '#server/answers/in-other-language.ts'
import type { AnswerCitation } from '#server/answers/schema.ts'
import type { Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { citationSupport } from './citation-support.ts'
import { provisionMatches, readActCases, unknownProvisions, type ActCase } from './read-act-cases.ts'

/**
 * Why a case was lost: its provision was not among the first ten passages in the language expected, another was cited, or found and
 * refused; an answer where none is.
 */
export type Miss = 'not found' | 'another cited' | 'found, refused' | 'answered'

export interface ActCaseResult {
  case: ActCase
  status: 'answered' | 'partial' | 'no_answer'
  /** Act, element id. */
  cited: string[]
  quotes: string[]
  right: boolean
  miss: Miss | null
  /** Place of the first right passage among those gathered, from 1; 0 when there is none. Known of lost cases only. */
  rank: number
  tookMs: number
}

/** 0…1; null where there is nothing to take a share of. */
type Share = number | null

export interface ActAnswerSummary {
  lang: Lang
  answerable: number
  /** Share of answerable cases with a right provision cited. */
  rightCited: Share
  /** Share of the citations given in answerable cases that name a right provision. */
  rightOfCitations: Share
  /** As in ALCE: of all sentences those that their citations support; of all citations those that support. */
  citationRecall: Share
  citationPrecision: Share
  /** Share of answerable cases whose quotes hold the expected words, of those that name some. */
  completeness: Share
  unanswerable: number
  refusalAccuracy: Share
  /** The same by the kind of question: refused, asked. */
  refusals: Record<string, [number, number]>
  /** Share of answerable cases that were refused. */
  falseRefusals: Share
  /** Of the cases with citations. */
  verbatim: Share
  /** Right answers that quote no text in the language of the question. */
  acrossLanguages: number
  /** Refused answerable cases whose refusal names a right provision that is held in the other language alone. */
  namedAcross: number
  p50Ms: number
  p95Ms: number
  misses: Record<Miss, number>
}

export interface ActAnswers {
  results: ActCaseResult[]
  summaries: ActAnswerSummary[]
  /** Cases left out, by the act that is not in the knowledge base. */
  leftOut: Record<string, number>
}

const DEPTH = 10
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
const plain = (text: string) =>
  text
    .replaceAll(/[\s«»"“”]+/g, ' ')
    .toLowerCase()
    .trim()

/** Acts and their provisions as the knowledge base has them, by the number that cases name them by. */
async function heldProvisions(ctx: AnswerContext) {
  const numbers = new Map<string, string>()
  const held = new Map<string, Partial<Record<Lang, Set<string>>>>()
  for (const { id, act, lang, eid } of await queryRows<{ id: string; act: string; lang: Lang; eid: string }>(
    ctx.db,
    sql`select distinct a.id, coalesce(a.registration_number, a.number) as act, r.lang, r.eid from provision r join act a on a.id = r.act_id`,
  )) {
    numbers.set(id, act)
    const texts = held.get(act) ?? {}
    held.set(act, texts)
    const eids = texts[lang] ?? new Set<string>()
    texts[lang] = eids.add(eid)
  }
  return { numbers, held }
}

/**
 * Asks every case over acts through the production verb and judges what comes back.
 * @throws when a case names a provision that an act of the knowledge base does not have: the case is wrong then
 */
export async function runActAnswers(ctx: AnswerContext, casesFile: string): Promise<ActAnswers> {
  const file = await readActCases(casesFile)
  const { numbers, held } = await heldProvisions(ctx)
  const wrong = unknownProvisions(file, held)
  if (wrong.length > 0) throw new Error(`${casesFile}:\n${wrong.map((fault) => `  ${fault}`).join('\n')}`)

  const isRight = (asked: ActCase, act: string, eid: string) =>
    asked.provisions.some((one) => one.startsWith(`${act} `) && provisionMatches(eid, one.slice(act.length + 1)))
  // The text in the language of the question, or the other one where the act is not held in it.
  const isExpectedText = (act: string, lang: Lang, wanted: Lang) =>
    lang === wanted || held.get(act)?.[wanted] === undefined
  const judged: Judged[] = []
  const leftOut: Record<string, number> = {}
  for (const asked of file.cases) {
    const acts = asked.provisions.map((one) => one.split(' ')[0] ?? '')
    if (acts.length > 0 && !acts.some((act) => held.has(act))) {
      for (const act of new Set(acts)) leftOut[act] = (leftOut[act] ?? 0) + 1
      continue
    }
    const question = { question: asked.question, lang: asked.lang, asOf: file.asOf }
    const answer = await answerQuestion(ctx, question)
    const citations = answer.sentences.flatMap((sentence) => sentence.citations)
    const right = citations.map(({ actId, eid }) => isRight(asked, numbers.get(actId) ?? '', eid))
    const quotes = citations.map(({ quote }) => quote)
    const refused = answer.status === 'no_answer'
    const isWon = asked.expect === 'refused' ? refused : right.includes(true)
    let rank = 0
    if (!isWon && asked.expect === 'answered')
      rank =
        (await passagesFound(ctx, question)).findIndex(
          ({ citation, segments, lang }) =>
            isExpectedText(numbers.get(citation?.actId ?? '') ?? '', lang, asked.lang) &&
            [...segments.map(({ eid }) => eid), citation?.eid ?? ''].some((eid) =>
              isRight(asked, numbers.get(citation?.actId ?? '') ?? '', eid),
            ),
        ) + 1
    judged.push({
      result: {
        case: asked,
        status: answer.status,
        cited: citations.map(({ actId, eid }) => `${numbers.get(actId) ?? actId} ${eid}`),
        quotes,
        right: isWon,
        miss: isWon
          ? null
          : asked.expect === 'refused'
            ? 'answered'
            : rank === 0 || rank > DEPTH
              ? 'not found'
              : refused
                ? 'found, refused'
                : 'another cited',
        rank,
        tookMs: answer.tookMs,
      },
      rightCitations: right,
      support: citationSupport(
        answer.sentences.map(({ text, citations }) => ({ text, quotes: citations.map(({ quote }) => quote) })),
      ),
      ...(await readQuoted(ctx, citations, right, asked.lang)),
      isNamedAcross:
        refused &&
        (answer.inOtherLanguage?.citations ?? []).some(({ actId, eid }) =>
          isRight(asked, numbers.get(actId) ?? '', eid),
        ),
      complete: asked.quote === undefined ? null : plain(quotes.join(' ')).includes(plain(asked.quote)),
    })
  }
  return {
    results: judged.map(({ result }) => result),
    summaries: [...new Set(judged.map(({ result }) => result.case.lang))].map((lang) =>
      summarise(
        lang,
        judged.filter(({ result }) => result.case.lang === lang),
      ),
    ),
    leftOut,
  }
}

interface Judged {
  result: ActCaseResult
  rightCitations: boolean[]
  support: ReturnType<typeof citationSupport>
  verbatim: boolean
  isAcross: boolean
  isNamedAcross: boolean
  complete: boolean | null
}

/** What an answer is looked for in, then what a refusal looks at besides. */
async function passagesFound(ctx: AnswerContext, question: { question: string; lang: Lang; asOf: string }) {
  const { passages, withOtherLanguage } = await gatherPassages(ctx, question)
  const known = new Set(passages.map(({ passageId }) => passageId))
  return [...passages, ...foundInOther(await withOtherLanguage()).filter(({ passageId }) => !known.has(passageId))]
}

/** Whether every quote stands in the passage it cites, character by character, and every right one is in another language. */
async function readQuoted(
  ctx: AnswerContext,
  citations: readonly AnswerCitation[],
  right: readonly boolean[],
  lang: Lang,
): Promise<Pick<Judged, 'verbatim' | 'isAcross'>> {
  let verbatim = true
  const langs = new Set<string>()
  for (const [index, { passageId, quote, quoteStart }] of citations.entries()) {
    const [row] = await queryRows<{ text: string; lang: string }>(
      ctx.db,
      sql`select text, lang from passage where id = ${passageId}`,
    )
    if (row === undefined || row.text.slice(quoteStart, quoteStart + quote.length) !== quote) verbatim = false
    else if (right[index] === true) langs.add(row.lang)
  }
  return { verbatim, isAcross: langs.size > 0 && !langs.has(lang) }
}

function summarise(lang: Lang, judged: readonly Judged[]): ActAnswerSummary {
  const answerable = judged.filter((one) => one.result.case.expect === 'answered')
  const unanswerable = judged.filter((one) => one.result.case.expect === 'refused')
  const total = (pick: (support: Judged['support']) => number) =>
    judged.reduce((sum, { support }) => sum + pick(support), 0)
  const citations = answerable.flatMap((one) => one.rightCitations)
  const cited = judged.filter(({ result }) => result.cited.length > 0)
  const named = answerable.filter((one) => one.complete !== null)
  const refusals: ActAnswerSummary['refusals'] = {}
  for (const { case: asked, right } of unanswerable.map(({ result }) => result)) {
    const [refused, all] = refusals[asked.why ?? ''] ?? [0, 0]
    refusals[asked.why ?? ''] = [refused + (right ? 1 : 0), all + 1]
  }
  const misses: Record<Miss, number> = { 'not found': 0, 'another cited': 0, 'found, refused': 0, answered: 0 }
  for (const { result } of judged) if (result.miss !== null) misses[result.miss] += 1
  const times = judged.map((one) => one.result.tookMs).sort((a, b) => a - b)
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0
  return {
    lang,
    answerable: answerable.length,
    rightCited: share(answerable.filter((one) => one.result.right).length, answerable.length),
    rightOfCitations: share(citations.filter(Boolean).length, citations.length),
    citationRecall: share(
      total((one) => one.supported),
      total((one) => one.sentences),
    ),
    citationPrecision: share(
      total((one) => one.needed),
      total((one) => one.citations),
    ),
    completeness: share(named.filter((one) => one.complete === true).length, named.length),
    unanswerable: unanswerable.length,
    refusalAccuracy: share(unanswerable.filter((one) => one.result.right).length, unanswerable.length),
    refusals,
    falseRefusals: share(answerable.filter((one) => one.result.status === 'no_answer').length, answerable.length),
    verbatim: share(cited.filter((one) => one.verbatim).length, cited.length),
    acrossLanguages: answerable.filter((one) => one.isAcross).length,
    namedAcross: answerable.filter((one) => one.isNamedAcross).length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    misses,
  }
}
