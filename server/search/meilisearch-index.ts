import { Meilisearch } from 'meilisearch'
import type { Lang } from '#server/context.ts'
import { createAnalyser } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { coverageOf, NAMED, PHRASE } from './bm25.ts'
import { createHighlighter } from './create-highlighter.ts'
import { noCounts, type LexicalEngine, type LexicalExplanation, type LexicalHit } from './lexical-index.ts'
import { createPlaceRanker } from './look-up.ts'
import { createHeldPassages } from './meilisearch/held-passages.ts'
import { INDEX_SETTINGS } from './meilisearch/index-settings.ts'
import { BATCH, createIndexWriter, isMissing } from './meilisearch/index-writer.ts'
import { createPassageReader } from './meilisearch/passage-reader.ts'
import { createProposer, LANGS } from './meilisearch/proposer.ts'
import { createTaskRunner } from './meilisearch/task-runner.ts'
import { createDocumentMaker, documentId, type MeilisearchDocument } from './meilisearch-terms.ts'
import { createQueryReader } from './query-reader.ts'
import { coveredBy, explainTerms, knownShare, scoreTerms } from './score-terms.ts'

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

/** Candidates that each query proposes; more where a phrase has to be looked for among them. */
const CANDIDATES = 40
const PHRASE_CANDIDATES = 200
/** Passages of each language that are asked how much of the query they meet: the best one is among them. */
const MOST_MEASURED = 5

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
  const { analysis, make: toDocument } = createDocumentMaker(language, INDEX_SETTINGS)
  const queryReader = createQueryReader(analyser)
  const held = createHeldPassages(queryReader)
  const writer = createIndexWriter({
    admin,
    indexUid,
    finished: createTaskRunner(admin, taskTimeoutMs),
    taskTimeoutMs,
    toDocument,
  })
  const passages = createPassageReader(reader, indexUid)
  const proposer = createProposer({ reader, indexUid, proposing: held.proposing })

  const documentsOf = async (params: { ids?: string[]; offset?: number }, fields: (keyof MeilisearchDocument)[]) =>
    admin.index<MeilisearchDocument>(indexUid).getDocuments({ ...params, fields, limit: BATCH })

  /** Words of passages that some other instance wrote. */
  const learnFrom = async (there: ReadonlyMap<string, string>): Promise<void> => {
    for (const id of held.ids()) if (!there.has(id)) held.forget(id)
    const unknown = [...there].filter(
      ([id, fingerprint]) => fingerprint !== '' && held.fingerprintOf(id) !== fingerprint,
    )
    for (let at = 0; at < unknown.length; at += BATCH) {
      const ids = unknown.slice(at, at + BATCH).map(([id]) => documentId(id))
      const { results } = await documentsOf({ ids }, [
        ...(['passageId', 'fingerprint', 'lang', 'words', 'lengths'] as const),
        ...(['own', 'meaning', 'cut', 'soft'] as const),
      ])
      for (const document of results) held.learn(held.toKnown(document))
    }
  }

  return {
    name: 'meilisearch',

    async state() {
      const there = new Map<string, string>()
      try {
        for (let offset = 0; ; offset += BATCH) {
          const page = await documentsOf({ offset }, ['passageId', 'fingerprint', 'analysis'])
          for (const document of page.results)
            // An empty fingerprint is like no other: the document is written again.
            there.set(document.passageId, document.analysis === analysis ? document.fingerprint : '')
          if (offset + page.results.length >= page.total || page.results.length === 0) break
        }
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      await learnFrom(there)
      return there
    },

    apply: (difference) =>
      writer.apply(difference, {
        written: (document) => held.learn(held.toKnown(document)),
        removed: held.forget,
      }),

    async rebuild(documents) {
      const written: ReturnType<typeof held.toKnown>[] = []
      await writer.rebuild(documents, {
        written: (document) => written.push(held.toKnown(document)),
        swapped: () => {
          for (const id of held.ids()) held.forget(id)
          written.forEach(held.learn)
        },
      })
    },

    async search(query) {
      const prepared = queryReader.prepare(query)
      const { correctedTo, correctionKind, phrases } = prepared
      const queries = held.proposing(prepared, query.lang === undefined ? LANGS : [query.lang])
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
        proposer.byWords(queries, query, { limit, places: lookUp !== null }),
        lookUp === null ? [] : proposer.byPlace(lookUp, query, queries[0] ?? ''),
        // What is counted are words: what is looked up may hold none of them.
        query.facets === true && lookUp === null ? proposer.countFacets(prepared, query) : null,
      ])
      // Meilisearch proposes; the order is ours, by the same weights as in process.
      const { words, statistics: own } = held.rate(prepared)
      const candidates = new Map([...placed, ...found].flatMap(({ hits }) => hits.map((hit) => [hit.passageId, hit])))
      const terms = await passages.termsOfCandidates([...candidates.values()])
      const scores = scoreTerms(words, terms, own)
      const ranker = lookUp === null ? null : placeRanker(lookUp)
      if (ranker !== null)
        for (const hit of candidates.values()) {
          const rank = ranker.rank(hit)
          if (rank > 0) scores.set(hit.passageId, (scores.get(hit.passageId) ?? 0) + rank * NAMED)
        }
      const whole = phrases.length === 0 ? [] : await passages.holdingPhrases([...scores.keys()], phrases)
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
          met[lang] = Math.max(met[lang], knownShare(words, held.size()) * coveredBy(explainTerms(words, passage, own)))
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
      const { words, statistics: own, termOf } = held.rate(prepared)
      const ranker = prepared.lookUp === null ? null : placeRanker(prepared.lookUp)
      const [documents, whole] = await Promise.all([
        passages.lookUp(passageIds, ['passageId', 'lang', 'ranked', 'title', 'label', 'eid', 'act', 'changedBy']),
        prepared.phrases.length === 0 ? ([] as string[]) : passages.holdingPhrases(passageIds, prepared.phrases),
      ])
      return new Map(
        documents.map((document): [string, LexicalExplanation] => {
          const { passageId, lang, ranked } = document
          const shares = explainTerms(words, passages.termsOf(lang, ranked), own)
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
