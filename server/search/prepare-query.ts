/**
 * What engines share of query preparation. The code stands in `in-process-index.ts` still; engines import it from here.
 */
// oxlint-disable-next-line no-restricted-imports -- its functions, not the adapter
import { createInProcessIndex, DEFINED, prepareQuery, termsOf, type PreparedQuery } from './in-process-index.ts'
import type { LanguageData } from './analysis/language-data.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import type { LexicalIndex } from './lexical-index.ts'

export { DEFINED, prepareQuery, termsOf, type PreparedQuery }

/** Marks matches for an engine that keeps its passages elsewhere. @param vocabulary words of those passages */
export const createHighlighter = (language: LanguageData, vocabulary: Vocabulary): LexicalIndex['highlighter'] =>
  createInProcessIndex(language, vocabulary).highlighter
