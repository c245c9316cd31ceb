import type { Lang } from '#server/context.ts'
import { factKey, factsOf, type Fact } from '#ingest/compare/facts-of.ts'
import { readKazakhNumerals } from '#ingest/text/kazakh-numerals.ts'
import { readNumberWords } from '#ingest/text/russian-numerals.ts'
import { createAnalyser, type AnalysedToken } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'

/**
 * The least piece of a text that says something of its own. A word is itself, in the form in which it stands: a form carries the case,
 * the voice and, in Kazakh, the negation. What can be spelt in two ways with one meaning is its value: numbers, terms, sums, dates.
 */
export interface Atom {
  /** Equal for what says the same. */
  key: string
  kind: 'word' | 'value' | 'modal' | 'break'
  raw: string
  /** Place in the text, half-open. */
  start: number
  end: number
  /** Of a word. */
  stem: string
  /** Of a modal: «запрещается» takes its subject in the dative, «не вправе» in the nominative. */
  isImpersonal: boolean
}

const analyser = createAnalyser(NO_LANGUAGE_DATA)

/** Facts that are one value however they are spelt. */
const VALUES = new Set<Fact['kind']>(['term', 'money', 'percent', 'clock', 'date', 'act-number', 'contact'])
/** Number and sign of an item of a list; a heading number of a point. */
const MARKER = /(?:^|[\n;:])\s*(\d{1,3}(?:-\d{1,2})?\)|\p{Ll}\)|[-–•])\s/gu
const POINT_NUMBER = /^\s*\d{1,3}(?:-\d{1,2})?\.\s+(?=\S)/u
/** What a text calls something from here on: it says nothing. */
const HEREINAFTER = /\((?:далее|бұдан әрі)\s*[-–—][^()]*\)/giu

const ORDINAL: Record<Lang, RegExp> = {
  ru: /^(?!одно)(?:\p{L}+(?:ый|ой|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми)|трет\p{L}+)$/u,
  kk: /нш[ыі]/u,
}
const KAZAKH_PLAIN_NUMERAL =
  /^(?:нөл|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан|жүз|мың)$/u

const BREAKS = new Map([
  [',', ','],
  [';', ';'],
  [':', ':'],
  ['(', '('],
  [')', ')'],
  ['\n', '\n'],
  ['-', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
])
const SILENT = /[\s.!…"'«»“”„‟’‘ʼ`]/u

interface Value {
  key: string
  start: number
  end: number
}

/** The number that a text is in words, and nothing else; null otherwise. */
const numeralOf = (text: string, lang: Lang): number | null => {
  const words =
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/\p{L}+/gu) ?? []
  const read = lang === 'kk' ? readKazakhNumerals(words) : readNumberWords(words)
  return read !== null && read.taken === words.length ? read.value : null
}

/** Terms, sums, dates and the like, each once; those that the wording and not the value decides about are left to their words. */
const valuesOf = (text: string, lang: Lang): Value[] => {
  const found: Value[] = []
  const facts = factsOf(text, lang)
    .facts.filter(({ kind }) => VALUES.has(kind))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  for (const fact of facts) {
    if (fact.start < (found.at(-1)?.end ?? 0)) continue
    const raw = text.slice(fact.start, fact.end)
    const bracket = /\(([^)]*)\)/u.exec(raw)?.[1]
    // «5 (рабочих) дней», «15 (пять) дней»: what stands in brackets is no repetition.
    if (bracket !== undefined && !/^[\d\s-]+$/u.test(bracket)) {
      const digits = Number.parseFloat(raw.replaceAll(/(?<=\d)[ \u00a0](?=\d)/gu, '').replace(',', '.'))
      if (numeralOf(bracket, lang) !== digits) continue
    }
    const words = raw.toLowerCase().match(/\p{L}+/gu) ?? []
    // «в первый рабочий день» is not one working day.
    if (words.some((word) => ORDINAL[lang].test(word) && numeralOf(word, lang) !== null)) continue
    // «за сутки до» is read as one day with its preposition.
    if (/^за\s/iu.test(raw)) continue
    let end = fact.end
    if (fact.kind === 'date') end += /^\s*(?:года|г\.?)(?!\p{L})/iu.exec(text.slice(end))?.[0].length ?? 0
    found.push({ key: `=${factKey(fact)}`, start: fact.start, end })
  }
  return found
}

