import { readFileSync } from 'node:fs'
import type { Lang } from '#server/context.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'

/** What groups of letters say of whether acts answer a question, by bucket. */
export type WordingModel = Float32Array

/** In this order in the file. */
const LANGS: readonly Lang[] = ['ru', 'kk']
const FILE = new URL('answered-wording.bin', import.meta.url)
const MAGIC = 'BAW1'
const HEAD = 4
const MOST_OF_BYTE = 127
/** Groups of so many letters, over the ends of words: word stems and pairs of neighbours are among them. */
const SHORTEST = 3
const LONGEST = 6
const BUCKET_BITS = 18
export const BUCKETS = 1 << BUCKET_BITS
/** Longer questions are read so far: what is asked stands in it. */
const MOST_READ = 600

/**
 * A question as groups of letters, each told by a bucket (feature hashing: Weinberger et al. 2009). Marks and capitals are left out: they tell writers apart, not questions.
 * @returns buckets, each with its share; the squares of the shares are 1 together, or there are none
 */
export function wordingOf(question: string, lang: Lang): Map<number, number> {
  const words = standardSpelling(question.slice(0, MOST_READ).normalize('NFC').toLowerCase(), lang).match(
    /[\p{L}\p{N}]+/gu,
  )
  const counts = new Map<number, number>()
  if (words === null) return counts
  const text = ` ${words.join(' ')} `
  for (let from = 0; from < text.length; from += 1) {
    let hash = 0x811c9dc5
    for (let at = from; at < Math.min(text.length, from + LONGEST); at += 1) {
      // FNV-1a over letters
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
      if (at - from + 1 < SHORTEST) continue
      // The lower bits alone are alike for texts alike.
      const bucket = (hash ^ (hash >>> BUCKET_BITS)) & (BUCKETS - 1)
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
    }
  }
  const length = Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0))
  for (const [bucket, count] of counts) counts.set(bucket, count / length)
  return counts
}

/** Log-odds that a question so worded is one that acts answer, not one of their known gaps, both taken for as frequent; NaN of no words. */
export const wordingOdds = (model: WordingModel, wording: ReadonlyMap<number, number>): number => {
  if (wording.size === 0) return Number.NaN
  let sum = 0
  for (const [bucket, share] of wording) sum += share * (model[bucket] ?? 0)
  return sum
}

let loaded: Record<Lang, WordingModel> | null = null

/**
 * What the wording of a question says by itself of whether acts answer it, as log-odds: written by `evals/answers/fit-answered-wording.ts` from the sample
 * questions and known gaps of `content/questions` (0052). Words that none of them has say little: they share buckets with others.
 */
export const answeredWording = (question: string, lang: Lang): number => {
  loaded ??= readWordingModels(readFileSync(FILE))
  return wordingOdds(loaded[lang], wordingOf(question, lang))
}

/**
 * Models to be read by `readWordingModels`: of each language what a byte is worth, and a byte for each bucket.
 * @throws where a weight is no number
 */
export function writeWordingModels(models: Record<Lang, WordingModel>): Buffer {
  return Buffer.concat([
    Buffer.from(MAGIC),
    ...LANGS.map((lang) => {
      const model = models[lang]
      if (!model.every(Number.isFinite)) throw new Error(`${lang}: a weight is no number`)
      const data = Buffer.alloc(HEAD + BUCKETS)
      const unit = (model.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1) / MOST_OF_BYTE
      data.writeFloatLE(unit, 0)
      for (const [bucket, weight] of model.entries()) data.writeInt8(Math.round(weight / unit), HEAD + bucket)
      return data
    }),
  ])
}

/** @throws where the file is of another kind or cut off */
export function readWordingModels(data: Buffer): Record<Lang, WordingModel> {
  const size = HEAD + BUCKETS
  if (data.toString('latin1', 0, MAGIC.length) !== MAGIC || data.length !== MAGIC.length + LANGS.length * size)
    throw new Error(`answered-wording.bin: not ${MAGIC} with ${LANGS.length} languages of ${BUCKETS} bytes`)
  const read = (lang: Lang): WordingModel => {
    const from = MAGIC.length + LANGS.indexOf(lang) * size
    const unit = data.readFloatLE(from)
    return Float32Array.from({ length: BUCKETS }, (_, bucket) => unit * data.readInt8(from + HEAD + bucket))
  }
  return { ru: read('ru'), kk: read('kk') }
}
