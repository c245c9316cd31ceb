import { and, eq, lt, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { SYSTEM, today, type Context } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { searchDismissal, searchQuery, type searchQueryPassage } from '#server/db/schema/query-log.ts'
import { openTask } from '#server/editorial/open-task.ts'
import { inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import type { Analyser } from '#server/search/analysis/analyser.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import type { LexicalIndex } from '#server/search/lexical-index.ts'
import type { QueryRecorder, QueryUse } from '#server/search/query-recorder.ts'
import type { SearchResult } from '#server/search/schema.ts'
import type { Translator } from '#server/search/translation/translator.ts'
import { settled, typeOn, type Typed } from './collapse-keystrokes.ts'
import { readQuery } from './query-key.ts'

export interface QueryLog extends QueryRecorder {
  /** Writes what is still being typed; waits for all writing. */
  settle(): Promise<void>
  /** Removes what is older than is kept. @returns how many rows */
  forget(): Promise<number>
}

/** A pause after which the next keystroke begins another query. */
const SETTLED_MS = 10_000
/** People that type at once; beyond it the oldest query is taken as settled. */
const MOST_TYPING = 2000
const SHORTEST = 3
/** Queries of which it is remembered in what order their passages stood: what is opened later gets its place. */
const MOST_SHOWN = 2000
/** Passages that are noted of one query. */
const MOST_USED = 20
/** Days in which failures of one question are counted together. */
const GAP_WINDOW_DAYS = 14

const HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Almaty', hour: '2-digit', hourCycle: 'h23' })

/** The task that asks editors for what this question did not find. */
export const gapKey = (lang: string, key: string): string => `gap:search:${lang}:${key}`

/** Where each passage stood, from 1; a text in the other language stands where its twin does. */
const placesOf = ({ hits }: SearchResult): ReadonlyMap<string, number> =>
  new Map(
    hits.flatMap(({ passageId, counterpart }, at): [string, number][] => [
      [passageId, at + 1],
      ...(counterpart == null ? [] : [[counterpart.passageId, at + 1] as [string, number]]),
    ]),
  )

type Used = typeof searchQueryPassage.$inferInsert

interface Typing {
  typed: Typed<SearchResult>
  timer: NodeJS.Timeout
}

/**
 * The log of what people look for. A person's keystrokes are one query, written when he pauses, opens a hit or types something else;
 * who he is stays in memory until then and is written nowhere.
 * @param options.keepDays how long rows are kept; 0: nothing is written at all
 * @param options.gapAfter after how many hours in which a question failed a task is opened by itself
 */
export function createQueryLog(options: {
  db: Database
  analyser: Analyser
  lexicalIndex: Pick<LexicalIndex, 'explain'>
  translator: Translator
  now: () => Date
  log: Logger
  keepDays: number
  gapAfter: number
  settledMs?: number
}): QueryLog {
  const { db, analyser, lexicalIndex, translator, now, log, keepDays, gapAfter, settledMs = SETTLED_MS } = options
  const typing = new Map<string, Typing>()
  const shown = createRecentMemory<ReadonlyMap<string, number>>(MOST_SHOWN)
  const writing = new Set<Promise<void>>()
  const ctx: Context = { db, actor: SYSTEM, requestId: 'query-log', now, log, contentChanged: () => {} }

  const inBackground = (body: () => Promise<void>): void => {
    // The error says what failed; the query itself is not for the log of the server.
    const done = body()
      .catch((error: unknown) =>
        log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'a query was not logged'),
      )
      .finally(() => writing.delete(done))
    writing.add(done)
  }

  const openGap = async (key: string, lang: 'ru' | 'kk', text: string): Promise<void> => {
    const since = new Date(now().getTime() - GAP_WINDOW_DAYS * 86_400_000)
    const from = today({ now: () => since })
    const [dismissed] = await db
      .select({ key: searchDismissal.key })
      .from(searchDismissal)
      .where(and(eq(searchDismissal.key, key), eq(searchDismissal.lang, lang)))
    if (dismissed !== undefined) return
    // Different hours: one person who tries again and again in a minute is one occurrence.
    const [counted] = await db
      .select({ times: sql<number>`count(distinct (${searchQuery.day}, ${searchQuery.hour}))::int` })
      .from(searchQuery)
      .where(
        and(
          eq(searchQuery.key, key),
          eq(searchQuery.lang, lang),
          eq(searchQuery.failed, true),
          sql`${searchQuery.day} >= ${from}`,
        ),
      )
    const times = counted?.times ?? 0
    if (times < gapAfter) return
    await inTransaction(ctx, (tx) =>
      openTask(tx, { kind: 'gap', key: gapKey(lang, key), title: text, lang, detail: { times } }),
    )
  }

  /** Notes a use of a passage that there is: who asks may name one that is none. */
  const noteUse = async ({ queryId, passageId, use, place = null }: Used): Promise<void> => {
    await db.execute(sql`
      insert into search_query_passage (query_id, passage_id, use, place)
      select q.id, p.id, ${use}, ${place}::int from search_query q, passage p
      where q.id = ${queryId} and p.id = ${passageId}
        and (select count(*) from search_query_passage u where u.query_id = q.id) < ${MOST_USED}
      on conflict do nothing`)
  }

  const write = async (row: {
    id: string
    source: 'search' | 'answer'
    typed: string
    hits: number
    correction: SearchResult['correctionKind']
    confidence: number | null
    degraded: boolean
    failed: boolean
    used: readonly Omit<Used, 'queryId'>[]
  }): Promise<void> => {
    const { typed, used, ...rest } = row
    const { text, key, lang } = readQuery(analyser, typed, row.source === 'answer')
    if (text.length < SHORTEST || key === '') return
    const hour = Number(HOUR.format(now()))
    await db
      .insert(searchQuery)
      .values({ ...rest, text, key, lang, day: today({ now }), hour })
      .onConflictDoNothing()
    for (const one of used.slice(0, MOST_USED)) await noteUse({ ...one, queryId: row.id })
    if (row.failed) await openGap(key, lang, text)
  }

  const writeSearch = (text: string, result: SearchResult, use: QueryUse | null = null): void => {
    const places = placesOf(result)
    shown.set(result.queryId, places)
    inBackground(async () => {
      const [first] = result.hits
      const stoodIn = result.degraded.some(({ part }) => part === 'words')
      const explained =
        first === undefined || stoodIn
          ? undefined
          : (
              await lexicalIndex.explain(
                { text, prefix: true, ...(result.crossLanguage === null ? {} : { translator }) },
                [first.passageId],
              )
            ).get(first.passageId)
      const whole = explained?.words.reduce((sum, { rarity }) => sum + rarity, 0) ?? 0
      const met = explained?.words.reduce((sum, word) => sum + word.rarity * word.met, 0) ?? 0
      await write({
        id: result.queryId,
        source: 'search',
        typed: text,
        hits: result.total,
        correction: result.correctionKind,
        confidence: whole === 0 ? null : met / whole,
        degraded: result.degraded.length > 0,
        failed: result.hits.length === 0,
        used:
          use === null ? [] : [{ passageId: use.passageId, use: use.action, place: places.get(use.passageId) ?? null }],
      })
    })
  }

  const flush = (person: string, isPause: boolean): void => {
    const held = typing.get(person)
    if (held === undefined) return
    clearTimeout(held.timer)
    typing.delete(person)
    for (const { text, search } of settled(held.typed, isPause ? Infinity : now().getTime())) writeSearch(text, search)
  }

  return {
    typed(person, text, result) {
      if (keepDays === 0) return
      const before = typing.get(person)
      if (before !== undefined) clearTimeout(before.timer)
      typing.delete(person)
      const { typed, done } = typeOn(before?.typed ?? null, { text, search: result, at: now().getTime() })
      for (const one of done) writeSearch(one.text, one.search)
      const timer = setTimeout(() => flush(person, true), settledMs)
      timer.unref()
      typing.set(person, { typed, timer })
      const [oldest] = typing.keys()
      if (typing.size > MOST_TYPING && oldest !== undefined) flush(oldest, false)
    },
    asked({ text, isAnswered, citations, degraded, cited = [] }) {
      if (keepDays === 0) return
      inBackground(() =>
        write({
          id: newId('qry'),
          source: 'answer',
          typed: text,
          hits: citations,
          correction: null,
          confidence: null,
          degraded,
          failed: !isAnswered,
          used: [...new Set(cited)].map((passageId) => ({ passageId, use: 'cited' })),
        }),
      )
    },
    async used(use) {
      for (const [person, { typed, timer }] of typing)
        if (typed.search.queryId === use.queryId) {
          clearTimeout(timer)
          typing.delete(person)
          if (typed.stood !== null) writeSearch(typed.stood.text, typed.stood.search)
          writeSearch(typed.text, typed.search, use)
          return
        } else if (typed.stood?.search.queryId === use.queryId) {
          // Its list is still shown while the next letters are typed.
          writeSearch(typed.stood.text, typed.stood.search, use)
          typing.set(person, { timer, typed: { ...typed, stood: null } })
          return
        }
      await Promise.all(writing)
      const place = shown.get(use.queryId)?.get(use.passageId) ?? null
      await noteUse({ queryId: use.queryId, passageId: use.passageId, use: use.action, place })
    },
    async settle() {
      for (const person of typing.keys()) flush(person, false)
      await Promise.all(writing)
    },
    async forget() {
      const from = today({ now: () => new Date(now().getTime() - keepDays * 86_400_000) })
      const gone = await db.delete(searchQuery).where(lt(searchQuery.day, from)).returning({ id: searchQuery.id })
      return gone.length
    },
  }
}
