import { setImmediate as nextTurn } from 'node:timers/promises'
import { splitSentences } from '#ingest/text/sentences.ts'
import type { Lang } from '#server/context.ts'
import { createAnalyser } from '../analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '../analysis/language-data.ts'
import { alignSentences } from './align-sentences.ts'

/** One provision in both languages. */
export type ProvisionPair = Record<Lang, string>

/** What a word may be in the other language, and how surely, 0…1; by its stem. */
export type Renderings = ReadonlyMap<string, readonly { stem: string; certainty: number }[]>
/** By the language of the word that is translated. */
export type Lexicon = Record<Lang, Renderings>

export const NO_LEXICON: Lexicon = { ru: new Map(), kk: new Map() }

const ROUNDS = 6
/** Units that a word must stand in before it is translated: what was met once goes with anything. */
const LEAST_UNITS = 2
const LONGEST_UNIT = 120
const LONGEST_TEXT = 20_000
const MOST_SENTENCES = 60
/** Possible links of words in all: what bounds time and memory. Shorter units come first, they tell more. */
const MOST_LINKS = 3_000_000
/** Links worked through before others have their turn. */
const LINKS_AT_ONCE = 40_000
const LEAST_CERTAINTY = 0.1
const MOST_RENDERINGS = 5

const analyser = createAnalyser(NO_LANGUAGE_DATA)

const stemsOf = (text: string, lang: Lang): string[] => {
  const stems: string[] = []
  for (const { kind, stop, stems: own } of analyser.analyse(text, lang).tokens) {
    const [stem] = own
    if (kind === 'word' && !stop && stem !== undefined) stems.push(stem)
  }
  return [...new Set(stems)]
}

type Unit = Record<Lang, string[]>

/** The sentences of a provision that say the same; the whole of it where it cannot be cut. */
const unitsOf = (pair: ProvisionPair): Unit[] => {
  const texts = { ru: pair.ru.slice(0, LONGEST_TEXT), kk: pair.kk.slice(0, LONGEST_TEXT) }
  const ranges = { ru: splitSentences(texts.ru), kk: splitSentences(texts.kk) }
  const whole = [{ ru: texts.ru, kk: texts.kk }]
  const cut =
    ranges.ru.length > MOST_SENTENCES || ranges.kk.length > MOST_SENTENCES
      ? whole
      : alignSentences(
          ranges.ru.map(({ start, end }) => end - start),
          ranges.kk.map(({ start, end }) => end - start),
        ).map(({ left, right }) => {
          const part = (lang: Lang, [from, to]: [number, number]): string =>
            texts[lang].slice(ranges[lang][from]?.start ?? 0, from === to ? 0 : (ranges[lang][to - 1]?.end ?? 0))
          return { ru: part('ru', left), kk: part('kk', right) }
        })
  return cut.flatMap(({ ru, kk }) => {
    const unit = { ru: stemsOf(ru, 'ru'), kk: stemsOf(kk, 'kk') }
    const fits = (lang: Lang): boolean => unit[lang].length > 0 && unit[lang].length <= LONGEST_UNIT
    return fits('ru') && fits('kk') ? [unit] : []
  })
}

interface Corpus {
  /** Numbers of the words of each unit. */
  units: Record<Lang, Uint32Array[]>
  words: Record<Lang, string[]>
}

const numberWords = (units: readonly Unit[]): Corpus => {
  const counts = { ru: new Map<string, number>(), kk: new Map<string, number>() }
  for (const unit of units)
    for (const lang of ['ru', 'kk'] as const)
      for (const stem of unit[lang]) counts[lang].set(stem, (counts[lang].get(stem) ?? 0) + 1)
  const words: Record<Lang, string[]> = { ru: [], kk: [] }
  const numbers = { ru: new Map<string, number>(), kk: new Map<string, number>() }
  for (const lang of ['ru', 'kk'] as const)
    for (const [stem, count] of counts[lang])
      if (count >= LEAST_UNITS) numbers[lang].set(stem, words[lang].push(stem) - 1)
  const read = (lang: Lang) =>
    units.map((unit) => Uint32Array.from(unit[lang].flatMap((stem) => numbers[lang].get(stem) ?? [])))
  return { words, units: { ru: read('ru'), kk: read('kk') } }
}

/**
 * Probabilities t(target | source) of IBM Model 1 (Brown, Della Pietra, Della Pietra & Mercer, "The mathematics of statistical
 * machine translation", Computational Linguistics 19(2), 1993), a word of no source (NULL) included, by expectation maximisation.
 * @param pairOf number of a pair of words, from 0; the same for both directions
 */
