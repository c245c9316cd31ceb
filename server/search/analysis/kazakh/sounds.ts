/**
 * Sounds of Kazakh as far as suffixes ask for them. After Kessikbayeva & Cicekli, "Rule Based Morphological Analyzer of Kazakh
 * Language" (2014): a suffix follows the last vowel of the stem in backness and its last sound in voicing.
 */

const BACK = 'аоұыяё'
const FRONT = 'әөүіеэ'
/** Read by the rest of the word: и and у are vowels and glides at once, ю too. */
const NEUTRAL = 'иую'
const VOICELESS = 'кқпстфхцчшщһ'
/** Loans end in these and take suffixes as if they were voiceless: «клубтың», «заводта». */
const DEVOICED = 'бвгд'

/** What a suffix may stand behind; bits, so that one suffix may allow several. */
export const BEHIND = { vowel: 1, glide: 2, l: 4, nasal: 8, sibilant: 16, voiceless: 32 } as const

const CLASS = new Map<string, number>([
  ...[...BACK, ...FRONT].map((letter) => [letter, BEHIND.vowel] as const),
  ...[...NEUTRAL].map((letter) => [letter, BEHIND.vowel | BEHIND.glide] as const),
  ...[...'йрь'].map((letter) => [letter, BEHIND.glide] as const),
  ['л', BEHIND.l],
  ...[...'мнң'].map((letter) => [letter, BEHIND.nasal] as const),
  ...[...'зжғ'].map((letter) => [letter, BEHIND.sibilant] as const),
  ...[...VOICELESS, ...DEVOICED].map((letter) => [letter, BEHIND.voiceless] as const),
])

/** Classes of the sound a stem ends in, as bits of BEHIND; 0 for what is no letter of Kazakh. */
export const endingOf = (stem: string): number => CLASS.get(stem.at(-1) ?? '') ?? 0

export const isVowel = (letter: string): boolean =>
  BACK.includes(letter) || FRONT.includes(letter) || NEUTRAL.includes(letter)

/** True when a suffix of that backness may follow the stem. Loans waver: «актісі», «апрельде», «июльге». */
export const agrees = (stem: string, front: boolean): boolean => {
  for (let at = stem.length - 1; at >= 0; at -= 1) {
    const letter = stem[at] ?? ''
    if (letter === 'ь') return front
    // «-ев» of names is back to speakers: «Назарбаевтың».
    if (FRONT.includes(letter)) return front || stem.endsWith('ев')
    if (!BACK.includes(letter)) continue
    // «актісі», «пунктінің», «банкіге»: a final cluster of a loan softens what follows.
    return !front || (at <= stem.length - 3 && /[кнр][тк]$/u.test(stem))
  }
  return true
}

export const hasVowel = (word: string): boolean => [...word].some(isVowel)
