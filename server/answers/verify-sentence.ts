import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { foldTypography } from '#server/search/analysis/normalise.ts'
import type { NumberedPassage, ProposedSentence } from './answerer.ts'

export type RejectionReason =
  | 'empty'
  | 'unknown-source'
  | 'quote-not-found'
  | 'quote-too-short'
  | 'number-not-in-quote'
  | 'name-not-in-quote'
  | 'negation-changed'
  | 'not-about-quote'

/** A quote where it was found: the passage's own characters. */
export interface LocatedQuote {
  number: number
  quote: string
  /** `passage.text.slice(start, start + quote.length) === quote` */
  start: number
}

export type VerifiedSentence =
  | { ok: true; text: string; quotes: LocatedQuote[] }
  | { ok: false; reason: RejectionReason; detail: string }

const analyser = createAnalyser(NO_LANGUAGE_DATA)
const LEAST_SHARED = 0.34

/**
 * Finds a quote in a text in spite of white space, quotation marks, dashes, ё and invisible characters.
 * @returns the text's own characters and where they stand; null when they are not there, or begin or end inside a word
 */
export const locateQuote = (quote: string, text: string): { quote: string; start: number } | null => {
  const hay = foldTypography(text)
  const bare = quote.trim().replace(/^["«“„]+|["»”]+$/gu, '')
  for (const wanted of [quote, bare, bare.replace(/[.;,:!?…]+$/u, '')]) {
    const needle = foldTypography(wanted).text
    if (needle === '') continue
    for (const [where, what] of [
      [hay.text, needle],
      // A sentence's first letter is raised when it is set as a sentence.
      [hay.text.toLowerCase(), needle.toLowerCase()],
    ] as const) {
      if (where.length !== hay.text.length) continue
      for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
        const inWord = (left: string | undefined, right: string | undefined): boolean =>
          /[\p{L}\d]/u.test(left ?? '') && /[\p{L}\d]/u.test(right ?? '')
        const end = at + what.length
        if (inWord(hay.text[at - 1], hay.text[at]) || inWord(hay.text[end - 1], hay.text[end])) continue
        const start = hay.from[at] ?? 0
        return { quote: text.slice(start, hay.to[end - 1] ?? text.length), start }
      }
    }
  }
  return null
}

/**
 * Says whether a proposed sentence may be shown. Pure; trusts nobody: every quote is looked up in its passage, and what a
 * reader acts on (numbers with their units, dates, addresses, names, negations) must stand in the quotes as it stands in
 * the sentence. Number words equal digits: «в течение 2 рабочих дней» stands on «двух рабочих дней».
 * @returns the sentence with the quotes that were found, as the passages print them; or why it was dropped
 */
export const verifySentence = (proposed: ProposedSentence, passages: readonly NumberedPassage[]): VerifiedSentence => {
  const text = proposed.text.trim()
  if (text === '') return reject('empty', '')
  const quotes: LocatedQuote[] = []
  const cited = new Set<NumberedPassage>()
  let failure = reject('quote-not-found', '')
  for (const { number, quote } of proposed.support) {
    const passage = passages.find((candidate) => candidate.number === number)
    if (passage === undefined) {
      failure = reject('unknown-source', String(number))
      continue
    }
    const located = locateQuote(quote, passage.text)
    if (located === null) failure = reject('quote-not-found', quote)
    else if (!saysSomething(located.quote)) failure = reject('quote-too-short', quote)
    else {
      quotes.push({ number, ...located })
      cited.add(passage)
    }
  }
  if (quotes.length === 0) return failure

  const quoted = quotes.map(({ quote }) => quote).join('\n')
  const said = analyser.analyse(text)
  const source = analyser.analyse(quoted)
  const labels = new Set(
    [...cited].flatMap(({ label }) => analyser.analyse(label).tokens.flatMap((token) => [token.norm, ...token.also])),
  )

  const number = unsupportedNumber(said.tokens, source.tokens, labels)
  if (number !== null) return reject('number-not-in-quote', number)
  // Across languages words cannot be compared; numbers and addresses could.
  if (said.lang !== source.lang) return { ok: true, text, quotes }
  const around = analyser.analyse(
    [...cited].map(({ title, context }) => `${title}\n${context}`).join('\n'),
    source.lang,
  )
  const name = unsupportedName(said.tokens, [...source.tokens, ...around.tokens])
  if (name !== null) return reject('name-not-in-quote', name)
  const negation = changedNegation(said.tokens, source.tokens)
  if (negation !== null) return reject('negation-changed', negation)
  if (sharedWords(said.tokens, [...source.tokens, ...around.tokens]) < LEAST_SHARED)
    return reject('not-about-quote', text)
  return { ok: true, text, quotes }
}

const reject = (reason: RejectionReason, detail: string): { ok: false; reason: RejectionReason; detail: string } => ({
  ok: false,
  reason,
  detail,
})

const saysSomething = (quote: string): boolean => {
  const { tokens } = analyser.analyse(quote)
  return (
    tokens.length >= 3 ||
    tokens.some((token) => token.kind === 'exact') ||
    tokens.filter((token) => !token.stop).length >= 2
  )
}

