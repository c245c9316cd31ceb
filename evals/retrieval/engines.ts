import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { fuseRanks } from '#server/search/fuse.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import { createLocalEmbedder } from '#server/search/local-embedder.ts'
import type { BeirSet } from './read-beir.ts'

/** Finds documents for a query, best first, with scores. */
export type Engine = (query: string) => Promise<{ id: string; score: number }[]>

const DEPTH = 100
const DAY = '2000-01-01'

async function lexical(set: BeirSet, language: LanguageData) {
  const index = createInProcessIndex(language)
  await index.apply({
    remove: [],
    upsert: set.documents.map(({ _id, title, text }) => ({
      passageId: _id,
      articleId: _id,
      lang: detectLanguage(text),
      title,
      label: '',
      context: '',
      text,
      validFrom: DAY,
      validTo: null,
      fingerprint: '',
    })),
  })
  return async (text: string) => (await index.search({ text, asOf: DAY, limit: DEPTH, prefix: false })).hits
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

/** Production's own parts, by name. */
export const ENGINES: Record<string, (set: BeirSet, language: LanguageData) => Promise<Engine>> = {
  lexical: async (set, language) => {
    const find = await lexical(set, language)
    return async (query) => named(await find(query))
  },
  vector: async (set, language) => {
    const find = await vectors(set, language)
    return async (query) => named(await find(query))
  },
  hybrid: async (set, language) => {
    const [words, meaning] = [await lexical(set, language), await vectors(set, language)]
    return async (query) => named(fuseRanks(query, await words(query), await meaning(query)).slice(0, DEPTH))
  },
}
