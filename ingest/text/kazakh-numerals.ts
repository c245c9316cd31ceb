/** Numerals of Kazakh with their case endings and ordinals, as numbers: «он бес күннен», «бесінші». */

const STEMS: [number, string][] = [
  [0, 'нөл'],
  [1, 'бір'],
  [2, 'екі'],
  [3, 'үш'],
  [4, 'төрт'],
  [5, 'бес'],
  [6, 'алты'],
  [7, 'жеті'],
  [8, 'сегіз'],
  [9, 'тоғыз'],
  [10, 'он'],
  [20, 'жиырма'],
  [30, 'отыз'],
  [40, 'қырық'],
  [50, 'елу'],
  [60, 'алпыс'],
  [70, 'жетпіс'],
  [80, 'сексен'],
  [90, 'тоқсан'],
  [100, 'жүз'],
  [1000, 'мың'],
]
const VALUES = new Map(STEMS.map(([value, stem]) => [stem, value]))
/** Ordinal endings and case endings; a plain list, since only numerals are asked about. */
const ENDING =
  /(?:с?[ыі]?нш[ыі])?(?:н[ыі]ң|д[ыі]ң|т[ыі]ң|н[ыі]|д[ыі]|т[ыі]|ға|ге|қа|ке|да|де|та|те|дан|ден|тан|тен|нан|нен|мен|бен|пен|еу|ау)?$/u

/** Looks like ten in a case, and is «then, there». */
const OTHER_WORDS = new Set(['онда'])

/** The number a lower-case word names, cardinal or ordinal, in any case; undefined for other words. */
export function kazakhNumeral(word: string): number | undefined {
  const known = VALUES.get(word)
  if (known !== undefined) return known
  const ending = ENDING.exec(word)?.[0] ?? ''
  if (ending === '' || OTHER_WORDS.has(word)) return undefined
  const stem = word.slice(0, -ending.length)
  // «алты» and «екі» end in the vowel that the ordinal's ending begins with.
  // «бес» and «алпыс» end in the «с» that the pattern takes for a part of the ending.
  const value = ['', 'ы', 'і', 'с'].map((end) => VALUES.get(stem + end)).find((known) => known !== undefined)
  // «бірге» is together and «бірден» at once; only the ordinal of one is a numeral for certain.
  return value === 1 && !/нш[ыі]/u.test(ending) ? undefined : value
}

/**
 * The number a run of words names: «он бес» → 15, «екі жүз елу» → 250.
 * @returns the value and how many of the words it took; null when the run does not begin with a numeral
 */
export function readKazakhNumerals(words: readonly string[]): { value: number; taken: number } | null {
  // Whole thousands, whole hundreds of what is being read, and what stands below a hundred.
  let thousands = 0
  let hundreds = 0
  let rest = 0
  let last = Infinity
  let taken = 0
  for (const word of words.slice(0, LONGEST)) {
    const next = kazakhNumeral(word)
    if (next === undefined) break
    if (next === 1000) {
      if (thousands > 0) break
      thousands = Math.max(1, hundreds + rest) * 1000
      hundreds = 0
      rest = 0
    } else if (next === 100) {
      if (hundreds > 0 || rest >= 10) break
      hundreds = Math.max(1, rest) * 100
      rest = 0
    } else if (taken === 0 || last >= 100 || (last >= 10 && next < 10)) rest += next
    else break
    last = next
    taken += 1
  }
  return taken === 0 ? null : { value: thousands + hundreds + rest, taken }
}

/** «тоғыз жүз тоқсан тоғыз мың тоғыз жүз тоқсан тоғыз» */
const LONGEST = 9
