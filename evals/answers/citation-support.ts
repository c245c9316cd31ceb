import { foldTypography } from '#server/search/analysis/normalise.ts'

/** From this share of its words on a sentence stands on its quotes; numbers must all be there. */
const LEAST_SHARE = 0.8

const wordsOf = (text: string): string[] =>
  foldTypography(text)
    .text.toLowerCase()
    .match(/[\p{L}\d]+/gu) ?? []

const supports = (quotes: readonly string[], sentence: string): boolean => {
  const there = new Set(quotes.flatMap(wordsOf))
  const words = wordsOf(sentence)
  const known = words.filter((word) => there.has(word))
  return (
    words.length > 0 &&
    known.length / words.length >= LEAST_SHARE &&
    words.filter((word) => /\d/.test(word)).every((word) => there.has(word))
  )
}

/**
 * Citation recall and precision after Gao et al., "Enabling Large Language Models to Generate Text with Citations" (ALCE, 2023):
 * a sentence counts when all its citations together support it, a citation when its sentence is supported and it either
 * supports it alone or is missed when it is taken away. ALCE asks an entailment model whether a text supports a sentence; here
 * the words decide, which an answer made of the law's own sentences passes and a rewording does not.
 * @param sentences each with its quotes
 * @returns counts, to be summed over answers
 */
export function citationSupport(sentences: readonly { text: string; quotes: readonly string[] }[]): {
  sentences: number
  supported: number
  citations: number
  needed: number
} {
  const sum = { sentences: 0, supported: 0, citations: 0, needed: 0 }
  for (const { text, quotes } of sentences) {
    const whole = supports(quotes, text)
    sum.sentences += 1
    sum.supported += whole ? 1 : 0
    sum.citations += quotes.length
    if (!whole) continue
    for (const [index, quote] of quotes.entries())
      if (supports([quote], text) || !supports(quotes.toSpliced(index, 1), text)) sum.needed += 1
  }
  return sum
}
