import {
  Meilisearch,
  MeilisearchApiError,
  type FederatedMultiSearchParams,
  type Settings,
  type Task,
} from 'meilisearch'
import { randomBytes } from 'node:crypto'
import { createAnalyser } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { createVocabulary } from './analysis/vocabulary.ts'
import { createHighlighter, prepareQuery } from './prepare-query.ts'
import { labelRank } from './label-rank.ts'
import type {
  LexicalDocument,
  LexicalEngine,
  LexicalFacets,
  LexicalFilter,
  LexicalHit,
  LexicalQuery,
} from './lexical-index.ts'
import {
  analysisName,
  createDocumentMaker,
  dayNumber,
  documentId,
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

/** A search that also counts what it found, by attribute. */
export interface MeilisearchIndex extends LexicalEngine {
  facets(query: LexicalQuery): Promise<LexicalFacets>
}

const FACETS = ['lang', 'kind', 'agencyId', 'serviceId'] as const
const FILTERS = [...FACETS, 'validFrom', 'validTo', 'labelToken', 'labelParents', 'analysis']

/** Settings as code. Typing errors, prefixes and synonyms are ours: the terms reach Meilisearch finished. */
const SETTINGS = {
  searchableAttributes: ['term', 'label', 'text', 'title', 'context', 'meaning', 'cut'],
  displayedAttributes: ['id', 'passageId', 'fingerprint', 'analysis', 'words', 'labelToken', 'labelPrefix'],
  filterableAttributes: FILTERS,
  sortableAttributes: [],
  rankingRules: ['words', 'proximity', 'attribute', 'exactness'],
  stopWords: [],
  synonyms: {},
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  facetSearch: false,
  proximityPrecision: 'byWord',
  pagination: { maxTotalHits: 1000 },
  faceting: { maxValuesPerFacet: 200 },
  searchCutoffMs: 800,
} satisfies Settings

const BATCH = 1000
/** Passages whose labels a reference names, ranked here; a point and its parts are some dozens. */
const MOST_LABELLED = 200
/** What was left by a rebuild that never ended is removed after this long. */
const LEFT_BEHIND_MS = 3_600_000

const isMissing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found'

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/gu, '\\$&')}"`

const filterOf = ({ asOf, lang, attributes = {} }: LexicalFilter): string[] => {
  const day = dayNumber(asOf)
  const filter = [`validFrom <= ${day}`, `validTo > ${day}`]
  if (lang !== undefined) filter.push(`lang = ${quoted(lang)}`)
  for (const name of ['kind', 'agencyId', 'serviceId'] as const) {
    const value = attributes[name]
    if (value !== undefined) filter.push(`${name} = ${quoted(value)}`)
  }
  return filter
}

const finished = async (task: Promise<Task>): Promise<Task> => {
  const done = await task
  if (done.status !== 'succeeded')
    throw new Error(
      `Meilisearch task ${done.uid} (${done.type}) ${done.status}: ${done.error?.message ?? 'no reason given'}`,
    )
  return done
}

/**
 * Meilisearch as a lexical engine, through its official client. Documents and queries carry our analysis; Meilisearch matches,
 * filters and ranks. What it holds is compared with what is published, so an emptied server is filled again; a changed analysis or
 * changed settings make all it holds stale, and it is rebuilt beside and swapped.
 * Every call may throw (unreachable, too slow, refused): the caller guards it.
 */
