import type { Lang } from '#server/context.ts'
import { AS_HEARD } from './as-heard.ts'
import { restoreKazakhLetters } from './restore-kazakh-letters.ts'

const WORD = /[а-яё]+/giu

/**
 * A question in standard spelling: Russian words that are written as they are heard, Kazakh typed without the letters of its own.
 * @returns the text as it was, where it is spelt so
 */
export const standardSpelling = (text: string, lang: Lang): string =>
  lang === 'kk' ? restoreKazakhLetters(text) : text.replaceAll(WORD, (word) => AS_HEARD.get(word.toLowerCase()) ?? word)
