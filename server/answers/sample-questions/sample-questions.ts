import { inArray, sql } from 'drizzle-orm'
import { today, type Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import { speaks } from './question-state.ts'
import { createQuestionMatcher } from './question-matcher.ts'
import {
  createSampleIndexInTurns,
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
  /** Prepares what the database holds; once it is done, questions are compared with that. Not to be called in a transaction. */
  prepare: (db: Database) => Promise<void>
}

/** So many are prepared before others get their turn. */
const AT_ONCE = 100
const READ_AT_ONCE = 1000

/** Questions whose matches are remembered: an answer, its next questions and whoever asks the same after it compare with all samples once. */
const REMEMBERED = 50

/** Samples of a language, and the index over them. */
interface Held {
  samples: ReadonlyMap<string, PreparedSample>
  index: SampleIndex
}

/**
 * Sample questions of the database. When they have changed, new ones alone are prepared, and an index over all is made beside the one in use, which
 * answers until then.
 * @param base outside of any transaction: what changes is read in the background
 */
export function createSampleQuestions(
  language: LanguageData,
  { db: base, now }: { db: Database; now: () => Date },
): SampleQuestions {
  const matcher = createQuestionMatcher(language)
  type Indexes = Record<Lang, Held>
  let inUse: { state: string; indexes: Indexes } | null = null
  let building: Promise<Indexes> | null = null
  const asked = createRecentMemory<{ of: SampleIndex; matches: SampleMatches }>(REMEMBERED)

  const stateOf = async (db: Database): Promise<string> => {
    const [row] = await queryRows<{ state: string }>(
      db,
      // Every change is an event; counting thousands of questions at each answer cost as much as searching.
      sql`select count(*) || ' ' || coalesce(max(at)::text, '') as state from ${event}
          where type in ('sample-questions.loaded', 'sample-question.added', 'sample-question.removed', 'edition.imported',
                         'publication-days.set')`,
    )
    // Provisions read otherwise from days that are known beforehand.
    return `${today({ now })} ${row?.state ?? ''}`
  }

  const read = async (db: Database): Promise<Indexes> => {
    const ids = await queryRows<{ id: string }>(
      db,
      sql`select q.id from sample_question q where ${speaks(today({ now }))} order by q.id`,
    )
    // What a question says never changes: with other words it is another one.
    const kept = (id: string): PreparedSample | undefined =>
      inUse?.indexes.ru.samples.get(id) ?? inUse?.indexes.kk.samples.get(id)
    const rows = new Map<string, typeof sampleQuestion.$inferSelect>()
    const fresh = ids.map(({ id }) => id).filter((id) => kept(id) === undefined)
    for (let from = 0; from < fresh.length; from += READ_AT_ONCE)
      for (const row of await db
        .select()
        .from(sampleQuestion)
        .where(inArray(sampleQuestion.id, fresh.slice(from, from + READ_AT_ONCE))))
        rows.set(row.id, row)
    const samples: Record<Lang, Map<string, PreparedSample>> = { ru: new Map(), kk: new Map() }
    let made = 0
    for (const { id } of ids) {
      const before = kept(id)
      const row = rows.get(id)
      if (before !== undefined) {
        samples[before.prepared.lang].set(id, before)
      } else if (row !== undefined) {
        made += 1
        if (made % AT_ONCE === 0) await new Promise((resolve) => void setImmediate(resolve))
        const { actId, lang, eid, text } = row
        samples[lang].set(id, { actId, eid, text, prepared: matcher.prepare(text, lang) })
      }
    }
    const indexOf = async (lang: Lang): Promise<Held> => {
      const held = inUse?.indexes[lang]
      const own = samples[lang]
      if (held?.samples.size === own.size && [...own].every(([id, sample]) => held.samples.get(id) === sample))
        return held
      const all = [...own.values()]
      return { samples: own, index: await createSampleIndexInTurns(matcher, all) }
    }
    return { ru: await indexOf('ru'), kk: await indexOf('kk') }
  }

  /** One at a time: the next starts from what this one has prepared. */
  const build = (db: Database): Promise<Indexes> => {
    building ??= (async () => {
      const state = await stateOf(db)
      if (inUse?.state === state) return inUse.indexes
      const indexes = await read(db)
      inUse = { state, indexes }
      return indexes
    })().finally(() => {
      building = null
    })
    return building
  }
  const current = async (db: Database): Promise<Indexes> => {
    if (inUse === null) return build(db)
    const { state, indexes } = inUse
    // What could not be read is read again when the next one asks.
    if ((await stateOf(db)) !== state) void build(base).catch(() => {})
    return indexes
  }

  return {
    async prepare(db) {
      // One that began earlier may have missed what is asked for.
      await building?.catch(() => {})
      await build(db)
    },
    async matches(db, question, lang) {
      const {
        [lang]: { index },
      } = await current(db)
      const key = `${lang} ${question}`
      const known = asked.get(key)
      if (known !== undefined && known.of === index) return known.matches
      const matches = index.matches(question)
      asked.set(key, { of: index, matches })
      return matches
    },
    ofAct: async (db, actId, lang) => (await current(db))[lang].index.ofAct(actId),
  }
}
