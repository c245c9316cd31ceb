import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '#server/db/database.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { FollowingIndex } from '#server/search/following-index.ts'
import type { LexicalIndex } from '#server/search/lexical-index.ts'
import { publishedDocuments } from '#server/search/reconcile-indexes.ts'
import type { IndexOver } from './synonym-base.ts'

/** Documents analysed between two turns of the event loop: people search meanwhile. */
const AT_ONCE = 50
/** One proposal is looked at with several examples: its index is kept so long. */
const KEPT_MS = 5 * 60_000
/** The one in use, where the live one is of another kind, and the last proposal. */
const MOST_KEPT = 2

/** Name of the kind of index that `create` makes. */
const IN_MEMORY = 'in-process'

interface Kept {
  key: string
  made: Promise<IndexOver>
}

/**
 * Makes indexes over language data that nobody searches by yet, beside the live one; one at a time, the last two kept for some minutes.
 * @param live what searches use: where it is of the same kind and the same data, it is not made again
 * @param create makes an empty index
 */
export function createIndexesOver(options: {
  db: Database
  live: FollowingIndex
  create: (language: LanguageData) => LexicalIndex
}): (language: LanguageData) => Promise<IndexOver> {
  const { db, live, create } = options
  let kept: Kept[] = []
  let last: Promise<unknown> = Promise.resolve()
  const make = async (language: LanguageData): Promise<IndexOver> => {
    const documents = await publishedDocuments(db)
    const index = create(language)
    for (let at = 0; at < documents.length; at += AT_ONCE) {
      await index.apply({ upsert: documents.slice(at, at + AT_ONCE), remove: [] })
      await nextTurn()
    }
    return { index, documents: async () => documents }
  }
  return async (language) => {
    if (live.language() === language && live.name === IN_MEMORY)
      return { index: live, documents: () => publishedDocuments(db) }
    const key = JSON.stringify(language)
    const known = kept.find((one) => one.key === key)
    if (known !== undefined) return known.made
    const made = last.then(() => make(language))
    last = made.then(
      () => null,
      () => null,
    )
    const entry = { key, made }
    kept = [...kept.slice(1 - MOST_KEPT), entry]
    // Memory is given back also when nobody asks any more.
    setTimeout(() => {
      kept = kept.filter((one) => one !== entry)
    }, KEPT_MS).unref()
    try {
      return await made
    } catch (error) {
      kept = kept.filter((one) => one !== entry)
      throw error
    }
  }
}
