const VALUES = new Map<string, number>(
  (
    'бір:1 екі:2 үш:3 төрт:4 бес:5 алты:6 жеті:7 сегіз:8 тоғыз:9 он:10 жиырма:20 отыз:30 қырық:40 елу:50 алпыс:60 жетпіс:70 сексен:80 ' +
    'тоқсан:90 жүз:100 мың:1000'
  )
    .split(' ')
    .map((pair): [string, number] => {
      const [word = '', value = ''] = pair.split(':')
      return [word, Number(value)]
    }),
)
/** «сегізінші», «алтыншы», «жиырмасыншы»: the cardinal and -інші. */
const ORDINAL = /(?:с?[ыі])?нш[ыі]$/u
const LONGEST_RUN = 4

const valueOf = (word: string): number | undefined => {
  const cardinal = VALUES.get(word)
  if (cardinal !== undefined || !ORDINAL.test(word)) return cardinal
  const stem = word.replace(ORDINAL, '')
  return VALUES.get(stem) ?? VALUES.get(`${stem}ы`) ?? VALUES.get(`${stem}і`)
}

/**
 * The number a run of normalised Kazakh words names: «екі» → 2, «он бес» → 15, «сегізінші» → 8.
 * @returns the value and how many of the words it took; null when the run does not begin with a numeral
 */
export const readKazakhNumberWords = (words: readonly string[]): { value: number; taken: number } | null => {
  const first = valueOf(words[0] ?? '')
  if (first === undefined) return null
  let value = first
  let last = first
  let taken = 1
  for (const word of words.slice(1, LONGEST_RUN)) {
    const next = valueOf(word)
    if (next === undefined) break
    const fitsTens = last >= 10 && last < 100 && last % 10 === 0 && next < 10
    const fitsHundreds = last >= 100 && last < 1000 && next < 100
    if (!fitsTens && !fitsHundreds) break
    value += next
    last = next
    taken += 1
  }
  return { value, taken }
}
