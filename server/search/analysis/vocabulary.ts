import SearchableMap from 'minisearch/SearchableMap'
import { hasKazakhLetter } from './normalise.ts'
import { stemWord } from './stem-word.ts'

/** The words an index holds, for completing and correcting what is typed. */
export interface Vocabulary {
  add(word: string): void
  remove(word: string): void
  /** True for a word or a stem of one. */
  knows(form: string): boolean
  /** Words that begin so, most frequent first. */
  completions(prefix: string, limit: number): string[]
  /** The word that was most likely meant; null when none is near enough. */
  correct(word: string): string | null
}

const MOST_SCANNED = 400
const SHORTEST = 4
const LONG = 8

/** Damerau–Levenshtein distance (swapped neighbours are one edit), not beyond `limit`. */
export const editDistance = (left: string, right: string, limit: number): number => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    let best = row
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      let value = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        value = Math.min(value, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(value)
      best = Math.min(best, value)
    }
    if (best > limit) return limit + 1
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? limit + 1
}

/** An empty vocabulary. Words count as often as they are added; it keeps their stems by itself. */
export const createVocabulary = (): Vocabulary => {
  const words = new SearchableMap<number>()
  const stems = new SearchableMap<Map<string, number>>()
  const stemOf = (word: string): string => stemWord(word, hasKazakhLetter(word) ? 'kk' : 'ru')

  return {
    add(word) {
      const count = (words.get(word) ?? 0) + 1
      words.set(word, count)
      const stem = stemOf(word)
      stems.set(stem, (stems.get(stem) ?? new Map<string, number>()).set(word, count))
    },
    remove(word) {
      const count = (words.get(word) ?? 0) - 1
      const stem = stemOf(word)
      const forms = stems.get(stem)
      if (count > 0) {
        words.set(word, count)
        forms?.set(word, count)
        return
      }
      words.delete(word)
      forms?.delete(word)
      if (forms?.size === 0) stems.delete(stem)
    },
    knows: (form) => stems.has(form) || words.has(form),
    completions(prefix, limit) {
      const found: { word: string; count: number; stem: string }[] = []
      let scanned = 0
      for (const [word, count] of words.atPrefix(prefix)) {
        found.push({ word, count, stem: stemOf(word) })
        scanned += 1
        if (scanned === MOST_SCANNED) break
      }
      found.sort((left, right) => right.count - left.count || left.word.length - right.word.length)
      const distinct = new Map<string, string>()
      for (const { word, stem } of found) {
        if (!distinct.has(stem)) distinct.set(stem, word)
        if (distinct.size === limit) break
      }
      return [...distinct.values()]
    },
    correct(word) {
      if (word.length < SHORTEST || /\d/u.test(word)) return null
      const limit = word.length >= LONG ? 2 : 1
      let best: { word: string; cost: number; count: number } | null = null
      const consider = (candidate: string, distance: number, count: number): void => {
        if (distance > limit) return
        const firstKept = candidate[0] === word[0]
        // A wrong first letter is rare, and a short word with another first letter is another word.
        if (!firstKept && (word.length < 6 || distance > 1)) return
        const cost = distance + (firstKept ? 0 : 0.5)
        if (best === null || cost < best.cost || (cost === best.cost && count > best.count))
          best = { word: candidate, cost, count }
      }
      // A swap is two Levenshtein edits: look wider, then measure.
      for (const [candidate, [count]] of words.fuzzyGet(word, limit === 1 ? 2 : 3))
        if (candidate.length >= 3) consider(candidate, editDistance(word, candidate, limit), count)
      const stem = stemOf(word)
      if (stem.length >= SHORTEST)
        for (const [candidate, [forms]] of stems.fuzzyGet(stem, 2)) {
          if (candidate.length < SHORTEST) continue
          const distance = editDistance(stem, candidate, 1)
          for (const [form, count] of forms)
            if (editDistance(word, form, limit + 1) <= limit + 1) consider(form, distance + 0.1, count)
        }
      return (best as { word: string } | null)?.word ?? null
    },
  }
}
