import SearchableMap from 'minisearch/SearchableMap'
import type { Lang } from '#server/context.ts'
import { foldLetters } from './kazakh/fold-letters.ts'
import { latinKeyOf, latinKeysOf } from './latin-key.ts'
import { createNearWords, type NearWords } from './near-words.ts'
import { hasKazakhLetter } from './normalise.ts'
import { createRecentMemory } from './recent-memory.ts'
import { stemWord } from './stem-word.ts'

export { editDistance } from './near-words.ts'

/** The words an index holds, for completing, correcting and transliterating what is typed. */
export interface Vocabulary {
  /** @param lang of the passage it stands in; by its letters when not given */
  add(word: string, lang?: Lang): void
  remove(word: string, lang?: Lang): void
  /** Adds a word of the language data. Until a passage holds it, only a long word is taken for it misspelt, and only as a whole. */
  give(word: string, lang: Lang): void
  /** True for a word or a stem of one. */
  knows(form: string): boolean
  /** True for a stem of a word of this language. */
  hasStem(stem: string, lang: Lang): boolean
  /** Words that begin so, the most frequent first; of the forms of one stem only that. */
  completions(prefix: string, limit: number): string[]
  /** Languages a word was met in. */
  langsOf(word: string): Lang[]
  /** The word that was most likely meant; null when none is near enough. */
  correct(word: string): string | null
  /** Words that may have been meant, the likeliest first; `cost` is edits and a little for doubt. */
  nearest(word: string, most: number): { word: string; cost: number }[]
  /** Words that passages hold, one edit away from a word, the most frequent first; forms of its own stem aside. */
  similar(word: string, most: number): string[]
  /** Kazakh words typed without their letters: «отиниш» → «өтініш»; with `prefix`, those that begin so. */
  unfold(word: string, prefix?: boolean): string[]
  /** The word a romanisation stands for, in any common scheme; null when no word of the index fits. */
  fromLatin(latin: string, prefix: boolean): string | null
  /** Every word, and in how many passages of each language it is. */
  entries(): Iterable<{ word: string; ru: number; kk: number }>
  /** Sets in how many passages a word is, whatever was counted before. */
  set(word: string, counts: { ru: number; kk: number }): void
}

interface Entry {
  ru: number
  kk: number
}

const MOST_SCANNED = 400
const SHORTEST = 4
/** A word of three letters may lack one; all else that is near to it is near by chance. */
const SHORTEST_MENDED = 3
const SHORTEST_FOR_GIVEN = 6
const LONG = 8
/** An inflected ending the index has not seen in Latin letters: «zaprosami». */
const LONGEST_ENDING = 4
/** What may be cut from a Russian word in Latin letters: «tsen-ter» is no form of «цена». */
const RUSSIAN_ENDING =
  /^(?:(?:ia|iu|a|e|i|o|u)(?:ia|iu|i|e|m|mi|h|v|go|mu|t|te|tsia|l|la|li|lo)?|t|tsia|l[aio]?|sia|s)?$/u
const MOST_REMEMBERED = 5000
/** What a wrong first letter costs more. */
const FIRST_LETTER = 0.5
/** What a form costs more whose stem alone is near to that of the word. */
const KNOWN_BY_STEM = 0.1
/** Cost of a form that no passage has, of a stem that some have. */
const UNSEEN = 1.2
const SHORTEST_FORM = 5
const LONGEST_FORM = 16
const MOST_FORMS = 4
const BEGINNING = 4
const KAZAKH_ALPHABET = 'аәбгғдежзийкқлмнңопрстуұүфхшыіө'

const langByLetters = (word: string): Lang => (hasKazakhLetter(word) ? 'kk' : 'ru')

