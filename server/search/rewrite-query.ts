import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { retype, type Layout } from './analysis/keyboard-layouts.ts'
import { findLawReferences } from './analysis/law-references.ts'
import { cyrillicByLook, hasKazakhLetter, normaliseWord } from './analysis/normalise.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import { namesInQuotes, quotedPhrases } from './quoted-phrases.ts'
import type { CorrectionKind } from './lexical-index.ts'
import { readShiftedNumber, readShiftedSigns } from './read-shifted-number.ts'

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
const US_LETTER_KEY = /[a-z[\]{};:'"<>,.`~@#^&]/iu
const TRAILING = /[?!.,;:)\]»"]+$/u
const MOST_CHUNKS = 40
const MOST_ALTERNATIVES = 5
/** Other words that a form of a known stem may be. */
const MOST_SIMILAR = 3
const SHORTEST_FORM = 5
/** A shorter word is left as it was typed. */
const SHORTEST_MENDED = 4
/** Shorter parts of a compound are no words to mend («инженер-геолог», «ат-түрік»). */
const SHORTEST_PART = 4
/** Hyphens of a piece that are tried as the letter ө, which has their key on the Kazakh layout. */
const MOST_HYPHENS = 3
/** A number that stands alone, without a word beside it, is one if it has as many signs. */
const SHORTEST_NUMBER = 3
/** The key of the full stop, and that of «ё», on the Kazakh layout: «ст№ ұ», «уч(т». */
const FULL_STOP_KEY = /\p{L}№/u
const YO_KEY = /\p{L}\(\p{L}/u
/** The key of «№» with Shift; the same letter is written for the Roman number one. */
const NUMERO = 'І'
/** Roman numbers as people type them, and what bears them: «инвалид іі группы», «і квартал». */
const ROMAN = /^і{1,3}$/u
const BEARS_ROMAN = /^(?:глав|раздел|част|приложени|квартал|полугоди|групп|степен|категори|этап|уров|созыв)/iu
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
      return /[a-z02-9=[\];',.@#$%*()_+-]/iu.test(raw) && !CYRILLIC.test(raw)
    case 'ru-kk':
      return /[02-9="№;%*()_+-]/u.test(raw) && /[а-я02-9="№;%*()_+-]{2}/iu.test(raw) && !LATIN.test(raw)
    case 'kk-ru':
      return (hasKazakhLetter(raw.toLowerCase()) || FULL_STOP_KEY.test(raw) || YO_KEY.test(raw)) && !LATIN.test(raw)
    case 'ru-us':
      return CYRILLIC.test(raw) && !LATIN.test(raw)
    case 'latin':
      return LATIN.test(raw) && !CYRILLIC.test(raw)
  }
}

