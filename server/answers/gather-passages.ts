import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { readVisiblePassages, type VisiblePassage } from '#server/articles/visible-passages.ts'
import type { Degraded } from '#server/search/schema.ts'
import { rankPassages, type RankedPassage } from '#server/search/search.ts'
import type { AnswerContext } from './answer-context.ts'
import type { NumberedPassage } from './answerer.ts'
import { expectedAnswer } from './expected-answer.ts'
import { topicOfRow, topicsOfQuestion } from './extract/standard-topics.ts'
import type { SampleMatch } from './sample-questions/sample-questions.ts'

/** How many passages of the search an answerer is given. */
const PASSAGES = 20
/** How many more may come because a sample question of theirs is like the one asked. */
const MOST_HINTED = 5
const LEAST_HINT = 0.5
/** Rows of a list of requirements, by their element id. */
const ROW = /(?:^|__)row_[\d-]+$/u
/** How many of the best passages say which services are meant, and how many rows of theirs may come along. */
const SERVICES_OF = 8
const MOST_ROWS = 6

export interface GatheredPassage extends RankedPassage {
  /** Sample questions like the one asked, each with the part of the text that answers it. */
  asked: NonNullable<NumberedPassage['asked']>
}

/**
 * The passages that may answer a question: what search finds, and what answers a sample question like it.
 * @returns passages, best first, each with the likeness of its sample questions; and the parts of search that were away
 */
export async function gatherPassages(
  ctx: AnswerContext,
  input: { question: string; lang: Lang; asOf: string },
): Promise<{ passages: GatheredPassage[]; degraded: Degraded }> {
  const { question, lang, asOf } = input
  const { passages, degraded } = await rankPassages(ctx, { q: question, asOf, limit: PASSAGES, prefix: false })
  const matches = await ctx.sampleQuestions.matches(ctx.db, question, lang)
  const holds = (passage: RankedPassage, match: SampleMatch): boolean =>
    passage.citation?.actId === match.actId && passage.segments.some(({ eid }) => eid === match.eid)
  const hinted = matches
    .filter(({ likeness }) => (likeness[0] ?? 0) >= LEAST_HINT)
    .filter((match) => !passages.some((passage) => holds(passage, match)))
    .slice(0, MOST_HINTED)
  const least = passages.at(-1)?.score ?? 0
  for (const row of await rowsOfServices(ctx, passages, input))
    if (!passages.some(({ passageId }) => passageId === row.passageId)) passages.push({ ...row, score: least })
  for (const { actId, eid } of hinted) {
    const found = await readVisiblePassages(
      ctx.db,
      sql`r.act_id = ${actId} and p.lang = ${lang} and p.segments @> ${JSON.stringify([{ eid }])}::jsonb`,
      asOf,
    )
    for (const passage of found)
      if (!passages.some(({ passageId }) => passageId === passage.passageId))
        passages.push({ ...passage, score: least })
  }
  const gathered = passages.map((passage) => ({
    ...passage,
    asked: matches.flatMap(({ actId, eid, texts, likeness }) => {
      const segment = passage.citation?.actId === actId ? passage.segments.find((one) => one.eid === eid) : undefined
      return segment === undefined ? [] : [{ texts, likeness, start: segment.start, end: segment.end }]
    }),
  }))
  return { passages: gathered, degraded }
}

/**
 * What a service costs, when it is open, which documents it takes: rows of its list of requirements, which never name the service. They
 * come along where the question asks for such a thing and points of the act were found.
 */
async function rowsOfServices(
  ctx: AnswerContext,
  passages: readonly RankedPassage[],
  { question, lang, asOf }: { question: string; lang: Lang; asOf: string },
): Promise<VisiblePassage[]> {
  const topics = topicsOfQuestion(question, lang, expectedAnswer(question, lang))
  if (topics.length === 0) return []
  const services = passages
    .filter((passage) => passage.lang === lang)
    .slice(0, SERVICES_OF)
    .flatMap(({ citation }) => (citation === null ? [] : [{ actId: citation.actId, annex: annexOf(citation.eid) }]))
  if (services.length === 0) return []
  const rows = await readVisiblePassages(
    ctx.db,
    sql`r.act_id = any(${`{${[...new Set(services.map(({ actId }) => actId))].join(',')}}`}::text[]) and p.lang = ${lang} and r.eid like '%row\\_%'`,
    asOf,
  )
  const placeOf = ({ citation }: VisiblePassage): number =>
    services.findIndex(({ actId, annex }) => actId === citation?.actId && annex === annexOf(citation.eid))
  return rows
    .filter((row) => isRow(row) && placeOf(row) >= 0 && topics.includes(topicOfRow(row.text, lang)))
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .slice(0, MOST_ROWS)
}

/** An order may confirm the rules of several services, each an annex. */
const annexOf = (eid: string): string => /^ann_[\d-]+/u.exec(eid)?.[0] ?? ''

const isRow = ({ citation }: VisiblePassage): boolean => citation !== null && ROW.test(citation.eid)

/** Gathered passages as an answerer sees them. */
export const numberPassages = (passages: readonly GatheredPassage[]): NumberedPassage[] =>
  passages.map((passage, i) => ({
    number: i + 1,
    label: passage.label,
    title: passage.title,
    context: passage.context,
    text: passage.text,
    lang: passage.lang,
    score: passage.score,
    changedSince: passage.sourceChanged?.since ?? null,
    asked: passage.asked,
    ...(passage.citation === null ? {} : { act: passage.citation.actId }),
    ...(isRow(passage) ? { row: topicOfRow(passage.text, passage.lang) } : {}),
  }))
