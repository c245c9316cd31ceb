import type { AnswererInput, NumberedPassage } from '#server/answers/answerer.ts'
import { explainExtraction } from '#server/answers/extractive-answerer.ts'
import {
  isAble,
  type ExtractionCandidate,
  type JudgedQuestion,
  type ModelKind,
} from '#server/answers/extract/extraction-model.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'

/** A question with what may answer it, each piece judged: what models are fitted on. */
export interface Asked extends JudgedQuestion {
  question: string
  /** What is left out together: a set of questions about the Rules, or an act. */
  set: string
  file: string
  answerable: boolean
  /** The act and the places of a passage. */
  sourceOf: (number: number) => Pick<NumberedPassage, 'act' | 'places'>
  /** Candidates that can answer, each with whether it stands in a right point. */
  candidates: { candidate: ExtractionCandidate; right: boolean }[]
}

/** Of the sets that are asked over acts. */
export const isOfActs = ({ file }: { file: string }): boolean => !file.startsWith('contact-centre')

/** What the models of a kind see of a question when it is answered, each candidate with whether it is right. */
export function examine(
  language: LanguageData,
  input: AnswererInput,
  kind: ModelKind,
  answerable: boolean,
  isRight: (candidate: ExtractionCandidate) => boolean,
): Omit<Asked, 'set' | 'file'> {
  const { expected, words, wording, groups } = explainExtraction(language, input)
  const candidates = groups.find((group) => group.kind === kind)?.candidates ?? []
  // Thousands are kept: not with their texts.
  const sources = new Map(
    input.passages.map(({ number, act, places }) => [
      number,
      { ...(act === undefined ? {} : { act }), ...(places === undefined ? {} : { places }) },
    ]),
  )
  return {
    question: input.question,
    answerable,
    sourceOf: (number) => sources.get(number) ?? {},
    candidates: candidates.filter(isAble).map((candidate) => ({ candidate, right: answerable && isRight(candidate) })),
    kind: expected.kind,
    gaps: input.gaps,
    words,
    wording,
    supportAnywhere: words.map(({ support }) => support),
    nearAnywhere: words.map(({ anywhere }) => anywhere),
  }
}
