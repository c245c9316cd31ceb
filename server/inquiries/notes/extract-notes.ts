import { speechOf } from '../calls/speech-of.ts'
import { cutAtWord, findQuestions } from '../questions/find-questions.ts'
import type { Segment } from '../schema.ts'

const MOST_SENTENCES = 3
const LONGEST_SENTENCE = 500
const LONGEST_SUBJECT = 160

const isSaying = (sentence: string): boolean => (sentence.match(/\p{L}{3,}/gu) ?? []).length >= 3

/** What the caller said, sentence by sentence; what speaks to a model is left out. */
export const callerSentences = (segments: readonly Segment[]): string[] =>
  segments.filter(({ speaker }) => speaker === 'caller').flatMap(({ text }) => speechOf(text))

/**
 * The caller's own sentences that carry the question, at most three, word for word; without a recognisable question the first ones that say
 * something. Pure.
 * @returns empty when the caller said nothing
 */
export function extractNotes(segments: readonly Segment[]): { subject: string; content: string } {
  const sentences = callerSentences(segments)
  const asked = findQuestions(sentences, LONGEST_SENTENCE).slice(0, MOST_SENTENCES)
  const places = new Set(asked.flatMap(({ at, about }) => (about === null ? [at] : [about, at])))
  const distinct = [...new Set([...places].toSorted((a, b) => a - b).flatMap((at) => sentences[at] ?? []))]
  const said = distinct.length > 0 ? distinct : sentences.filter(isSaying).slice(0, 2)
  const chosen = (said.length > 0 ? said : sentences.slice(0, 1)).map((one) => cutAtWord(one, LONGEST_SENTENCE))
  const ended = chosen.map((one) => (/[.?!…]$/u.test(one) ? one : `${one}.`))
  return {
    subject: cutAtWord((chosen[0] ?? '').replace(/[.?!…]+$/u, ''), LONGEST_SUBJECT),
    content: ended.join(' '),
  }
}
