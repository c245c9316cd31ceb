import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { retype, type Layout } from './analysis/keyboard-layouts.ts'
import { hasKazakhLetter, normaliseWord } from './analysis/normalise.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import type { CorrectionKind } from './lexical-index.ts'

export interface RewrittenQuery {
  text: string
  /** Null: nothing was changed. */
  kind: CorrectionKind | null
  /** Other words a mistyped one may stand for, by the word that was put in its place. */
  alternatives: ReadonlyMap<string, readonly string[]>
}

/** A piece between white space, as it was typed. */
interface Chunk {
  raw: string
  start: number
  end: number
}

/** How a chunk may have come about: typed on another layout, in Latin letters, or with an error. */
interface Reading {
  kind: CorrectionKind
  text: string
}

type Hypothesis = 'us-ru' | 'us-kk' | 'ru-kk' | 'ru-us' | 'kk-ru' | 'latin'

const LAYOUTS: readonly [Hypothesis, Layout, Layout][] = [
  ['us-ru', 'us', 'ru'],
  ['us-kk', 'us', 'kk'],
  ['ru-kk', 'ru', 'kk'],
  ['kk-ru', 'kk', 'ru'],
  ['ru-us', 'ru', 'us'],
]
const LATIN = /[a-z]/iu
const CYRILLIC = /\p{Script=Cyrillic}/u
/** Keys that type a letter on the Russian layout, punctuation on the US one. */
const US_LETTER_KEY = /[a-z[\]{};:'"<>,.`~]/iu
const TRAILING = /[?!.,;:)\]»"]+$/u
const MOST_CHUNKS = 40
const MOST_ALTERNATIVES = 5
/** How much dearer than the best another correction may be. */
const NEARLY_AS_GOOD = 0.6

const chunksOf = (text: string): Chunk[] =>
  [...text.matchAll(/\S+/gu)]
    .slice(0, MOST_CHUNKS)
    .map((match) => ({ raw: match[0], start: match.index, end: match.index + match[0].length }))

