import { setImmediate as nextTurn } from 'node:timers/promises'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import type { Term } from './term-key.ts'

/** Passages looked at: some seconds of work. Of more, every second, third, … one. */
const MOST_LOOKED = 8000
const AT_ONCE = 50
const WORDS_SHOWN = 6

export interface CountedTerm {
  /** Passages, of those looked at, whose text or title holds it in any form. */
  passages: number
  /** The forms in which it stands there, the most frequent first. */
  words: { text: string; times: number }[]
}

/**
 * Where words of a group stand in the base, and in which forms: what a synonym would really touch.
 * @param language families of words, by which derivations are met as searches meet them
 */
export async function countTerms(
  terms: readonly Term[],
  documents: readonly LexicalDocument[],
  language: Pick<LanguageData, 'families'>,
): Promise<{ counts: CountedTerm[]; looked: number }> {
  const analyser = createAnalyser({
    families: language.families,
    concepts: terms.map(({ text, lang }, at) => ({
      id: String(at),
      weight: 1,
      members: [{ text, lang, weight: 1 }],
    })),
  })
  const found = terms.map(() => ({ passages: 0, words: new Map<string, number>() }))
  const step = Math.max(1, Math.ceil(documents.length / MOST_LOOKED))
  // The rows of a table share their title: it is read once.
  const titles = new Map<string, string[]>()
  let looked = 0
  for (let at = 0; at < documents.length; at += step) {
    const document = documents[at]
    if (document === undefined || terms.length === 0) break
    looked += 1
    if (looked % AT_ONCE === 0) await nextTurn()
    const met = new Set<string>()
    const titleKey = `${document.lang} ${document.title}`
    const inTitle = titles.get(titleKey) ?? analyser.analyse(document.title, document.lang).concepts.map(({ id }) => id)
    titles.set(titleKey, inTitle)
    for (const id of inTitle) met.add(id)
    const { tokens, concepts } = analyser.analyse(document.text, document.lang)
    for (const { id, from, to } of concepts) {
      met.add(id)
      const [first, last] = [tokens[from], tokens[to - 1]]
      const own = found[Number(id)]
      if (first === undefined || last === undefined || own === undefined) continue
      const form = document.text.slice(first.start, last.end).toLowerCase().replaceAll(/\s+/gu, ' ')
      own.words.set(form, (own.words.get(form) ?? 0) + 1)
    }
    for (const id of met) {
      const own = found[Number(id)]
      if (own !== undefined) own.passages += 1
    }
  }
  return {
    looked,
    counts: found.map(({ passages, words }) => ({
      passages,
      words: [...words]
        .sort(([one, left], [other, right]) => right - left || one.localeCompare(other))
        .slice(0, WORDS_SHOWN)
        .map(([text, times]) => ({ text, times })),
    })),
  }
}