/** Russian words of duty and right that are one another's synonyms in acts; the negation before them belongs to them. */
const MODALS: { pattern: RegExp; key: string; negated: string; isImpersonal: boolean }[] = [
  { pattern: /^(?:вправе|может|могут)$/u, key: '~may', negated: '~may-not', isImpersonal: false },
  { pattern: /^обязан[аоы]?$/u, key: '~must', negated: '~need-not', isImpersonal: false },
  { pattern: /^(?:должен|должна|должно|должны)$/u, key: '~must', negated: '~may-not', isImpersonal: false },
  {
    pattern: /^(?:запрещается|запрещаются|воспрещается|воспрещаются)$/u,
    key: '~may-not',
    negated: '~not-forbidden',
    isImpersonal: true,
  },
]

const atom = (kind: Atom['kind'], key: string, raw: string, start: number, end: number, stem = ''): Atom => ({
  key,
  kind,
  raw,
  start,
  end,
  stem,
  isImpersonal: false,
})

/** Words that are one modal together, as one. */
const joinModals = (atoms: readonly Atom[]): Atom[] => {
  const joined: Atom[] = []
  for (let at = 0; at < atoms.length; at += 1) {
    const one = atoms[at]
    if (one === undefined) break
    const isRight =
      /^име(?:ет|ют)$/u.test(one.key) && (atoms[at + 1]?.key === 'право' || atoms[at + 1]?.key === 'права')
    const rule = isRight ? MODALS[0] : MODALS.find(({ pattern }) => one.kind === 'word' && pattern.test(one.key))
    if (rule === undefined) {
      joined.push(one)
      continue
    }
    const negator = joined.at(-1)?.key === 'не' ? joined.pop() : undefined
    const last = isRight ? (atoms[at + 1] ?? one) : one
    if (isRight) at += 1
    joined.push({
      key: negator === undefined ? rule.key : rule.negated,
      kind: 'modal',
      raw: [negator?.raw, one.raw, isRight ? last.raw : undefined].filter((part) => part !== undefined).join(' '),
      start: negator?.start ?? one.start,
      end: last.end,
      stem: '',
      isImpersonal: rule.isImpersonal,
    })
  }
  return joined
}

/** «15 (пятнадцать)»: the repetition in brackets says nothing. */
const withoutRepeats = (atoms: readonly Atom[]): Atom[] => {
  const kept: Atom[] = []
  for (let at = 0; at < atoms.length; at += 1) {
    const [open, repeat, close] = atoms.slice(at, at + 3)
    if (
      open?.key === '(' &&
      close?.key === ')' &&
      repeat?.kind === 'value' &&
      repeat.key.startsWith('#') &&
      repeat.key === kept.at(-1)?.key
    )
      at += 2
    else if (open !== undefined) kept.push(open)
  }
  return kept
}

/** What a numeral at the beginning of some tokens is worth, and how many of them it takes; null for what is no numeral. */
const numeralAt = (
  tokens: readonly AnalysedToken[],
  text: string,
  lang: Lang,
): { key: string; taken: number } | null => {
  const [first] = tokens
  if (first === undefined) return null
  if (first.kind === 'number') {
    let digits = first.norm
    let taken = 1
    // «25 000»
    while (
      /^\d{1,3}(?:\d{3})*$/u.test(digits) &&
      /^\d{3}$/u.test(tokens[taken]?.raw ?? '') &&
      /^[ \u00a0]$/u.test(text.slice(tokens[taken - 1]?.end, tokens[taken]?.start))
    ) {
      digits += tokens[taken]?.raw ?? ''
      taken += 1
    }
    // «5-й» is no five.
    return { key: `#${Number(digits)}${/\p{L}$/u.test(tokens[taken - 1]?.raw ?? '') ? 'th' : ''}`, taken }
  }
  if (first.kind !== 'word') return null
  const run: string[] = []
  for (const [at, token] of tokens.slice(0, 9).entries()) {
    if (token.kind !== 'word') break
    if (at > 0 && !/^\s+$/u.test(text.slice(tokens[at - 1]?.end, token.start))) break
    run.push(token.norm)
  }
  const read = lang === 'kk' ? readKazakhNumerals(run) : readNumberWords(run)
  if (read === null) return null
  const last = run[read.taken - 1] ?? ''
  // An ordinal is none of the cardinals, and a Kazakh case ending says what the number is for.
  const form = ORDINAL[lang].test(last) ? 'th' : ''
  const ending = lang === 'kk' && !KAZAKH_PLAIN_NUMERAL.test(last) ? ` ${last}` : ''
  return { key: `#${read.value}${form}${ending}`, taken: read.taken }
}

