import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LexicalEngine, LexicalIndex } from './lexical-index.ts'

/** Documents written between two turns of the event loop: some milliseconds of work, so that searches go on. */
const AT_ONCE = 50

/**
 * Runs an index that lives in memory as an engine: it is filled a little at a time, and rebuilt beside itself.
 * @param create makes an empty index
 */
export const createSwitchingIndex = (create: () => LexicalIndex): LexicalEngine => {
  let current = create()
  const fill: LexicalIndex['apply'] = async (changes) => {
    const index = current
    for (let at = 0; at < changes.remove.length; at += AT_ONCE) {
      await index.apply({ upsert: [], remove: changes.remove.slice(at, at + AT_ONCE) })
      await nextTurn()
    }
    for (let at = 0; at < changes.upsert.length; at += AT_ONCE) {
      await index.apply({ upsert: changes.upsert.slice(at, at + AT_ONCE), remove: [] })
      await nextTurn()
    }
  }
  return {
    name: current.name,
    state: () => current.state(),
    apply: fill,
    search: (query) => current.search(query),
    highlighter: (query) => current.highlighter(query),
    explain: (query, passageIds) => current.explain(query, passageIds),
    async rebuild(documents) {
      const next = create()
      for (let at = 0; at < documents.length; at += AT_ONCE) {
        await next.apply({ upsert: documents.slice(at, at + AT_ONCE), remove: [] })
        await nextTurn()
      }
      current = next
    },
    health: () => ({ state: 'ok', servedBy: current.name, reason: null }),
  }
}
