import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import type { Degraded } from '#server/search/schema.ts'
import { rankPassages, type RankedPassage } from '#server/search/search.ts'
import type { AnswerContext } from './answer-context.ts'
import type { NumberedPassage } from './answerer.ts'
import type { SampleMatch } from './sample-questions/sample-questions.ts'

/** How many passages of the search an answerer is given. */
const PASSAGES = 20
/** How many more may come because a sample question of theirs is like the one asked. */
const MOST_HINTED = 5
const LEAST_HINT = 0.5

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
  }))