/** Ranges of a source that say nothing of their own: the number of the point, markers of items, «(далее – …)». */
export const silentRanges = (text: string): [number, number][] => {
  const ranges: [number, number][] = [...text.matchAll(HEREINAFTER)].map((match) => [
    match.index,
    match.index + match[0].length,
  ])
  for (const match of text.matchAll(MARKER)) {
    const at = match.index + match[0].indexOf(match[1] ?? '')
    ranges.push([at, at + (match[1] ?? '').length])
  }
  const number = POINT_NUMBER.exec(text)
  if (number !== null) ranges.push([0, number[0].length])
  return ranges
}

/**
 * A text as its atoms, in order, with its punctuation as breaks. Every sign that is neither a letter, a digit nor known punctuation is an
 * atom too, so that nothing is shown that was not compared.
 */
export const atomsOf = (text: string, lang: Lang): Atom[] => {
  const { tokens } = analyser.analyse(text, lang)
  const values = valuesOf(text, lang)
  const atoms: Atom[] = []
  let covered = 0
  const gap = (until: number): void => {
    for (const char of text.slice(covered, until)) {
      const at = covered
      covered += char.length
      if (SILENT.test(char) && char !== '\n') continue
      const known = BREAKS.get(char)
      atoms.push(
        known === undefined ? atom('word', char, char, at, covered, char) : atom('break', known, char, at, covered),
      )
    }
  }
  let nextValue = 0
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined || token.start < covered) continue
    while ((values[nextValue]?.end ?? Infinity) <= token.start) nextValue += 1
    const value = values[nextValue]
    if (value !== undefined && value.start <= token.start && token.start < value.end) {
      gap(value.start)
      // A pattern may end within a word: «процент|ов».
      const end = Math.max(value.end, ...tokens.filter(({ start }) => start < value.end).map((one) => one.end))
      const raw = text.slice(value.start, end)
      // A Kazakh unit says by its ending what the term is for: «күнге», «күннен», «АЕК-ке».
      const unit = lang === 'kk' ? (/[\p{L}-]+$/u.exec(raw)?.[0] ?? '') : ''
      atoms.push(atom('value', `${value.key} ${normaliseWord(unit)}`.trim(), raw, value.start, end))
      covered = end
      nextValue += 1
      continue
    }
    gap(token.start)
    const numeral = numeralAt(tokens.slice(index, index + 9), text, lang)
    if (numeral !== null) {
      const end = tokens[index + numeral.taken - 1]?.end ?? token.end
      atoms.push(atom('value', numeral.key, text.slice(token.start, end), token.start, end))
      covered = end
      continue
    }
    // «ЭЦҚ-мен» and «ЭЦҚ-ны» are one word to find, and two to tell.
    const word =
      token.kind === 'word' && lang === 'kk' && token.raw.includes('-') ? normaliseWord(token.raw) : token.norm
    const key = token.kind === 'exact' ? token.norm.replace(/[.!?…]+$/u, '') : word
    atoms.push(atom('word', key, token.raw, token.start, token.end, token.stems[0] ?? token.norm))
    covered = token.end
  }
  gap(text.length)
  const numbered = withoutRepeats(atoms)
  return lang === 'ru' ? joinModals(numbered) : numbered
}
