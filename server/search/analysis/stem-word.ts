import { stemmer } from '@orama/stemmers/russian'
import type { Lang } from '#server/context.ts'

const CUT = 5
const CACHE_LIMIT = 50_000
const stems = new Map<string, string>()

/** The first five letters: crude, blind to language, and hard to beat; for Kazakh all there is until it has an analyser. */
export const cutWord = (word: string): string => (word.length <= CUT ? word : word.slice(0, CUT))

/**
 * What inflected forms of a word share. Russian by Snowball's algorithm; Kazakh words are only cut, since Russian stemming
 * mangles them; Latin words stay whole.
 */
export const stemWord = (word: string, lang: Lang): string => {
  if (lang === 'kk') return cutWord(word)
  // Three letters are mostly abbreviations («ИКИ», «акт»): nothing to cut.
  if (word.length <= 3 || !/^[а-я-]+$/u.test(word)) return word
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = stemmer(word)
  if (stems.size >= CACHE_LIMIT) stems.clear()
  stems.set(word, stem)
  return stem
}
