import type { Lang } from '#server/context.ts'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { foldTypography } from '#server/search/analysis/normalise.ts'
import { remembering } from '#server/search/analysis/recent-memory.ts'
import type { NumberedPassage, ProposedSentence } from './answerer.ts'
import { changedModality, modalsOf } from './verify/changed-modality.ts'
import { foreignAddress, STATE_HOST } from './verify/foreign-address.ts'
import { improperForm } from './verify/improper-form.ts'
import { changedNegation, negationsOf } from './verify/negations-of.ts'
import { quoteSurroundings } from './verify/quote-surroundings.ts'
import { reworded } from './verify/reworded.ts'
import { unsupportedFact } from './verify/unsupported-fact.ts'
import { unsupportedClause } from './verify/unsupported-clause.ts'

export const REJECTION_REASONS = [
  'empty',
  'unseen-characters',
  'markup',
  'too-long',
  'several-sentences',
  'other-language',
  'leaks-prompt',
  'unknown-source',
  'quote-not-found',
  'quote-too-short',
  'quote-in-other-language',
  'quote-cut',
  'number-not-in-quote',
  'foreign-address',
  'name-not-in-quote',
  'negation-changed',
  'modality-changed',
  'not-about-quote',
  'clause-not-in-quote',
  'words-not-in-quote',
  'wording-changed',
  'no-citation',
  'not-in-force',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** Of the checks as a whole: recorded with each answer, so that a replay runs the same ones. */
export const VERIFIER = 'verify-3'
/** Answers before the wording was compared word for word are replayed by the checks of their day. */
const BEFORE_WORDING = new Set(['verify-1', 'verify-2'])

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

export interface VerificationRules {
  /** Language of the question. */
  lang: Lang
  /** The sentence is in somebody's own words: also its form is checked, and that each clause has words of the quotes. */
  ownWords: boolean
  /** It may tell its source otherwise (notes of a talk, which somebody reads over): its wording is not compared word for word. */
  paraphrases?: boolean
  /** The checks of an earlier day, for a replay. */
  verifier?: string
  /** Runs of words that must not be said: those of the prompt (`wordRuns`). */
  unsaid?: ReadonlySet<string>
  /** Hosts of addresses that may be named besides those of the state (`*.gov.kz` and the like). */
  hosts?: ReadonlySet<string>
}

const analyser = createAnalyser(NO_LANGUAGE_DATA)
const LEAST_SHARED = 0.34
/** Of a sentence in somebody's own words. */
const LEAST_SHARED_OWN = 0.5
/** Words in a row that are nobody's by chance. */
const RUN = 5

const plainWords = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d]+/gu) ?? []
  ).filter((word) => word.length > 1)

/** Every run of five words of a text, to know it again when it is said. */
export const wordRuns = (text: string): Set<string> => {
  const words = plainWords(text)
  return new Set(
    Array.from({ length: Math.max(0, words.length - RUN + 1) }, (_, at) => words.slice(at, at + RUN).join(' ')),
  )
}

const REMEMBERED = 500
/** Of passages, which are quoted again and again. */
const folded = remembering(REMEMBERED, foldTypography)

/**
 * Finds a quote in a text in spite of white space, quotation marks, dashes, ё and invisible characters.
 * @returns the text's own characters and where they stand; null when they are not there, or begin or end inside a word
 */