export const createMeilisearchIndex = (options: MeilisearchOptions): MeilisearchIndex => {
  const {
    url: host,
    indexUid,
    language,
    searchTimeoutMs = 1500,
    adminTimeoutMs = 30_000,
    taskTimeoutMs = 300_000,
  } = options
  const reader = new Meilisearch({ host, apiKey: options.searchKey, timeout: searchTimeoutMs })
  const admin = new Meilisearch({
    host,
    apiKey: options.adminKey,
    timeout: adminTimeoutMs,
    defaultWaitOptions: { timeout: taskTimeoutMs, interval: 50 },
  })
  const analyser = createAnalyser(language)
  const analysis = analysisName(language, analyser, SETTINGS)
  const toDocument = createDocumentMaker(language, analysis)

  // Spelling, completion and marks need the words that are there; they follow what the index holds.
  const vocabulary = createVocabulary()
  const highlighter = createHighlighter(language, vocabulary)
  const known = new Map<string, { fingerprint: string; words: readonly string[] }>()
  const learn = (passageId: string, fingerprint: string, words: readonly string[]): void => {
    forget(passageId)
    for (const word of words) vocabulary.add(word)
    known.set(passageId, { fingerprint, words })
  }
  const forget = (passageId: string): void => {
    for (const word of known.get(passageId)?.words ?? []) vocabulary.remove(word)
    known.delete(passageId)
  }

  const create = async (uid: string): Promise<void> => {
    await finished(admin.createIndex(uid, { primaryKey: 'id' }).waitTask())
    await finished(admin.index(uid).updateSettings(SETTINGS).waitTask())
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
      await finished(admin.index<MeilisearchDocument>(uid).addDocuments(batch).waitTask())
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
      const { results } = await documentsOf({ ids }, ['passageId', 'fingerprint', 'words'])
      for (const { passageId, fingerprint, words } of results) learn(passageId, fingerprint, words)
    }
  }

  /** Passages whose label is what the query names, by how exactly. */
  const labelled = async (query: LexicalQuery, references: readonly string[][]): Promise<Map<string, number>> => {
    const tokens = [...new Set(references.flat())]
    const heads = references.flatMap(([head]) => (head === undefined ? [] : [head]))
    const { hits } = await reader.index<MeilisearchDocument>(indexUid).search('', {
      filter: [
        ...filterOf(query),
        [`labelToken IN [${tokens.map(quoted).join(', ')}]`, `labelParents IN [${heads.map(quoted).join(', ')}]`],
      ],
      limit: MOST_LABELLED,
      attributesToRetrieve: ['passageId', 'labelToken', 'labelPrefix'],
    })
    return new Map(
      hits.map(({ passageId, labelToken, labelPrefix }) => [
        passageId,
        labelToken === null ? 0 : labelRank({ token: labelToken, prefix: labelPrefix ?? '' }, references, query.text),
      ]),
    )
  }

  const ask = async (query: LexicalQuery, facets: boolean) => {
    const prepared = prepareQuery(query, analyser, vocabulary)
    const queries = wordQueries(prepared)
    if (queries.length === 0) return { hits: [], total: 0, correctedTo: null, facets: {} }
    const [found, named] = await Promise.all([
      reader.multiSearch<FederatedMultiSearchParams, Pick<MeilisearchDocument, 'passageId'>>({
        federation: { limit: query.limit, ...(facets ? { facetsByIndex: { [indexUid]: [...FACETS] } } : {}) },
        queries: queries.map(({ q, weight }) => ({
          indexUid,
          q,
          filter: filterOf(query),
          matchingStrategy: 'frequency' as const,
          attributesToRetrieve: ['passageId'],
          federationOptions: { weight },
        })),
      }),
      prepared.references.length === 0 ? new Map<string, number>() : labelled(query, prepared.references),
    ])
    const scores = new Map<string, number>()
    for (const { passageId, _federation } of found.hits) scores.set(passageId, _federation?.weightedRankingScore ?? 0)
    for (const [passageId, rank] of named) scores.set(passageId, (scores.get(passageId) ?? 0) + rank * 1000)
    const hits: LexicalHit[] = [...scores]
      .map(([passageId, score]) => ({ passageId, score }))
      .sort((left, right) => right.score - left.score)
    return {
      hits: hits.slice(0, query.limit),
      total: Math.max(hits.length, found.estimatedTotalHits ?? 0),
      correctedTo: prepared.correctedTo,
      facets: found.facetsByIndex?.[indexUid]?.distribution ?? {},
    }
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
        await finished(admin.index(indexUid).deleteDocuments(remove.map(documentId)).waitTask())
        remove.forEach(forget)
      }
      await write(indexUid, upsert, ({ passageId, fingerprint, words }) => learn(passageId, fingerprint, words))
    },

    async rebuild(documents) {
      const fresh = `${indexUid}_new_${randomBytes(6).toString('hex')}`
      const { results } = await admin.getRawIndexes({ limit: 200 })
      for (const { uid, createdAt } of results)
        if (uid.startsWith(`${indexUid}_new_`) && Date.now() - Date.parse(createdAt) > LEFT_BEHIND_MS)
          await finished(admin.deleteIndex(uid).waitTask())
      try {
        await create(fresh)
        const written: Pick<MeilisearchDocument, 'passageId' | 'fingerprint' | 'words'>[] = []
        await write(fresh, documents, ({ passageId, fingerprint, words }) =>
          written.push({ passageId, fingerprint, words }),
        )
        // A swap needs both: the live one may be missing on a new server.
        if (!(await exists(indexUid))) await create(indexUid)
        await finished(admin.swapIndexes([{ indexes: [indexUid, fresh], rename: false }]).waitTask())
        for (const id of known.keys()) forget(id)
        for (const { passageId, fingerprint, words } of written) learn(passageId, fingerprint, words)
      } finally {
        await admin.deleteIndexIfExists(fresh)
      }
    },

    async search(query) {
      const { hits, total, correctedTo } = await ask(query, false)
      return { hits, total, correctedTo }
    },

    async facets(query) {
      const { facets } = await ask({ ...query, limit: 1 }, true)
      return {
        lang: facets['lang'] ?? {},
        kind: facets['kind'] ?? {},
        agencyId: facets['agencyId'] ?? {},
        serviceId: facets['serviceId'] ?? {},
      }
    },

    highlighter,
    health: () => ({ state: 'ok', servedBy: 'meilisearch', reason: null }),
  }
}
