import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { Analysis } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { Lang } from '#server/context.ts'

/** «услугодатель» is no «услугополучатель»: only a long common beginning makes two words one. */
export const LONG_WORD = 9
export const LONG_BEGINNING = 7
export const ABSTRACT = /ост(?:ь|и|ью|ей|ям|ями|ях)$/u

/** What a text can be found by, gathered from its analysis. */
export interface Searchable {
  stems: Set<string>
  cuts: Set<string>
  families: Set<string>
  concepts: Map<string, boolean>
  numbers: Set<number>
  /** Stems of abstract nouns: Snowball makes one of «ответственность» and «ответственный». */
  abstract: Set<string>
}

export interface Recalled {
  analysis: Analysis
  words: Searchable
  /** For each token the concepts it surely stands for. */
  meanings: string[][]
}
export type Remembered = (text: string, lang: Lang) => Recalled
const memories = new WeakMap<LanguageData, Remembered>()
const MOST_REMEMBERED = 4000

/** Analyses of passages, kept: the same passages come again with every question. Bounded; nothing but speed hangs on it. */
export const remembered = (language: LanguageData): Remembered => {
  const known = memories.get(language)
  if (known !== undefined) return known
  const analyser = createAnalyser(language)
  const memory = new Map<string, Recalled>()
  const recall: Remembered = (text, lang) => {
    const key = `${lang} ${text}`
    const old = memory.get(key)
    if (old !== undefined) return old
    const analysis = analyser.analyse(text, lang)
    const meanings: string[][] = analysis.tokens.map(() => [])
    for (const { id, near, from, to } of analysis.concepts)
      if (!near) for (let index = from; index < to; index += 1) meanings[index]?.push(id)
    const entry = { analysis, words: searchable(analysis), meanings }
    if (memory.size >= MOST_REMEMBERED) memory.clear()
    memory.set(key, entry)
    return entry
  }
  memories.set(language, recall)
  return recall
}

/** Gathers what the words of an analysis can be found by. */
export const searchable = ({ tokens, concepts }: Analysis): Searchable => {
  const result: Searchable = {
    stems: new Set(),
    cuts: new Set(),
    families: new Set(),
    concepts: new Map(),
    numbers: new Set(),
    abstract: new Set(),
  }
  for (const token of tokens) {
    for (const stem of token.stems) result.stems.add(stem)
    for (const also of token.also) result.stems.add(also)
    for (const family of token.families) result.families.add(family)
    if (token.kind === 'word' && token.norm.length >= LONG_WORD && !token.stop)
      result.cuts.add(token.norm.slice(0, LONG_BEGINNING))
    if (token.number !== null) result.numbers.add(token.number)
    if (ABSTRACT.test(token.norm)) for (const stem of token.stems) result.abstract.add(stem)
  }
  for (const { id, near } of concepts) result.concepts.set(id, near && (result.concepts.get(id) ?? true))
  return result
}
