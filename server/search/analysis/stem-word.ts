import { stemmer } from '@orama/stemmers/russian'
import type { Lang } from '#server/context.ts'
import { stemKazakh } from './kazakh/stem-kazakh.ts'
import { createRecentMemory, type RecentMemory } from './recent-memory.ts'

const CUT = 5
const MOST_REMEMBERED = 50_000
const russian = createRecentMemory<string>(MOST_REMEMBERED)
const kazakh = createRecentMemory<string>(MOST_REMEMBERED)

/** The first five letters: crude, blind to language, and hard to beat. */
export const cutWord = (word: string): string => (word.length <= CUT ? word : word.slice(0, CUT))

const remembered = (stems: RecentMemory<string>, word: string, stem: (word: string) => string): string => {
  const known = stems.get(word)
  if (known !== undefined) return known
  const found = stem(word)
  stems.set(word, found)
  return found
}

/**
 * What inflected forms of a word share. Russian by Snowball's algorithm, Kazakh by our own (`kazakh/stem-kazakh.ts`): either
 * mangles the words of the other. Latin words stay whole.
 */
export const stemWord = (word: string, lang: Lang): string => {
  if (lang === 'kk') return remembered(kazakh, word, stemKazakh)
  // Three letters are mostly abbreviations («ИКИ», «акт»): nothing to cut.
  if (word.length <= 3 || !/^[а-я-]+$/u.test(word)) return word
  return remembered(russian, word, stemmer)
}

/** Makes a stem known that was found before, by the same code: a snapshot has the stems of its words. */
export const rememberStem = (word: string, lang: Lang, stem: string): void => {
  const memory = lang === 'kk' ? kazakh : russian
  if (memory.get(word) === undefined) memory.set(word, stem)
}
