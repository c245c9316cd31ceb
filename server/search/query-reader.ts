import type { Analyser } from './analysis/analyser.ts'
import { createVocabulary, type Vocabulary } from './analysis/vocabulary.ts'
import type { QueryWords } from './lexical-index.ts'
import { prepareQuery, type PreparedQuery } from './prepare-query.ts'

/** Reads queries as terms, over the words of an index. */
export interface QueryReader {
  /** Words that there are: those of the language data, and those that the index adds. */
  vocabulary: Vocabulary
  prepare(query: QueryWords): PreparedQuery
  /** To be called when the vocabulary has changed. */
  forget(): void
}

export const createQueryReader = (analyser: Analyser): QueryReader => {
  const vocabulary = createVocabulary()
  for (const word of analyser.vocabulary) vocabulary.give(word, 'ru')
  for (const word of analyser.kazakhVocabulary) vocabulary.give(word, 'kk')
  // A keystroke prepares its query twice: to find, and to mark what was found.
  let last: { key: string; translator: QueryWords['translator']; prepared: PreparedQuery } | null = null
  return {
    vocabulary,
    prepare(query) {
      const key = `${String(query.prefix)} ${String(query.verbatim)} ${query.translator?.version ?? 0} ${query.text}`
      if (last?.key !== key || last.translator !== query.translator)
        last = { key, translator: query.translator, prepared: prepareQuery(query, analyser, vocabulary) }
      return last.prepared
    },
    forget() {
      last = null
    },
  }
}
