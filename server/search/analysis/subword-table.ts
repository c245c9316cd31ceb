import { readFileSync } from 'node:fs'
import { createRecentMemory } from './recent-memory.ts'

/**
 * Subwords of Russian and Kazakh in one space: how probable each is, and in what company it is used. Words are cut into the most probable
 * subwords (unigram model: Kudo, "Subword Regularization", ACL 2018), so that no word and no form of one is unknown.
 */
export interface SubwordTable {
  /**
   * Subwords of a word in lower case, by their number.
   * @param restores letters of the Russian keyboard may stand for those that it lacks («тиркеуге»: «тіркеуге»)
   */
  segment(word: string, restores?: boolean): readonly number[]
  textOf(subword: number): string
  /** Natural logarithm of the probability of a word cut so; what no subword covers costs as in `segment`. */
  likelihoodOf(word: string, subwords: readonly number[]): number
  /** 0…1: SMOOTH / (SMOOTH + probability). */
  rarityOf(subword: number): number
  /** Of length one; longer or shorter where it was fitted, by how much it says. */
  vectorOf(subword: number): Float32Array
  dimensions: number
  size: number
}

const FILE = new URL('subword-table.bin', import.meta.url)
/** Vectors fitted over sample questions (see `subword-table.md`), in place of the original ones. */
const SHIFTS = new URL('subword-shifts.bin', import.meta.url)
const MAGIC = 'BSW1'
const MAGIC_OF_SHIFTS = 'BSF1'
const HEADER = 16
/** Stands before a word, as in the model that the table was made of. */
const BEGINNING = '▁'
/**
 * What speaks for a letter that stands for another, in natural logarithms of probability: large texts hold Kazakh typed on Russian
 * keyboards and its kin languages as well, so that «кайда» by itself is as probable as «қайда».
 */
const RESTORED = 1
/** Probability at which a subword says half of what it can. */
const SMOOTH = 3e-5
/** What an unknown letter costs. */
const UNKNOWN = 25
const LONGEST_WORD = 60
const REMEMBERED = 20_000
const TYPED_AS: ReadonlyMap<string, string> = new Map(
  [...'әғқңөұүһі'].map((letter, at) => [letter, 'агкноуухи'.charAt(at)]),
)
const typedForm = (text: string): string => text.replaceAll(/[әғқңөұүһі]/gu, (letter) => TYPED_AS.get(letter) ?? letter)

const MOST_OF_BYTE = 127

let loaded: SubwordTable | null = null
let original: SubwordTable | null = null

/** The table that comes with the analysis (see `subword-table.md`), read once. */
export function subwordTable(): SubwordTable {
  loaded ??= withShifts(originalSubwordTable(), readFileSync(SHIFTS))
  return loaded
}

/** The table as it was made of a large model, nothing fitted. */
export function originalSubwordTable(): SubwordTable {
  original ??= parseSubwordTable(readFileSync(FILE))
  return original
}

const HEADER_OF_SHIFTS = 12
const SHIFT_HEAD = 8

/** Vectors to be read by `withShifts`: each as its subword's number, what a byte is worth, a byte for each dimension. */
export function writeShifts(shifts: readonly { subword: number; vector: Float32Array }[], dimensions: number): Buffer {
  const size = SHIFT_HEAD + dimensions
  const data = Buffer.alloc(HEADER_OF_SHIFTS + shifts.length * size)
  data.write(MAGIC_OF_SHIFTS)
  data.writeUInt32LE(shifts.length, 4)
  data.writeUInt32LE(dimensions, 8)
  for (const [at, { subword, vector }] of shifts.entries()) {
    const from = HEADER_OF_SHIFTS + at * size
    const most = vector.reduce((best, value) => Math.max(best, Math.abs(value)), 0) || 1
    data.writeUInt32LE(subword, from)
    data.writeFloatLE(most / MOST_OF_BYTE, from + 4)
    for (const [column, value] of vector.entries())
      data.writeInt8(Math.round((value / most) * MOST_OF_BYTE), from + SHIFT_HEAD + column)
  }
  return data
}

/**
 * A table with other vectors for some of its subwords.
 * @throws when the bytes are no such vectors, or none of this table
 */
