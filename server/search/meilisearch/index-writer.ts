import { MeilisearchApiError, type Meilisearch } from 'meilisearch'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { LexicalDocument } from '../lexical-index.ts'
import { documentId, type MeilisearchDocument } from '../meilisearch-terms.ts'
import { INDEX_SETTINGS } from './index-settings.ts'
import type { TaskRunner } from './task-runner.ts'

/** Documents of one request. */
export const BATCH = 1000
/** What was left by a rebuild that never ended is removed after this long. */
const LEFT_BEHIND_MS = 3_600_000

/** Told of an index that is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found'

/**
 * Makes, fills and swaps the indexes.
 * @param options.toDocument a passage as Meilisearch holds it
 */
export const createIndexWriter = (options: {
  admin: Meilisearch
  indexUid: string
  finished: TaskRunner
  taskTimeoutMs: number
  toDocument: (document: LexicalDocument) => MeilisearchDocument
}) => {
  const { admin, indexUid, finished, taskTimeoutMs, toDocument } = options
  const create = async (uid: string): Promise<void> => {
    await finished(() => admin.createIndex(uid, { primaryKey: 'id' }))
    await finished(() => admin.index(uid).updateSettings(INDEX_SETTINGS))
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

  return {
    /** Writes and removes documents of the live index, which is made where it is missing. @param each is told what is written */
    async apply(
      { upsert, remove }: { upsert: readonly LexicalDocument[]; remove: readonly string[] },
      each: { written: (document: MeilisearchDocument) => void; removed: (passageId: string) => void },
    ): Promise<void> {
      if (!(await exists(indexUid))) await create(indexUid)
      if (remove.length > 0) {
        await finished(() => admin.index(indexUid).deleteDocuments(remove.map(documentId)))
        remove.forEach(each.removed)
      }
      await write(indexUid, upsert, each.written)
    },

    /**
     * Fills an index beside the live one and swaps them: searches go on all the while.
     * @param each `written` is told what is written, `swapped` that it is live
     */
    async rebuild(
      documents: readonly LexicalDocument[],
      each: { written: (document: MeilisearchDocument) => void; swapped: () => void },
    ): Promise<void> {
      const fresh = `${indexUid}_new_${randomBytes(6).toString('hex')}`
      const { results } = await admin.getRawIndexes({ limit: 200 })
      for (const { uid, createdAt } of results)
        if (uid.startsWith(`${indexUid}_new_`) && Date.now() - Date.parse(createdAt) > LEFT_BEHIND_MS)
          await finished(() => admin.deleteIndex(uid))
      try {
        await create(fresh)
        await write(fresh, documents, each.written)
        // A swap needs both: the live one may be missing on a new server.
        if (!(await exists(indexUid))) await create(indexUid)
        await swap(fresh)
        each.swapped()
      } finally {
        await admin.deleteIndexIfExists(fresh)
      }
    },
  }
}
