import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import { LOADED } from './load-sample-questions.ts'
import { createQuestionMatcher } from './question-matcher.ts'
import {
  createSampleIndex,
  type PreparedSample,
  type SampleIndex,
  type SampleMatch,
  type SampleMatches,
} from './sample-index.ts'

export interface SampleQuestions {
  /** A question beside the sample questions of a language. Not to be changed: the next who asks gets the same. */
  matches: (db: Database, question: string, lang: Lang) => Promise<SampleMatches>
  /** Provisions of an act that have sample questions, in the order of the questions. */
  ofAct: (db: Database, actId: string, lang: Lang) => Promise<Pick<SampleMatch, 'actId' | 'eid' | 'texts'>[]>
  /** Prepares what the database holds, so that the first question need not wait for it. */
  prepare: (db: Database) => Promise<void>
}

/** So many are prepared before others get their turn. */
const AT_ONCE = 100

/** Questions whose matches are remembered: an answer, its next questions and whoever asks the same after it compare with all samples once. */
const REMEMBERED = 50

/** Sample questions of the database, prepared once and again when they have changed. */
export function createSampleQuestions(language: LanguageData): SampleQuestions {
  const matcher = createQuestionMatcher(language)
  type Indexes = Record<Lang, SampleIndex>
  const none = (): Indexes => ({ ru: createSampleIndex(matcher, []), kk: createSampleIndex(matcher, []) })
  let held: { state: string; indexes: Promise<Indexes> } = { state: '', indexes: Promise.resolve(none()) }
  const asked = createRecentMemory<{ of: SampleIndex; matches: SampleMatches }>(REMEMBERED)

  const read = async (db: Database): Promise<Indexes> => {
    const rows = await db.select().from(sampleQuestion).orderBy(sampleQuestion.id)
    const samples: Record<Lang, PreparedSample[]> = { ru: [], kk: [] }
    for (const [at, { actId, eid, text, lang }] of rows.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => void setImmediate(resolve))
      samples[lang].push({ actId, eid, text, prepared: matcher.prepare(text, lang) })
    }
    return { ru: createSampleIndex(matcher, samples.ru), kk: createSampleIndex(matcher, samples.kk) }
  }
  const current = async (db: Database): Promise<Indexes> => {
    const [row] = await queryRows<{ state: string }>(
      db,
      // Every load is an event; counting thousands of questions at each answer cost as much as searching.
      sql`select count(*) || ' ' || coalesce(max(at)::text, '') as state from ${event} where type = ${LOADED}`,
    )
    const state = row?.state ?? ''
    if (state !== held.state) {
      const indexes = read(db)
      held = { state, indexes }
      // What could not be read is read again.
      indexes.catch(() => {
        if (held.indexes === indexes) held = { state: '', indexes: Promise.resolve(none()) }
      })
    }
    return held.indexes
  }

  return {
    async prepare(db) {
      await current(db)
    },
    async matches(db, question, lang) {
      const { [lang]: index } = await current(db)
      const key = `${lang} ${question}`
      const known = asked.get(key)
      if (known !== undefined && known.of === index) return known.matches
      const matches = index.matches(question)
      asked.set(key, { of: index, matches })
      return matches
    },
    ofAct: async (db, actId, lang) => (await current(db))[lang].ofAct(actId),
  }
}
