import { hasKazakhLetter } from './normalise.ts'
import { subwordTable } from './subword-table.ts'

const WORD = /\p{L}{3,}/gu
const LONGEST_ABBREVIATION = 5

/**
 * A Kazakh text typed without the letters that a Russian keyboard lacks, with them: «уйди тиркеуге» as «үйді тіркеуге», each word by its most
 * probable subwords. A text that has one of these letters was typed with all of them and stays.
 * @returns as long as the text, letter by letter
 */
export function restoreKazakhLetters(text: string): string {
  if (hasKazakhLetter(text.toLowerCase())) return text
  return text.replaceAll(WORD, (word) =>
    isAbbreviation(word) ? word : inCaseOf(word, restoreKazakhWord(word.toLowerCase()).text),
  )
}

/** «ИИН»: an abbreviation has no letters to guess. */
export const isAbbreviation = (word: string): boolean =>
  word.length <= LONGEST_ABBREVIATION && word === word.toUpperCase()

/**
 * A word in lower case with its Kazakh letters.
 * @returns as long as the word; `gain`: how much more probable it is so than as typed, as the logarithm of the ratio
 */
export function restoreKazakhWord(word: string): { text: string; gain: number } {
  const table = subwordTable()
  const subwords = table.segment(word, true)
  const text = subwords
    .map((subword) => table.textOf(subword))
    .join('')
    .replace('▁', '')
  // A letter that no subword has is left out of them.
  if (text.length !== word.length || text === word) return { text: word, gain: 0 }
  return { text, gain: table.likelihoodOf(word, subwords) - table.likelihoodOf(word, table.segment(word)) }
}

/** A word of the same length with the capitals of another. */
export const inCaseOf = (word: string, lower: string): string =>
  [...lower].map((letter, at) => (isUpper(word.charAt(at)) ? letter.toUpperCase() : letter)).join('')

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase()