/** What a piece reads on another layout. A hyphen may be one, or the letter ө of the Kazakh layout. */
const retypings = (raw: string, from: Layout, to: Layout): string[] => {
  if (from === 'kk') {
    // Capitals of the digit row are signs, but letters where all is in capitals.
    const both = [raw, raw.toLowerCase()]
    return (raw === raw.toUpperCase() ? both.toReversed() : both).map((text) => retype(text, from, to))
  }
  const parts = raw.split('-')
  if (to !== 'kk' || parts.length === 1 || parts.length > MOST_HYPHENS + 1) return [retype(raw, from, to)]
  const read = parts.map((part) => retype(part, from, to))
  return read
    .slice(1)
    .reduce<string[]>((begun, part) => begun.flatMap((one) => [`${one}ө${part}`, `${one}-${part}`]), [read[0] ?? ''])
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
  /** A part of a compound; of a short one nothing is said. */
  const isKnownPart = (part: string, stem: string): boolean =>
    part.length < SHORTEST_PART ||
    vocabulary.knows(part) ||
    vocabulary.knows(stem) ||
    vocabulary.unfold(part).length > 0
  const isKnownToken = (token: AnalysedToken, index: number, analysis: Analysis): boolean =>
    token.kind !== 'word' ||
    token.stop ||
    token.families.length > 0 ||
    token.number !== null ||
    vocabulary.knows(token.norm) ||
    vocabulary.knows(token.stems[0] ?? token.norm) ||
    (token.also.length > 0 && token.also.every((part, at) => isKnownPart(part, token.stems[at + 1] ?? part))) ||
    analysis.concepts.some(({ from, to }) => from <= index && index < to) ||
    vocabulary.unfold(token.norm).length > 0
  /**
   * A word that is known by its Kazakh stem alone: no passage has just this form. Agglutination makes more forms than texts hold, so it is
   * taken as it stands; but it may as well be another word misspelt, which is looked for besides.
   */
  const kazakh = readings.find(({ lang }) => lang === 'kk')
  const isFormOfStem = (token: AnalysedToken, index: number, analysis: Analysis): boolean =>
    token.kind === 'word' &&
    !token.stop &&
    token.number === null &&
    token.also.length === 0 &&
    token.norm.length >= SHORTEST_FORM &&
    vocabulary.langsOf(token.norm).length === 0 &&
    vocabulary.knows(token.stems[0] ?? token.norm) &&
    !analysis.concepts.some(({ from, to }) => from <= index && index < to) &&
    vocabulary.unfold(token.norm).length === 0
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
      if (retypings(chunk.raw, 'ru', 'kk').some((read) => knowsText(read.replace(TRAILING, '')))) return false
    }
    // A bracket inside of a word may be «ё».
    if (YO_KEY.test(chunk.raw) && asRussian(chunk.raw) !== null) return false
    return first.every(
      (_, place) =>
        inside.some((tokens, number) => {
          const item = tokens[place]
          const analysis = readings[number]
          return item !== undefined && analysis !== undefined && isKnownToken(item.token, item.index, analysis)
        }) ||
        // Only the last word is being typed: what it may become says nothing of those before it.
        (place === first.length - 1 && isUnfinished(chunk) && begins(first.at(-1)?.token.norm ?? '')),
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
        (unfinished && place === russian.tokens.length - 1 && token.norm.length >= 2 && begins(token.norm)),
    )
  }
  /**
   * Whether a Kazakh word read on the Russian layout is Russian at all: not «жет3ст3к», and with a hyphen a compound of words,
   * not «т-сек».
   */
  const isRussianShape = (read: string): boolean =>
    !/\p{L}\d|\d\p{L}/u.test(read) &&
    read
      .replace(TRAILING, '')
      .split('-')
      .every(
        (part, _, parts) =>
          parts.length === 1 ||
          part.length >= SHORTEST_PART ||
          (part.length > 1 && vocabulary.knows(normaliseWord(part))),
      )
  /** A piece typed with the Kazakh layout on as the Russian text that it then is; null when the index knows none. */
  const asRussian = (raw: string, unfinished = false): string | null =>
    [raw, raw.replace(TRAILING, '')]
      .flatMap((text) => retypings(text, 'kk', 'ru'))
      .find((read) => {
        const bare = read.replace(TRAILING, '')
        // A bracket is mostly one: «супруга(и».
        if (YO_KEY.test(raw) && !vocabulary.knows(normaliseWord(bare))) return false
        return read !== raw && isRussianShape(read) && knowsText(bare, unfinished)
      }) ?? null
  const numberOf = (raw: string): string | null =>
    readShiftedNumber(raw, (word) => word.length >= SHORTEST_PART && knowsText(word))
  /** A neighbour of a chunk as it was typed, or as it reads with the Kazakh layout on. */
  const beside = (chunk: Chunk | undefined, hypothesis: Hypothesis): string => {
    const raw = chunk?.raw ?? ''
    if (hypothesis !== 'kk-ru') return raw
    return numberOf(raw) ?? readShiftedSigns(raw) ?? (mayBe(hypothesis, raw) ? retype(raw, 'kk', 'ru') : raw)
  }
  /** Whether a chunk, read so, names a place of an act together with the numbers beside it: «cn/ 9» is «ст. 9». */
  const namesPlace = (chunk: Chunk, read: string, hypothesis: Hypothesis): boolean => {
    const at = chunks.indexOf(chunk)
    const before = `${beside(chunks[at - 1], hypothesis)} `
    const around = `${before}${read} ${beside(chunks[at + 1], hypothesis)}`
    if (!/\d/u.test(around)) return false
    const inside = [before.length, before.length + read.length] as const
    return findLawReferences(around).some(({ start, end }) => start < inside[1] && inside[0] < end && end - start > 1)
  }

  const alternatives = new Map<string, readonly string[]>()
  for (const [at, token] of (kazakh?.tokens ?? []).entries()) {
    const isTyping = prefix && token.end === text.length
    if (kazakh === undefined || isTyping || !isFormOfStem(token, at, kazakh)) continue
    const similar = vocabulary.similar(token.norm, MOST_SIMILAR)
    if (similar.length > 0) alternatives.set(token.norm, similar)
  }
  // What is quoted is spelt as it is meant, on whatever layout; a name in a question is only set off.
  const quoted = namesInQuotes(text) ? [] : quotedPhrases(text)
  const isQuoted = ({ start, end }: Chunk): boolean => quoted.some((one) => one.start < end && start < one.end)

  /** Words of a chunk, as the Russian reading has them. */
  const wordsOf = ({ start, end }: Chunk): AnalysedToken[] =>
    (readings.find(({ lang }) => lang === 'ru') ?? readings[0])?.tokens.filter(
      (token) => token.kind === 'word' && token.start < end && start < token.end,
    ) ?? []
  /** Whether what stands beside a chunk is Russian, and none of it Kazakh: a lone run of letters of the digit row is no word there. */
  const isAmongRussian = (chunk: Chunk): boolean => {
    const others = chunks.filter((other) => other !== chunk && numberOf(other.raw) === null && other.raw !== NUMERO)
    const isShifted = ({ raw }: Chunk): boolean => hasKazakhLetter(raw.toLowerCase()) && asRussian(raw) !== null
    const langsOf = (norm: string): string => vocabulary.langsOf(norm).join()
    const isKazakh = (other: Chunk): boolean =>
      wordsOf(other).some(({ norm }) => (hasKazakhLetter(norm) ? !isShifted(other) : langsOf(norm) === 'kk'))
    // A word of both («Алматы», «министр») says nothing.
    const isRussian = ({ norm, stems, stop }: AnalysedToken): boolean =>
      !hasKazakhLetter(norm) &&
      (stop || langsOf(norm) === 'ru' || (langsOf(norm) === '' && vocabulary.knows(stems[0] ?? norm)))
    return !others.some(isKazakh) && others.some((other) => wordsOf(other).some(isRussian) || isShifted(other))
  }
  /** Whether a piece may be a Roman number as well, and nothing else in the query shows that the Kazakh layout was on. */
  const mayBeRoman = (chunk: Chunk): boolean => {
    const at = chunks.indexOf(chunk)
    return (
      ROMAN.test(chunk.raw) &&
      [chunks[at - 1], chunks[at + 1]].some((other) => BEARS_ROMAN.test(other?.raw ?? '')) &&
      !chunks.some(({ raw }) => FULL_STOP_KEY.test(raw) || (numberOf(raw) !== null && !ROMAN.test(raw)))
    )
  }
  /** Numbers of a Russian query that the Kazakh layout turned into letters; a word that some passage has is none. */
  const numbers = new Map<Chunk, string>()
  const isAlone = chunks.every(({ raw }) => numberOf(raw) !== null || readShiftedSigns(raw) !== null)
  const isLongEnough = chunks.some(({ raw }) => raw.length >= SHORTEST_NUMBER)
  for (const chunk of chunks) {
    const read = numberOf(chunk.raw)
    if (read === null || quoted.some((one) => !one.isOpen && one.start < chunk.end && chunk.end < one.end)) continue
    const norm = normaliseWord(chunk.raw)
    if (norm.length > 1 && vocabulary.knows(norm)) continue
    const isPlace = namesPlace(chunk, read, 'kk-ru')
    if (mayBeRoman(chunk) || (!isPlace && isUnfinished(chunk) && begins(norm))) continue
    if (isPlace || (isAlone ? isLongEnough : isAmongRussian(chunk))) numbers.set(chunk, read)
  }
  for (const [at, chunk] of chunks.entries()) {
    const signs = readShiftedSigns(chunk.raw)
    // Signs alone are figures where something else shows the layout: a number, or the full stop's key before them («п№ ".»).
    const isPlace = FULL_STOP_KEY.test(chunks[at - 1]?.raw ?? '')
    if (signs !== null && (numbers.size > 0 || (isPlace && namesPlace(chunk, signs, 'kk-ru'))))
      numbers.set(chunk, signs)
  }
  for (const [at, chunk] of chunks.entries()) {
    const next = chunks[at + 1]
    if (chunk.raw === NUMERO && next !== undefined && numbers.has(next)) numbers.set(chunk, '№')
  }
  const unknown = chunks.filter((chunk) => !numbers.has(chunk) && !isKnownChunk(chunk))
  if (unknown.length === 0 && numbers.size === 0) return { text, kind: null, alternatives }

  /** What a chunk reads under a hypothesis, if the index knows it so. */
  const readAs = (hypothesis: Hypothesis, chunk: Chunk): string | null => {
    if (!mayBe(hypothesis, chunk.raw)) return null
    const unfinished = isUnfinished(chunk)
    if (hypothesis === 'kk-ru') {
      // What is a number was decided above.
      if (numberOf(chunk.raw) !== null) return null
      const place = retype(chunk.raw, 'kk', 'ru')
      const isPlace = place !== chunk.raw && isRussianShape(place) && namesPlace(chunk, place, hypothesis)
      return asRussian(chunk.raw, unfinished) ?? (isPlace ? place : null)
    }
    if (hypothesis === 'latin') {
      const bare = chunk.raw.replace(TRAILING, '')
      return bare.length < 2 ? null : vocabulary.fromLatin(bare, unfinished)
    }
    const [, from, to] = LAYOUTS.find(([name]) => name === hypothesis) ?? ['', 'us', 'ru']
    for (const raw of new Set([chunk.raw, chunk.raw.replace(TRAILING, '')]))
      for (const read of retypings(raw, from as Layout, to as Layout))
        if (read !== raw && (knowsText(read, unfinished) || namesPlace(chunk, read, hypothesis))) return read
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
  /** One layout was on for the whole query, if it makes words of most that is unknown: a short word that has a sense there by chance is no proof. */
  const leading = order.find(([hypothesis, reads]) => {
    const may = unknown.filter(({ raw }) => mayBe(hypothesis, raw))
    return worth(reads) * 2 >= may.reduce((sum, { raw }) => sum + raw.length, 0)
  })

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
      const near = vocabulary.nearest(token.norm, MOST_ALTERNATIVES)
      if (token.norm.length < SHORTEST_MENDED) {
        // As likely an abbreviation that no passage has: nothing is put in its place, the others are looked for besides.
        if (near.length > 0)
          alternatives.set(
            token.norm,
            near.map((other) => other.word),
          )
        continue
      }
      const [best, ...others] = near
      const word = best?.word ?? mendParts(token)
      if (word === null) continue
      mended = mended.slice(0, token.start) + word + mended.slice(token.end)
      alternatives.set(word, [
        ...others.filter(({ cost }) => cost <= (best?.cost ?? 0) + NEARLY_AS_GOOD).map((other) => other.word),
        token.norm,
      ])
      changed = true
    }
    return changed ? mended : null
  }
  /** A compound of which no passage has a like one, its unknown parts mended; null when none could be. */
  const mendParts = ({ norm, also, stems }: AnalysedToken): string | null => {
    if (also.length === 0) return null
    const mended = norm.split('-').map((part) => {
      const at = also.indexOf(part)
      return at < 0 || isKnownPart(part, stems[at + 1] ?? part) ? part : (vocabulary.nearest(part, 1)[0]?.word ?? part)
    })
    const word = mended.join('-')
    return word === norm ? null : word
  }
  const readChunk = (chunk: Chunk): Reading | null => {
    const byLook = cyrillicByLook(chunk.raw)
    if (byLook !== null && knowsText(byLook)) return { kind: 'transliteration', text: byLook }
    for (const [hypothesis, reads] of leading === undefined ? order : [leading, ...order]) {
      const read = reads.get(chunk)
      // A correction of a letter or two is likelier than a change of the layout for one short word.
      const isLikely = hypothesis === leading?.[0] || hypothesis === 'latin' || chunk.raw.length >= SHORTEST_PART
      if (read !== undefined && isLikely)
        return { kind: hypothesis === 'latin' ? 'transliteration' : 'layout', text: read }
    }
    // One layout was on for the whole query: what it makes of this piece, with an error mended.
    const tried: Hypothesis[] = leading === undefined ? ['us-ru', 'us-kk'] : [leading[0]]
    for (const hypothesis of tried) {
      if (hypothesis === 'latin' || !mayBe(hypothesis, chunk.raw)) continue
      const layout = LAYOUTS.find(([name]) => name === hypothesis)
      if (layout === undefined) continue
      const reads = retypings(chunk.raw.replace(/[?!]+$/u, ''), layout[1], layout[2])
      const hasKnownPart = (read: string): boolean =>
        read.includes('-') && read.split('-').some((part) => part.length >= SHORTEST_PART && knowsText(part))
      const read = reads.find(hasKnownPart) ?? reads[0] ?? chunk.raw
      // A Kazakh word that no passage has is none of the other layout: its letters would be digits.
      if (hypothesis === 'kk-ru' && (/\d/u.test(read) || !isRussianShape(read))) continue
      const mended = mend(read)
      if (mended !== null) return { kind: 'layout', text: mended }
      if (leading !== undefined) return { kind: 'layout', text: read }
    }
    // By its look «B» is В, by its sound Б: «BИН».
    const bySound = /B/u.test(chunk.raw) && CYRILLIC.test(chunk.raw) ? chunk.raw.replaceAll('B', 'Б') : null
    if (bySound !== null && knowsText(bySound.replace(TRAILING, ''))) return { kind: 'typo', text: bySound }
    const mended = isQuoted(chunk) ? null : mend(chunk.raw)
    return mended === null ? null : { kind: 'typo', text: mended }
  }
  let rewritten = text
  for (const chunk of chunks.filter((one) => numbers.has(one) || unknown.includes(one)).toReversed()) {
    const number = numbers.get(chunk)
    const reading: Reading | null = number === undefined ? readChunk(chunk) : { kind: 'layout', text: number }
    if (reading === null || normaliseWord(reading.text) === normaliseWord(chunk.raw)) continue
    kinds.add(reading.kind)
    rewritten = rewritten.slice(0, chunk.start) + reading.text + rewritten.slice(chunk.end)
  }
  const kind = (['layout', 'transliteration', 'typo'] as const).find((one) => kinds.has(one)) ?? null
  return { text: rewritten, kind, alternatives }
}
