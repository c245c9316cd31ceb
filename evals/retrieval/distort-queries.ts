import { randomFrom } from '../random-numbers.ts'
import type { Lang } from '#server/context.ts'
import { inflect } from './inflect.ts'
import { typeOnWrongKeyboard } from './keyboards.ts'

/** How queries are typed in a robustness set. */
export type Distortion =
  | 'clean'
  | 'inflected'
  | 'typos'
  | 'us-layout'
  | 'ru-layout'
  | 'kk-layout'
  | 'latin'
  | 'no-kazakh-letters'
  | 'first-letters'

export const DISTORTIONS: Record<Distortion, { langs: readonly Lang[]; typing: boolean; what: string }> = {
  clean: { langs: ['ru', 'kk'], typing: false, what: 'as it is' },
  inflected: {
    langs: ['ru', 'kk'],
    typing: false,
    what: 'nouns and adjectives in other forms, where a rule is sure of them',
  },
  typos: { langs: ['ru', 'kk'], typing: false, what: 'one error in every word of four letters and more' },
  'us-layout': { langs: ['ru', 'kk'], typing: false, what: 'typed with the US layout on' },
  'ru-layout': { langs: ['kk'], typing: false, what: 'Kazakh typed with the Russian layout on' },
  'kk-layout': { langs: ['ru'], typing: false, what: 'Russian typed with the Kazakh layout on' },
  latin: {
    langs: ['ru', 'kk'],
    typing: false,
    what: 'in Latin letters (passports; the Kazakh Latin alphabet of 2021)',
  },
  'no-kazakh-letters': { langs: ['kk'], typing: false, what: 'Kazakh with Russian letters only' },
  'first-letters': { langs: ['ru', 'kk'], typing: true, what: 'the last word half typed' },
}

const LATIN: Record<Lang, Readonly<Record<string, string>>> = {
  // Order of ICAO Doc 9303, as in Russian passports.
  ru: Object.fromEntries(
    'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ:ie ы:y ь: э:e ю:iu я:ia'
      .split(' ')
      .map((pair) => pair.split(':')),
  ) as Record<string, string>,
  kk: Object.fromEntries(
    'а:a ә:ä б:b в:v г:g ғ:ğ д:d е:e ё:io ж:j з:z и:i й:i к:k қ:q л:l м:m н:n ң:ñ о:o ө:ö п:p р:r с:s т:t у:u ұ:ū ү:ü ф:f х:h һ:h ц:ts ч:ch ш:ş щ:ştş ъ: ы:y і:ı ь: э:e ю:iu я:ia'
      .split(' ')
      .map((pair) => pair.split(':')),
  ) as Record<string, string>,
}
/** What people type where the keyboard has no Kazakh letters. */
const RUSSIAN_LETTERS: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
}
const ALPHABET = 'абвгдежзийклмнопрстуфхцчшщыьэюя'
const SHORTEST_MISTYPED = 4

/** Chance that is the same every time for the same text (FNV-1a). */
const randomFor = (seed: string): (() => number) => {
  let state = 0x811c9dc5
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193) >>> 0
  return randomFrom(state)
}

const mistype = (word: string, random: () => number): string => {
  const at = Math.floor(random() * word.length)
  const letter = ALPHABET[Math.floor(random() * ALPHABET.length)] ?? 'а'
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1)
    case 1:
      return word.slice(0, at) + letter + word.slice(at)
    case 2:
      return word.slice(0, at) + letter + word.slice(at + 1)
    default: {
      const left = Math.min(at, word.length - 2)
      return word.slice(0, left) + (word[left + 1] ?? '') + (word[left] ?? '') + word.slice(left + 2)
    }
  }
}

/** Half of the last word, three letters at least; what stands behind it is not typed yet. */
const halfTyped = (query: string): string => {
  const last = [...query.matchAll(/[\p{L}\d]+/gu)].at(-1)
  return last === undefined ? query : query.slice(0, last.index + Math.max(3, Math.ceil(last[0].length / 2)))
}

/**
 * A query as it would come out when typed in another way. The same seed gives the same errors every time.
 * @param seed of this query, for instance its id
 */
export const distortQuery = (query: string, how: Distortion, lang: Lang, seed: string): string => {
  const random = randomFor(`${how} ${seed}`)
  switch (how) {
    case 'clean':
      return query
    case 'typos':
      return query.replace(/\p{Script=Cyrillic}+/gu, (word) =>
        word.length < SHORTEST_MISTYPED ? word : mistype(word, random),
      )
    case 'inflected':
      return query.replace(/[\p{Script=Cyrillic}]+/gu, (word) => inflect(word, lang, random))
    case 'us-layout':
      return typeOnWrongKeyboard(query, lang, 'us')
    case 'ru-layout':
      return typeOnWrongKeyboard(query, 'kk', 'ru')
    case 'kk-layout':
      return typeOnWrongKeyboard(query, 'ru', 'kk')
    case 'latin':
      return [...query].map((char) => LATIN[lang][char.toLowerCase()] ?? char).join('')
    case 'no-kazakh-letters':
      return [...query].map((char) => RUSSIAN_LETTERS[char.toLowerCase()] ?? char).join('')
    case 'first-letters':
      return halfTyped(query)
  }
}
