/**
 * Keys of the US layout and what they type on the Russian and Kazakh ones (the layouts of X.Org and Windows agree on letters).
 * The Kazakh layout is the Russian one with nine letters in the digit row.
 */
const US = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
const US_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю.'
const RUSSIAN_SHIFTED = 'ёйцукенгшщзхъфывапролджэячсмитьбю,'
const DIGITS = '234567890-='
/** On the Kazakh layout ё moves away, digits become letters, and two of them punctuation. */
const KAZAKH_DIGITS = 'әіңғ,.үұқөһ'

export type Layout = 'us' | 'ru' | 'kk'

const zip = (from: string, to: string): [string, string][] => {
  const targets = [...to]
  return [...from].map((key, index) => [key, targets[index] ?? key])
}

const usToRussian = new Map([...zip(US_SHIFTED, RUSSIAN_SHIFTED), ...zip(US, RUSSIAN)])
const russianToUs = new Map(zip(RUSSIAN, US))
const digitsToKazakh = new Map(zip(DIGITS, KAZAKH_DIGITS))
const kazakhToDigits = new Map(zip(KAZAKH_DIGITS, DIGITS))

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
  if (from === 'us') return to === 'kk' ? typed(text, digitsToKazakh, usToRussian) : typed(text, usToRussian)
  if (to === 'us') return typed(text, from === 'kk' ? kazakhToDigits : russianToUs, russianToUs)
  return from === to ? text : to === 'kk' ? typed(text, digitsToKazakh) : typed(text, kazakhToDigits)
}
