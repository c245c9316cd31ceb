import type { Embedder } from './embedder.ts'
import { LOCAL_VECTORS } from './fuse.ts'
import { sha256 } from '#server/ids.ts'
import { createAnalyser } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'

/** Unrelated texts reach 0.26 on the Rules: features share 384 places. */
const LEAST_SIMILARITY = 0.28
const NAME = 'local-hash-4'
const DIMENSIONS = 384
const WEIGHTS = { stem: 1, family: 0.8, concept: 0.9, number: 0.8, grams: 0.6 }
const GRAM = 4

/** FNV-1a, 32 bits: well mixed, stable between processes and machines. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 0x01000193)
  }
  value ^= value >>> 15
  value = Math.imul(value, 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}

/**
 * An embedder that needs no model and no network. It understands nothing: it hashes stems, word families, concepts of the
 * language data and letter n-grams into a vector (signed feature hashing, Weinberger et al. 2009), so that texts are near when
 * they share words, roots or listed synonyms. It forgives spelling and word forms, and knows no synonym that nobody listed.
 * Deterministic and stateless: equal texts give equal vectors in every process. Change its features, change its name.
 */
export const createLocalEmbedder = (language: LanguageData): Embedder => {
  const analyser = createAnalyser(language)

  const embed = (text: string): number[] => {
    const features = new Map<string, { count: number; weight: number }>()
    const add = (feature: string, weight: number): void => {
      const known = features.get(feature)
      if (known === undefined) features.set(feature, { count: 1, weight })
      else known.count += 1
    }
    const { tokens, concepts } = analyser.analyse(text)
    for (const token of tokens) {
      if (token.stop) continue
      for (const stem of token.stems) add(`s ${stem}`, WEIGHTS.stem)
      for (const family of token.families) add(`f ${family}`, WEIGHTS.family)
      if (token.number !== null) add(`n ${token.number}`, WEIGHTS.number)
      if (token.kind === 'reference') for (const reference of token.also) add(`s ${reference}`, WEIGHTS.stem)
      if (token.kind !== 'word') continue
      const framed = `<${token.norm}>`
      const grams = Math.max(1, framed.length - GRAM + 1)
      // All the grams of a word together weigh as much as one feature: long words do not outvote short ones.
      for (let at = 0; at < grams; at += 1) add(`g ${framed.slice(at, at + GRAM)}`, WEIGHTS.grams / Math.sqrt(grams))
    }
    for (const { id, weight } of concepts) add(`c ${id}`, WEIGHTS.concept * weight)

    const vector = Array.from({ length: DIMENSIONS }, () => 0)
    for (const [feature, { count, weight }] of features) {
      const value = hash(feature)
      const at = value % DIMENSIONS
      const sign = value >>> 31 === 1 ? -1 : 1
      vector[at] = (vector[at] ?? 0) + sign * weight * (1 + Math.log(count))
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    if (norm > 0) return vector.map((value) => value / norm)
    // A text of stop words alone still gets a direction: cosine distance is undefined for a zero vector.
    vector[hash(text) % DIMENSIONS] = 1
    return vector
  }

  return {
    // Other synonyms make other vectors, so they are part of the name.
    name: `${NAME}.${sha256(JSON.stringify(language)).slice(0, 8)}`,
    dimensions: DIMENSIONS,
    leastSimilarity: LEAST_SIMILARITY,
    fusionWeight: LOCAL_VECTORS,
    embedPassages: async (texts) => texts.map(embed),
    embedQuery: async (text) => embed(text),
  }
}
