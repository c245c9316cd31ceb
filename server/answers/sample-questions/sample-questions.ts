import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import { createQuestionMatcher } from './question-matcher.ts'

/** The sample questions of a provision, beside the question asked. */
export interface SampleMatch {
  actId: string
  eid: string
  texts: string[]
  /** Of the most alike ones to the question asked, 0…1, best first. */
  likeness: number[]
}

export interface SampleQuestions {
  /** Every provision that has sample questions in the language, the most alike first. Not to be changed: the next who asks gets the same. */
  matches: (db: Database, question: string, lang: Lang) => Promise<readonly SampleMatch[]>
  /** Prepares what the database holds, so that the first question need not wait for it. */
  prepare: (db: Database) => Promise<void>
}

const MOST_OF_PROVISION = 3

/** So many are prepared before others get their turn. */
const AT_ONCE = 100

/** Questions whose matches are remembered: an answer, its next questions and whoever asks the same after it compare with all samples once. */
const REMEMBERED = 50

/** Sample questions of the database, prepared once and again when they have changed. */
export function createSampleQuestions(language: LanguageData): SampleQuestions {
  const matcher = createQuestionMatcher(language)
  interface Sample {
    actId: string
    eid: string
    text: string
    lang: Lang
    prepared: ReturnType<typeof matcher.prepare>
  }
  let held: { state: string; samples: Promise<Sample[]> } = { state: '', samples: Promise.resolve([]) }
  const asked = createRecentMemory<{ of: readonly Sample[]; matches: readonly SampleMatch[] }>(REMEMBERED)

  const read = async (db: Database): Promise<Sample[]> => {
    const rows = await db.select().from(sampleQuestion).orderBy(sampleQuestion.id)
    const samples: Sample[] = []
    for (const { actId, eid, text, lang } of rows) {
      if (samples.length % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => void setImmediate(resolve))
      samples.push({ actId, eid, text, lang, prepared: matcher.prepare(text, lang) })
    }
    return samples
  }
  const current = async (db: Database): Promise<Sample[]> => {
    const [row] = await queryRows<{ state: string }>(
      db,
      sql`select count(*) || ' ' || coalesce(max(loaded_at)::text, '') || ' ' || coalesce(max(id), '') as state from ${sampleQuestion}`,
    )
    const state = row?.state ?? ''
    if (state !== held.state) {
      const samples = read(db)
      held = { state, samples }
      // What could not be read is read again.
      samples.catch(() => {
        if (held.samples === samples) held = { state: '', samples: Promise.resolve([]) }
      })
    }
    return held.samples
  }

  const compare = (samples: readonly Sample[], question: string, lang: Lang): SampleMatch[] => {
    const prepared = matcher.prepare(question, lang)
    const provisions = new Map<string, SampleMatch>()
    for (const sample of samples) {
      if (sample.lang !== lang) continue
      const key = `${sample.actId} ${sample.eid}`
      const held = provisions.get(key) ?? { actId: sample.actId, eid: sample.eid, texts: [], likeness: [] }
      held.texts.push(sample.text)
      held.likeness.push(matcher.likeness(prepared, sample.prepared))
      provisions.set(key, held)
    }
    return [...provisions.values()]
      .map((match) => ({
        ...match,
        likeness: match.likeness.sort((a, b) => b - a).slice(0, MOST_OF_PROVISION),
      }))
      .sort((a, b) => (b.likeness[0] ?? 0) - (a.likeness[0] ?? 0) || a.eid.localeCompare(b.eid))
  }

  return {
    async prepare(db) {
      await current(db)
    },
    async matches(db, question, lang) {
      const samples = await current(db)
      if (samples.length === 0) return []
      const key = `${lang} ${question}`
      const known = asked.get(key)
      if (known !== undefined && known.of === samples) return known.matches
      const matches = compare(samples, question, lang)
      asked.set(key, { of: samples, matches })
      return matches
    },
  }
}
