import { numberOfWord } from '#ingest/text/russian-numerals.ts'

/** A place of an act as a text or a caller names it. */
export interface LawReference {
  start: number
  end: number
  /** Exact tokens, the most precise first: `§p3s4`, `§p3`; `§a2` for an appendix, `§st9` an article, `§g3` a chapter. */
  tokens: string[]
}

const POINT = String.raw`(?:пункт\p{L}*|п\.?)`
const SUBPOINT = String.raw`(?:подпункт\p{L}*|п\.\s?п\.|п\/п\.?|пп\.?)`
const NUMBER = String.raw`(?:№\s*)?(\d{1,3}(?:-\d{1,2}(?!\d))?)`
const BEFORE = String.raw`(?<![\p{L}\d])`

const re = (source: string): RegExp => new RegExp(BEFORE + source, 'giu')

const PATTERNS: { pattern: RegExp; tokens: (match: RegExpMatchArray) => string[] }[] = [
  {
    pattern: re(String.raw`${SUBPOINT}\s*${NUMBER}\)?\s*,?\s*${POINT}\s*${NUMBER}(?!\d)`),
    tokens: (match) => [`§p${match[2]}s${match[1]}`, `§p${match[2]}`],
  },
  {
    pattern: re(String.raw`${POINT}\s*${NUMBER}\s*,?\s*${SUBPOINT}\s*${NUMBER}\)?(?!\d)`),
    tokens: (match) => [`§p${match[1]}s${match[2]}`, `§p${match[1]}`],
  },
  {
    pattern: re(String.raw`пункт\p{L}*\s+(\d{1,3})\s*(?:[-–—]|по)\s*(\d{1,3})(?!\d)`),
    tokens: (match) => {
      const from = Number(match[1])
      const to = Number(match[2])
      if (to <= from || to - from > 30) return [`§p${from}`, `§p${to}`]
      return Array.from({ length: to - from + 1 }, (_, index) => `§p${from + index}`)
    },
  },
  { pattern: re(String.raw`${SUBPOINT}\s*${NUMBER}\)?(?!\d)`), tokens: (match) => [`§s${match[1]}`] },
  { pattern: re(String.raw`${POINT}\s*${NUMBER}(?![\d.]*\d)`), tokens: (match) => [`§p${match[1]}`] },
  {
    pattern: re(String.raw`(\d{1,3})(?:\s*-?\s*(?:й|ый|ой|го|ого|му|ому|м|ом))?\s+пункт\p{L}*`),
    tokens: (match) => [`§p${match[1]}`],
  },
  { pattern: re(String.raw`(?:приложени\p{L}*|прил\.?)\s*${NUMBER}(?!\d)`), tokens: (match) => [`§a${match[1]}`] },
  { pattern: re(String.raw`(?:стать\p{L}*|ст\.)\s*${NUMBER}(?!\d)`), tokens: (match) => [`§st${match[1]}`] },
  { pattern: re(String.raw`(?:глав[аеыу]\p{L}*|гл\.)\s*${NUMBER}(?!\d)`), tokens: (match) => [`§g${match[1]}`] },
]
const KAZAKH_PATTERNS: { pattern: RegExp; tokens: (match: RegExpMatchArray) => string[] }[] = [
  {
    pattern: re(String.raw`(\d{1,3})-тарма(?:қ|ғ)(?!ша)\p{L}*\s+(\d{1,3})\)?\s*-?тармақша\p{L}*`),
    tokens: (match) => [`§p${match[1]}s${match[2]}`, `§p${match[1]}`],
  },
  { pattern: re(String.raw`(\d{1,3})(?:\)\s*|-)тармақша\p{L}*`), tokens: (match) => [`§s${match[1]}`] },
  { pattern: re(String.raw`(\d{1,3})\s?-\s?тарма(?:қ|ғ)\p{L}*`), tokens: (match) => [`§p${match[1]}`] },
  { pattern: re(String.raw`(\d{1,3})\s?-\s?қосымша\p{L}*`), tokens: (match) => [`§a${match[1]}`] },
  { pattern: re(String.raw`(\d{1,3})\s?-\s?ба(?:п|б)\p{L}*`), tokens: (match) => [`§st${match[1]}`] },
  { pattern: re(String.raw`(\d{1,3})\s?-\s?тарау\p{L}*`), tokens: (match) => [`§g${match[1]}`] },
]
const ORDINAL = re(String.raw`(\p{L}+)\s+(пункт|приложени|глав|стать)\p{L}*`)
const KINDS: Record<string, string> = { пункт: '§p', приложени: '§a', глав: '§g', стать: '§st' }
const ALL_PATTERNS = [...PATTERNS, ...KAZAKH_PATTERNS]
// Most texts hold none: plain looks spare the patterns.
const MAY_BE_KAZAKH = /тарма|тарау|қосымша|ба[пб]/iu
const MAY_BE_ORDINAL = /\s(?:пункт|приложени|глав|стать)/iu
const MAY_HOLD_ONE = /п|прил|ст|гл|тарма|тарау|қосымша|-\s?баб/iu

/**
 * References to places of an act: «п. 23», «п23», «восьмой пункт», «подпункт 4) пункта 3», «прил. 2», «пунктах 20-25»;
 * Kazakh ones too: «8-тармақ», «3-тармақтың 4) тармақшасы», «9-бап».
 * @returns in order, never overlapping; of two readings the longer wins
 */
export const findLawReferences = (text: string): LawReference[] => {
  if (!MAY_HOLD_ONE.test(text)) return []
  const found: LawReference[] = []
  const free = (start: number, end: number): boolean => found.every((other) => end <= other.start || start >= other.end)
  if (/\d/u.test(text))
    for (const { pattern, tokens } of MAY_BE_KAZAKH.test(text) ? ALL_PATTERNS : PATTERNS)
      for (const match of text.matchAll(pattern)) {
        const end = match.index + match[0].length
        if (free(match.index, end)) found.push({ start: match.index, end, tokens: tokens(match) })
      }
  if (!MAY_BE_ORDINAL.test(text)) return found.sort((left, right) => left.start - right.start)
  for (const match of text.matchAll(ORDINAL)) {
    const value = numberOfWord((match[1] ?? '').toLowerCase().replaceAll('ё', 'е'))
    const kind = KINDS[(match[2] ?? '').toLowerCase()]
    const end = match.index + match[0].length
    if (value !== undefined && kind !== undefined && free(match.index, end))
      found.push({ start: match.index, end, tokens: [`${kind}${value}`] })
  }
  return found.sort((left, right) => left.start - right.start)
}
