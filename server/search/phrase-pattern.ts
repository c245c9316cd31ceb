import { INVISIBLE } from '#ingest/text/invisible.ts'
import type { QuotedPhrase } from './quoted-phrases.ts'

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
/** Letters that may stand for one another in a text: ё and е, Latin ones in Cyrillic words. */
const ALIKE = ['аa', 'вb', 'еёe', 'кk', 'мm', 'нh', 'оo', 'рp', 'сc', 'тt', 'уy', 'үy', 'хx', 'іi', 'әə', 'өѳ']
const letter = (char: string): string => {
  const lower = char.toLowerCase()
  const alike = ALIKE.filter((group) => group.includes(lower)).join('')
  return alike === '' ? escaped(char) : `[${alike}]`
}

/** Words of a phrase as they stand in a text: any case, within one sentence; of an open phrase the last word may go on. */
export const phrasePattern = ({ text, isOpen }: Pick<QuotedPhrase, 'text' | 'isOpen'>): RegExp => {
  const words = text.match(/[\p{L}\d]+/gu) ?? []
  if (words.length === 0) return /(?!)/u
  const spelt = words.map((word) => [...word].map(letter).join(`[${INVISIBLE}]*`))
  return new RegExp(
    `(?<![\\p{L}\\d])${spelt.join(`[\\s${INVISIBLE}«»"„“”'’,()№/‐‑–—-]+`)}${isOpen ? '' : '(?![\\p{L}\\d])'}`,
    'iu',
  )
}
