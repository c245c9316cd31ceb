import {
  Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
  type MultiSearchParams,
  type Settings,
} from 'meilisearch'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { averageLength, coverageOf, FIELD_SETTINGS, K1, NAMED, PHRASE, rarityOf } from './bm25.ts'
import { createHighlighter } from './create-highlighter.ts'
import { createPlaceRanker, stepWord, type LookUp } from './look-up.ts'
import { phrasePattern } from './phrase-pattern.ts'
import type { QuotedPhrase } from './quoted-phrases.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { createQueryReader } from './query-reader.ts'
import {
  countTerms,
  coveredBy,
  explainTerms,
  knownShare,
  scoreTerms,
  type RatedWord,
  type TermCounts,
  type TermStatistics,
} from './score-terms.ts'
import type { Evidence, WordQuery } from './word-query.ts'
import {
  FACETS,
  noCounts,
  type Facet,
  type FacetCounts,
  type LexicalDocument,
  type LexicalEngine,
  type LexicalExplanation,
  type LexicalFilter,
  type LexicalHit,
  type LexicalQuery,
} from './lexical-index.ts'
import {
  createDocumentMaker,
  dayNumber,
  documentId,
  opaqueWord,
  wordQueries,
  type MeilisearchDocument,
} from './meilisearch-terms.ts'

export interface MeilisearchOptions {
  url: string
  /** May search one index, nothing else. */
  searchKey: string
  /** May make, fill, swap and delete the indexes; used by reconciliation only. */
  adminKey: string
  /** The live index; `UID_new_…` are filled beside it. */
  indexUid: string
  language: LanguageData
  /** Time-outs in milliseconds: of one search, of one administrative request, of one task. */
  searchTimeoutMs?: number
  adminTimeoutMs?: number
  taskTimeoutMs?: number
}

const FILTERS = [
  'lang',
  'kind',
  'agency',
  'service',
  'id',
  'validFrom',
  'validTo',
  'analysis',
  'placeSteps',
  'placeLast',
  'actKeys',
  'actDate',
]

/** Meilisearch gives no more than this for one query, whatever its `limit`. */
const MOST_FOUND = 1000
/** Values of a facet that are counted. */
const MOST_VALUES = 200
/** Passages looked up by id in one question: fewer than that, so that none comes near the time-out of a search. */
const LOOKED_UP = 250

/** Settings as code. Typing errors, prefixes and synonyms are ours: the terms reach Meilisearch finished. */
const SETTINGS = {
  searchableAttributes: ['own', 'meaning', 'cut'],
  displayedAttributes: ['*'],
  filterableAttributes: FILTERS,
  sortableAttributes: [],
  // How many of the words; the final order is ours.
  rankingRules: ['words'],
  stopWords: [],
  synonyms: {},
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  facetSearch: false,
  proximityPrecision: 'byAttribute',
  pagination: { maxTotalHits: MOST_FOUND },
  faceting: { maxValuesPerFacet: MOST_VALUES, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 800,
} satisfies Settings

const BATCH = 1000
/** Requests that the queries of a search are put into: the queries of one request run there one after the other. */
const LANES = 3
/** Fewer queries than this are not worth a second request. */
const A_LANE = 6
/** Candidates that each query proposes; more where a phrase has to be looked for among them. */
const CANDIDATES = 40
const PHRASE_CANDIDATES = 200
const LANGS: readonly Lang[] = ['ru', 'kk']
/** Passages remembered with their terms at most (some kilobytes each). */
const MOST_COUNTED = 10_000
/** Passages of each language that are asked how much of the query they meet: the best one is among them. */
const MOST_MEASURED = 5
/** Passages of one look-up, ranked here; a point and its parts are some dozens. */
const MOST_LOOKED_UP = 200
/** Places of a list that are looked up. */
const MOST_PLACES = 10
/** What the ranking of look-up reads. */
const PLACED = ['passageId', 'fingerprint', 'lang', 'title', 'label', 'eid', 'act', 'changedBy'] as const
/** What was left by a rebuild that never ended is removed after this long. */
const LEFT_BEHIND_MS = 3_600_000

/** A question after a task that gets no answer is put again so many times. */
const MOST_UNANSWERED = 5

/** Told by the server when it gave up reading the head of a request (a process too busy to write it): nothing has been done. */
const isUnread = (error: unknown): boolean => error instanceof MeilisearchApiError && error.response.status === 408
const isPassing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError
    ? isUnread(error) || error.response.status === 429 || error.response.status >= 500
    : error instanceof MeilisearchRequestError || error instanceof MeilisearchRequestTimeOutError

const isMissing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found'

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/gu, '\\$&')}"`

