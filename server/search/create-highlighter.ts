import type { Lang } from '#server/context.ts'
import { termOfConcept, termsOfToken, type Analyser, type Analysis } from './analysis/analyser.ts'
import { createRecentMemory } from './analysis/recent-memory.ts'
import type { LexicalIndex, QueryWords } from './lexical-index.ts'
import type { PreparedQuery } from './prepare-query.ts'

const MOST_REMEMBERED = 1000

const mergeRanges = (ranges: [number, number][]): [number, number][] => {
  const merged: [number, number][] = []
  for (const [start, end] of ranges.sort((left, right) => left[0] - right[0] || left[1] - right[1])) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/**
 * Marks in a text what a query met, for every engine alike.
 * @param prepare reads a query as terms of the index
 */
export const createHighlighter = (
  analyser: Analyser,
  prepare: (query: QueryWords) => PreparedQuery,
): LexicalIndex['highlighter'] => {
  // The same passages are marked at every keystroke. Bounded; nothing but speed hangs on it.
  const memory = createRecentMemory<Analysis>(MOST_REMEMBERED)
  const recall = (text: string, lang: Lang): Analysis => {
    const key = `${lang} ${text}`
    const known = memory.get(key)
    const found = known ?? analyser.analyse(text, lang)
    if (known === undefined) memory.set(key, found)
    return found
  }
  return (query) => {
    const prepared = prepare({ ...query, prefix: true })
    const wanted = new Set(
      prepared.words
        .flatMap(({ evidence }) => evidence.flatMap(({ terms }) => [...terms.keys()]))
        .filter((term) => !/^[_^-]/u.test(term)),
    )
    return (text, lang) => {
      const { tokens, concepts } = recall(text, lang)
      const ranges: [number, number][] = []
      for (const token of tokens)
        if (!token.stop && termsOfToken(token).some((term) => wanted.has(term))) ranges.push([token.start, token.end])
      for (const { id, near, from, to } of concepts) {
        const first = tokens[from]
        const last = tokens[to - 1]
        if (wanted.has(termOfConcept({ id, near })) && first !== undefined && last !== undefined)
          ranges.push([first.start, last.end])
      }
      return mergeRanges(ranges)
    }
  }
}
