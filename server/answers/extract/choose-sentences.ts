import type { Analyser } from '#server/search/analysis/analyser.ts'
import type { NumberedPassage, ProposedSentence } from '../answerer.ts'
import { holdsExpected } from '../expected-answer.ts'
import type { ExpectedAnswer } from '../expected-answer.ts'
import { splitClauses, splitPassage } from '../split-passage.ts'
import type { ExtractionCandidate } from './extraction-model.ts'
import { searchable } from './passage-memory.ts'
import { support, weightedShare } from './word-support.ts'
import type { QuestionWord } from './word-support.ts'

const MOST_SENTENCES = 3
/** A further sentence is about as good as the first, in the score of ranking, or is left out. */
const NEARLY_AS_GOOD = 0.9
/** Between the heading of a row and what it says. */
const HEADED = ': '
const LEANS_BACK =
  /^(?:при этом|при том|он|она|они|оно|это|этот|эта|эти|данн\p{L}+|указанн\p{L}+|так\p{L}+ же|также|такая|такой|такие)(?![\p{L}])/iu

/**
 * The sentences of an answer whose best candidate is good enough: it, and what is about as good.
 * @param candidates best first
 * @param confidence of the answer as a whole
 */
export const chooseSentences = (
  candidates: readonly ExtractionCandidate[],
  confidence: number,
  passages: readonly NumberedPassage[],
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): ProposedSentence[] =>
  chooseCandidates(candidates, expected).flatMap((candidate) => {
    const passage = passages.find(({ number }) => number === candidate.number)
    return passage === undefined ? [] : [sentenceOf(candidate, confidence, passage, expected, words, analyser)]
  })

/** The best candidate and what is about as good, without overlaps; lists instead of several of their items. @param candidates best first */
export const chooseCandidates = (
  candidates: readonly ExtractionCandidate[],
  expected: Pick<ExpectedAnswer, 'kind'>,
): ExtractionCandidate[] => {
  const chosen: ExtractionCandidate[] = []
  const first = candidates[0]
  if (first === undefined) return []
  const least = expected.kind === 'definition' ? first.score : first.score - NEARLY_AS_GOOD
  for (const candidate of candidates) {
    if (chosen.length === MOST_SENTENCES || candidate.score < least) break
    if (!chosen.some((other) => overlap(other, candidate))) chosen.push(candidate)
  }
  // Two items of one list, or a question for a list: the list as a whole answers better than its pieces.
  for (const list of candidates) {
    if (list.unit.kind !== 'list') continue
    const items = chosen.filter(
      (other) =>
        (other.unit.kind === 'item' ||
          (other.unit.kind === 'sentence' && other.unit.lead?.start === list.unit.start)) &&
        overlap(other, list),
    )
    const [item] = items
    if (item === undefined || (items.length < 2 && expected.kind !== 'list')) continue
    chosen.splice(chosen.indexOf(item), 1, list)
    for (const other of items.slice(1)) chosen.splice(chosen.indexOf(other), 1)
  }
  return chosen
}

const overlap = (left: ExtractionCandidate, right: ExtractionCandidate): boolean =>
  left.number === right.number && left.unit.start < right.unit.end && right.unit.start < left.unit.end

const sentenceOf = (
  candidate: ExtractionCandidate,
  confidence: number,
  passage: NumberedPassage,
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): ProposedSentence => {
  const { unit, number } = candidate
  const quote =
    unit.kind === 'sentence'
      ? withSentenceBefore(bestClause(candidate.text, passage, expected, words, analyser), candidate, passage)
      : candidate.text
  const support = [{ number, quote }]
  let text = finish(passage.row !== undefined && unit.kind === 'list' ? quote.replace(/\s*:?\s*\n/u, HEADED) : quote)
  if (unit.lead !== null) {
    const lead = passage.text.slice(unit.lead.start, unit.lead.end)
    support.unshift({ number, quote: lead })
    text = `${raise(lead)}${lead.endsWith(':') ? ' ' : HEADED}${finish(quote, false)}`
  }
  return { text, support, confidence }
}

/** «При этом в запросе указывается …» means nothing without what stands before it in the paragraph. */
const withSentenceBefore = (quote: string, { unit, text }: ExtractionCandidate, passage: NumberedPassage): string => {
  if (quote !== text || !LEANS_BACK.test(text)) return quote
  const before = splitPassage(passage.text, passage.lang === 'ru').findLast(
    (other) => other.kind === 'sentence' && other.end <= unit.start,
  )
  return before === undefined || passage.text.slice(before.end, unit.start).includes('\n')
    ? quote
    : passage.text.slice(before.start, unit.end)
}

const raise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const finish = (text: string, capital = true): string =>
  (capital ? raise(text) : text).replace(/[;,:]\s*$/u, '').replace(/(?<![.!?])$/u, '.')

/** The one clause that answers, where a sentence joins several: the one with the term asked for, or with the question's words. */
const bestClause = (
  sentence: string,
  passage: NumberedPassage,
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): string => {
  const clauses = passage.lang === 'ru' ? splitClauses(sentence) : []
  if (clauses.length <= 1) return sentence
  const whole = holdsExpected(expected.kind, sentence)
  const cover = (text: string): number => {
    const found = searchable(analyser.analyse(text, passage.lang))
    return weightedShare(
      words,
      words.map((word) => support(word, found)),
    )
  }
  const typed =
    expected.kind === 'duration' || expected.kind === 'count' || expected.kind === 'phone' || expected.kind === 'email'
  const all = cover(sentence)
  const fitting = clauses
    .map(([start, end]) => sentence.slice(start, end))
    .filter((clause) => holdsExpected(expected.kind, clause) >= whole)
    .map((clause) => ({ clause, cover: cover(clause) }))
    .filter(({ cover: own }) => (typed && whole >= 0.8) || own >= 0.9 * all)
    .sort((left, right) => right.cover - left.cover)
  return fitting[0]?.clause ?? sentence
}
