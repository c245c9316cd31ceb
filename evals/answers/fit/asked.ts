import type { AnswererInput } from '#server/answers/answerer.ts'
import { explainExtraction } from '#server/answers/extractive-answerer.ts'
import type { AnswerKind } from '#server/answers/expected-answer.ts'
import { isAble, type ExtractionCandidate } from '#server/answers/extract/extraction-model.ts'
import type { QuestionWord } from '#server/answers/extract/word-support.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'

/** A question with what may answer it, each piece judged: what models are fitted on. */
export interface Asked {
  question: string
  /** What is left out together: a set of questions about the Rules, or an act. */
  set: string
  file: string
  answerable: boolean
  /** Candidates that can answer, each with whether it stands in a right point. */
  candidates: { candidate: ExtractionCandidate; right: boolean }[]
  kind: AnswerKind
  words: QuestionWord[]
  supportAnywhere: number[]
  nearAnywhere: number[]
}

/** What the answerer sees of a question, each candidate with whether it is right. */
export function examine(
  language: LanguageData,
  input: AnswererInput,
  answerable: boolean,
  isRight: (candidate: ExtractionCandidate) => boolean,
): Omit<Asked, 'set' | 'file'> {
  const { expected, words, candidates } = explainExtraction(language, input)
  return {
    question: input.question,
    answerable,
    candidates: candidates.filter(isAble).map((candidate) => ({ candidate, right: answerable && isRight(candidate) })),
    kind: expected.kind,
    words,
    supportAnywhere: words.map(({ support }) => support),
    nearAnywhere: words.map(({ anywhere }) => anywhere),
  }
}
