import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { readVisiblePassages, type VisiblePassage } from '#server/articles/visible-passages.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'
import type { Degraded } from '#server/search/schema.ts'
import { rankPassages, type RankedPassage } from '#server/search/search.ts'
import type { AnswerContext } from './answer-context.ts'
import type { Question } from './schema.ts'
import type { NumberedPassage } from './answerer.ts'
import type { SampleMatch } from './sample-questions/sample-questions.ts'

/** How many passages of the search an answerer is given. */
const PASSAGES = 20
/** How many more may come because a sample question of theirs is like the one asked. */
const MOST_HINTED = 5
const LEAST_HINT = 0.5

/** How many are looked at to find those of one act or article. */
const RANKED = 50
/** Passages of an act that are read where ranking found few of its. */
const READ = 400

export interface GatheredPassage extends RankedPassage {
  /** Sample questions like the one asked, each with the part of the text that answers it. */
  asked: NonNullable<NumberedPassage['asked']>
}

const inside = (passage: VisiblePassage, within: Question['within']): boolean =>
  within === undefined ||
  ((within.articleId === undefined || passage.articleId === within.articleId) &&
    (within.actId === undefined || passage.citation?.actId === within.actId))

/** Passages of one act or article alone: those that were ranked, then others of it that hold most of the question's words. */
async function narrow(
  ctx: AnswerContext,
  ranked: readonly RankedPassage[],
  input: { within: NonNullable<Question['within']>; lang: Lang; asOf: string; question: string },
): Promise<RankedPassage[]> {
  const { within, lang, asOf, question } = input
  const chosen = ranked.filter((passage) => inside(passage, within)).slice(0, PASSAGES)
  if (chosen.length === PASSAGES) return chosen
  const least = chosen.at(-1)?.score ?? 0
  const others = await readVisiblePassages(
    ctx.db,
    sql`p.id in (
      select q.id from passage q left join provision o on o.id = q.provision_id
      where q.lang = ${lang}
        and (${within.articleId ?? null}::text is null or q.article_id = ${within.articleId ?? null})
        and (${within.actId ?? null}::text is null or o.act_id = ${within.actId ?? null})
      order by q.article_id, q.ord limit ${READ})`,
    asOf,
  )
  const more = others
    .filter(({ passageId }) => !chosen.some((passage) => passage.passageId === passageId))
    .map((passage) => ({ passage, share: subjectCoverage(`${passage.context}\n${passage.text}`, question, lang) }))
    .toSorted((left, right) => right.share - left.share)
    .slice(0, PASSAGES - chosen.length)
  return [...chosen, ...more.map(({ passage }) => ({ ...passage, score: least }))]
}

/**
 * The passages that may answer a question: what search finds, and what answers a sample question like it.
 * @returns passages, best first, each with the likeness of its sample questions; and the parts of search that were away
 */
export async function gatherPassages(
  ctx: AnswerContext,
  input: { question: string; lang: Lang; asOf: string; within?: Question['within'] },
): Promise<{ passages: GatheredPassage[]; degraded: Degraded }> {
  const { question, lang, asOf, within } = input
  const { passages: ranked, degraded } = await rankPassages(ctx, {
    q: question,
    asOf,
    limit: within === undefined ? PASSAGES : RANKED,
    prefix: false,
  })
  const passages = within === undefined ? ranked : await narrow(ctx, ranked, { within, lang, asOf, question })
  const matches = await ctx.sampleQuestions.matches(ctx.db, question, lang)
  const holds = (passage: RankedPassage, match: SampleMatch): boolean =>
    passage.citation?.actId === match.actId && passage.segments.some(({ eid }) => eid === match.eid)
  const hinted = matches
    .filter(({ likeness }) => (likeness[0] ?? 0) >= LEAST_HINT)
    .filter(({ actId }) => within?.actId === undefined || within.actId === actId)
    .filter((match) => !passages.some((passage) => holds(passage, match)))
    .slice(0, MOST_HINTED)
  const least = passages.at(-1)?.score ?? 0
  for (const { actId, eid } of hinted) {
    const found = await readVisiblePassages(
      ctx.db,
      sql`r.act_id = ${actId} and p.lang = ${lang} and p.segments @> ${JSON.stringify([{ eid }])}::jsonb`,
      asOf,
    )
    for (const passage of found)
      if (inside(passage, within) && !passages.some(({ passageId }) => passageId === passage.passageId))
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
    asked: passage.asked,
  }))
