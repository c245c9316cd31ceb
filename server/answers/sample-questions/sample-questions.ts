import { inArray, sql, type SQL } from 'drizzle-orm'
import { today, type Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { gapQuestion, sampleQuestion } from '#server/db/schema/sample-questions.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { subwordsOf } from '#server/search/analysis/sense-of.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import { isStillGap, speaks } from './question-state.ts'
import { createQuestionMatcher, type Prepared } from './question-matcher.ts'
import {
  createSampleIndexInTurns,
  type AkinMatter,
  type PreparedGapQuestion,
  type PreparedSample,
  type SampleIndex,
  type SampleMatch,
  type SampleMatches,
} from './sample-index.ts'

const isSame = <Value>(held: ReadonlyMap<string, Value>, own: ReadonlyMap<string, Value>): boolean =>
  held.size === own.size && [...own].every(([id, one]) => held.get(id) === one)

export interface SampleQuestions {
  /** A question beside the sample questions of a language. Not to be changed: the next who asks gets the same. */
  matches: (db: Database, question: string, lang: Lang) => Promise<MatchesOfAll>
  /** Provisions of an act that have sample questions, in the order of the questions. */
  ofAct: (db: Database, actId: string, lang: Lang) => Promise<Pick<SampleMatch, 'actId' | 'eid' | 'texts'>[]>
  /** Prepares what the database holds; once it is done, questions are compared with that. Not to be called in a transaction. */
  prepare: (db: Database) => Promise<void>
}

export interface MatchesOfAll extends SampleMatches {
  /** What is asked of acts that are held in the other language alone, beside the question, nearest first. */
  elsewhere: readonly AkinMatter[]
}

/** So many are prepared before others get their turn. */
const AT_ONCE = 100
const READ_AT_ONCE = 1000

/** Questions whose matches are remembered: an answer, its next questions and whoever asks the same after it compare with all samples once. */
const REMEMBERED = 50

/** Samples of a language, questions about known gaps, and the index over them. */
interface Held {
  /** Acts whose text is held in it. */
  acts: ReadonlySet<string>
  samples: ReadonlyMap<string, PreparedSample>
  gaps: ReadonlyMap<string, PreparedGapQuestion>
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
  const asked = createRecentMemory<{ of: Indexes; matches: MatchesOfAll }>(REMEMBERED)

  const stateOf = async (db: Database): Promise<string> => {
    const [row] = await queryRows<{ state: string }>(
      db,
      // Every change is an event; counting thousands of questions at each answer cost as much as searching.
      sql`select count(*) || ' ' || coalesce(max(at)::text, '') as state from ${event}
          where type in ('sample-questions.loaded', 'sample-question.added', 'sample-question.removed', 'gap-question.added',
                         'gap-question.removed', 'known-gap.confirmed', 'edition.imported', 'publication-days.set')`,
    )
    // Provisions read otherwise from days that are known beforehand.
    return `${today({ now })} ${row?.state ?? ''}`
  }

  /** Taking apart is dear: others get their turn. */
  let count = 0
  const prepared = async (text: string, lang: Lang): Promise<Prepared> => {
    count += 1
    if (count % AT_ONCE === 0) await new Promise((resolve) => void setImmediate(resolve))
    return matcher.prepare(text, lang)
  }

  /** What a question says never changes: with other words it is another one. What was prepared before is kept, and its row not read again. */
  const readBy = async <Row extends { id: string; lang: Lang; text: string }, Made extends { prepared: Prepared }>(
    ids: readonly string[],
    kept: (id: string) => Made | undefined,
    rowsOf: (ids: string[]) => Promise<Row[]>,
    made: (row: Row, prepared: Prepared) => Made,
  ): Promise<Record<Lang, Map<string, Made>>> => {
    const rows = new Map<string, Row>()
    const fresh = ids.filter((id) => kept(id) === undefined)
    for (let from = 0; from < fresh.length; from += READ_AT_ONCE)
      for (const row of await rowsOf(fresh.slice(from, from + READ_AT_ONCE))) rows.set(row.id, row)
    const byLang: Record<Lang, Map<string, Made>> = { ru: new Map(), kk: new Map() }
    for (const id of ids) {
      const before = kept(id)
      const row = rows.get(id)
      if (before !== undefined) byLang[before.prepared.lang].set(id, before)
      else if (row !== undefined) byLang[row.lang].set(id, made(row, await prepared(row.text, row.lang)))
    }
    return byLang
  }

  const read = async (db: Database): Promise<Indexes> => {
    const day = today({ now })
    const idsOf = async (query: SQL): Promise<string[]> =>
      (await queryRows<{ id: string }>(db, query)).map(({ id }) => id)
    const samples = await readBy(
      await idsOf(sql`select q.id from sample_question q where ${speaks(day)} order by q.id`),
      (id) => inUse?.indexes.ru.samples.get(id) ?? inUse?.indexes.kk.samples.get(id),
      (ids) => db.select().from(sampleQuestion).where(inArray(sampleQuestion.id, ids)),
      ({ actId, eid, text, addedBy }, own): PreparedSample => ({
        actId,
        eid,
        isEditors: addedBy !== null,
        text,
        prepared: own,
      }),
    )
    const gaps = await readBy(
      await idsOf(sql`select g.id from gap_question g where ${isStillGap(day)} order by g.id`),
      (id) => inUse?.indexes.ru.gaps.get(id) ?? inUse?.indexes.kk.gaps.get(id),
      (ids) => db.select().from(gapQuestion).where(inArray(gapQuestion.id, ids)),
      ({ id, actId, gap, text, addedBy }, own): PreparedGapQuestion => ({
        id,
        actId,
        gap,
        isEditors: addedBy !== null,
        text,
        prepared: own,
      }),
    )
    const texts = await queryRows<{ actId: string; lang: Lang }>(
      db,
      sql`select distinct act_id as "actId", lang from edition`,
    )
    const indexOf = async (lang: Lang): Promise<Held> => {
      const acts = new Set(texts.flatMap((text) => (text.lang === lang ? text.actId : [])))
      const held = inUse?.indexes[lang]
      if (held !== undefined && isSame(held.samples, samples[lang]) && isSame(held.gaps, gaps[lang]))
        return { ...held, acts }
      const index = await createSampleIndexInTurns(matcher, [...samples[lang].values()], [...gaps[lang].values()])
      return { acts, samples: samples[lang], gaps: gaps[lang], index }
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
      const indexes = await current(db)
      const key = `${lang} ${question}`
      const known = asked.get(key)
      if (known !== undefined && known.of === indexes) return known.matches
      const { acts, index } = indexes[lang]
      const other = indexes[lang === 'ru' ? 'kk' : 'ru'].index
      const subwords = subwordsOf(standardSpelling(question, lang))
      const matches = {
        ...index.matches(question),
        elsewhere: other.akin(subwords, (actId) => !acts.has(actId)),
      }
      asked.set(key, { of: indexes, matches })
      return matches
    },
    ofAct: async (db, actId, lang) => (await current(db))[lang].index.ofAct(actId),
  }
}
