import type { Lang } from '#server/context.ts'
import { detectLanguage } from './detect-language.ts'
import { isEnding } from './kazakh/is-ending.ts'
import { findLawReferences } from './law-references.ts'
import { hasKazakhLetter, normaliseWord, readable } from './normalise.ts'

export type TokenKind = 'word' | 'number' | 'exact' | 'reference'

/** A piece of a text, with its place in it. */
export interface Token {
  kind: TokenKind
  start: number
  end: number
  raw: string
  /** Comparable form; of a reference its most precise token. */
  norm: string
  lang: Lang
  /** What else it is found by: parts of a compound word, digits of a phone number, tokens of a reference. */
  also: string[]
  /** The word that it begins, where a print may have broken it: «обраще- ние». It may be a dash as well, so both halves are words. */
  whole?: string
}

const LETTER = String.raw`[\p{L}\p{M}]`
const DASH = '[-‐‑–]'
/** Where a print broke a word there is a hyphen and a space; in «двух- и трёхместный», «аудио- және» it stands for what the words share. */
const BREAK = String.raw`\s{1,3}(?!(?:и|или|либо|да|і|және|мен|немесе|не)(?!\p{L}))`
const GAP = String.raw`[\s()‐‑–-]{0,3}`
const TWO = String.raw`[\s‐‑–-]?\d{2}`
/** After the code of the country: 3 + 7 digits, a town's code of 4 + 6, a village's of 5 + 5. */
const SUBSCRIBER = String.raw`(?:\d{3}${GAP}\d{3}${TWO}${TWO}|\d{4}${GAP}(?:\d{2}${TWO}${TWO}|\d{3}[\s‐‑–-]?\d{3})|\d{5}${GAP}\d${TWO}${TWO})`
const OF_STATE = String.raw`(?<![\p{L}\d])(?:(?:ҚР|КР|РК)\s+)`
/** Numbers of acts that begin with a letter: «ҚР ДСМ-175/2020», «V2300033555» of the register; the rest is «368/НҚ», «88-V». */
const LETTERED = String.raw`(?:${OF_STATE}|(?<![\p{L}\d]))\p{L}{2,6}${DASH}\d+\/\d{4}(?!\d)|${OF_STATE}\p{L}{2,6}${DASH}\d+(?!\d)|(?<![\p{L}\d])[A-ZА-Я]\d{10}(?!\d)`
const MAY_BE_LETTERED = /\p{L}[-‐‑–]?\d/u
const kindsWith = (ACT: string): string[] => [
  String.raw`(?<email>[\p{L}\d._+-]+@\s*[\p{L}\d-]+(?:\.[\p{L}\d-]+)+)`,
  String.raw`(?<url>(?:https?:\/\/|www\.)[^\s,;)"»]+|(?<![\p{L}\d.])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:kz|ru|com|org|net|info|gov)(?![\p{L}\d]))`,
  String.raw`(?<date>\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))`,
  // With the code of the country, or with that of a town or an operator alone.
  String.raw`(?<phone>(?<!\d)(?:\+?[78]${GAP}${SUBSCRIBER}|(?:\(\d{3}\)\s?|\d{3}[\s‐‑–-])\d{3}${TWO}${TWO}|(?:\(7\d{3}\)|7[12]\d{2})\s?\d{2}${TWO}${TWO})(?!\d))`,
  String.raw`(?<local>(?<![\d.,]|\d[‐‑–-])(?:\d{2,3}(?:${DASH}\d{2}){2}|0\d{2}(?:\s\d{2}){2})(?!\d|${DASH}\d))`,
  String.raw`(?<act>${ACT}|\d+(?:-\d+)?\/\p{L}+(?!\p{L})|\d+-[IVX]+(?!\p{L}))`,
  String.raw`(?<number>\d+(?:[.,]\d+)?)(?:-?(?:го|му|ый|ой|ое|ая|ти|х|й|м|е|я)(?!\p{L}))?`,
  String.raw`(?<word>\p{L}${LETTER}*(?:['’ʼ]${LETTER}+)?(?:[-‐‑](?:${BREAK})?\p{L}${LETTER}*)*)`,
]
/** What must stand in a text that holds any of a kind; the others need only what they are made of. */
const SIGN_OF: Record<string, RegExp> = {
  email: /@/u,
  url: /https?:\/\/|www\.|\.(?:kz|ru|com|org|net|info|gov)(?![\p{L}\d])/iu,
}
const DIGITLESS = new Set(['email', 'url', 'word'])
const AT_BREAK = /[-‐‑]\s+/u
const patterns = new Map<string, RegExp>()

