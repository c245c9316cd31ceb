import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Meilisearch } from 'meilisearch'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import { createMeilisearchIndex } from '#server/search/meilisearch-index.ts'

/** A Meilisearch to measure, and its keys. */
export interface MeilisearchServer {
  url: string
  searchKey: string
  adminKey: string
}

const TASK_MS = 600_000
const SEARCH_MS = 30_000

/** The Meilisearch that the environment names (`MEILI_URL` and both keys); null when it names none. */
export const meilisearchServer = (): MeilisearchServer | null => {
  const { MEILI_URL: url, MEILI_SEARCH_KEY: searchKey, MEILI_ADMIN_KEY: adminKey } = process.env
  return url === undefined || searchKey === undefined || adminKey === undefined ? null : { url, searchKey, adminKey }
}

const freshUid = (): string => `bilim_eval_${randomBytes(6).toString('hex')}`

/** Our engine over Meilisearch, filled; its index is deleted by `close`. */
export async function filledMeilisearch(
  server: MeilisearchServer,
  language: LanguageData,
  documents: readonly LexicalDocument[],
) {
  const indexUid = freshUid()
  const index = createMeilisearchIndex({ ...server, indexUid, language, searchTimeoutMs: SEARCH_MS })
  await index.rebuild(documents)
  const admin = new Meilisearch({ host: server.url, apiKey: server.adminKey })
  return { index, close: async () => void (await admin.deleteIndexIfExists(indexUid)) }
}

/**
 * Meilisearch as it comes, over title and text: its own tokeniser, typo tolerance, prefixes and ranking rules, without a time limit. Its index is deleted by `close`.
 * @throws when it refuses the documents, or takes longer than ten minutes
 */
export async function plainMeilisearch(
  server: MeilisearchServer,
  documents: readonly { id: string; title: string; text: string }[],
): Promise<{ find(query: string, limit: number): Promise<string[]>; close(): Promise<void> }> {
  const uid = freshUid()
  const admin = new Meilisearch({ host: server.url, apiKey: server.adminKey })
  const reader = new Meilisearch({ host: server.url, apiKey: server.searchKey, timeout: SEARCH_MS })
  const finished = async (taskUid: number): Promise<void> => {
    for (const until = Date.now() + TASK_MS; ;) {
      const { status, error } = await admin.tasks.getTask(taskUid)
      if (status === 'succeeded') return
      if (status === 'failed' || status === 'canceled' || Date.now() > until)
        throw new Error(`Meilisearch: task ${taskUid} is ${status}: ${error?.message ?? 'no reason given'}`)
      await pause(50)
    }
  }
  const { taskUid } = await admin.createIndex(uid, { primaryKey: 'key' })
  await finished(taskUid)
  // Its own cut-off of slow searches is for a server that is fast: here it would answer for the machine, not for the engine.
  await finished((await admin.index(uid).updateSettings({ searchCutoffMs: SEARCH_MS })).taskUid)
  // Ids of a set may hold what ids there may not.
  const rows = documents.map(({ id, title, text }, key) => ({ key, id, title, text }))
  for (let at = 0; at < rows.length; at += 5000)
    await finished((await admin.index(uid).addDocuments(rows.slice(at, at + 5000))).taskUid)
  return {
    async find(query, limit) {
      const { hits } = await reader.index<{ id: string }>(uid).search(query, { limit, attributesToRetrieve: ['id'] })
      return hits.map(({ id }) => id)
    },
    close: async () => void (await admin.deleteIndexIfExists(uid)),
  }
}