/** An empty vocabulary. Words count as often as they are added; it keeps their stems by itself. */
export const createVocabulary = (): Vocabulary => {
  const words = new SearchableMap<Entry>()
  /** The same entries, for those who know the whole word: several times faster than walking the tree. */
  const entries = new Map<string, Entry>()
  /** Stem → its forms, in each language. */
  const stems: Record<Lang, Map<string, Set<string>>> = { ru: new Map(), kk: new Map() }
  let remembered = createRecentMemory<{ word: string; cost: number }[]>(MOST_REMEMBERED)
  let rememberedSimilar = createRecentMemory<string[]>(MOST_REMEMBERED)
  let isRemembering = false
  const forget = (): void => {
    if (isRemembering) {
      remembered = createRecentMemory(MOST_REMEMBERED)
      rememberedSimilar = createRecentMemory(MOST_REMEMBERED)
    }
    isRemembering = false
  }

  // What only rare queries need is made when the first of them comes, and kept up from then on.
  let nearWords: NearWords | null = null
  let nearStems: NearWords | null = null
  let beginnings: Set<string> | null = null
  let folded: SearchableMap<Set<string>> | null = null
  let latin: SearchableMap<Set<string>> | null = null
  let latinStems: Map<string, Set<string>> | null = null

  /** How often each word was given by the language data alone. */
  const given = new Map<string, number>()
  const countOf = (word: string): number => {
    const entry = entries.get(word)
    return entry === undefined ? 0 : entry.ru + entry.kk
  }
  const isHeld = (word: string): boolean => countOf(word) > (given.get(word) ?? 0)
  const into = (
    map: { get(key: string): Set<string> | undefined; set(key: string, value: Set<string>): unknown },
    key: string,
    word: string,
  ): void => {
    const known = map.get(key)
    if (known === undefined) map.set(key, new Set([word]))
    else known.add(word)
  }
  const mostFrequent = (candidates: Iterable<string>): string[] =>
    [...candidates].filter((word) => countOf(word) > 0).sort((a, b) => countOf(b) - countOf(a) || a.length - b.length)

  const noteNew = (word: string): void => {
    nearWords?.add(word)
    beginnings?.add(word.slice(0, BEGINNING))
    if (folded !== null && hasKazakhLetter(word)) into(folded, foldLetters(word), word)
    if (latin !== null) into(latin, latinKeyOf(word), word)
  }
  const noteForm = (stem: string, word: string): void => {
    nearStems?.add(stem)
    // Each form: the one that was there first may go.
    if (latinStems !== null) into(latinStems, latinKeyOf(stem), word)
  }
  const outOf = (
    map: { get(key: string): Set<string> | undefined; delete(key: string): unknown } | null,
    key: string,
    word: string,
  ): void => {
    const forms = map?.get(key)
    if (forms?.delete(word) === true && forms.size === 0) map?.delete(key)
  }
  const noteGone = (word: string): void => {
    nearWords?.remove(word)
    outOf(folded, foldLetters(word), word)
    outOf(latin, latinKeyOf(word), word)
    beginnings = null
  }
  /** @param other the stem of the word in the other language, where it still stands there */
  const noteFormGone = (stem: string, word: string, other: string | null): void => {
    if (!stems.ru.has(stem) && !stems.kk.has(stem)) nearStems?.remove(stem)
    const key = latinStems === null ? '' : latinKeyOf(stem)
    if (latinStems !== null && (other === null || latinKeyOf(other) !== key)) outOf(latinStems, key, word)
  }

  /**
   * A form of a known Kazakh stem one edit away, though no passage has just this form: agglutination makes more forms than texts
   * hold. Where the beginning of the word is known the error is looked for behind it, else in it.
   */
  const kazakhForms = (word: string): string[] => {
    if (word.length < SHORTEST_FORM || word.length > LONGEST_FORM || stems.kk.size === 0) return []
    if (beginnings === null) beginnings = new Set([...entries.keys()].map((known) => known.slice(0, BEGINNING)))
    const sound = beginnings.has(word.slice(0, BEGINNING))
    const from = sound ? BEGINNING - 1 : 0
    const to = sound ? word.length : BEGINNING
    const found = new Map<string, { word: string; count: number }>()
    const consider = (variant: string): void => {
      if (!sound && beginnings?.has(variant.slice(0, BEGINNING)) !== true) return
      const stem = stemWord(variant, 'kk')
      const forms = stem.length < 3 || stem === variant ? undefined : stems.kk.get(stem)
      if (forms === undefined) return
      let count = 0
      for (const form of forms) if (isHeld(form)) count += countOf(form)
      if (count > 0 && !found.has(stem)) found.set(stem, { word: variant, count })
    }
    for (let at = from; at <= to; at += 1) {
      const [before, after] = [word.slice(0, at), word.slice(at)]
      if (after.length > 1) consider(before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2))
      if (after.length > 0) consider(before + after.slice(1))
      for (const letter of KAZAKH_ALPHABET) {
        if (after.length > 0 && letter !== after[0]) consider(before + letter + after.slice(1))
        consider(before + letter + after)
      }
    }
    return [...found.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_FORMS)
      .map((form) => form.word)
  }

  const prepareNear = (): { nearWords: NearWords; nearStems: NearWords } => {
    if (nearWords === null || nearStems === null) {
      nearWords = createNearWords()
      for (const known of entries.keys()) nearWords.add(known)
      nearStems = createNearWords()
      for (const lang of ['ru', 'kk'] as const) for (const stem of stems[lang].keys()) nearStems.add(stem)
    }
    return { nearWords, nearStems }
  }
  const findSimilar = (word: string): string[] => {
    const own = new Set([stemWord(word, 'ru'), stemWord(word, 'kk')])
    const isOther = (other: string): boolean => !own.has(stemWord(other, 'kk')) && !own.has(stemWord(other, 'ru'))
    return mostFrequent(
      prepareNear()
        .nearWords.near(word, 1)
        .flatMap((near) => (near.distance === 1 && near.word[0] === word[0] && isHeld(near.word) ? [near.word] : [])),
    ).filter(isOther)
  }
  const findNearest = (word: string): { word: string; cost: number }[] => {
    if (word.length < SHORTEST_MENDED || /\d/u.test(word)) return []
    const near = prepareNear()
    const limit = word.length >= LONG ? 2 : 1
    const costs = new Map<string, number>()
    const consider = (candidate: string, distance: number, isWhole: boolean): void => {
      if (distance > limit + KNOWN_BY_STEM || countOf(candidate) === 0) return
      // Every language has more real words than the language data: «ұғымы» is no misspelt «ұйымы» because only that is a synonym.
      if (!isHeld(candidate) && (!isWhole || distance > 1 || word.length < SHORTEST_FOR_GIVEN)) return
      const firstKept = candidate[0] === word[0] || (candidate[0] === word[1] && candidate[1] === word[0])
      // A wrong first letter is rare: one edit may make it, and costs more.
      if (!firstKept && distance > 1.2) return
      const cost = distance + (firstKept ? 0 : FIRST_LETTER)
      const known = costs.get(candidate)
      if (known === undefined || cost < known) costs.set(candidate, cost)
    }
    const compare = (edits: number): void => {
      for (const { word: candidate, distance } of near.nearWords.near(word, edits))
        if (candidate.length >= (word.length < SHORTEST ? SHORTEST : 3)) consider(candidate, distance, true)
    }
    compare(1)
    for (const lang of ['ru', 'kk'] as const) {
      const stem = stemWord(word, lang)
      if (stem.length < SHORTEST) continue
      for (const { word: candidate, distance } of near.nearStems.near(stem, 1)) {
        if (candidate.length < SHORTEST) continue
        for (const form of stems[lang].get(candidate) ?? []) consider(form, distance + KNOWN_BY_STEM, false)
      }
    }
    // An edit of a word that stands somewhere is the likelier one.
    if (![...costs.values()].some((cost) => cost <= 1))
      for (const form of kazakhForms(word)) if (!costs.has(form)) costs.set(form, UNSEEN)
    if (costs.size === 0 && limit > 1) compare(limit)
    return [...costs]
      .map(([candidate, cost]) => ({ word: candidate, cost }))
      .sort((a, b) => a.cost - b.cost || countOf(b.word) - countOf(a.word))
  }
  const nearest = (word: string, most: number): { word: string; cost: number }[] => {
    const known = remembered.get(word)
    const found = known ?? findNearest(word).slice(0, 8)
    if (known === undefined) remembered.set(word, found)
    isRemembering = true
    return found.slice(0, most)
  }

  const count = (word: string, lang: Lang, more: number): void => {
    const known = entries.get(word)
    const entry = known ?? { ru: 0, kk: 0 }
    if (known === undefined) {
      entries.set(word, entry)
      words.set(word, entry)
      noteNew(word)
    }
    if (entry[lang] === 0) {
      const stem = stemWord(word, lang)
      noteForm(stem, word)
      into(stems[lang], stem, word)
      forget()
    } else if (given.has(word)) forget()
    entry[lang] += more
  }

  return {
    add: (word, lang = langByLetters(word)) => count(word, lang, 1),
    give(word, lang) {
      given.set(word, (given.get(word) ?? 0) + 1)
      count(word, lang, 1)
    },
    *entries() {
      for (const [word, { ru, kk }] of entries) yield { word, ru, kk }
    },
    set(word, counts) {
      const known = entries.get(word)
      for (const lang of ['ru', 'kk'] as const) {
        const more = counts[lang] - (known?.[lang] ?? 0)
        if (more !== 0) count(word, lang, more)
      }
    },
    remove(word, lang = langByLetters(word)) {
      const entry = entries.get(word)
      if (entry === undefined || entry[lang] === 0) return
      entry[lang] -= 1
      if (given.has(word)) forget()
      if (entry[lang] === 0) {
        const stem = stemWord(word, lang)
        const forms = stems[lang].get(stem)
        forms?.delete(word)
        if (forms?.size === 0) stems[lang].delete(stem)
        const other = lang === 'ru' ? 'kk' : 'ru'
        noteFormGone(stem, word, entry[other] > 0 ? stemWord(word, other) : null)
        forget()
      }
      if (entry.ru + entry.kk === 0) {
        words.delete(word)
        entries.delete(word)
        noteGone(word)
      }
    },
    knows: (form) => stems.ru.has(form) || stems.kk.has(form) || entries.has(form),
    hasStem: (stem, lang) => stems[lang].has(stem),
    langsOf(word) {
      const entry = entries.get(word)
      return entry === undefined ? [] : (['ru', 'kk'] as const).filter((lang) => entry[lang] > 0)
    },
    completions(prefix, limit) {
      const found: { word: string; count: number; stem: string }[] = []
      let scanned = 0
      for (const [word, entry] of words.atPrefix(prefix)) {
        found.push({ word, count: entry.ru + entry.kk, stem: stemWord(word, entry.kk > entry.ru ? 'kk' : 'ru') })
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
    correct: (word) => nearest(word, 1)[0]?.word ?? null,
    nearest,
    similar(word, most) {
      const known = rememberedSimilar.get(word)
      const found = known ?? findSimilar(word).slice(0, 8)
      if (known === undefined) rememberedSimilar.set(word, found)
      isRemembering = true
      return found.slice(0, most)
    },
    unfold(word, prefix = false) {
      if (folded === null) {
        folded = new SearchableMap<Set<string>>()
        for (const known of entries.keys()) if (hasKazakhLetter(known)) into(folded, foldLetters(known), known)
      }
      if (!prefix) return mostFrequent(folded.get(word) ?? [])
      const begun: string[] = []
      let scanned = 0
      for (const [, forms] of folded.atPrefix(word)) {
        begun.push(...forms)
        scanned += 1
        if (scanned === MOST_SCANNED) break
      }
      return mostFrequent(begun)
    },
    fromLatin(typed, prefix) {
      if (latin === null || latinStems === null) {
        latin = new SearchableMap<Set<string>>()
        for (const known of entries.keys()) into(latin, latinKeyOf(known), known)
        latinStems = new Map()
        for (const lang of ['ru', 'kk'] as const)
          for (const [stem, forms] of stems[lang]) for (const form of forms) into(latinStems, latinKeyOf(stem), form)
      }
      const keys = latinKeysOf(typed)
      const cyrillic = (word: string): boolean => /[\u0400-\u04ff]/u.test(word)
      for (const key of keys) {
        const exact = mostFrequent(latin.get(key) ?? []).find(cyrillic)
        if (exact !== undefined) return exact
      }
      if (prefix)
        for (const key of keys) {
          if (key.length < 2) continue
          let scanned = 0
          const begun: string[] = []
          for (const [, forms] of latin.atPrefix(key)) {
            for (const form of forms) if (cyrillic(form)) begun.push(form)
            scanned += 1
            if (scanned === MOST_SCANNED) break
          }
          const [best] = mostFrequent(begun)
          if (best !== undefined) return best
        }
      for (const key of keys)
        for (let cut = 0; cut <= LONGEST_ENDING && key.length - cut >= SHORTEST; cut += 1) {
          const isRussian = RUSSIAN_ENDING.test(key.slice(key.length - cut))
          const form = mostFrequent(latinStems.get(key.slice(0, key.length - cut)) ?? []).find(
            (word) => cyrillic(word) && (isRussian || (entries.get(word)?.ru ?? 0) === 0),
          )
          if (form !== undefined) return form
        }
      return null
    },
  }
}