/** The kinds that a text may hold, as one pattern: most words are asked about alone, and most texts have no address. */
const patternFor = (text: string): RegExp => {
  const hasDigits = /\d/u.test(text)
  const isLettered = hasDigits && MAY_BE_LETTERED.test(text)
  const absent = Object.keys(SIGN_OF).filter((kind) => SIGN_OF[kind]?.test(text) === false)
  const key = `${hasDigits} ${isLettered} ${absent.join(' ')}`
  let pattern = patterns.get(key)
  if (pattern === undefined) {
    const kinds = kindsWith(isLettered ? LETTERED : '(?!)').filter((source) => {
      const kind = /^\(\?<(\w+)>/u.exec(source)?.[1] ?? ''
      return !absent.includes(kind) && (hasDigits || DIGITLESS.has(kind))
    })
    pattern = new RegExp(kinds.join('|'), 'giu')
    patterns.set(key, pattern)
  }
  return pattern
}

/** The parts of what a hyphen and a space divide, with their places; the first begins the whole. */
function piecesOf(raw: string): { at: number; piece: string; whole?: { whole: string } }[] {
  const parts = raw.split(AT_BREAK)
  if (parts.length === 1) return [{ at: 0, piece: raw }]
  let at = 0
  return parts.map((piece, index) => {
    at = raw.indexOf(piece, at)
    const own = { at, piece, ...(index === 0 ? { whole: { whole: normaliseWord(parts.join('')) } } : {}) }
    at += piece.length
    return own
  })
}

/**
 * Cuts a text into words, numbers, exact strings (e-mail and web addresses, phones, dates, numbers of acts) and references to
 * places of acts, in order, with offsets.
 * @param lang of the whole text where it is known; recognised otherwise. A word with a Kazakh letter is Kazakh anyway.
 */
export const tokenise = (text: string, lang: Lang = detectLanguage(text)): Token[] => {
  const tokens: Token[] = []
  const { text: clean, from } = readable(text)
  const add = ({ kind, start: at, end: to, norm, lang: own, also, whole }: Omit<Token, 'raw'>): void => {
    const start = from === null ? at : (from[at] ?? 0)
    const end = from === null ? to : (from[to - 1] ?? 0) + 1
    tokens.push({
      kind,
      start,
      end,
      raw: text.slice(start, end),
      norm,
      lang: own,
      also,
      ...(whole === undefined ? {} : { whole }),
    })
  }
  const references = findLawReferences(clean)
  let nextReference = 0
  let covered = 0
  for (const match of clean.matchAll(patternFor(clean))) {
    const start = match.index
    const end = start + match[0].length
    let reference = references[nextReference]
    while (reference !== undefined && reference.start < end) {
      const [norm = '', ...also] = reference.tokens
      add({ kind: 'reference', start: reference.start, end: reference.end, norm, lang, also })
      covered = reference.end
      nextReference += 1
      reference = references[nextReference]
    }
    if (start < covered) continue
    const groups = match.groups ?? {}
    const raw = match[0]
    if (groups['word'] !== undefined) {
      for (const { at, piece, whole } of piecesOf(raw)) {
        const norm = normaliseWord(piece)
        if (norm === '') continue
        const own = hasKazakhLetter(norm) ? 'kk' : lang
        const bare = own === 'kk' ? withoutEnding(norm, piece) : norm
        const parts = bare.includes('-') ? bare.split('-').filter((part) => part.length > 1) : []
        const from = start + at
        add({ kind: 'word', start: from, end: from + piece.length, norm: bare, lang: own, also: parts, ...whole })
      }
    } else if (groups['number'] !== undefined) {
      add({ kind: 'number', start, end, norm: groups['number'].replace(',', '.'), lang, also: [] })
    } else if (groups['local'] !== undefined) {
      add({ kind: 'number', start, end, norm: raw.replace(/\D/gu, ''), lang, also: [] })
    } else add({ kind: 'exact', start, end, lang, ...exactForms(raw, groups) })
  }
  return tokens
}

/** As long as abbreviations are, typed in lower case too; or written as one, or in Latin letters. */
const SHORT_NAME = /^\p{L}{2,5}$/u
const NAMED = /^(?:\p{Lu}+|\p{Script=Latin}+)[-‐‑–]/u
/** An abbreviation without the Kazakh ending behind its hyphen: «ЭЦҚ-мен», «эцқ-ны», «Google-дан». */
const withoutEnding = (norm: string, raw: string): string => {
  const at = norm.lastIndexOf('-')
  if (at < 0) return norm
  const before = norm.slice(0, at)
  return (SHORT_NAME.test(before) || NAMED.test(raw)) && isEnding(norm.slice(at + 1)) ? before : norm
}

/** Digits of a phone number that are asked for alone: without the code of the country, of the town. */
const SUFFIXES = [10, 7, 6]
/** A shorter run of digits is no part to ask for: «74-01-01» would be in every first sub-point. */
const SHORTEST_PIECE = 3
const REGISTERED = /^\p{L}\d{2}(\d{8})$/u

/** The forms of an exact string, and what it is found by besides: runs of digits as numbers, the rest as words. */
const exactForms = (raw: string, groups: Record<string, string | undefined>): { norm: string; also: string[] } => {
  if (groups['phone'] !== undefined) {
    const digits = raw.replace(/\D/gu, '')
    const norm = digits.length === 10 ? `8${digits}` : digits.replace(/^7/u, '8')
    const pieces = (raw.match(/\d+/gu) ?? []).filter((piece) => piece.length >= SHORTEST_PIECE)
    return { norm, also: [...new Set([...pieces, ...SUFFIXES.map((length) => norm.slice(-length))])] }
  }
  if (groups['date'] !== undefined) {
    const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(raw)
    const norm = dotted
      ? `${dotted[3]}-${(dotted[2] ?? '').padStart(2, '0')}-${(dotted[1] ?? '').padStart(2, '0')}`
      : raw
    return { norm, also: [norm.slice(0, 4)] }
  }
  const norm = normaliseWord(raw).replace(/\s+/gu, '')
  if (groups['act'] !== undefined) {
    const registered = REGISTERED.exec(norm)
    if (registered !== null) return { norm, also: [String(Number(registered[1]))] }
    const own = norm.replace(/^(?:қр|кр|рк)(?=\p{L}{2,6}-)/u, '')
    return { norm: own, also: own.match(/\d+/gu) ?? [] }
  }
  const bare = norm.replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/+$/u, '')
  return { norm: bare, also: bare.split(/[^\p{L}\d]+/u).filter((part) => part.length > 2 && part !== 'www') }
}