async function trainModel(
  sources: readonly Uint32Array[],
  targets: readonly Uint32Array[],
  sizes: { sources: number; targets: number; pairs: number },
  pairOf: (unit: number, source: number, target: number) => number,
): Promise<Float64Array> {
  const probability = new Float64Array(sizes.pairs).fill(1 / Math.max(sizes.targets, 1))
  const byNull = new Float64Array(sizes.targets).fill(1 / Math.max(sizes.targets, 1))
  let sinceTurn = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const counts = new Float64Array(sizes.pairs)
    const nullCounts = new Float64Array(sizes.targets)
    const totals = new Float64Array(sizes.sources)
    let nullTotal = 0
    for (const [unit, source] of sources.entries()) {
      const target = targets[unit] ?? new Uint32Array(0)
      for (let t = 0; t < target.length; t += 1) {
        const word = target[t] ?? 0
        const none = byNull[word] ?? 0
        let all = none
        for (let s = 0; s < source.length; s += 1) all += probability[pairOf(unit, s, t)] ?? 0
        if (all === 0) continue
        nullCounts[word] = (nullCounts[word] ?? 0) + none / all
        nullTotal += none / all
        for (let s = 0; s < source.length; s += 1) {
          const pair = pairOf(unit, s, t)
          const share = (probability[pair] ?? 0) / all
          counts[pair] = (counts[pair] ?? 0) + share
          const from = source[s] ?? 0
          totals[from] = (totals[from] ?? 0) + share
        }
      }
      sinceTurn += source.length * target.length
      if (sinceTurn > LINKS_AT_ONCE) {
        sinceTurn = 0
        await nextTurn()
      }
    }
    for (const [unit, source] of sources.entries()) {
      const target = targets[unit] ?? new Uint32Array(0)
      for (let s = 0; s < source.length; s += 1)
        for (let t = 0; t < target.length; t += 1) {
          const pair = pairOf(unit, s, t)
          const total = totals[source[s] ?? 0] ?? 0
          probability[pair] = total === 0 ? 0 : (counts[pair] ?? 0) / total
        }
    }
    for (let word = 0; word < sizes.targets; word += 1)
      byNull[word] = nullTotal === 0 ? 0 : (nullCounts[word] ?? 0) / nullTotal
  }
  return probability
}

/**
 * Learns which words stand for which from provisions that stand in both languages: sentences aligned by length, Model 1 in both
 * directions, and a pair of words as sure as the geometric mean of both, so that only what either text agrees on remains.
 * Takes a second or two for some thousand provisions, in slices: nobody waits for all of it. Time and memory are bounded; what is
 * beyond the bound is left out, the longest first.
 * @param isStopped asked now and then; when true, nothing is learned
 */
export async function learnLexicon(
  pairs: readonly ProvisionPair[],
  isStopped: () => boolean = () => false,
): Promise<Lexicon> {
  const units: Unit[] = []
  for (const [at, pair] of pairs.entries()) {
    units.push(...unitsOf(pair))
    if (at % 20 === 19) await nextTurn()
    if (isStopped()) return NO_LEXICON
  }
  units.sort((left, right) => left.ru.length * left.kk.length - right.ru.length * right.kk.length)
  let links = 0
  const most = units.findIndex((unit) => (links += unit.ru.length * unit.kk.length) > MOST_LINKS)
  const { words, units: numbered } = numberWords(most < 0 ? units : units.slice(0, most))

  // A number for each pair of words that stand together, and for each unit the numbers of its pairs, source by source.
  const numbers = new Map<number, number>()
  const pairsOfUnits: Uint32Array[] = []
  const ends: { ru: number[]; kk: number[] } = { ru: [], kk: [] }
  for (const [unit, russian] of numbered.ru.entries()) {
    const kazakh = numbered.kk[unit] ?? new Uint32Array(0)
    const own = new Uint32Array(russian.length * kazakh.length)
    let at = 0
    for (const ru of russian)
      for (const kk of kazakh) {
        const key = ru * words.kk.length + kk
        let number = numbers.get(key)
        if (number === undefined) {
          number = numbers.size
          numbers.set(key, number)
          ends.ru.push(ru)
          ends.kk.push(kk)
        }
        own[at] = number
        at += 1
      }
    pairsOfUnits.push(own)
    if (unit % 50 === 49) await nextTurn()
  }
  const width = (unit: number): number => numbered.kk[unit]?.length ?? 0
  const sizes = { ru: words.ru.length, kk: words.kk.length }
  const toKazakh = await trainModel(
    numbered.ru,
    numbered.kk,
    { sources: sizes.ru, targets: sizes.kk, pairs: numbers.size },
    (unit, ru, kk) => pairsOfUnits[unit]?.[ru * width(unit) + kk] ?? 0,
  )
  const toRussian = await trainModel(
    numbered.kk,
    numbered.ru,
    { sources: sizes.kk, targets: sizes.ru, pairs: numbers.size },
    (unit, kk, ru) => pairsOfUnits[unit]?.[ru * width(unit) + kk] ?? 0,
  )

  const found = {
    ru: new Map<string, { stem: string; certainty: number }[]>(),
    kk: new Map<string, { stem: string; certainty: number }[]>(),
  }
  for (let pair = 0; pair < numbers.size; pair += 1) {
    const certainty = Math.sqrt((toKazakh[pair] ?? 0) * (toRussian[pair] ?? 0))
    const ru = words.ru[ends.ru[pair] ?? 0]
    const kk = words.kk[ends.kk[pair] ?? 0]
    if (certainty < LEAST_CERTAINTY || ru === undefined || kk === undefined) continue
    found.ru.set(ru, [...(found.ru.get(ru) ?? []), { stem: kk, certainty }])
    found.kk.set(kk, [...(found.kk.get(kk) ?? []), { stem: ru, certainty }])
  }
  for (const lang of ['ru', 'kk'] as const)
    for (const [stem, renderings] of found[lang])
      found[lang].set(
        stem,
        renderings.sort((left, right) => right.certainty - left.certainty).slice(0, MOST_RENDERINGS),
      )
  return found
}