/** Whether a chunk can have been typed so at all. */
const mayBe = (hypothesis: Hypothesis, raw: string): boolean => {
  switch (hypothesis) {
    case 'us-ru':
      return US_LETTER_KEY.test(raw) && !CYRILLIC.test(raw)
    case 'us-kk':
      return /[a-z02-9=[\];',.-]/iu.test(raw) && !CYRILLIC.test(raw)
    case 'ru-kk':
      return /[02-9=-]/u.test(raw) && /[а-я02-9=-]{2}/iu.test(raw) && !LATIN.test(raw)
    case 'kk-ru':
      return hasKazakhLetter(raw.toLowerCase()) && !LATIN.test(raw)
    case 'ru-us':
      return CYRILLIC.test(raw) && !LATIN.test(raw)
    case 'latin':
      return LATIN.test(raw) && !CYRILLIC.test(raw)
  }
}

/**
 * Says what a query most likely means when words of it are in no passage: typed with another keyboard layout switched on, in Latin
 * letters, or with an error. Only what exists in the index is put in the place of what does not; a word that is known is never
 * touched. The whole query is judged together: one layout was on for all of it.
 * @param prefix the last word may be unfinished
 */
export const rewriteQuery = (
  text: string,
  prefix: boolean,
  { analyser, vocabulary, readings }: { analyser: Analyser; vocabulary: Vocabulary; readings: readonly Analysis[] },
): RewrittenQuery => {
  const isKnownToken = (token: AnalysedToken, index: number, analysis: Analysis): boolean =>
    token.kind !== 'word' ||
    token.stop ||
    token.families.length > 0 ||
    token.number !== null ||
    [...token.stems, token.norm, ...token.also].some((form) => vocabulary.knows(form)) ||
    analysis.concepts.some(({ from, to }) => from <= index && index < to) ||
    vocabulary.unfold(token.norm).length > 0
  const begins = (start: string): boolean =>
    vocabulary.completions(start, 1).length > 0 || vocabulary.unfold(start, true).length > 0
  const chunks = chunksOf(text)
  const last = chunks.at(-1)
  const isUnfinished = (chunk: Chunk): boolean => prefix && chunk === last && chunk.end === text.length

  /** Words of a chunk in the query as typed that no reading knows; none at all counts as unknown when keys are letters elsewhere. */
  const isKnownChunk = (chunk: Chunk): boolean => {
    const inside = readings.map((analysis) =>
      analysis.tokens.flatMap((token, index) =>
        token.start < chunk.end && chunk.start < token.end ? [{ token, index }] : [],
      ),
    )
    const [first = []] = inside
    if (first.length === 0) return !/[[\]{};'<>]/u.test(chunk.raw)
    // Digits among letters are letters of the Kazakh layout; alone they are numbers.
    if (
      /[а-я][02-9=]|[02-9=][а-я]/iu.test(chunk.raw) &&
      first.some(({ token }) => token.kind === 'number' || token.kind === 'word')
    ) {
      const kazakh = retype(chunk.raw, 'ru', 'kk').replace(TRAILING, '')
      if (knowsText(kazakh)) return false
    }
    return first.every(
      (_, place) =>
        inside.some((tokens, number) => {
          const item = tokens[place]
          const analysis = readings[number]
          return item !== undefined && analysis !== undefined && isKnownToken(item.token, item.index, analysis)
        }) ||
        (isUnfinished(chunk) && begins(first.at(-1)?.token.norm ?? '')),
    )
  }
  const knowsText = (candidate: string, unfinished = false): boolean => {
    const tokens = (['ru', 'kk'] as const).map((lang) => analyser.analyse(candidate, lang))
    const [russian] = tokens
    if (russian === undefined || russian.tokens.length === 0) return false
    if (russian.tokens.some(({ kind }) => kind === 'number' || kind === 'reference')) return false
    return russian.tokens.every(
      (token, place) =>
        tokens.some((analysis) => {
          const own = analysis.tokens[place]
          return own !== undefined && isKnownToken(own, place, analysis)
        }) ||
        (unfinished && token.norm.length >= 2 && begins(token.norm)),
    )
  }

  const unknown = chunks.filter((chunk) => !isKnownChunk(chunk))
  if (unknown.length === 0) return { text, kind: null, alternatives: new Map() }

  /** What a chunk reads under a hypothesis, if the index knows it so. */
  const readAs = (hypothesis: Hypothesis, chunk: Chunk): string | null => {
    if (!mayBe(hypothesis, chunk.raw)) return null
    const unfinished = isUnfinished(chunk)
    if (hypothesis === 'latin') {
      const bare = chunk.raw.replace(TRAILING, '')
      return bare.length < 2 ? null : vocabulary.fromLatin(bare, unfinished)
    }
    const [, from, to] = LAYOUTS.find(([name]) => name === hypothesis) ?? ['', 'us', 'ru']
    for (const raw of new Set([chunk.raw, chunk.raw.replace(TRAILING, '')])) {
      const read = retype(raw, from as Layout, to as Layout)
      if (read !== raw && knowsText(read, unfinished)) return read
    }
    return null
  }
  const found = new Map<Hypothesis, Map<Chunk, string>>()
  for (const hypothesis of [...LAYOUTS.map(([name]) => name), 'latin'] as Hypothesis[]) {
    const reads = new Map<Chunk, string>()
    for (const chunk of unknown) {
      const read = readAs(hypothesis, chunk)
      if (read !== null) reads.set(chunk, read)
    }
    if (reads.size > 0) found.set(hypothesis, reads)
  }
  const worth = (reads: ReadonlyMap<Chunk, string>): number =>
    [...reads.keys()].reduce((sum, { raw }) => sum + raw.length, 0)
  const order = [...found].sort(([, left], [, right]) => worth(right) - worth(left))
  const [leading] = order

  const alternatives = new Map<string, readonly string[]>()
  const kinds = new Set<CorrectionKind>()
  /** Mends words of a text one by one; null when nothing in it could be mended. */
  const mend = (raw: string): string | null => {
    let mended = raw
    let changed = false
    const analyses = (['ru', 'kk'] as const).map((lang) => analyser.analyse(raw, lang))
    for (const [place, token] of [...(analyses[0]?.tokens ?? []).entries()].toReversed()) {
      const known = analyses.some((analysis) => {
        const own = analysis.tokens[place]
        return own !== undefined && isKnownToken(own, place, analysis)
      })
      if (known) continue
      const [best, ...others] = vocabulary.nearest(token.norm, MOST_ALTERNATIVES)
      if (best === undefined) continue
      mended = mended.slice(0, token.start) + best.word + mended.slice(token.end)
      alternatives.set(best.word, [
        ...others.filter(({ cost }) => cost <= best.cost + NEARLY_AS_GOOD).map(({ word }) => word),
        token.norm,
      ])
      changed = true
    }
    return changed ? mended : null
  }
  const readChunk = (chunk: Chunk): Reading | null => {
    for (const [hypothesis, reads] of order) {
      const read = reads.get(chunk)
      if (read !== undefined) return { kind: hypothesis === 'latin' ? 'transliteration' : 'layout', text: read }
    }
    // One layout was on for the whole query: what it makes of this piece, with an error mended.
    const tried: Hypothesis[] = leading === undefined ? ['us-ru', 'us-kk'] : [leading[0]]
    for (const hypothesis of tried) {
      if (hypothesis === 'latin' || !mayBe(hypothesis, chunk.raw)) continue
      const layout = LAYOUTS.find(([name]) => name === hypothesis)
      if (layout === undefined) continue
      const read = retype(chunk.raw.replace(/[?!]+$/u, ''), layout[1], layout[2])
      const mended = mend(read)
      if (mended !== null) return { kind: 'layout', text: mended }
      if (leading !== undefined) return { kind: 'layout', text: read }
    }
    const mended = mend(chunk.raw)
    return mended === null ? null : { kind: 'typo', text: mended }
  }
  let rewritten = text
  for (const chunk of unknown.toReversed()) {
    const reading = readChunk(chunk)
    if (reading === null || normaliseWord(reading.text) === normaliseWord(chunk.raw)) continue
    kinds.add(reading.kind)
    rewritten = rewritten.slice(0, chunk.start) + reading.text + rewritten.slice(chunk.end)
  }
  const kind = (['layout', 'transliteration', 'typo'] as const).find((one) => kinds.has(one)) ?? null
  return { text: rewritten, kind, alternatives }
}
