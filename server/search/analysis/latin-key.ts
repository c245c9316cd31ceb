/**
 * One spelling in which a Cyrillic word and its romanisations meet, whatever the scheme: BGN/PCGN and passports («zhurnal»,
 * «ministrlīgī»), ISO 9 («žurnal»), the Kazakh Latin alphabet of 2021 («qyzmet», «ötınış») and what people type («otinish»). It
 * loses much (ы, і, и and й are one) and is only for comparing words with words.
 */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'i',
  і: 'i',
  ы: 'i',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'h',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

const LETTERS: readonly [RegExp, string][] = [
  [/[äáâã]/gu, 'a'],
  [/[öóô]/gu, 'o'],
  [/[üúūûŭ]/gu, 'u'],
  [/[ıīíìî]/gu, 'i'],
  [/[ëéèê]/gu, 'e'],
  [/[ğǵ]/gu, 'g'],
  [/[ñŋń]/gu, 'n'],
  [/[şšŝ]/gu, 'sh'],
  [/[çč]/gu, 'ch'],
  [/ž/gu, 'zh'],
  [/['’ʼʹʺ`"]/gu, ''],
]

const GROUPS: readonly [RegExp, string][] = [
  [/shch|sch|ŝ/gu, 'sh'],
  [/zh/gu, 'J'],
  [/kh|x/gu, 'h'],
  [/gh/gu, 'g'],
  [/q/gu, 'k'],
  [/w/gu, 'u'],
  [/tz|c(?!h)/gu, 'ts'],
  [/ng/gu, 'n'],
]

/** Runs of one letter are one: «iy», «ии», «нн» and «sss» too. */
const finish = (key: string): string => key.replace(/ng/gu, 'n').replace(/(.)\1+/gu, '$1')

/** The key of a normalised Cyrillic word. */
export const latinKeyOf = (word: string): string =>
  finish([...word].map((letter) => CYRILLIC[letter] ?? letter).join(''))

/** Keys a word in Latin letters may have: j is ж to a Kazakh and й to ISO 9, yo is ё or ио. Most likely first, at most eight. */
export const latinKeysOf = (latin: string): string[] => {
  let word = latin.normalize('NFC').toLowerCase()
  for (const [pattern, letter] of LETTERS) word = word.replace(pattern, letter)
  for (const [pattern, letter] of GROUPS) word = word.replace(pattern, letter)
  let variants = [word]
  const split = (pattern: RegExp, ...choices: string[]): void => {
    if (pattern.test(word)) variants = variants.flatMap((one) => choices.map((choice) => one.replace(pattern, choice)))
  }
  split(/yo|jo/gu, 'e', 'io')
  split(/(?<![a-z])(?:ye|je)|(?<=[aeiouy])(?:ye|je)/gu, 'e', 'ie')
  split(/j/gu, 'j', 'i')
  return [...new Set(variants.map((one) => finish(one.replaceAll('y', 'i').replaceAll('J', 'j'))))].slice(0, 8)
}