export const locateQuote = (quote: string, text: string): { quote: string; start: number } | null => {
  const hay = folded(text)
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

/** The first web or mail address of a text whose host is neither the state's nor listed; null when there is none. Up to `verify-2`. */
const formerForeignAddress = (tokens: readonly AnalysedToken[], hosts: ReadonlySet<string>): string | null => {
  for (const { kind, norm, raw } of tokens) {
    if (kind !== 'exact' || !/\p{L}\.\p{L}|@/u.test(norm)) continue
    const host = norm
      .replace(/^.*@/u, '')
      .replace(/[/?#:].*$/u, '')
      .replace(/\.+$/u, '')
    if (host.includes('.') && !STATE_HOST.test(host) && !hosts.has(host)) return raw
  }
  return null
}

/**
 * Says whether a proposed sentence may be shown. Pure; trusts nobody: every quote is looked up in its passage, and what a
 * reader acts on (numbers with their units, dates, addresses, names, negations, duties and rights) must stand in the quotes as it
 * stands in the sentence. Number words equal digits: «в течение 2 рабочих дней» stands on «двух рабочих дней».
 * @returns the sentence with the quotes that were found, as the passages print them; or why it was dropped
 */
export const verifySentence = (
  proposed: ProposedSentence,
  passages: readonly NumberedPassage[],
  rules: VerificationRules,
): VerifiedSentence => {
  const { lang, ownWords, unsaid } = rules
  const isFormer = rules.verifier !== undefined && BEFORE_WORDING.has(rules.verifier)
  const text = proposed.text.trim()
  if (text === '') return reject('empty', '')
  if (ownWords) {
    const improper = improperForm(text, lang)
    if (improper !== null) return reject(improper.reason, improper.detail)
  }
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
    // Words of two languages cannot be compared: what cannot be checked is not said.
    else if (passage.lang !== lang) failure = reject('quote-in-other-language', quote)
    else {
      quotes.push({ number, ...located })
      cited.add(passage)
    }
  }
  if (quotes.length === 0) return failure

  const quoted = quotes.map(({ quote }) => quote).join('\n')
  if (unsaid !== undefined) {
    const allowed = wordRuns(quoted)
    const leak = [...wordRuns(text)].find((run) => unsaid.has(run) && !allowed.has(run))
    if (leak !== undefined) return reject('leaks-prompt', leak)
  }
  const said = analyser.analyse(text, lang)
  const source = analyser.analyse(quoted, lang)
  const labels = new Set(
    [...cited].flatMap(({ label }) => analyser.analyse(label).tokens.flatMap((token) => [token.norm, ...token.also])),
  )

  const fact = unsupportedFact({ text, tokens: said.tokens }, { text: quoted, tokens: source.tokens }, labels, lang)
  if (fact !== null) return reject('number-not-in-quote', fact)
  if (ownWords) {
    const hosts = rules.hosts ?? new Set<string>()
    const address = isFormer ? formerForeignAddress(said.tokens, hosts) : foreignAddress(text, hosts)
    if (address !== null) return reject('foreign-address', address)
  }
  const titles = analyser.analyse([...cited].map(({ title, context }) => `${title}\n${context}`).join('\n'), lang)
  const known = [...source.tokens, ...titles.tokens]
  const isCompared = ownWords && rules.paraphrases !== true && !isFormer
  const changed = isCompared ? reworded({ text, lang }, [...cited], quotes, labels) : null
  const isKept = isCompared && changed === null
  const name = isKept ? null : unsupportedName(said.tokens, known)
  if (name !== null) return reject('name-not-in-quote', name)

  const surroundings = quotes.map(({ number, quote, start }) => {
    const passage = passages.find((candidate) => candidate.number === number)
    return quoteSurroundings(passage?.text ?? quote, { start, end: start + quote.length }, passage?.context ?? '')
  })
  // What was cut off is in the sentence that the wording was held against.
  for (const { cutBefore, cutAfter } of isKept ? [] : surroundings) {
    const cut = turnsRound(cutBefore, lang) ?? turnsRound(cutAfter, lang)
    if (cut !== null) return reject('quote-cut', cut)
  }
  const led = analyser.analyse([...surroundings.map(({ lead }) => lead), quoted].join('\n'), lang).tokens
  const isQuote = isQuoted(text, quotes)
  // A sentence that is its quotes word for word turns round only what was cut off, which was looked at above.
  const around = isQuote ? [] : analyser.analyse(surroundings.map(({ sentence }) => sentence).join('\n'), lang).tokens
  const negation = changedNegation(said.tokens, led, around, lang)
  if (negation !== null) return reject('negation-changed', negation)
  const modality = changedModality(said.tokens, led, around, lang)
  if (modality !== null) return reject('modality-changed', modality)
  // Whoever keeps the wording shares the words; who does not has no other way to pass. Both checks say more plainly what is wrong.
  if (isKept) return { ok: true, text, quotes }
  if (sharedWords(said.tokens, known) < (ownWords ? LEAST_SHARED_OWN : LEAST_SHARED))
    return reject('not-about-quote', text)
  if (ownWords && !isQuote) {
    const clause = unsupportedClause(text, said.tokens, known)
    if (clause !== null) return reject('clause-not-in-quote', clause)
  }
  if (changed !== null) return reject(changed.reason, changed.detail)
  return { ok: true, text, quotes }
}

const reject = (reason: RejectionReason, detail: string): { ok: false; reason: RejectionReason; detail: string } => ({
  ok: false,
  reason,
  detail,
})

/** True when every line of a sentence stands in its quotes. */
const isQuoted = (text: string, quotes: readonly LocatedQuote[]): boolean =>
  quotes.some(({ quote }) => locateQuote(text, quote) !== null) ||
  text.split('\n').every((line) => quotes.some(({ quote }) => locateQuote(line, quote) !== null))

/** Words cut off a clause that deny or forbid what is left of it; null when there are none. */
const turnsRound = (cut: string, lang: Lang): string | null => {
  if (!/\p{L}/u.test(cut)) return null
  const { tokens } = analyser.analyse(cut, lang)
  const { words, forbids } = negationsOf(tokens, lang)
  const [denied] = words.values()
  if (denied !== undefined) return denied
  if (forbids) return cut.trim()
  // «Оператор не | вправе отказать»: the negator alone.
  const last = tokens.at(-1)
  if (lang === 'ru' && last !== undefined && /^(?:не|ни|без|кроме)$/u.test(last.norm)) return last.raw
  if (lang === 'kk' && /^(?:емес|жоқ)$/u.test(tokens[0]?.norm ?? '')) return tokens[0]?.raw ?? null
  return modalsOf(tokens, lang).find(({ modality }) => modality === 'forbidden')?.raw ?? null
}

const saysSomething = (quote: string): boolean => {
  const { tokens } = analyser.analyse(quote)
  return (
    tokens.length >= 3 ||
    tokens.some((token) => token.kind === 'exact') ||
    tokens.filter((token) => !token.stop).length >= 2
  )
}

/** What a document is called: no name of anybody. */
const DOCUMENT = /^(?:правил|закон|кодекс|приказ|постановлен|стандарт|порядк|порядок|қағида|ереже|заң|бұйрық|қаулы)/u

const unsupportedName = (said: readonly AnalysedToken[], source: readonly AnalysedToken[]): string | null => {
  const stems = new Set(source.flatMap((token) => token.stems))
  for (const [index, token] of said.entries()) {
    if (index === 0 || token.kind !== 'word' || token.stop) continue
    if (token.raw[0] === token.raw[0]?.toLowerCase() || DOCUMENT.test(token.norm)) continue
    if (!token.stems.some((stem) => stems.has(stem))) return token.raw
  }
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
