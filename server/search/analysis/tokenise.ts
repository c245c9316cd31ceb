import { INVISIBLE } from '#ingest/text/invisible.ts'
import type { Lang } from '#server/context.ts'
import { detectLanguage } from './detect-language.ts'
import { findLawReferences } from './law-references.ts'
import { hasKazakhLetter, normaliseWord } from './normalise.ts'

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
}

const LETTER = String.raw`[\p{L}\p{M}${INVISIBLE}]`
const PATTERN = new RegExp(
  [
    String.raw`(?<email>[\p{L}\d${INVISIBLE}._+-]+@\s*[\p{L}\d${INVISIBLE}-]+(?:\.[\p{L}\d${INVISIBLE}-]+)+)`,
    String.raw`(?<url>(?:https?:\/\/|www\.)[^\s,;)"»]+|(?<![\p{L}\d.])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:kz|ru|com|org|net|info|gov)(?![\p{L}\d]))`,
    String.raw`(?<date>\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))`,
    String.raw`(?<phone>(?<!\d)\+?[78][\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d))`,
    String.raw`(?<act>\d+(?:-\d+)?\/\p{L}+(?!\p{L})|\d+-[IVX]+(?!\p{L}))`,
    String.raw`(?<number>\d+(?:[.,]\d+)?)(?:-?(?:го|му|ый|ой|ое|ая|ти|х|й|м|е|я)(?!\p{L}))?`,
    String.raw`(?<word>\p{L}${LETTER}*(?:['’ʼ]${LETTER}+)?(?:[-‐‑]\p{L}${LETTER}*)*)`,
  ].join('|'),
  'giu',
)

/**
 * Cuts a text into words, numbers, exact strings (e-mail and web addresses, phones, dates, numbers of acts) and references to
 * places of acts, in order, with offsets.
 * @param lang of the whole text where it is known; recognised otherwise. A word with a Kazakh letter is Kazakh anyway.
 */
export const tokenise = (text: string, lang: Lang = detectLanguage(text)): Token[] => {
  const tokens: Token[] = []
  const references = findLawReferences(text)
  let nextReference = 0
  for (const match of text.matchAll(PATTERN)) {
    const start = match.index
    const end = start + match[0].length
    let reference = references[nextReference]
    while (reference !== undefined && reference.start < end) {
      const raw = text.slice(reference.start, reference.end)
      tokens.push({
        kind: 'reference',
        start: reference.start,
        end: reference.end,
        raw,
        norm: reference.tokens[0] ?? '',
        lang,
        also: reference.tokens.slice(1),
      })
      nextReference += 1
      reference = references[nextReference]
    }
    const previous = tokens.at(-1)
    if (previous !== undefined && previous.kind === 'reference' && start < previous.end) continue
    const groups = match.groups ?? {}
    const raw = match[0]
    if (groups['word'] !== undefined) {
      const norm = normaliseWord(raw)
      if (norm === '') continue
      const parts = norm.includes('-') ? norm.split('-').filter((part) => part.length > 1) : []
      tokens.push({ kind: 'word', start, end, raw, norm, lang: hasKazakhLetter(norm) ? 'kk' : lang, also: parts })
    } else if (groups['number'] !== undefined) {
      tokens.push({ kind: 'number', start, end, raw, norm: groups['number'].replace(',', '.'), lang, also: [] })
    } else tokens.push({ kind: 'exact', start, end, raw, lang, ...exactForms(raw, groups) })
  }
  return tokens
}

const exactForms = (raw: string, groups: Record<string, string | undefined>): { norm: string; also: string[] } => {
  if (groups['phone'] !== undefined) {
    const digits = raw.replace(/\D/gu, '')
    return { norm: digits.replace(/^7(?=\d{10}$)/u, '8'), also: raw.match(/\d+/gu) ?? [] }
  }
  if (groups['date'] !== undefined) {
    const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(raw)
    return {
      norm: dotted ? `${dotted[3]}-${(dotted[2] ?? '').padStart(2, '0')}-${(dotted[1] ?? '').padStart(2, '0')}` : raw,
      also: [],
    }
  }
  const norm = normaliseWord(raw).replace(/\s+/gu, '')
  if (groups['act'] !== undefined) return { norm, also: [norm.split('/')[0] ?? norm] }
  const bare = norm.replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/+$/u, '')
  return { norm: bare, also: bare.split(/[^\p{L}\d]+/u).filter((part) => part.length > 2 && part !== 'www') }
}
