import { IRREGULAR, NOUNS, VERBS } from './known-stems.ts'
import { agrees, endingOf, hasVowel } from './sounds.ts'
import { SUFFIXES } from './suffixes.ts'
import type { Needs, Slot, Suffix } from './suffixes.ts'

/** A stem that was found, and how much speaks for it: letters explained by suffixes, less what is doubtful about each. */
interface Reading {
  stem: string
  gain: number
}

const LEAST_STEM = 2
const MOST_VOICES = 3
const LONGEST_WORD = 40
/** What a stem of the list is worth in letters. */
const KNOWN = 1.5
/** What an unknown stem of two or three letters costs: most are chance. */
const TINY = 2
const SHORT = 0.7
/** What a noun in ы or і costs: the vowel is rather a possessive («мәтіні» is мәтін + і, not мәті + ні). */
const HIGH_VOWEL = 1.3

const bySlot = new Map<Slot, Map<string, Suffix[]>>()
let longest = 0
for (const suffix of SUFFIXES) {
  const forms = bySlot.get(suffix.slot) ?? new Map<string, Suffix[]>()
  bySlot.set(suffix.slot, forms)
  forms.set(suffix.text, [...(forms.get(suffix.text) ?? []), suffix])
  longest = Math.max(longest, suffix.text.length)
}

const fits = (person: Needs, needs: Needs): boolean =>
  needs === 'any' || (needs === 'not-third-person' ? person !== 'third-person' : person === needs)

/**
 * One spelling for the forms a stem takes before its suffixes: «құқығы» – «құқық», «кітабы» – «кітап», «орны» – «орын»,
 * «оқу» – «оқып», «бастау» – «бастады». A key to compare, not a word to show.
 */
const keyOf = (stem: string): string => {
  let key = stem
  if (key.length >= 3 && /[ыі]$/u.test(key)) key = key.slice(0, -1)
  else if (key.length >= 5 && /[ае]$/u.test(key)) key = key.slice(0, -1)
  key = key.replace(/б$/u, 'п').replace(/ғ$/u, 'қ').replace(/г$/u, 'к')
  return key.length < 4 ? key : key.replace(/(?<=[аәеоөұүу][^аәеоөұүуыіиэюя])[ыі](?=[рлнзсйқкғгм]$)/u, '')
}

const wholeNouns = new Set(NOUNS)
const nouns = new Set([...NOUNS].map(keyOf))
const verbs = new Set([...VERBS].map(keyOf))

/** All readings of a word by the order of its suffixes, from the end: person, case, possessive, plural; person and tense, negation, voice. */
const readBest = (word: string): Reading => {
  let best: Reading = { stem: word, gain: -Infinity }
  const offer = (stem: string, explained: number, known: ReadonlySet<string>): void => {
    const key = keyOf(stem)
    const whole = stem === word
    const chance = whole ? 0 : stem.length <= 2 ? TINY : stem.length === 3 ? SHORT : 0
    const odd = !whole && known === nouns && /[ыі]$/u.test(stem)
    const listed = !odd && (known.has(key) || (whole && verbs.has(key)))
    const gain = explained + (listed ? KNOWN : odd ? -HIGH_VOWEL : -chance)
    // Equal readings: the first is the one that strips less.
    if (gain > best.gain + 1e-9) best = { stem, gain }
  }
  const strip = (
    stem: string,
    gain: number,
    slot: Slot,
    then: (rest: string, gain: number, suffix: Suffix) => void,
    needs: Needs = 'any',
  ): void => {
    const forms = bySlot.get(slot)
    if (forms === undefined) return
    const most = Math.min(longest, stem.length - LEAST_STEM)
    for (let length = 1; length <= most; length += 1) {
      const found = forms.get(stem.slice(-length))
      if (found === undefined) continue
      const rest = stem.slice(0, -length)
      if (!hasVowel(rest)) continue
      const ending = endingOf(rest)
      for (const suffix of found)
        if (
          (suffix.behind & ending) !== 0 &&
          fits(suffix.person, needs) &&
          (suffix.front === null || agrees(rest, suffix.front))
        )
          then(rest, gain + length - suffix.doubt, suffix)
    }
  }
  const voiced = (stem: string, gain: number, depth = 0): void => {
    offer(stem, gain, verbs)
    if (depth < MOST_VOICES) strip(stem, gain, 'voice', (rest, more) => voiced(rest, more, depth + 1))
  }
  const verbal = (stem: string, gain: number): void => {
    voiced(stem, gain)
    strip(stem, gain, 'negation', (rest, more) => voiced(rest, more))
  }
  const nominal = (stem: string, gain: number): void => {
    offer(stem, gain, nouns)
    strip(stem, gain, 'verbal-noun', verbal)
  }
  const counted = (stem: string, gain: number): void => {
    nominal(stem, gain)
    strip(stem, gain, 'plural', nominal)
  }
  const owned = (stem: string, gain: number, needs: Needs): void => {
    if (needs === 'any' || needs === 'not-third-person' || needs === 'nobody') counted(stem, gain)
    if (needs === 'nobody') return
    strip(stem, gain, 'possessive', counted, needs)
  }
  const cased = (stem: string, gain: number): void => {
    owned(stem, gain, 'any')
    strip(stem, gain, 'case', (rest, more, suffix) => owned(rest, more, suffix.needs))
    strip(stem, gain, 'relative', (rest, more, suffix) => owned(rest, more, suffix.needs))
  }
  cased(word, 0)
  strip(word, 0, 'person', cased)
  strip(word, 0, 'finite', verbal)
  return best
}

/**
 * What the forms of a Kazakh word share, as a key for search: «мекемелерімізде», «мекемесі» and «мекеме» give one. Inflection of
 * nouns and verbs is taken off, voice too; derived words («мемлекет», «мемлекеттік») and causatives stay apart, as in
 * dictionaries. Without a dictionary of its own it reads a word in every order its suffixes allow (vowel harmony, assimilation
 * of consonants) and takes the reading that explains most letters, against the doubt of short and ambiguous endings.
 * @param word normalised: lower case, Cyrillic; other words come back as they are
 */
export const stemKazakh = (word: string): string => {
  if (word.length <= 2 || word.length > LONGEST_WORD || !/^[а-яәғқңөұүһі]+$/u.test(word)) return word
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return keyOf(irregular)
  if (wholeNouns.has(word)) return keyOf(word)
  // ю and я hide a й that belongs to the stem: «қою» is қой + у, «қоя» қой + а.
  return keyOf(readBest(word.replaceAll('ю', 'йу').replaceAll('я', 'йа')).stem)
}
