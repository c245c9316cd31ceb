import type { AnswerContext } from '#server/answers/answer-context.ts'
import { gatherPassages, type GatheredPassage } from '#server/answers/gather-passages.ts'
import { createQuestionMatcher } from '#server/answers/sample-questions/question-matcher.ts'
import { createSampleIndex, type SampleIndex } from '#server/answers/sample-questions/sample-index.ts'
import type { Lang } from '#server/context.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { provisionMatches } from '../read-act-cases.ts'
import { actNumbers } from '../with-acts.ts'
import type { GatheredCase } from './gather-asked.ts'

/** A third of a provision's questions is asked while the other two are known. */
const FOLDS = 3
/** So many of them are asked: the decision has a few dozen weights. */
const EVERY = 3
/** What is left of a question whose provision is taken away, of these; whose act is, of those. */
const WITHOUT_PROVISION = { every: 2, from: 0 }
const WITHOUT_ACT = { every: 4, from: 1 }

/**
 * Sample questions as callers' questions: each is asked as if it were no sample question, and some of them once more as if their provision, or
 * their act, were not held. Nobody has to write what cannot be answered: it is what can, over the rest.
 * @returns questions of an act by its number
 */
export async function gatherSamples(ctx: AnswerContext, language: LanguageData, asOf: string): Promise<GatheredCase[]> {
  const numbers = await actNumbers(ctx)
  const matcher = createQuestionMatcher(language)
  const rows = await ctx.db.select().from(sampleQuestion).orderBy(sampleQuestion.id)
  const asked = new Map<string, number>()
  const foldOf = rows.map(({ actId, lang, eid }) => {
    const key = `${actId} ${lang} ${eid}`
    const place = asked.get(key) ?? 0
    asked.set(key, place + 1)
    return place % FOLDS
  })
  const gathered: GatheredCase[] = []
  // The same passages come again and again: each is kept once.
  const kept = new Map<string, Omit<GatheredPassage, 'score' | 'asked' | 'places'>>()
  const once = ({ score, asked: own, places, ...rest }: GatheredPassage): GatheredPassage => {
    const passage = kept.get(rest.passageId) ?? rest
    kept.set(rest.passageId, passage)
    return { ...passage, score, asked: own, places }
  }
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const indexOf = (lang: Lang): SampleIndex =>
      createSampleIndex(
        matcher,
        rows.flatMap(({ actId, eid, text, lang: of }, at) =>
          of === lang && foldOf[at] !== fold ? [{ actId, eid, text, prepared: matcher.prepare(text, lang) }] : [],
        ),
      )
    const indexes = { ru: indexOf('ru'), kk: indexOf('kk') }
    const without: AnswerContext = {
      ...ctx,
      sampleQuestions: {
        ...ctx.sampleQuestions,
        matches: (_, question, lang) => Promise.resolve(indexes[lang].matches(question)),
      },
    }
    for (const [at, { actId, eid, text, lang }] of rows.entries()) {
      if (foldOf[at] !== fold || at % EVERY !== 0) continue
      const { passages } = await gatherPassages(without, { question: text, lang, asOf })
      gathered.push(
        sampleCase(passages.map(once), { question: text, lang, asOf, set: numbers.get(actId) ?? '' }, { actId, eid }),
      )
    }
  }
  return gathered
}

/** A sample question with its passages, as it would stand among the cases. */
export const sampleCase = (
  passages: GatheredPassage[],
  asked: Pick<GatheredCase, 'question' | 'lang' | 'asOf' | 'set'>,
  own: { actId: string; eid: string },
): GatheredCase => ({
  ...asked,
  file: SAMPLES,
  answerable: true,
  passages,
  right: passages.map(({ citation, segments }) =>
    citation?.actId === own.actId
      ? [...segments.map(({ eid }) => eid), citation.eid].filter((eid) => provisionMatches(eid, own.eid))
      : [],
  ),
})

/** Instead of the file's name, of cases made from sample questions. */
export const SAMPLES = 'sample questions'

/** The questions, and some of them without what answers them. */
export function withUnanswerable(samples: readonly GatheredCase[]): GatheredCase[] {
  const without = (one: GatheredCase, isKept: (at: number) => boolean): GatheredCase => ({
    ...one,
    answerable: false,
    passages: one.passages.filter((_, at) => isKept(at)),
    right: one.right.filter((_, at) => isKept(at)).map(() => []),
  })
  const isOf = (at: number, { every, from }: { every: number; from: number }): boolean => at % every === from
  return samples.flatMap((one, at) => {
    const acts = new Set(one.passages.flatMap(({ citation }, i) => (one.right[i]?.length ? [citation?.actId] : [])))
    return [
      one,
      ...(isOf(at, WITHOUT_PROVISION) ? [without(one, (i) => one.right[i]?.length === 0)] : []),
      ...(isOf(at, WITHOUT_ACT) && acts.size > 0
        ? [without(one, (i) => !acts.has(one.passages[i]?.citation?.actId))]
        : []),
    ]
  })
}
