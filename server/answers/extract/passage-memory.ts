import { senseOf, subwordsOf } from '#server/search/analysis/sense-of.ts'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { Analysis } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import type { Lang } from '#server/context.ts'
import { sumOfVectors, vectorReader } from './word-vectors.ts'
import type { VectorReader } from './word-vectors.ts'

/** «услугодатель» is no «услугополучатель»: only a long common beginning makes two words one. */
export const LONG_WORD = 9
export const LONG_BEGINNING = 7
/** Kazakh words grow from their beginning («адвокат», «адвокаттық»): it stands for the word less surely the shorter it is. */
export const KAZAKH_BEGINNINGS = [
  { length: 7, support: 0.8 },
  { length: 5, support: 0.6 },
]
export const ABSTRACT = /ост(?:ь|и|ью|ей|ям|ями|ях)$/u

/** A phrase of so many words is the name of one thing. */
const LONG_NAME = 4

/** What a text can be found by, gathered from its analysis. */
export interface Searchable {
  /** Stems and families that stand only inside of a long name: «контроль» of «уполномоченный орган по оценке и контролю …». */
  named: Set<string>
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
  /** Of each different word that says something, and of the words that the language data calls the same. */
  vectors: Float32Array[]
  /** Of the whole, its words weighted by rarity; null when none has a vector. */
  vector: Float32Array | null
  /** Of the whole by its subwords, the rarer ones more; all zero of nothing. The same space for both languages. */
  sense: () => Float32Array
}
export type Remembered = (text: string, lang: Lang) => Recalled
const memories = new WeakMap<LanguageData, Remembered>()
const MOST_REMEMBERED = 4000

/** Takes texts apart anew each time: for those that whoever asks keeps himself. */
export const recaller = (language: LanguageData): Remembered => {
  const analyser = createAnalyser(language)
  const vectors = vectorReader(language)
  return (text, lang) => {
    const analysis = analyser.analyse(text, lang)
    const meanings: string[][] = analysis.tokens.map(() => [])
    for (const { id, near, from, to } of analysis.concepts)
      if (!near) for (let index = from; index < to; index += 1) meanings[index]?.push(id)
    let sense: Float32Array | null = null
    return {
      analysis,
      words: searchable(analysis),
      meanings,
      ...vectorsOf(analysis, vectors),
      sense: () => (sense ??= senseOf(subwordsOf(text))),
    }
  }
}

/** Analyses of passages, kept: the same passages come again with every question. Bounded; nothing but speed hangs on it. */
export const remembered = (language: LanguageData): Remembered => {
  const known = memories.get(language)
  if (known !== undefined) return known
  const recall = recaller(language)
  const memory = createRecentMemory<Recalled>(MOST_REMEMBERED)
  const remember: Remembered = (text, lang) => {
    const key = `${lang} ${text}`
    const old = memory.get(key)
    if (old !== undefined) return old
    const entry = recall(text, lang)
    memory.set(key, entry)
    return entry
  }
  memories.set(language, remember)
  return remember
}

const vectorsOf = ({ tokens, concepts }: Analysis, reader: VectorReader): Pick<Recalled, 'vectors' | 'vector'> => {
  const found = new Map<string, { vector: Float32Array; weight: number }>()
  for (const token of tokens) {
    const [stem = token.norm] = token.stems
    if (token.kind !== 'word' || token.stop || found.has(stem)) continue
    const vector = reader.of(token)
    if (vector !== null) found.set(stem, { vector, weight: reader.rarity(token) })
  }
  const own = [...found.values()]
  const meant = concepts.flatMap(({ id, near }) => (near ? [] : reader.ofConcept(id)))
  return { vectors: [...new Set([...own.map(({ vector }) => vector), ...meant])], vector: sumOfVectors(own) }
}

/** Gathers what the words of an analysis can be found by. */
export const searchable = ({ tokens, concepts }: Analysis): Searchable => {
  const names = concepts.filter(({ near, from, to }) => !near && to - from >= LONG_NAME)
  const inName = (from: number, to: number): boolean =>
    names.some((name) => name.from <= from && to <= name.to && to - from < name.to - name.from)
  const result: Searchable = {
    named: new Set(),
    stems: new Set(),
    cuts: new Set(),
    families: new Set(),
    concepts: new Map(),
    numbers: new Set(),
    abstract: new Set(),
  }
  for (const [index, token] of tokens.entries()) {
    if (inName(index, index + 1)) {
      for (const stem of token.stems) result.named.add(stem)
      for (const family of token.families) result.named.add(`=${family}`)
      continue
    }
    for (const stem of token.stems) result.stems.add(stem)
    for (const also of token.also) result.stems.add(also)
    for (const family of token.families) result.families.add(family)
    if (token.kind === 'word' && token.lang === 'kk' && !token.stop)
      for (const { length } of KAZAKH_BEGINNINGS)
        if (token.norm.length >= length) result.cuts.add(token.norm.slice(0, length))
    if (token.kind === 'word' && token.norm.length >= LONG_WORD && !token.stop)
      result.cuts.add(token.norm.slice(0, LONG_BEGINNING))
    if (token.number !== null) result.numbers.add(token.number)
    if (ABSTRACT.test(token.norm)) for (const stem of token.stems) result.abstract.add(stem)
  }
  for (const { id, near: loose, from, to } of concepts) {
    const near = loose || inName(from, to)
    result.concepts.set(id, near && (result.concepts.get(id) ?? true))
  }
  return result
}
