import type { LanguageData } from './analysis/language-data.ts'
import type { LexicalEngine } from './lexical-index.ts'

/** An engine over some language data; what outlives its process is taken up by `open` and written by `close`. */
export interface LanguageEngine extends LexicalEngine {
  open?(): Promise<void>
  close?(): Promise<void>
  /** Writes nothing until it is released: it is not in use yet. */
  hold?(): void
  release?(): void
  /** Writes nothing any more: another one takes its place. */
  retire?(): Promise<void>
}

export interface FollowingIndex extends LexicalEngine {
  /** The language data by which searches are answered now. */
  language(): LanguageData
  /**
   * Makes the index anew over other language data, beside the one that is searched, and then searches the new one: words of documents and
   * of queries are always read by the same data. Where the data are the same, nothing happens.
   * @throws what filling throws; then the old one goes on
   */
  follow(language: LanguageData): Promise<void>
  open(): Promise<void>
  close(): Promise<void>
}

/**
 * An engine that follows the language data it reads texts by: editors change synonyms while people search.
 * @param create makes an engine over some language data
 * @param fill makes an engine hold what has to be found; what another process has brought to its server already is not written again
 */
export const createFollowingIndex = (
  first: LanguageData,
  create: (language: LanguageData) => LanguageEngine,
  fill: (engine: LexicalEngine) => Promise<unknown>,
): FollowingIndex => {
  let language = first
  let current = create(first)
  let isOpen = false
  return {
    name: current.name,
    language: () => language,
    async follow(wanted) {
      if (wanted === language) return
      const next = create(wanted)
      // As long as the old one is searched its snapshots stay, should the new one never be whole.
      next.hold?.()
      await fill(next)
      // It is filled already: what an earlier process wrote is not asked for.
      isOpen = true
      const before = current
      current = next
      language = wanted
      await before.retire?.()
      next.release?.()
    },
    async open() {
      if (isOpen) return
      isOpen = true
      await current.open?.()
    },
    close: async () => current.close?.(),
    state: () => current.state(),
    apply: (changes) => current.apply(changes),
    rebuild: (all) => current.rebuild(all),
    search: (query) => current.search(query),
    highlighter: (query) => current.highlighter(query),
    explain: (query, passageIds) => current.explain(query, passageIds),
    health: () => current.health(),
  }
}
