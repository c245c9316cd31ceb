import { INVISIBLE } from '#ingest/text/invisible.ts'

const INVISIBLE_RE = new RegExp(`[${INVISIBLE}]`, 'gu')
const HAS_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'u')
const KAZAKH_LETTER = /[әғқңөұүһі]/u

/** True when the word holds a letter that Kazakh has and Russian has not. Expects lower case. */
export const hasKazakhLetter = (lower: string): boolean => KAZAKH_LETTER.test(lower)

/** Letters that look alike in print, Latin by Cyrillic, in their case: a small «h» is no «н», a capital one is. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ...[...'aceopxyhikə'].map((char, at): [string, string] => [char, 'асеорхуһікә'[at] ?? char]),
  ...[...'ABCEHIKMOPTXYƏ'].map((char, at): [string, string] => [char, 'АВСЕНІКМОРТХУӘ'[at] ?? char]),
])
const LATIN = /[a-zəA-ZƏ]/u
const MIXED_WORD = /[\p{L}\p{M}]+/gu
const CYRILLIC = /\p{Script=Cyrillic}/u

/**
 * Puts Cyrillic letters in the place of Latin look-alikes, inside words that have letters of both (official Kazakh texts have Latin
 * `i` for `і`, people type «BИН»). Case is looked at before it is folded: «H» is Н, «h» is һ. Lengths stay.
 */
const foldLookAlikes = (text: string): string => {
  if (/[ѳѲ]/u.test(text)) text = text.replaceAll('ѳ', 'ө').replaceAll('Ѳ', 'Ө')
  if (!LATIN.test(text) || !CYRILLIC.test(text)) return text
  return text.replace(MIXED_WORD, (word) => {
    if (!LATIN.test(word) || !CYRILLIC.test(word)) return word
    // A capital «Y» is Ү where the word is Kazakh anyway.
    const kazakh = hasKazakhLetter(word.toLowerCase())
    return [...word].map((char) => (char === 'Y' && kazakh ? 'Ү' : (LOOK_ALIKES.get(char) ?? char))).join('')
  })
}

/** A word of Latin capitals that are all Cyrillic ones by their look: «TOO» → «ТОО»; null for others. */
export const cyrillicByLook = (word: string): string | null =>
  /^[ABCEHKMOPTXY]{2,}$/u.test(word) ? [...word].map((char) => LOOK_ALIKES.get(char) ?? char).join('') : null

/** What `readable` takes away or may put something else for. */
const UNCOMMON = new RegExp(`[${INVISIBLE}\\uff01-\\uff5eѳѲa-zA-ZəƏ]`, 'u')

/** Digits, letters and signs of full width. */
const FULL_WIDTH = /[\uff01-\uff5e]/gu
const narrow = (char: string): string => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xfee0)

/**
 * A word as engines compare it: NFC, lower case, ё as е, no invisible characters, one kind of hyphen and apostrophe,
 * and Latin look-alikes put back inside Cyrillic words.
 */
export const normaliseWord = (raw: string): string => {
  let word = raw.normalize('NFC')
  if (UNCOMMON.test(word)) word = foldLookAlikes(word.replace(INVISIBLE_RE, '').replace(FULL_WIDTH, narrow))
  word = word.toLowerCase().replaceAll('ё', 'е')
  if (/[‐‑‒–—−]/u.test(word)) word = word.replace(/[‐‑‒–—−]/gu, '-')
  if (/[ʼ’`´]/u.test(word)) word = word.replace(/[ʼ’`´]/gu, "'")
  return word
}

/** A text as its signs are meant, with the way back to the original; null: it reads as it stands. */
export interface ReadableText {
  text: string
  /** Offset in the original of each character, and one more for the end. */
  from: number[] | null
}

/**
 * What stands between a text and its patterns is taken away: invisible characters, full-width signs, Latin look-alikes inside
 * Cyrillic words. Every offset can be mapped back.
 */
export const readable = (original: string): ReadableText => {
  if (!UNCOMMON.test(original)) return { text: original, from: null }
  const folded = foldLookAlikes(original.replace(FULL_WIDTH, narrow))
  if (!HAS_INVISIBLE.test(folded)) return { text: folded, from: null }
  let text = ''
  const from: number[] = []
  for (let at = 0; at < folded.length; at += 1) {
    const char = folded.charAt(at)
    if (INVISIBLE.includes(char)) continue
    text += char
    from.push(at)
  }
  from.push(folded.length)
  return { text: foldLookAlikes(text), from }
}

const SAME_CHARACTER: ReadonlyMap<string, string> = new Map([
  ...[...'«»„“”‟″＂'].map((char) => [char, '"'] as const),
  ...[...'‘’‚‛ʼ`´'].map((char) => [char, "'"] as const),
  ...[...'‐‑‒–—―−'].map((char) => [char, '-'] as const),
  ['ё', 'е'],
  ['Ё', 'Е'],
  ['…', '.'],
])

/** A text made comparable, with the way back: character `i` of `text` came from `[from[i], to[i])` of the original. */
export interface MappedText {
  text: string
  from: number[]
  to: number[]
}

/** Stays as it is, and changes nothing before it: most of any text. */
const STAYS = /[a-zA-Zа-яА-Я\d]/u

/**
 * Folds what typists and PDF extraction change without changing a word: runs of white space, quotation marks, dashes,
 * ё, invisible characters, spaces before punctuation. Case stays. Every character can be mapped back.
 */
export const foldTypography = (original: string): MappedText => {
  let text = ''
  const from: number[] = []
  const to: number[] = []
  let index = 0
  for (const char of original) {
    const start = index
    index += char.length
    if (STAYS.test(char)) {
      text += char
      from.push(start)
      to.push(index)
      continue
    }
    if (INVISIBLE.includes(char)) continue
    if (/\s/u.test(char)) {
      if (text === '' || text.endsWith(' ')) continue
      text += ' '
      from.push(start)
      to.push(index)
      continue
    }
    const composed = char.normalize('NFC')
    const folded = SAME_CHARACTER.get(composed) ?? composed
    if (/[,.;:!?)\]]/u.test(folded) && text.endsWith(' ')) {
      text = text.slice(0, -1)
      from.pop()
      to.pop()
    }
    // A combining mark after its letter (й as и + U+0306) becomes one character again.
    if (/\p{M}/u.test(folded) && text !== '') {
      const joined = (text.slice(-1) + folded).normalize('NFC')
      if (joined.length === 1) {
        text = text.slice(0, -1) + (SAME_CHARACTER.get(joined) ?? joined)
        to[to.length - 1] = index
        continue
      }
    }
    text += folded
    for (let unit = 0; unit < folded.length; unit += 1) {
      from.push(start)
      to.push(index)
    }
  }
  if (text.endsWith(' ')) {
    text = text.slice(0, -1)
    from.pop()
    to.pop()
  }
  return { text, from, to }
}
