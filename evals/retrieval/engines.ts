import MiniSearch from 'minisearch'
import { PGlite } from '@electric-sql/pglite'
import type { Lang } from '#server/context.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import { cutWord } from '#server/search/analysis/stem-word.ts'
import { fuseRanks } from '#server/search/fuse.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import { createLocalEmbedder } from '#server/search/local-embedder.ts'
import { createPostings } from '#server/search/postings.ts'
import {
  filledMeilisearch,
  meilisearchServer,
  plainMeilisearch,
  type MeilisearchServer,
} from './meilisearch-engines.ts'
import type { BeirSet } from './read-beir.ts'

export interface Found {
  id: string
  score: number
}

/** Finds documents for a query, best first, with scores. With `typing`, the last word may be unfinished. */
export interface Engine {
  find(query: string, typing: boolean): Promise<Found[]>
  close?(): Promise<void>
}

const DEPTH = 100
const DAY = '2000-01-01'

/** The language of a set, as whoever files a passage knows it: that of most of its documents. */
export function languageOf(set: BeirSet): Lang {
  const kazakh = set.documents.filter((document) => detectLanguage(document.text) === 'kk').length
  return kazakh * 2 > set.documents.length ? 'kk' : 'ru'
}

function passagesOf(set: BeirSet): LexicalDocument[] {
  const lang = languageOf(set)
  return set.documents.map(({ _id, title, text }) => ({
    passageId: _id,
    articleId: _id,
    lang,
    title,
    label: '',
    context: '',
    text,
    validFrom: DAY,
    validTo: null,
    fingerprint: _id,
  }))
}

async function lexical(set: BeirSet, language: LanguageData) {
  const index = createInProcessIndex(language)
  await index.apply({ remove: [], upsert: passagesOf(set) })
  return (text: string, prefix: boolean) => index.search({ text, asOf: DAY, limit: DEPTH, prefix })
}

async function vectors(set: BeirSet, language: LanguageData) {
  const embedder = createLocalEmbedder(language)
  const embedded = await embedder.embedPassages(
    set.documents.map((document) => `${document.title} ${document.text}`.trim()),
  )
  return async (text: string) => {
    const query = await embedder.embedQuery(text)
    return set.documents
      .map((document, i) => ({
        passageId: document._id,
        score: (embedded[i] ?? []).reduce((sum, value, d) => sum + value * (query[d] ?? 0), 0),
      }))
      .sort((a, b) => b.score - a.score)
      .slice(0, DEPTH)
  }
}

const named = (hits: readonly { passageId: string; score: number }[]) =>
  hits.map(({ passageId, score }) => ({ id: passageId, score }))

const WORD = /[\p{L}\d]+/gu
const BM25 = { k1: 1.2, b: 0.75 }

/** BM25 over words cut to five letters: the bar that an analyser must clear. */
function fiveLetters(set: BeirSet): Engine {
  const postings = createPostings({
    fields: [{ name: 'all', weight: 1, b: BM25.b }],
    k1: BM25.k1,
    langOf: () => null,
  })
  const cut = (text: string): string[] => (text.match(WORD) ?? []).map((word) => cutWord(normaliseWord(word)))
  for (const { title, text } of set.documents) postings.add('ru', [cut(`${title} ${text}`)])
  return {
    async find(query) {
      const { documents, scores } = postings.score(
        [...new Set(cut(query))].map((word) => ({
          word,
          evidence: [{ kind: 'cut', weight: 1, terms: new Map([[word, 1]]), soft: false }],
        })),
      )
      return [...documents]
        .map((document) => ({ id: set.documents[document]?._id ?? '', score: scores[document] ?? 0 }))
        .sort((a, b) => b.score - a.score)
        .slice(0, DEPTH)
    },
  }
}

function miniSearch(set: BeirSet, options: { prefix?: boolean; fuzzy?: number }): Engine {
  const index = new MiniSearch<{ id: string; title: string; text: string }>({
    fields: ['title', 'text'],
    searchOptions: options,
  })
  index.addAll(set.documents.map(({ _id, title, text }) => ({ id: _id, title, text })))
  return {
    find: async (query) =>
      index
        .search(query)
        .slice(0, DEPTH)
        .map(({ id, score }) => ({ id: String(id), score })),
  }
}

/** Full text of PostgreSQL with its `russian` configuration (it has none for Kazakh): any word may match, ranked by `ts_rank`. */
async function postgres(set: BeirSet): Promise<Engine> {
  const db = await PGlite.create()
  await db.exec('create table document (id text, words tsvector)')
  for (const { _id, title, text } of set.documents)
    await db.query(
      `insert into document values ($1, setweight(to_tsvector('russian', $2), 'A') || setweight(to_tsvector('russian', $3), 'B'))`,
      [_id, title, text],
    )
  await db.exec('create index on document using gin (words)')
  return {
    async find(query) {
      const { rows } = await db.query<Found>(
        `with asked as (select replace(plainto_tsquery('russian', $1)::text, '&', '|')::tsquery as q)
         select id, ts_rank(words, q) as score from document, asked where words @@ q order by score desc limit ${DEPTH}`,
        [query],
      )
      return rows
    },
    close: () => db.close(),
  }
}

/** Thrown when an engine is asked for that cannot be reached here. */
const server = (): MeilisearchServer => {
  const found = meilisearchServer()
  if (found === null) throw new Error('MEILI_URL, MEILI_SEARCH_KEY and MEILI_ADMIN_KEY name no Meilisearch to measure')
  return found
}

/** Engines that cannot be reached here, and why not. */
export const absentEngines = (): ReadonlyMap<string, string> =>
  new Map(
    meilisearchServer() === null
      ? ['meilisearch', 'meilisearch-plain'].map((name): [string, string] => [name, 'MEILI_URL is not set'])
      : [],
  )

/** Production's own parts, by name, and what they are measured against. */
export const ENGINES: Record<string, (set: BeirSet, language: LanguageData) => Promise<Engine>> = {
  lexical: async (set, language) => {
    const find = await lexical(set, language)
    return { find: async (query, typing) => named((await find(query, typing)).hits) }
  },
  vector: async (set, language) => {
    const find = await vectors(set, language)
    return { find: async (query) => named(await find(query)) }
  },
  hybrid: async (set, language) => {
    const [words, meaning] = [await lexical(set, language), await vectors(set, language)]
    return {
      async find(query, typing) {
        const { hits, correctedTo } = await words(query, typing)
        const asked = correctedTo ?? query
        return named(fuseRanks(asked, hits, await meaning(asked)).slice(0, DEPTH))
      },
    }
  },
  'five-letters': async (set) => fiveLetters(set),
  minisearch: async (set) => miniSearch(set, {}),
  'minisearch-fuzzy': async (set) => miniSearch(set, { prefix: true, fuzzy: 0.2 }),
  postgres: async (set) => postgres(set),
  meilisearch: async (set, language) => {
    const { index, close } = await filledMeilisearch(server(), language, passagesOf(set))
    return {
      find: async (text, prefix) => named((await index.search({ text, asOf: DAY, limit: DEPTH, prefix })).hits),
      close,
    }
  },
  'meilisearch-plain': async (set) => {
    const { find, close } = await plainMeilisearch(
      server(),
      set.documents.map(({ _id, title, text }) => ({ id: _id, title, text })),
    )
    // Its order is all it tells.
    return { find: async (query) => (await find(query, DEPTH)).map((id, at) => ({ id, score: DEPTH - at })), close }
  },
}
