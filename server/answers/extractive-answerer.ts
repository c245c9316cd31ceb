import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { Answerer, AnswererInput, NumberedPassage, ProposedSentence } from './answerer.ts'
import { expectedAnswer } from './expected-answer.ts'
import type { ExpectedAnswer } from './expected-answer.ts'
import { chooseSentences } from './extract/choose-sentences.ts'
import { featuresOf } from './extract/extraction-features.ts'
import type { ExtractionFeatures } from './extract/extraction-features.ts'
import {
  confidenceOf,
  decisionFeatures,
  isAble,
  linear,
  PLAIN_THRESHOLD,
  rankFeature,
  THRESHOLD,
} from './extract/extraction-model.ts'
import type { DecisionFeatures, ExtractionCandidate } from './extract/extraction-model.ts'
import { DECISION, PLAIN_DECISION, PLAIN_RANKING, RANKING } from './extract/extraction-weights.ts'
import { mendSpelling } from './extract/mend-spelling.ts'
import { remembered } from './extract/passage-memory.ts'
import type { Remembered } from './extract/passage-memory.ts'
import { questionWords } from './extract/question-words.ts'
import { FIRM, isForm, names, nearness, support, supportIn } from './extract/word-support.ts'
import type { QuestionWord } from './extract/word-support.ts'
import { vectorReader } from './extract/word-vectors.ts'
import { splitPassage } from './split-passage.ts'

export interface Extraction {
  expected: ExpectedAnswer
  /** Words of the question with their weights, and how well they are supported by the passage that supports them best. */
  words: (QuestionWord & { support: number; anywhere: number })[]
  /** Best first; those without the kind of thing asked for come last. */
  candidates: ExtractionCandidate[]
  /** What the decision to answer was made by; null when there was nothing to decide. */
  decision: DecisionFeatures | null
  confidence: number
  sentences: ProposedSentence[]
}

const LONGEST_LIST = 1200
const ELSEWHERE_IN_PASSAGE = 0.8
const IN_CONTEXT = 0.65

/** An answerer that chooses sentences of the passages it is given and writes none of its own. Needs no model and no network. */
export const createExtractiveAnswerer = (language: LanguageData): Answerer => ({
  name: 'extractive-2',
  writes: null,
  // oxlint-disable-next-line require-await
  async *propose(input) {
    for (const sentence of explainExtraction(language, input).sentences) {
      if (input.signal?.aborted === true) return
      yield sentence
    }
  },
})

/**
 * What the extractive answerer sees and why it decides as it does, for editors, for tests and for fitting.
 * @returns every candidate with its features, best first, and the sentences that would be proposed
 */
