/**
 * What both lexical engines share, so that they rank alike: fields and their weights, terms, phrases and marks. The code stands in
 * `in-process-index.ts`; other engines take it from here.
 */
import type { LanguageData } from './analysis/language-data.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
// oxlint-disable-next-line no-restricted-imports -- its functions, not the adapter
import { createInProcessIndex, SETTINGS } from './in-process-index.ts'
import type { LexicalIndex } from './lexical-index.ts'

// oxlint-disable-next-line no-restricted-imports -- its functions, not the adapter
export { COVERAGE, createFieldMemory, K1, PHRASE, phrasePattern, readPassage } from './in-process-index.ts'

/** Fields of a passage in order, with what a match in each counts. */
export const FIELD_SETTINGS = SETTINGS

/**
 * Marks matches for an engine that keeps its passages elsewhere.
 * @param vocabulary words of those passages; gets those of the language data too
 * @returns the marker, and `forget` to be called when the vocabulary has changed
 */
export const createHighlighter = (
  language: LanguageData,
  vocabulary: Vocabulary,
): { highlighter: LexicalIndex['highlighter']; forget: () => void } => {
  const index = createInProcessIndex(language, vocabulary)
  return { highlighter: index.highlighter, forget: () => void index.apply({ upsert: [], remove: [] }) }
}
