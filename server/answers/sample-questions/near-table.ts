import { dotByFours } from './dot-rows.ts'

/** Of a word that has no vector. */
export const NO_VECTOR = -1

/**
 * Vectors by number: thousands of sample questions share few words, and a number finds what is known of one sooner than the vector itself.
 * One is held for good; of words beyond those that a reader of vectors remembers the same word may come as several.
 */
export interface VectorNumbers {
  of: (vector: Float32Array) => number
  vectorOf: (number: number) => Float32Array | undefined
  count: () => number
}

export function createVectorNumbers(): VectorNumbers {
  const numbers = new Map<Float32Array, number>()
  const vectors: Float32Array[] = []
  return {
    of(vector) {
      const known = numbers.get(vector)
      if (known !== undefined) return known
      numbers.set(vector, vectors.length)
      return vectors.push(vector) - 1
    },
    vectorOf: (number) => vectors[number],
    count: () => vectors.length,
  }
}

/** What one question says of the words of others: each is compared once, however many questions hold it. */
export interface NearTable {
  /**
   * For each word of the question the greatest cosine to any word of a sample, 0 at least.
   * @param sample numbers of the vectors of its words and of what means the same
   * @returns a list that the next call writes over
   */
  bestOfWords: (sample: Int32Array) => Float64Array
  /** The greatest cosine of a sample's word, by its number, to any word of the question or one that means the same, 0 at least. */
  bestInQuestion: (word: number) => number
}

/** Cosines to some vectors, each word asked once; nothing is near to null. */
const remembering = (numbers: VectorNumbers, rows: readonly (Float32Array | null)[]) => {
  const width = rows.find((row) => row !== null)?.length ?? 0
  // Rows of nothing fill it up: four are summed at a time.
  const count = Math.ceil(rows.length / 4) * 4
  const matrix = new Float32Array(count * width)
  for (const [row, vector] of rows.entries()) if (vector !== null) matrix.set(vector, row * width)
  /** Of each word by its number: where its cosines begin, plus one; 0 of one that has not been compared. */
  let places = new Int32Array(numbers.count())
  let cosines = new Float64Array(count * 256)
  let used = 0
  /** @returns where the cosines of a word begin */
  const placeOf = (number: number): number => {
    if (number >= places.length) places = grown(new Int32Array(Math.max(numbers.count(), 2 * places.length)), places)
    const known = places[number] ?? 0
    if (known !== 0) return known - 1
    if (used + count > cosines.length) cosines = grown(new Float64Array(2 * cosines.length), cosines)
    const begin = used
    const vector = numbers.vectorOf(number)
    if (vector !== undefined) dotByFours(matrix, vector, { into: cosines, begin, rows: count })
    used += count
    places[number] = begin + 1
    return begin
  }
  return { placeOf, at: (place: number): number => cosines[place] ?? 0 }
}

const grown = <List extends Int32Array | Float64Array>(larger: List, list: List): List => {
  larger.set(list)
  return larger
}

/**
 * @param words vectors of the question's words; null: none, which is near nothing
 * @param question vectors of its words and of what means the same
 */
export function createNearTable(
  numbers: VectorNumbers,
  words: readonly (Float32Array | null)[],
  question: readonly Float32Array[],
): NearTable {
  const toWords = remembering(numbers, words)
  // A table of its own: only words of samples are held against it, not what means the same as they.
  const toQuestion = remembering(numbers, question)
  const best = new Float64Array(words.length)
  return {
    bestOfWords(sample) {
      best.fill(0)
      for (let at = 0; at < sample.length; at += 1) {
        const begin = toWords.placeOf(sample[at] ?? 0)
        for (let word = 0; word < best.length; word += 1) {
          const cosine = toWords.at(begin + word)
          if (cosine > (best[word] ?? 0)) best[word] = cosine
        }
      }
      return best
    },
    bestInQuestion(word) {
      const begin = toQuestion.placeOf(word)
      let most = 0
      for (let row = 0; row < question.length; row += 1) most = Math.max(most, toQuestion.at(begin + row))
      return most
    },
  }
}
