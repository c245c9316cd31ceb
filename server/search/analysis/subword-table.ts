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
  /** Of length one. */
  vectorOf(subword: number): Float32Array
  dimensions: number
}

const FILE = new URL('subword-table.bin', import.meta.url)
const MAGIC = 'BSW1'
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

let loaded: SubwordTable | null = null

/** The table that comes with the analysis (see `subword-table.md`), read once. */
export function subwordTable(): SubwordTable {
  loaded ??= parseSubwordTable(readFileSync(FILE))
  return loaded
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