const anyOf = (name: string, values: readonly string[]): string =>
  `${name} IN [${values.map((value) => quoted(value)).join(', ')}]`

/** @param but a facet whose own filter is left out */
const filterOf = ({ asOf, lang, attributes = {}, except }: LexicalFilter, but?: Facet): string[] => {
  const day = dayNumber(asOf)
  const { kind, agency, service } = attributes
  const filter = [`validFrom <= ${day}`, `validTo > ${day}`]
  if (except !== undefined && except.size > 0) filter.push(`NOT ${anyOf('id', [...except].map(documentId))}`)
  if (lang !== undefined && but !== 'lang') filter.push(anyOf('lang', [lang]))
  if (kind !== undefined && but !== 'kind') filter.push(anyOf('kind', [kind]))
  if (agency !== undefined && but !== 'agency') filter.push(anyOf('agency', agency))
  if (service !== undefined && but !== 'service') filter.push(anyOf('service', service))
  return filter
}

type Terms = Pick<MeilisearchDocument, 'own' | 'meaning' | 'cut' | 'soft'>
/** What is kept here of a passage that Meilisearch holds: for spelling, completion and the weights of terms. */
interface Known extends Pick<MeilisearchDocument, 'passageId' | 'fingerprint' | 'lang' | 'words' | 'lengths'> {
  /** Numbers of its distinct terms. */
  terms: Uint32Array
}

/**
 * Meilisearch as a lexical engine, through its official client. Documents and queries carry our analysis; Meilisearch matches,
 * filters and proposes, the order is computed here. What it holds is compared with what is published, so an emptied server is filled again; a changed analysis or
 * changed settings make all it holds stale, and it is rebuilt beside and swapped.
 * Every call may throw (unreachable, too slow, refused): the caller guards it.
 */
