import { INVISIBLE } from '#ingest/text/invisible.ts'

const INVISIBLE_RE = new RegExp(`[${INVISIBLE}]`, 'gu')
const KAZAKH_LETTER = /[әғқңөұүһі]/u

/** True when the word holds a letter that Kazakh has and Russian has not. Expects lower case. */
export const hasKazakhLetter = (lower: string): boolean => KAZAKH_LETTER.test(lower)

/**
 * A word as engines compare it: NFC, lower case, ё as е, no invisible characters, one kind of hyphen and apostrophe,
 * and Latin look-alikes put back inside Cyrillic words (official Kazakh texts have Latin `i` for `і`).
 */
export const normaliseWord = (raw: string): string => {
  let word = raw.normalize('NFC').replace(INVISIBLE_RE, '').toLowerCase().replaceAll('ё', 'е')
  if (/[‐‑‒–—−]/u.test(word)) word = word.replace(/[‐‑‒–—−]/gu, '-')
  if (/[ʼ’`´]/u.test(word)) word = word.replace(/[ʼ’`´]/gu, "'")
  if (/[a-z]/u.test(word) && /\p{Script=Cyrillic}/u.test(word))
    word = [...word].map((char) => LOOK_ALIKES.get(char) ?? char).join('')
  return word
}

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['a', 'а'],
  ['c', 'с'],
  ['e', 'е'],
  ['h', 'һ'],
  ['i', 'і'],
  ['k', 'к'],
  ['o', 'о'],
  ['p', 'р'],
  ['x', 'х'],
  ['y', 'у'],
])

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
