import type { Database } from '#server/db/database.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { LexicalDocument, LexicalEngine } from '#server/search/lexical-index.ts'
import type { LanguageFiles } from '#server/search/read-language-data.ts'
import { overFiles } from './over-files.ts'
import { lastEdits } from './queries.ts'

/** An index over all that is published, read by some language data. */
export interface IndexOver {
  index: Pick<LexicalEngine, 'name' | 'search' | 'highlighter' | 'explain'>
  documents: () => Promise<readonly LexicalDocument[]>
}

/** What the pages about synonyms need of the running server. */
export interface SynonymBase extends LanguageFiles {
  /** The language data as the database has them now; the same object as long as they say the same. */
  refresh(db: Database): Promise<LanguageData>
}

/** What the routes need besides: how a change reaches searches, and what it would do to them. */
export interface SynonymServices extends SynonymBase {
  /**
   * Waits, not for ever, until searches use what the database has.
   * @returns whether they do
   */
  settle(): Promise<boolean>
  /** An index over other language data, made beside the one that is searched; kept for a while. */
  indexOver(language: LanguageData): Promise<IndexOver>
}

/** Synonyms of the files with editors' words over them. */
export function createSynonymBase(read: LanguageFiles): SynonymBase {
  let current = read.data
  let known = JSON.stringify(current)
  return {
    ...read,
    async refresh(db) {
      const next = overFiles(read.data, await lastEdits({ db }))
      const key = JSON.stringify(next)
      if (key !== known) {
        known = key
        current = next
      }
      return current
    },
  }
}
