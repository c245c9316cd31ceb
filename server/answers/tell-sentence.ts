import { plainWords } from './plain-words.ts'
import type { AnswerCitation, AnswerSentence } from './schema.ts'

/** More places that say the same help nobody. */
const MOST_CITATIONS = 6

const overlaps = (one: AnswerCitation, other: AnswerCitation): boolean =>
  one.passageId === other.passageId &&
  one.quoteStart < other.quoteStart + other.quote.length &&
  other.quoteStart < one.quoteStart + one.quote.length

/**
 * What becomes of an answer's sentences with one more. The same words are said once, whoever says them again (model or extract), and from whichever
 * passage: what else they rest on joins the sentence that stands.
 * @param isSecond who speaks after another does not repeat him in other words either: then no quote is told twice
 * @returns the sentences as they are from now on, and whether the new one stands among them
 */
export function tellSentence(
  told: readonly AnswerSentence[],
  sentence: AnswerSentence,
  isSecond: boolean,
): { sentences: AnswerSentence[]; isNew: boolean } {
  const words = plainWords(sentence.text)
  const at = told.findIndex(({ text }) => plainWords(text) === words)
  const held = told[at]
  if (held !== undefined) {
    const more = sentence.citations.filter((one) => !held.citations.some((other) => overlaps(one, other)))
    const citations = [...held.citations, ...more].slice(0, Math.max(MOST_CITATIONS, held.citations.length))
    return { sentences: told.with(at, { ...held, citations }), isNew: false }
  }
  const isRepeated =
    isSecond &&
    sentence.citations.some((one) => told.some(({ citations }) => citations.some((other) => overlaps(one, other))))
  return isRepeated ? { sentences: [...told], isNew: false } : { sentences: [...told, sentence], isNew: true }
}
