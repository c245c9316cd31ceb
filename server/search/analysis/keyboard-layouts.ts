/**
 * Keys of the US layout and what they type on the Russian and Kazakh ones (the layouts of X.Org and Windows agree on letters).
 * The Kazakh layout is the Russian one with nine letters in the digit row.
 */
const US = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
const US_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю.'
const RUSSIAN_SHIFTED = 'ёйцукенгшщзхъфывапролджэячсмитьбю,'
/** Signs of the digit row: № and ? are on others on the Russian layout. */
const US_SIGNS = '@#$^&|'
const RUSSIAN_SIGNS = '"№;:?/'
const DIGITS = '234567890-='
/** On the Kazakh layout ё moves away, digits become letters, and two of them punctuation. */
const KAZAKH_DIGITS = 'әіңғ,.үұқөһ'
/** The same keys with Shift: capital letters there, signs on the two others. */
const US_DIGITS_SHIFTED = '@#$%^&*()_+'
const RUSSIAN_DIGITS_SHIFTED = '"№;%:?*()_+'
const KAZAKH_DIGITS_SHIFTED = 'әіңғ;:үұқөһ'
/** The digit row of the Kazakh layout with the keys that differ beside it, and what they type on the Russian one; with Shift, capitals are signs. */
const KAZAKH_ROW = '("әіңғ,.үұқөһ№'
const RUSSIAN_ROW = 'ё1234567890-=.'
const KAZAKH_ROW_SHIFTED = ')ӘІҢҒ;:ҮҰҚӨҺ?'
const RUSSIAN_ROW_SHIFTED = 'ё"№;%:?*()_+,'

export type Layout = 'us' | 'ru' | 'kk'

const zip = (from: string, to: string): [string, string][] => {
  const targets = [...to]
  return [...from].map((key, index) => [key, targets[index] ?? key])
}

const usToRussian = new Map([...zip(US_SHIFTED, RUSSIAN_SHIFTED), ...zip(US, RUSSIAN), ...zip(US_SIGNS, RUSSIAN_SIGNS)])
const russianToUs = new Map([...zip(RUSSIAN_SIGNS, US_SIGNS), ...zip(RUSSIAN, US)])
const usDigitsToKazakh = new Map([...zip(DIGITS, KAZAKH_DIGITS), ...zip(US_DIGITS_SHIFTED, KAZAKH_DIGITS_SHIFTED)])
const russianDigitsToKazakh = new Map([
  ...zip(DIGITS, KAZAKH_DIGITS),
  ...zip(RUSSIAN_DIGITS_SHIFTED, KAZAKH_DIGITS_SHIFTED),
])
const kazakhToDigits = new Map(zip(KAZAKH_DIGITS, DIGITS))
const kazakhToRussian = new Map([...zip(KAZAKH_ROW_SHIFTED, RUSSIAN_ROW_SHIFTED), ...zip(KAZAKH_ROW, RUSSIAN_ROW)])

const typed = (text: string, ...tables: ReadonlyMap<string, string>[]): string =>
  [...text]
    .map((char) => {
      for (const table of tables) {
        const other = table.get(char) ?? table.get(char.toLowerCase())
        if (other !== undefined) return other
      }
      return char
    })
    .join('')

/** What the same keys type on another layout: «ghbrfp» → «приказ», «0ызмет» → «қызмет», «уьфшд» → «email». */
export const retype = (text: string, from: Layout, to: Layout): string => {
  if (from === 'us') return to === 'kk' ? typed(text, usDigitsToKazakh, usToRussian) : typed(text, usToRussian)
  if (to === 'us') return typed(text, from === 'kk' ? kazakhToDigits : russianToUs, russianToUs)
  return from === to ? text : to === 'kk' ? typed(text, russianDigitsToKazakh) : typed(text, kazakhToRussian)
}