export const explainExtraction = (language: LanguageData, input: AnswererInput): Extraction => {
  const analyser = createAnalyser(language)
  const passages = input.passages
    .filter((passage) => passage.lang === input.lang)
    .toSorted((left, right) => right.score - left.score)
  const readable = passages.length > 0 && input.lang !== 'kk'
  const known = remembered(language)
  const asked = readable ? mendSpelling(input.question, passages, analyser, known) : input.question
  const expected = expectedAnswer(asked)
  const nothing = { expected, words: [], candidates: [], decision: null, confidence: 0, sentences: [] }
  if (!readable) return nothing

  const sources = passages.map((passage) => ({
    passage,
    text: known(passage.text, passage.lang).words,
    context: known(`${passage.title}\n${passage.context}`, passage.lang).words,
  }))
  const analysed = analyser.analyse(asked, input.lang)
  const vectors = vectorReader(language)
  const content = questionWords(analysed, expected, asked, sources, vectors)
  // «график работы»: where the words that say what is asked for are all there is, they are what to look for.
  const words =
    content.length > 0 ? content : questionWords(analysed, { ...expected, asked: [] }, asked, sources, vectors)
  if (words.length === 0) return nothing
  const supportAnywhere = words.map((word) =>
    Math.max(
      ...sources.map(({ passage, text, context }) =>
        names(passage, word) ? 1 : Math.max(support(word, text), IN_CONTEXT * support(word, context)),
      ),
    ),
  )

  const nearAnywhere = words.map((word) =>
    Math.max(...passages.map((passage) => nearness(word, known(passage.text, passage.lang).vectors))),
  )

  const candidates: ExtractionCandidate[] = []
  for (const { passage, text: inPassage, context } of sources) {
    if (isForm(passage) && !asksOfForm(words, passage, known)) continue
    const around = words.map((word) =>
      Math.max(
        ELSEWHERE_IN_PASSAGE * supportIn(passage, word, inPassage),
        IN_CONTEXT * supportIn(passage, word, context),
      ),
    )
    for (const unit of splitPassage(passage.text)) {
      if (unit.kind === 'lead' || (unit.kind === 'list' && unit.end - unit.start > LONGEST_LIST)) continue
      const text = passage.text.slice(unit.start, unit.end)
      const lead = unit.lead === null ? '' : `${passage.text.slice(unit.lead.start, unit.lead.end)}\n`
      const recalled = known(lead + text, passage.lang)
      const ownSupports = words.map((word) => supportIn(passage, word, recalled.words))
      const supports = words.map((_, index) => Math.max(ownSupports[index] ?? 0, around[index] ?? 0))
      const features = featuresOf(
        words,
        expected,
        {
          passage,
          text,
          lead,
          recalled,
          // What a list is about its lead-in says.
          heading: unit.kind === 'list' ? known(text.split('\n', 1)[0] ?? '', passage.lang) : recalled,
          ownSupports,
          supports,
          unit,
        },
        supportAnywhere,
        analyser,
        known,
      )
      candidates.push({ number: passage.number, label: passage.label, unit, text, features, score: 0 })
    }
  }
  const ranked = rank(candidates, passages.some(({ asked = [] }) => asked.length > 0) ? RANKING : PLAIN_RANKING)
  const able = ranked.filter(isAble)
  const decision = decisionFeatures(able, expected.kind, words, supportAnywhere, nearAnywhere)
  // A decision of its own: what nobody has written sample questions for is judged by the text alone.
  const isAsked = (passages.find(({ number }) => number === able[0]?.number)?.asked?.length ?? 0) > 0
  const confidence = decision === null ? 0 : confidenceOf(decision, isAsked ? DECISION : PLAIN_DECISION)
  return {
    expected,
    words: words.map((word, index) => ({
      ...word,
      support: supportAnywhere[index] ?? 0,
      anywhere: nearAnywhere[index] ?? 0,
    })),
    candidates: ranked,
    decision,
    confidence,
    sentences:
      confidence < (isAsked ? THRESHOLD : PLAIN_THRESHOLD)
        ? []
        : chooseSentences(able, confidence, passages, expected, words, analyser),
  }
}

/** A form has a word for everything: only what names it or its heading asks about it. */
const asksOfForm = (words: readonly QuestionWord[], passage: NumberedPassage, known: Remembered): boolean => {
  const heading = known(passage.text.split('\n', 1)[0] ?? '', passage.lang).words
  return words.some((word) => names(passage, word) || support(word, heading) >= FIRM)
}

const rank = (
  candidates: readonly ExtractionCandidate[],
  ranking: Partial<Record<keyof ExtractionFeatures, number>>,
): ExtractionCandidate[] => {
  // Passages that cannot answer do not stand before those that can.
  const able = [...new Set(candidates.filter(isAble).map(({ number }) => number))]
  return candidates
    .map((candidate): ExtractionCandidate => {
      const features = {
        ...candidate.features,
        rank: isAble(candidate) ? rankFeature(able.indexOf(candidate.number)) : 0,
      }
      return { ...candidate, features, score: linear(ranking, features) }
    })
    .toSorted(
      (left, right) =>
        Number(isAble(right)) - Number(isAble(left)) ||
        right.score - left.score ||
        right.features.own - left.features.own,
    )
}
