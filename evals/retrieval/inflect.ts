import type { Lang } from '#server/context.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { isStopWord } from '#server/search/analysis/stop-words.ts'

/**
 * Endings of regular Russian declensions and others of the same words (Zaliznyak's types 1, 2, 7 and 8 of nouns, hard adjectives). The first that fits.
 */
const RUSSIAN: readonly [RegExp, readonly string[]][] = [
  [/ость$/u, ['ости', 'остью']],
  [/ия$/u, ['ии', 'ию', 'ией']],
  [/ние$/u, ['ния', 'нию', 'нием', 'нии']],
  [/ство$/u, ['ства', 'ству', 'ством']],
  [/ка$/u, ['ки', 'ку', 'кой']],
  [/(?:ый|ой)$/u, ['ого', 'ому', 'ым']],
  [/(?<=[гкх])ий$/u, ['ого', 'ому', 'им']],
  [/ая$/u, ['ой', 'ую']],
  [/ое$/u, ['ого', 'ому', 'ым']],
  [/ые$/u, ['ых', 'ым', 'ыми']],
  [/(?<=[а-я]{3}(?:ор|ер|ент|ант|изм|ист|тет|арь|од|рт|кт|нк|нт|кс|лл|рм|рс|ст))$/u, ['а', 'у', 'ом', 'е']],
]

const FRONT = /[әөүіеэ]/u
const VOWEL = /[аәеоөұүыіиуэюяё]/u
/** Case and number of Kazakh nouns by the last sound (vowel harmony; assimilation): behind vowels, nasals, other voiced and voiceless sounds. */
const KAZAKH: readonly (readonly [back: string, front: string])[][] = [
  // behind a vowel: plural, genitive, dative, locative, ablative
  [
    ['лар', 'лер'],
    ['ның', 'нің'],
    ['ға', 'ге'],
    ['да', 'де'],
    ['дан', 'ден'],
  ],
  // behind м, н, ң
  [
    ['дар', 'дер'],
    ['ның', 'нің'],
    ['ға', 'ге'],
    ['да', 'де'],
    ['нан', 'нен'],
  ],
  // behind р, й, у
  [
    ['лар', 'лер'],
    ['дың', 'дің'],
    ['ға', 'ге'],
    ['да', 'де'],
    ['дан', 'ден'],
  ],
  // behind л, з, ж
  [
    ['дар', 'дер'],
    ['дың', 'дің'],
    ['ға', 'ге'],
    ['да', 'де'],
    ['дан', 'ден'],
  ],
  // behind a voiceless sound
  [
    ['тар', 'тер'],
    ['тың', 'тің'],
    ['қа', 'ке'],
    ['та', 'те'],
    ['тан', 'тен'],
  ],
]
const SHORTEST = 4

const kazakhRow = (last: string): number =>
  VOWEL.test(last) ? 0 : /[мнң]/u.test(last) ? 1 : /[рй]/u.test(last) ? 2 : /[лзжвгғд]/u.test(last) ? 3 : 4

/**
 * A word in another of its forms; the word itself where no rule is sure of it (short words, words that are inflected already, stop words).
 * @param random gives numbers from 0 up to 1
 */
export const inflect = (word: string, lang: Lang, random: () => number): string => {
  const lower = word.toLowerCase()
  if (lower.length < SHORTEST || isStopWord(lower, lang) || !/^[а-яёәғқңөұүһі]+$/u.test(lower)) return word
  const pick = <Item>(list: readonly Item[]): Item | undefined => list[Math.floor(random() * list.length)]
  if (lang === 'ru') {
    for (const [ending, others] of RUSSIAN) if (ending.test(lower)) return lower.replace(ending, pick(others) ?? '')
    return word
  }
  // A bare noun is all stem; «-у», «-п», «-ді» are verbs.
  if (stemWord(lower, 'kk').length < lower.length - 1 || /(?:у|п|ды|ді|ты|ті)$/u.test(lower)) return word
  const vowels = [...lower].filter((letter) => VOWEL.test(letter))
  const front = FRONT.test(vowels.findLast((letter) => !/[иу]/u.test(letter)) ?? '')
  const [back, other] = pick(KAZAKH[kazakhRow(lower.at(-1) ?? '')] ?? []) ?? ['', '']
  return lower + (front ? other : back)
}