const UNITS: [RegExp, string][] = [
  [/^(?:день|дн(?:я|ей|и|ем|ю|е|ями|ях|ям))$/u, 'day'],
  [/^час(?:а|ов|ы|ом|ам|ах)?$/u, 'hour'],
  [/^недел/u, 'week'],
  [/^месяц/u, 'month'],
  [/^квартал/u, 'quarter'],
  [/^(?:год(?:а|у|ом|ов|ы)?|лет)$/u, 'year'],
  [/^минут/u, 'minute'],
  [/^секунд/u, 'second'],
  [/^сут(?:ки|ок|кам)/u, 'day and night'],
  [/^(?:тенге|тг)$/u, 'tenge'],
  [/^мрп$/u, 'mrp'],
  [/^процент/u, 'percent'],
]

interface Quantity {
  value: number
  unit: string | null
  /** «рабочих» or «календарных» days are different terms. */
  kind: string | null
  raw: string
}

const quantitiesOf = (tokens: readonly AnalysedToken[]): Quantity[] =>
  tokens.flatMap((token, index) => {
    if (token.number === null) return []
    let unit: string | null = null
    let kind: string | null = null
    for (const next of tokens.slice(index + 1, index + 4)) {
      if (next.kind !== 'word') break
      if (next.norm.startsWith('рабоч')) kind = 'рабочий'
      else if (next.norm.startsWith('календарн')) kind = 'календарный'
      unit = UNITS.find(([pattern]) => pattern.test(next.norm))?.[1] ?? null
      if (unit !== null) break
    }
    return [{ value: token.number, unit, kind: unit === null ? null : kind, raw: token.raw }]
  })

const unsupportedNumber = (
  said: readonly AnalysedToken[],
  source: readonly AnalysedToken[],
  labels: ReadonlySet<string>,
): string | null => {
  const there = quantitiesOf(source)
  for (const { value, unit, kind, raw } of quantitiesOf(said))
    if (
      !there.some(
        (other) =>
          other.value === value && (unit === null || other.unit === unit) && (kind === null || other.kind === kind),
      )
    )
      return raw
  const exact = new Set(
    source.flatMap((token) => (token.kind === 'word' || token.kind === 'number' ? [] : [token.norm, ...token.also])),
  )
  // Digits of a short number («1414») are numbers above; addresses, phones, dates and references must be there whole.
  for (const token of said) {
    if (token.kind === 'exact' && !exact.has(token.norm)) return token.raw
    if (token.kind === 'reference' && !exact.has(token.norm) && !labels.has(token.norm)) return token.raw
  }
  return null
}

const unsupportedName = (said: readonly AnalysedToken[], source: readonly AnalysedToken[]): string | null => {
  const stems = new Set(source.flatMap((token) => token.stems))
  for (const [index, token] of said.entries()) {
    if (index === 0 || token.kind !== 'word' || token.stop) continue
    if (token.raw[0] === token.raw[0]?.toLowerCase()) continue
    if (!token.stems.some((stem) => stems.has(stem))) return token.raw
  }
  return null
}

const BOUNDS: [RegExp, 'most' | 'least'][] = [
  [/^(?:поздн|позже|боле|больше|превыша|свыше|дольше)/u, 'most'],
  [/^(?:ране|раньше|мене|меньше)/u, 'least'],
]
const FORBIDDING = /^(?:нет|нельзя|запрещ|никогда|никто|никак|невозможн)/u
const NEGATORS = new Set(['не', 'без', 'ни'])

interface Negations {
  words: Map<string, string>
  bounds: Set<'most' | 'least'>
  forbids: boolean
}

const negationsOf = (tokens: readonly AnalysedToken[]): Negations => {
  const found: Negations = { words: new Map(), bounds: new Set(), forbids: false }
  for (const [index, token] of tokens.entries()) {
    if (FORBIDDING.test(token.norm)) found.forbids = true
    const next = tokens[index + 1]
    if (next === undefined || !NEGATORS.has(token.norm)) continue
    const bound = token.norm === 'не' ? BOUNDS.find(([pattern]) => pattern.test(next.norm))?.[1] : undefined
    if (bound === undefined) found.words.set(next.stems[0] ?? next.norm, `${token.raw} ${next.raw}`)
    else found.bounds.add(bound)
  }
  return found
}

/** The negation that one side has and the other has not, about a word that both have; or a bound turned round. */
const changedNegation = (said: readonly AnalysedToken[], source: readonly AnalysedToken[]): string | null => {
  const mine = negationsOf(said)
  const theirs = negationsOf(source)
  const stemsOf = (tokens: readonly AnalysedToken[]): Set<string> => new Set(tokens.flatMap((token) => token.stems))
  const saidStems = stemsOf(said)
  const anyThere = theirs.words.size > 0 || theirs.forbids
  for (const [stem, raw] of theirs.words) if (!mine.words.has(stem) && saidStems.has(stem) && !mine.forbids) return raw
  const sourceStems = stemsOf(source)
  for (const [stem, raw] of mine.words) if (!theirs.words.has(stem) && (sourceStems.has(stem) || !anyThere)) return raw
  if (mine.forbids && !anyThere) return 'нет'
  for (const bound of mine.bounds)
    if (theirs.bounds.size > 0 && !theirs.bounds.has(bound)) return bound === 'most' ? 'не более' : 'не менее'
  return null
}

const sharedWords = (said: readonly AnalysedToken[], source: readonly AnalysedToken[]): number => {
  const content = said.filter((token) => !token.stop)
  if (content.length === 0) return 0
  const stems = new Set(source.flatMap((token) => token.stems))
  const numbers = new Set(source.flatMap((token) => token.number ?? []))
  return (
    content.filter(
      (token) => token.stems.some((stem) => stems.has(stem)) || (token.number !== null && numbers.has(token.number)),
    ).length / content.length
  )
}
