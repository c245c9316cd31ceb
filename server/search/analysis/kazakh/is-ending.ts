import { SUFFIXES } from './suffixes.ts'
import type { Slot } from './suffixes.ts'

const formsOf = (...slots: Slot[]): string[] => [
  '',
  ...new Set(SUFFIXES.flatMap(({ slot, text }) => (slots.includes(slot) ? [text] : []))),
]

/** All that may stand behind a noun in the order of its suffixes: number, whose, case. */
const endings = new Set(
  formsOf('plural').flatMap((plural) =>
    formsOf('possessive').flatMap((possessive) =>
      formsOf('case', 'relative').map((ending) => plural + possessive + ending),
    ),
  ),
)
endings.delete('')

/**
 * Whether a piece is nothing but endings of a noun. Abbreviations and foreign names take theirs behind a hyphen («ЭЦҚ-мен», «КСРО-дағы»,
 * «АХҚО-сының»), and how such a name is read aloud decides the vowels, so they are not compared with it.
 * @param piece normalised
 */
export const isEnding = (piece: string): boolean => endings.has(piece)
