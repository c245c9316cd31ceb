import { eq } from 'drizzle-orm'
import { provisionsAsOf } from '#server/acts/queries.ts'
import type { Lang } from '#server/context.ts'
import { answer as answerTable } from '#server/db/schema/answers.ts'
import { notFound } from '#server/errors.ts'
import type { AnswerContext } from '../answer-context.ts'
import type { Answerer } from '../answerer.ts'
import { composeAnswer } from '../answer-question.ts'
import { AnswerSentenceSchema } from '../schema.ts'
import { z } from 'zod'

const MOST = 3
/** Provisions looked at, and questions tried of each: what is not found in so many is not worth the wait. */
const PROVISIONS = 5
const OF_PROVISION = 2
const REMEMBERED = 2000
/** What answers a question may be withdrawn. */
const REMEMBERED_MS = 10 * 60_000

/** Whether one provision stands in the other. */
const related = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}__`) || other.startsWith(`${one}__`)

/** Suggests what may be asked next, from the sample questions of the knowledge base alone. */
export interface NextQuestions {
  /**
   * Sample questions of the provisions beside the one that was cited. Each one has been answered from its own provision as of the
   * answer's day, by the extractive answerer.
   * @returns at most 3; none after a refusal
   * @throws DomainError `not-found`
   */
  suggest: (ctx: AnswerContext, input: { answerId: string }) => Promise<string[]>
}

/** @param answerer tells whether a question has an answer: one that costs nothing */
export function createNextQuestions(answerer: Answerer): NextQuestions {
  const verified = new Map<string, { at: number; holds: boolean }>()

  async function isAnswered(
    ctx: AnswerContext,
    sample: { text: string; actId: string; eid: string },
    of: { lang: Lang; asOf: string },
  ): Promise<boolean> {
    const key = JSON.stringify([sample.actId, sample.eid, sample.text, of.lang, of.asOf])
    const known = verified.get(key)
    const at = ctx.now().getTime()
    if (known !== undefined && at - known.at < REMEMBERED_MS) return known.holds
    const { answer } = await composeAnswer(
      { ...ctx, answerer, fallbackAnswerer: null },
      { question: sample.text, ...of },
    )
    const holds =
      answer.status === 'answered' &&
      answer.sentences.some(({ citations }) =>
        citations.some(({ actId, eid }) => actId === sample.actId && related(eid, sample.eid)),
      )
    verified.delete(key)
    verified.set(key, { at, holds })
    const oldest = verified.keys().next()
    if (verified.size > REMEMBERED && oldest.done !== true) verified.delete(oldest.value)
    return holds
  }

  return {
    async suggest(ctx, input) {
      const [record] = await ctx.db.select().from(answerTable).where(eq(answerTable.id, input.answerId))
      if (record === undefined) throw notFound('answer', input.answerId)
      const { lang, asOf, question } = record
      // After a refusal nothing is known to be near to what was asked: likeness to some sample is no reason to offer it.
      const cited = z.array(AnswerSentenceSchema).catch([]).parse(record.sentences)[0]?.citations[0]
      if (cited === undefined) return []
      const samples = await ctx.sampleQuestions.ofAct(ctx.db, cited.actId, lang)
      const { rows } = await provisionsAsOf(ctx, { actId: cited.actId, lang, asOf })
      const places = new Map(rows.map(({ eid }, place) => [eid, place]))
      const here = places.get(cited.eid) ?? 0
      // What follows first, then what stands before.
      const distance = (eid: string): number => {
        const steps = (places.get(eid) ?? 0) - here
        return steps > 0 ? 2 * steps - 1 : -2 * steps
      }
      const candidates = samples
        .filter(({ eid }) => places.has(eid) && !related(eid, cited.eid))
        .toSorted((left, right) => distance(left.eid) - distance(right.eid))
      const found: string[] = []
      for (const { actId, eid, texts } of candidates.slice(0, PROVISIONS)) {
        for (const text of texts.slice(0, OF_PROVISION)) {
          if (text === question || !(await isAnswered(ctx, { text, actId, eid }, { lang, asOf }))) continue
          found.push(text)
          break
        }
        if (found.length === MOST) break
      }
      return found
    },
  }
}
