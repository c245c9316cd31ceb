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
  const table = subwordTable()
  return text.replaceAll(WORD, (word) => {
    // «ИИН»: an abbreviation has no letters to guess.
    if (word.length <= LONGEST_ABBREVIATION && word === word.toUpperCase()) return word
    const restored = table
      .segment(word.toLowerCase(), true)
      .map((subword) => table.textOf(subword))
      .join('')
      .replace('▁', '')
    // A letter that no subword has is left out of them.
    if (restored.length !== word.length) return word
    return [...restored].map((letter, at) => (isUpper(word.charAt(at)) ? letter.toUpperCase() : letter)).join('')
  })
}

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase()
