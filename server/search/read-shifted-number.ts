import { retype } from './analysis/keyboard-layouts.ts'
import { hasKazakhLetter } from './analysis/normalise.ts'

/** A number as people type it, with what may stand about it and the letters of an act: «23», «4)», «17.11.2024», «ДСМ-175/2020», «368/НҚ». */
const NUMBER = /^(?:\p{L}{2,6}-(?=\d{2}))?№?[(+]*\d[\d.,:()+%=-]*(?:\/[\d\p{L}]+)?[?!]?$/u
/** «5-й», «20-дневный». No Kazakh word has ө, the key of the hyphen, behind a letter of the digit row. */
const WITH_WORD = /^(\d+)-(\p{L}+)$/u
const ORDINAL = /^(?:го|му|ый|ой|ое|ая|ти|х|й|м|е|я)$/u
/** Before or behind a name these are abbreviations: «қ.» (қала), «ү.» (үй), «ғ.», «ғ.ғ.» (ғасыр). Capitals give no digits. */
const ABBREVIATION = /^(?:[қүғ]\.|ғ\.?ғ[.,])[.,;:)]*$/u
/** Nobody asks for nothing: a lone «қ» is «қала» without its point. */
const NOTHING = /^0[?!]?$/u
/** Signs alone prove nothing: they are read where something else shows the layout. */
const SIGNS = /^[",.]+$/u

/**
 * What a piece says if it is a number typed on the Russian layout with the Kazakh one switched on, whose digit row has letters:
 * «әі» → «23», «і,ү/НҚ» → «368/НҚ», «ғөдневный» → «5-дневный».
 * @param knows whether a Russian word is known, of which a piece with a number may be made
 * @returns null when it cannot be one
 */
export const readShiftedNumber = (raw: string, knows: (word: string) => boolean): string | null => {
  // Who types figures elsewhere, on the block of digits, has none turned into letters: «5-қосымша», «368/НҚ».
  if (/\d/u.test(raw) || !hasKazakhLetter(raw.toLowerCase()) || ABBREVIATION.test(raw)) return null
  const slash = raw.indexOf('/')
  const reads = [retype(raw, 'kk', 'ru')]
  // The letters behind the slash may have been typed as they are: «НҚ» has a key on no Russian layout.
  if (slash > 0) reads.push(retype(raw.slice(0, slash), 'kk', 'ru') + raw.slice(slash))
  for (const read of reads) {
    if (NUMBER.test(read)) return NOTHING.test(read) ? null : read
    const [, , word] = WITH_WORD.exec(read) ?? []
    if (word !== undefined && (ORDINAL.test(word) || knows(word))) return read
  }
  return null
}

/** The same for a piece of signs alone, for instance «".», which is «17»; null for any other piece. */
export const readShiftedSigns = (raw: string): string | null => (SIGNS.test(raw) ? retype(raw, 'kk', 'ru') : null)
