import type { AnswerSentence } from '../api/types.ts'

/** Case of the first letter, white space, quotation marks and the sign at the end are no words. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/["'«»“”„]/gu, '')
    .replaceAll(/[‐‑–—]/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/[.;:,!…]+$/u, '')

/** True when a sentence is one of its quotes, or all of them one after another, word for word. */
export const isVerbatim = ({
  text,
  citations,
}: Pick<AnswerSentence, 'text'> & { citations: readonly { quote: string }[] }): boolean => {
  const said = plain(text)
  return (
    citations.some(({ quote }) => plain(quote) === said) ||
    (citations.length > 1 && plain(citations.map(({ quote }) => quote).join('\n')) === said)
  )
}