export function withShifts(table: SubwordTable, data: Buffer): SubwordTable {
  const [count, dimensions] = [data.readUInt32LE(4), data.readUInt32LE(8)]
  const size = SHIFT_HEAD + dimensions
  if (
    data.toString('latin1', 0, 4) !== MAGIC_OF_SHIFTS ||
    dimensions !== table.dimensions ||
    data.length !== HEADER_OF_SHIFTS + count * size
  )
    throw new Error(
      'subword-shifts.bin is damaged: its length or dimensions do not fit its header and subword-table.bin',
    )
  const places = new Map<number, number>()
  for (let at = 0; at < count; at += 1) {
    const from = HEADER_OF_SHIFTS + at * size
    places.set(data.readUInt32LE(from), from)
  }
  const made = new Map<number, Float32Array>()
  return {
    ...table,
    vectorOf(subword) {
      const from = places.get(subword)
      if (from === undefined) return table.vectorOf(subword)
      const known = made.get(subword)
      if (known !== undefined) return known
      const worth = data.readFloatLE(from + 4)
      const vector = Float32Array.from(
        { length: dimensions },
        (_, column) => worth * data.readInt8(from + SHIFT_HEAD + column),
      )
      made.set(subword, vector)
      return vector
    },
  }
}

interface Piece {
  subword: number
  score: number
}

/** @throws when the bytes are no table */
export function parseSubwordTable(data: Buffer): SubwordTable {
  const [count, dimensions, named] = [data.readUInt32LE(4), data.readUInt32LE(8), data.readUInt32LE(12)]
  const scores = HEADER + named
  const vectors = scores + count * 4
  if (data.toString('latin1', 0, 4) !== MAGIC || data.length !== vectors + count * dimensions)
    throw new Error('subword-table.bin is damaged: its length does not fit its header')
  const texts = data.toString('utf8', HEADER, scores).split('\n')
  const exact = new Map<string, Piece>()
  /** By how they are typed without the letters that only Kazakh has. */
  const typed = new Map<string, Piece[]>()
  let longest = 0
  for (const [subword, text] of texts.entries()) {
    longest = Math.max(longest, text.length)
    const score = data.readFloatLE(scores + subword * 4)
    exact.set(text, { subword, score })
    const form = typedForm(text)
    const altered = [...text].filter((letter) => TYPED_AS.has(letter)).length
    const piece = { subword, score: score + RESTORED * altered }
    const same = typed.get(form)
    if (same === undefined) typed.set(form, [piece])
    else same.push(piece)
  }
  const made = new Map<number, Float32Array>()
  const remembered = createRecentMemory<readonly number[]>(REMEMBERED)

  const cut = (word: string, piecesOf: (text: string) => readonly Piece[]): number[] => {
    const text = BEGINNING + word.slice(0, LONGEST_WORD)
    const best = Array.from<{ cost: number; from: number; subword: number } | undefined>({ length: text.length + 1 })
    best[0] = { cost: 0, from: 0, subword: -1 }
    const offer = (to: number, cost: number, from: number, subword: number): void => {
      const known = best[to]
      if (known === undefined || cost > known.cost) best[to] = { cost, from, subword }
    }
    for (let from = 0; from < text.length; from += 1) {
      const cost = best[from]?.cost
      if (cost === undefined) continue
      for (let to = from + 1; to <= Math.min(text.length, from + longest); to += 1)
        for (const { subword, score } of piecesOf(text.slice(from, to))) offer(to, cost + score, from, subword)
      offer(from + 1, cost - UNKNOWN, from, -1)
    }
    const found: number[] = []
    for (let at = text.length; at > 0;) {
      const step = best[at]
      if (step === undefined) return []
      if (step.subword >= 0) found.push(step.subword)
      at = step.from
    }
    return found.reverse()
  }

  return {
    dimensions,
    size: count,
    textOf: (subword) => texts[subword] ?? '',
    likelihoodOf(word, subwords) {
      let sum = 0
      let covered = 0
      for (const subword of subwords) {
        sum += data.readFloatLE(scores + subword * 4)
        covered += texts[subword]?.length ?? 0
      }
      return sum - UNKNOWN * Math.max(0, word.length + BEGINNING.length - covered)
    },
    rarityOf: (subword) => SMOOTH / (SMOOTH + Math.exp(data.readFloatLE(scores + subword * 4))),
    vectorOf(subword) {
      const known = made.get(subword)
      if (known !== undefined) return known
      const from = vectors + subword * dimensions
      const row = Float32Array.from({ length: dimensions }, (_, at) => data.readInt8(from + at))
      const length = Math.hypot(...row)
      const vector = length === 0 ? row : row.map((value) => value / length)
      made.set(subword, vector)
      return vector
    },
    segment(word, restores = false) {
      const key = `${restores ? '+' : ''}${word}`
      const known = remembered.get(key)
      if (known !== undefined) return known
      const none: readonly Piece[] = []
      const found = cut(
        word,
        restores
          ? (text) => typed.get(text) ?? none
          : (text) => {
              const piece = exact.get(text)
              return piece === undefined ? none : [piece]
            },
      )
      remembered.set(key, found)
      return found
    },
  }
}
