import { readFileSync } from 'node:fs'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'

/** Nearness of words by the company they keep in large texts. */
export interface WordVectors {
  /** The vector of a Russian stem, of length one; null for a stem that the table does not know. */
  of(stem: string): Float32Array | null
  /** How much a stem says by being said at all, 0…1, by its place among the most frequent; 1 for an unknown one. */
  rarity(stem: string): number
}

const FILE = new URL('word-vectors.ru.bin', import.meta.url)
export interface VectorReader {
  /** Of a token: of its stem, of the parts of a compound, or of what the language data calls the same («услугополучатель»). */
  of(token: AnalysedToken): Float32Array | null
  /** Of the single words that stand fully for a concept. */
  ofConcept(id: string): readonly Float32Array[]
  /** How much a token says in the language at large, 0…1: a rare form of a frequent verb says no more than the verb. */
  rarity(token: AnalysedToken): number
}
const readers = new WeakMap<LanguageData, VectorReader>()
const HEADER = 16
const MOST_REMEMBERED = 20_000
/** Places in the order of frequency: before the first a word says nothing, from the second on all it can. */
const EVERYDAY = 30
const SPECIAL = 6000
let loaded: WordVectors | null = null

/** The table that comes with the answerer (see `word-vectors.md`), read once. */
export const wordVectors = (): WordVectors => {
  loaded ??= parseWordVectors(readFileSync(FILE))
  return loaded
}

const parseWordVectors = (data: Buffer): WordVectors => {
  const [count, dimensions, named] = [data.readUInt32LE(4), data.readUInt32LE(8), data.readUInt32LE(12)]
  const body = HEADER + named
  if (data.toString('latin1', 0, 4) !== 'BWV1' || data.length !== body + count * dimensions)
    throw new Error('word-vectors.ru.bin is damaged: its length does not fit its header')
  const rows = new Map(
    data
      .toString('utf8', HEADER, body)
      .split('\n')
      .map((stem, row) => [stem, row]),
  )
  const made = new Map<number, Float32Array>()
  return {
    of: (stem) => {
      const row = rows.get(stem)
      if (row === undefined) return null
      const known = made.get(row)
      if (known !== undefined) return known
      const vector = unitVector(
        Float32Array.from({ length: dimensions }, (_, at) => data.readInt8(body + row * dimensions + at)),
      )
      made.set(row, vector)
      return vector
    },
    rarity: (stem) => {
      const row = rows.get(stem)
      return row === undefined
        ? 1
        : Math.min(1, Math.max(0, Math.log((row + 1) / EVERYDAY) / Math.log(SPECIAL / EVERYDAY)))
    },
  }
}

export const dotProduct = (left: Float32Array, right: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0)
  return sum
}

export const unitVector = (vector: Float32Array): Float32Array => {
  const length = Math.sqrt(dotProduct(vector, vector))
  return length === 0 ? vector : vector.map((value) => value / length)
}

/** The direction of a weighted sum; null of nothing. */
export const sumOfVectors = (parts: readonly { vector: Float32Array; weight: number }[]): Float32Array | null => {
  const [first] = parts
  if (first === undefined) return null
  const sum = new Float32Array(first.vector.length)
  for (const { vector, weight } of parts)
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + weight * (vector[at] ?? 0)
  return unitVector(sum)
}

/** Reads vectors for words of some language data; built once for each. */
export const vectorReader = (language: LanguageData): VectorReader => {
  const known = readers.get(language)
  if (known !== undefined) return known
  const reader = buildReader(language)
  readers.set(language, reader)
  return reader
}

const buildReader = (language: LanguageData): VectorReader => {
  const analyser = createAnalyser(language)
  const table = wordVectors()
  const mean = (stems: readonly string[]): Float32Array | null =>
    sumOfVectors(
      stems.flatMap((stem) => {
        const vector = table.of(stem)
        return vector === null ? [] : [{ vector, weight: 1 }]
      }),
    )
  const membersOf = new Map<string, Float32Array[]>()
  for (const { id, members } of language.concepts) {
    const stems = new Set(
      members.flatMap(({ text, lang, weight }) => {
        if (lang !== 'ru' || weight < 1) return []
        const { tokens } = analyser.analyse(text, 'ru')
        const [token] = tokens
        return tokens.length === 1 && token !== undefined && token.kind === 'word' ? token.stems.slice(0, 1) : []
      }),
    )
    membersOf.set(
      id,
      [...stems].flatMap((stem) => table.of(stem) ?? []),
    )
  }
  const rarityOfFamily = new Map<string, number>()
  for (const { id, words } of language.families)
    rarityOfFamily.set(
      id,
      Math.min(...words.map((word) => table.rarity(stemWord(word.endsWith('*') ? word.slice(0, -1) : word, 'ru')))),
    )
  const made = new Map<string, Float32Array | null>()
  const read = (token: AnalysedToken): Float32Array | null => {
    const own = table.of(token.stems[0] ?? token.norm) ?? mean(token.stems.slice(1))
    if (own !== null) return own
    const concepts = analyser.analyse(token.norm, 'ru').concepts.filter(({ near }) => !near)
    return sumOfVectors(
      concepts.flatMap(({ id }) => (membersOf.get(id) ?? []).map((vector) => ({ vector, weight: 1 }))),
    )
  }
  return {
    of: (token) => {
      if (token.kind !== 'word') return null
      const known = made.get(token.norm)
      if (known !== undefined) return known
      const vector = read(token)
      if (made.size < MOST_REMEMBERED) made.set(token.norm, vector)
      return vector
    },
    ofConcept: (id) => membersOf.get(id) ?? [],
    rarity: (token) =>
      token.kind === 'word'
        ? Math.min(
            table.rarity(token.stems[0] ?? token.norm),
            ...token.families.map((id) => rarityOfFamily.get(id) ?? 1),
          )
        : 1,
  }
}