export const createMeilisearchIndex = (options: MeilisearchOptions): LexicalEngine => {
  const {
    url: host,
    indexUid,
    language,
    searchTimeoutMs = 1500,
    adminTimeoutMs = 30_000,
    taskTimeoutMs = 300_000,
  } = options
  const reader = new Meilisearch({ host, apiKey: options.searchKey, timeout: searchTimeoutMs })
  const admin = new Meilisearch({ host, apiKey: options.adminKey, timeout: adminTimeoutMs })
  const analyser = createAnalyser(language)
  const placeRanker = createPlaceRanker(analyser)
  const { analysis, make: toDocument } = createDocumentMaker(language, SETTINGS)
  // Not the client's own waiting: a time-out that falls between two of its questions never ends it (0.62).
  const finished = async (enqueue: () => PromiseLike<{ taskUid: number }>): Promise<void> => {
    const { taskUid } = await Promise.resolve(enqueue()).catch((error: unknown) => {
      if (isUnread(error)) return enqueue()
      throw error
    })
    const until = Date.now() + taskTimeoutMs
    let unanswered = 0
    for (;;) {
      const task = await admin.tasks.getTask(taskUid).catch((error: unknown) => {
        unanswered += 1
        if (!isPassing(error) || unanswered > MOST_UNANSWERED) throw error
        return null
      })
      if (task === null) {
        await pause(200 * unanswered)
        continue
      }
      unanswered = 0
      const { status, type, error } = task
      if (status === 'succeeded') return
      if (status === 'failed' || status === 'canceled')
        throw new Error(`Meilisearch task ${taskUid} (${type}) ${status}: ${error?.message ?? 'no reason given'}`)
      if (Date.now() > until)
        throw new Error(`Meilisearch task ${taskUid} (${type}) is ${status} after ${taskTimeoutMs} ms`)
      await pause(50)
    }
  }

  // Spelling, completion and marks need the words that are there; they follow what the index holds.
  const queryReader = createQueryReader(analyser)
  const { vocabulary } = queryReader
  const known = new Map<string, Known>()
  /** How many passages each language has, how long their fields are in all, and how many have the field at all. */
  const statistics: Record<Lang, { passages: number; lengths: number[]; having: number[] }> = {
    ru: { passages: 0, lengths: FIELD_SETTINGS.map(() => 0), having: FIELD_SETTINGS.map(() => 0) },
    kk: { passages: 0, lengths: FIELD_SETTINGS.map(() => 0), having: FIELD_SETTINGS.map(() => 0) },
  }
  // In how many passages each term stands. Asking Meilisearch would cost a query for each of some fifty terms of a search.
  const numberOf = new Map<string, number>()
  const holding: number[] = []
  const numbersOf = ({ own, meaning, cut, soft }: Terms): Uint32Array => {
    const terms = [own, meaning, cut, soft].flatMap((words) => (words === '' ? [] : words.split(' ')))
    return Uint32Array.from(terms, (term) => {
      const number = numberOf.get(term) ?? numberOf.size
      numberOf.set(term, number)
      return number
    })
  }
  const toKnown = (document: Omit<Known, 'terms'> & Terms): Known => {
    const { passageId, fingerprint, lang, words, lengths } = document
    return { passageId, fingerprint, lang, words, lengths, terms: numbersOf(document) }
  }
  const count = ({ lang, lengths, terms }: Known, sign: 1 | -1): void => {
    const own = statistics[lang]
    own.passages += sign
    own.lengths = own.lengths.map((sum, field) => sum + sign * (lengths[field] ?? 0))
    own.having = own.having.map((sum, field) => sum + ((lengths[field] ?? 0) > 0 ? sign : 0))
    for (const number of terms) holding[number] = (holding[number] ?? 0) + sign
    queryReader.forget()
  }
  const langOfWord = (word: string): Lang => (word.startsWith('kk') ? 'kk' : 'ru')
  const learn = (passage: Known): void => {
    forget(passage.passageId)
    for (const word of passage.words) vocabulary.add(word.slice(2), langOfWord(word))
    known.set(passage.passageId, passage)
    count(passage, 1)
  }
  const forget = (passageId: string): void => {
    const passage = known.get(passageId)
    if (passage === undefined) return
    for (const word of passage.words) vocabulary.remove(word.slice(2), langOfWord(word))
    known.delete(passageId)
    count(passage, -1)
  }
  const holdingOf = (term: string): number => holding[numberOf.get(opaqueWord(term)) ?? -1] ?? 0

  const create = async (uid: string): Promise<void> => {
    await finished(() => admin.createIndex(uid, { primaryKey: 'id' }))
    await finished(() => admin.index(uid).updateSettings(SETTINGS))
  }
  const exists = async (uid: string): Promise<boolean> => {
    try {
      await admin.getRawIndex(uid)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }
  /**
   * Makes the fresh index the live one, at once. The task of a swap belongs to no index, so a key that is held to some indexes may
   * not see it: the swap is done when the live name answers with the fresh one's day of birth.
   */
  const swap = async (fresh: string): Promise<void> => {
    const { createdAt } = await admin.getRawIndex(fresh)
    await admin.swapIndexes([{ indexes: [indexUid, fresh], rename: false }])
    const until = Date.now() + taskTimeoutMs
    while ((await admin.getRawIndex(indexUid)).createdAt !== createdAt) {
      if (Date.now() > until)
        throw new Error(`Meilisearch did not swap ${indexUid} and ${fresh} in ${taskTimeoutMs} ms`)
      await pause(50)
    }
  }
  const write = async (
    uid: string,
    documents: readonly LexicalDocument[],
    each: (document: MeilisearchDocument) => void,
  ) => {
    for (let at = 0; at < documents.length; at += BATCH) {
      const batch: MeilisearchDocument[] = []
      for (const document of documents.slice(at, at + BATCH)) {
        batch.push(toDocument(document))
        if (batch.length % 50 === 0) await new Promise(setImmediate)
      }
      await finished(() => admin.index<MeilisearchDocument>(uid).addDocuments(batch))
      batch.forEach(each)
    }
  }

  const documentsOf = async (params: { ids?: string[]; offset?: number }, fields: (keyof MeilisearchDocument)[]) =>
    admin.index<MeilisearchDocument>(indexUid).getDocuments({ ...params, fields, limit: BATCH })

  /** Words of passages that some other instance wrote. */
  const learnFrom = async (held: ReadonlyMap<string, string>): Promise<void> => {
    for (const id of known.keys()) if (!held.has(id)) forget(id)
    const unknown = [...held].filter(
      ([id, fingerprint]) => fingerprint !== '' && known.get(id)?.fingerprint !== fingerprint,
    )
    for (let at = 0; at < unknown.length; at += BATCH) {
      const ids = unknown.slice(at, at + BATCH).map(([id]) => documentId(id))
      const { results } = await documentsOf({ ids }, [
        ...(['passageId', 'fingerprint', 'lang', 'words', 'lengths'] as const),
        ...(['own', 'meaning', 'cut', 'soft'] as const),
      ])
      for (const document of results) learn(toKnown(document))
    }
  }

  /** The queries by which passages are found that a query names; the words of the query order them where there are more than fit. */
  const lookUpQueries = (lookUp: LookUp, query: LexicalQuery, words: string): MultiSearchParams['queries'] => {
    const inQuotes = (values: readonly string[]): string => values.map(quoted).join(', ')
    const filters: string[][] = []
    for (const { steps } of lookUp.places.slice(0, MOST_PLACES)) {
      const names = steps.map(stepWord)
      const all = names.map((name) => `placeSteps = ${quoted(name)}`)
      const last = names.at(-1)
      if (last !== undefined) filters.push([...all, `placeLast = ${quoted(last)}`], all)
      filters.push([`placeLast IN [${inQuotes(names)}]`])
    }
    if (lookUp.acts.length > 0) filters.push([`actKeys IN [${inQuotes(lookUp.acts)}]`])
    else if (lookUp.saysKind && lookUp.dates.length > 0) filters.push([`actDate IN [${inQuotes(lookUp.dates)}]`])
    const made = filters.flatMap((filter) =>
      (words === '' ? [''] : ['', words]).map((q) => ({
        indexUid,
        q,
        filter: [...filterOf(query), ...filter],
        limit: MOST_LOOKED_UP,
        matchingStrategy: 'last' as const,
        attributesToRetrieve: [...PLACED],
      })),
    )
    return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
  }

  /** Passages by id, in as many questions as it takes: one gives `MOST_FOUND` at most and is silent about the rest. */
  const lookUp = async <Name extends keyof MeilisearchDocument>(
    passageIds: readonly string[],
    fields: Name[],
  ): Promise<Pick<MeilisearchDocument, Name>[]> => {
    const found: Pick<MeilisearchDocument, Name>[] = []
    for (let at = 0; at < passageIds.length; at += LOOKED_UP) {
      const ids = passageIds.slice(at, at + LOOKED_UP).map((id) => quoted(documentId(id)))
      const { hits } = await reader.index<MeilisearchDocument>(indexUid).search('', {
        filter: `id IN [${ids.join(', ')}]`,
        limit: ids.length,
        attributesToRetrieve: fields,
      })
      found.push(...hits)
    }
    return found
  }

  const termsOf = (lang: Lang, ranked: readonly string[]): TermCounts =>
    countTerms(
      lang,
      ranked.map((field) => (field === '' ? [] : field.split(' '))),
    )
  // The terms of a passage, asked for once.
  const counted = new Map<string, { fingerprint: string; terms: TermCounts }>()

  const termsOfCandidates = async (
    candidates: readonly Pick<MeilisearchDocument, 'passageId' | 'fingerprint'>[],
  ): Promise<Map<string, TermCounts>> => {
    const unknown = candidates.filter(
      ({ passageId, fingerprint }) => counted.get(passageId)?.fingerprint !== fingerprint,
    )
    if (unknown.length > 0) {
      const hits = await lookUp(
        unknown.map(({ passageId }) => passageId),
        ['passageId', 'fingerprint', 'lang', 'ranked'],
      )
      for (const { passageId, fingerprint, lang, ranked } of hits) {
        const terms = termsOf(lang, ranked)
        counted.delete(passageId)
        counted.set(passageId, { fingerprint, terms })
      }
    }
    const found = new Map<string, TermCounts>()
    for (const { passageId } of candidates) {
      const terms = counted.get(passageId)?.terms
      if (terms !== undefined) found.set(passageId, terms)
    }
    for (const oldest of counted.keys()) {
      if (counted.size <= MOST_COUNTED) break
      counted.delete(oldest)
    }
    return found
  }

  /** Passages of the term's language; all where languages share it. */
  const amongWhom = (term: string): number => {
    const lang = langOfTerm(term)
    return lang === null ? known.size : statistics[lang].passages
  }
  const rarityOfTerm = (term: string): number => rarityOf(holdingOf(term), amongWhom(term))

  /**
   * How rare each word is: among the passages that meet it in any way, a doubtful one as a part of one. One pass over the numbers of
   * all terms, some milliseconds for ten thousand passages.
   */
  const raritiesOf = (words: readonly WordQuery[]): number[] => {
    /** By number of a term, where it counts: places in `uses`, from 1. */
    const placeOf = new Uint32Array(numberOf.size)
    const uses: { word: number; certainty: number }[][] = [[]]
    const among = words.map(() => 0)
    const isThere = words.map(() => false)
    for (const [word, { evidence }] of words.entries())
      for (const { weight, terms, soft } of evidence)
        for (const term of terms.keys()) {
          const number = numberOf.get(opaqueWord(term))
          if (number === undefined || (holding[number] ?? 0) === 0) continue
          isThere[word] = true
          if (soft) continue
          among[word] = Math.max(among[word] ?? 0, amongWhom(term))
          const place = placeOf[number] === 0 ? uses.push([]) - 1 : (placeOf[number] ?? 0)
          placeOf[number] = place
          uses[place]?.push({ word, certainty: Math.min(weight, 1) })
        }
    const having = words.map(() => 0)
    const sure = words.map(() => 0)
    for (const { terms } of known.values()) {
      let met = false
      for (const number of terms) {
        const place = placeOf[number] ?? 0
        if (place === 0) continue
        met = true
        for (const { word, certainty } of uses[place] ?? []) sure[word] = Math.max(sure[word] ?? 0, certainty)
      }
      if (!met) continue
      for (const word of words.keys()) having[word] = (having[word] ?? 0) + (sure[word] ?? 0)
      sure.fill(0)
    }
    return words.map((_, word) => (isThere[word] === true ? rarityOf(having[word] ?? 0, among[word] ?? 0) : 0))
  }

  /** Words of a query as passages are scored by them: their terms spelt as Meilisearch holds them. */
  const rate = (
    prepared: PreparedQuery,
  ): { words: RatedWord[]; statistics: TermStatistics; termOf: ReadonlyMap<string, string> } => {
    const termOf = new Map<string, string>()
    const rated = raritiesOf(prepared.words)
    const words = prepared.words.map(({ evidence, ...word }, at): RatedWord => ({
      ...word,
      rarity: rated[at] ?? 0,
      evidence: evidence.map((one): Evidence => {
        const spelt = new Map<string, number>()
        for (const [term, share] of one.terms) {
          const opaque = opaqueWord(term)
          spelt.set(opaque, share)
          termOf.set(opaque, term)
        }
        return { ...one, terms: spelt }
      }),
    }))
    const averagesOf = ({ lengths, having }: { lengths: readonly number[]; having: readonly number[] }): number[] =>
      lengths.map((sum, field) => averageLength(sum, having[field] ?? 0))
    return {
      words,
      termOf,
      statistics: {
        fields: FIELD_SETTINGS,
        k1: K1,
        rarityOf: (opaque) => rarityOfTerm(termOf.get(opaque) ?? ''),
        averages: { ru: averagesOf(statistics.ru), kk: averagesOf(statistics.kk) },
      },
    }
  }

  /** The queries that propose candidates: of terms that the index holds, all while nothing is known of it yet. */
  const proposing = (prepared: PreparedQuery, langs: readonly Lang[]): string[] => {
    const there = prepared.words.map(({ evidence, ...word }): WordQuery => ({
      ...word,
      evidence: evidence.map((one): Evidence => ({
        ...one,
        terms: new Map([...one.terms].filter(([term]) => known.size === 0 || holdingOf(term) > 0)),
      })),
    }))
    return wordQueries(there, langs, (term, weight) => weight * rarityOfTerm(term))
  }

  /** Which of the passages hold all the phrases word for word. */
  const holdingPhrases = async (ids: readonly string[], phrases: readonly QuotedPhrase[]): Promise<string[]> => {
    const patterns = phrases.map(phrasePattern)
    const hits = await lookUp(ids, ['passageId', 'title', 'text'])
    return hits.flatMap(({ passageId, title, text }) =>
      patterns.every((pattern) => pattern.test(text) || pattern.test(title)) ? [passageId] : [],
    )
  }

  const proposed = (queries: readonly string[], query: LexicalQuery) =>
    queries.map((q) => ({
      indexUid,
      q,
      filter: filterOf(query),
      // The words stand rarest first, so the frequent ones are dropped.
      matchingStrategy: 'last' as const,
      attributesToRetrieve: ['passageId', 'fingerprint'],
    }))

  /** The rest comes where look-up asks for it. */
  type Proposal = Pick<MeilisearchDocument, (typeof PLACED)[number]>
  const proposals = async (queries: MultiSearchParams['queries']) => {
    const lanes = Math.min(LANES, Math.ceil(queries.length / A_LANE))
    const found = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        reader.multiSearch<MultiSearchParams, Proposal>({
          queries: queries.filter((_query, at) => at % lanes === lane),
        }),
      ),
    )
    return found.flatMap(({ results }) => results)
  }

  /**
   * Counts what matched. A search is many queries, and those of a language meet its passages; of each language the one that meets most stands for it.
   * Of a facet that is filtered by, a further query counts as if it were not.
   */
  const countFacets = async (prepared: PreparedQuery, query: LexicalQuery): Promise<FacetCounts> => {
    const counts = noCounts()
    const filtered = FACETS.filter((facet) => facet !== 'lang' && query.attributes?.[facet] !== undefined)
    const of = (q: string, lang: Lang, facets: readonly Facet[], but?: Facet) => ({
      indexUid,
      q,
      filter: [...filterOf(query, but).filter((one) => !one.startsWith('lang ')), anyOf('lang', [lang])],
      matchingStrategy: 'last' as const,
      facets: [...facets],
      limit: 0,
    })
    await Promise.all(
      LANGS.map(async (lang) => {
        const queries = proposing(prepared, [lang])
        if (queries.length === 0) return
        const open = FACETS.filter((facet) => facet !== 'lang' && !filtered.includes(facet))
        const found = await reader.multiSearch<MultiSearchParams>({
          queries: queries.map((q) => of(q, lang, open)),
        })
        const most = found.results.reduce(
          (best, one, at) =>
            (one.estimatedTotalHits ?? 0) > best.total ? { total: one.estimatedTotalHits ?? 0, at } : best,
          { total: 0, at: 0 },
        )
        if (most.total > 0) counts.lang.set(lang, most.total)
        if (query.lang !== undefined && query.lang !== lang) return
        const add = (facet: Facet, distribution: Record<string, Record<string, number>> | undefined): void => {
          for (const [value, times] of Object.entries(distribution?.[facet] ?? {}))
            if (times > 0) counts[facet].set(value, (counts[facet].get(value) ?? 0) + times)
        }
        for (const facet of open) add(facet, found.results[most.at]?.facetDistribution)
        if (filtered.length === 0) return
        const more = await reader.multiSearch<MultiSearchParams>({
          queries: filtered.map((facet) => of(queries[most.at] ?? '', lang, [facet], facet)),
        })
        for (const [at, facet] of filtered.entries()) add(facet, more.results[at]?.facetDistribution)
      }),
    )
    return counts
  }

  return {
    name: 'meilisearch',

    async state() {
      const held = new Map<string, string>()
      try {
        for (let offset = 0; ; offset += BATCH) {
          const page = await documentsOf({ offset }, ['passageId', 'fingerprint', 'analysis'])
          for (const document of page.results)
            // An empty fingerprint is like no other: the document is written again.
            held.set(document.passageId, document.analysis === analysis ? document.fingerprint : '')
          if (offset + page.results.length >= page.total || page.results.length === 0) break
        }
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      await learnFrom(held)
      return held
    },

    async apply({ upsert, remove }) {
      if (!(await exists(indexUid))) await create(indexUid)
      if (remove.length > 0) {
        await finished(() => admin.index(indexUid).deleteDocuments(remove.map(documentId)))
        remove.forEach(forget)
      }
      await write(indexUid, upsert, (document) => learn(toKnown(document)))
    },

    async rebuild(documents) {
      const fresh = `${indexUid}_new_${randomBytes(6).toString('hex')}`
      const { results } = await admin.getRawIndexes({ limit: 200 })
      for (const { uid, createdAt } of results)
        if (uid.startsWith(`${indexUid}_new_`) && Date.now() - Date.parse(createdAt) > LEFT_BEHIND_MS)
          await finished(() => admin.deleteIndex(uid))
      try {
        await create(fresh)
        const written: Known[] = []
        await write(fresh, documents, (document) => written.push(toKnown(document)))
        // A swap needs both: the live one may be missing on a new server.
        if (!(await exists(indexUid))) await create(indexUid)
        await swap(fresh)
        for (const id of known.keys()) forget(id)
        written.forEach(learn)
      } finally {
        await admin.deleteIndexIfExists(fresh)
      }
    },

    async search(query) {
      const prepared = queryReader.prepare(query)
      const { correctedTo, correctionKind, phrases } = prepared
      const queries = proposing(prepared, query.lang === undefined ? LANGS : [query.lang])
      const met: Record<Lang, number> = { ru: 0, kk: 0 }
      const reading = { lang: prepared.lang, met }
      if (queries.length === 0 && prepared.lookUp === null)
        return {
          hits: [],
          total: 0,
          correctedTo,
          correctionKind,
          reading,
          ...(query.facets === true ? { facets: noCounts() } : {}),
        }
      const limit = phrases.length === 0 ? CANDIDATES : PHRASE_CANDIDATES
      const { lookUp } = prepared
      const [found, placed, counted] = await Promise.all([
        proposals(
          proposed(queries, query).map((one) => ({
            ...one,
            limit,
            ...(lookUp === null ? {} : { attributesToRetrieve: [...PLACED] }),
          })),
        ),
        lookUp === null ? [] : proposals(lookUpQueries(lookUp, query, queries[0] ?? '')),
        // What is counted are words: what is looked up may hold none of them.
        query.facets === true && lookUp === null ? countFacets(prepared, query) : null,
      ])
      // Meilisearch proposes; the order is ours, by the same weights as in process.
      const { words, statistics: own } = rate(prepared)
      const candidates = new Map([...placed, ...found].flatMap(({ hits }) => hits.map((hit) => [hit.passageId, hit])))
      const terms = await termsOfCandidates([...candidates.values()])
      const scores = scoreTerms(words, terms, own)
      const ranker = lookUp === null ? null : placeRanker(lookUp)
      if (ranker !== null)
        for (const hit of candidates.values()) {
          const rank = ranker.rank(hit)
          if (rank > 0) scores.set(hit.passageId, (scores.get(hit.passageId) ?? 0) + rank * NAMED)
        }
      const whole = phrases.length === 0 ? [] : await holdingPhrases([...scores.keys()], phrases)
      for (const id of whole) scores.set(id, (scores.get(id) ?? 0) + PHRASE)
      const only = prepared.restricts && whole.length > 0
      if (only) {
        const isWhole = new Set(whole)
        for (const id of scores.keys()) if (!isWhole.has(id)) scores.delete(id)
      }
      const hits: LexicalHit[] = [...scores]
        .map(([passageId, score]) => {
          const lang = terms.get(passageId)?.lang
          return { passageId, score, ...(lang === undefined ? {} : { lang }) }
        })
        .sort((left, right) => right.score - left.score)
      for (const lang of LANGS)
        for (const { passageId } of hits.filter((hit) => hit.lang === lang).slice(0, MOST_MEASURED)) {
          const passage = terms.get(passageId)
          if (passage === undefined) continue
          met[lang] = Math.max(met[lang], knownShare(words, known.size) * coveredBy(explainTerms(words, passage, own)))
        }
      return {
        hits: hits.slice(0, query.limit),
        ...(phrases.length === 0
          ? {}
          : { phrases: { asked: phrases.map(({ text }) => text), held: whole.length > 0, only } }),
        total: only
          ? whole.length
          : Math.max(hits.length, ...[...found, ...placed].map(({ estimatedTotalHits }) => estimatedTotalHits ?? 0)),
        correctedTo,
        correctionKind,
        reading,
        ...(only || counted === null ? {} : { facets: counted }),
      }
    },

    async explain(query, passageIds) {
      const prepared = queryReader.prepare(query)
      const { words, statistics: own, termOf } = rate(prepared)
      const ranker = prepared.lookUp === null ? null : placeRanker(prepared.lookUp)
      const [documents, whole] = await Promise.all([
        lookUp(passageIds, ['passageId', 'lang', 'ranked', 'title', 'label', 'eid', 'act', 'changedBy']),
        prepared.phrases.length === 0 ? ([] as string[]) : holdingPhrases(passageIds, prepared.phrases),
      ])
      return new Map(
        documents.map((document): [string, LexicalExplanation] => {
          const { passageId, lang, ranked } = document
          const shares = explainTerms(words, termsOf(lang, ranked), own)
          return [
            passageId,
            {
              words: shares.map((share) => ({
                ...share,
                evidence: share.evidence.map((one) => ({
                  ...one,
                  terms: one.terms.map((term) => termOf.get(term) ?? term),
                })),
              })),
              coverage: coverageOf(coveredBy(shares)),
              named: ranker === null ? 0 : ranker.rank(document) * NAMED,
              phrase: whole.includes(passageId) ? PHRASE : 0,
            },
          ]
        }),
      )
    },

    highlighter: createHighlighter(analyser, queryReader.prepare),
    health: () => ({ state: 'ok', servedBy: 'meilisearch', reason: null }),
  }
}
