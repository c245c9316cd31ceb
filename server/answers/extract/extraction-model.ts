import type { AnswerKind } from '../expected-answer.ts'
import type { PassageUnit } from '../split-passage.ts'
import type { ExtractionFeatures } from './extraction-features.ts'
import { KNOWN } from './word-support.ts'
import type { QuestionWord } from './word-support.ts'

/** A piece of a passage that may be the answer. */
export interface ExtractionCandidate {
  number: number
  label: string
  unit: PassageUnit
  text: string
  features: ExtractionFeatures
  /** How well it answers compared with others; only differences mean anything. */
  score: number
}

/** What decides whether to answer at all: the best candidate, its lead, and what of the question nothing here knows. */
export interface DecisionFeatures extends ExtractionFeatures {
  /** Lead in score over the best candidate of another passage, at most 2. */
  margin: number
  /** Weight of the words that no passage holds, at most 2: the question is about something else. */
  unknown: number
  /** The heaviest single one of them. */
  strange: number
  /** How much the question says at all: words that stand everywhere choose nothing. */
  substance: number
  /** It asks for a thing that can be seen in a text: a term, a number, an address. */
  typed: number
}

/**
 * Which candidate is best, and whether it is good enough: two linear models, fitted by `evals/answers/fit-extraction.ts`
 * over all four development sets. On a set left out of the fitting (2026-11-24): right point first 90.7 %, right and
 * given 84.9 % of 311 answerable, 92.3 % of what is given right, 92.7 % of 164 near misses refused.
 */
export const RANKING: Partial<Record<keyof ExtractionFeatures, number>> = {
  coverage: 1.56,
  own: 3.62,
  expected: 3,
  gap: -1.35,
  weakest: 0.21,
  focus: 0.72,
  proximity: 0.25,
  pairs: 2.45,
  density: 4.15,
  rank: 4.8,
}
export const DECISION: { bias: number; weights: Partial<Record<keyof DecisionFeatures, number>> } = {
  bias: -7.97,
  weights: {
    coverage: 2.96,
    own: 2.51,
    gap: -0.21,
    weakest: 0.79,
    pairs: 0.82,
    rank: 1.14,
    margin: 1.82,
    unknown: -0.63,
    strange: -0.83,
  },
}
/** From here on an answer is given. */
export const THRESHOLD = 0.55

const LEAST_EXPECTED = 0.15
const RANK_DECAY = 0.15
const MOST_MARGIN = 2

/** Without the kind of thing asked for nothing is an answer, however many words it shares. */
export const isAble = ({ features }: Pick<ExtractionCandidate, 'features'>): boolean =>
  features.expected >= LEAST_EXPECTED

/** The feature for a place in the ranking, from 0. */
export const rankFeature = (place: number): number => 1 / (1 + RANK_DECAY * place)

/** A weighted sum of the features that a model knows. */
export const linear = <T extends object>(weights: Partial<Record<keyof T, number>>, features: T): number => {
  let score = 0
  for (const name of Object.keys(weights) as (keyof T)[]) score += (weights[name] ?? 0) * Number(features[name])
  return score
}

const UNTYPED = new Set<AnswerKind>(['open', 'yes-no', 'list', 'actor', 'when'])

/**
 * Sees the decision as the model does.
 * @param candidates those that can answer, best first
 */
export const decisionFeatures = (
  candidates: readonly ExtractionCandidate[],
  kind: AnswerKind,
  words: readonly QuestionWord[],
  supportAnywhere: readonly number[],
): DecisionFeatures | null => {
  const best = candidates[0]
  if (best === undefined) return null
  const rival = candidates.find(({ number }) => number !== best.number)
  const strange = words.map(({ weight }, index) =>
    (supportAnywhere[index] ?? 0) < KNOWN ? Math.min(1, weight) * (1 - (supportAnywhere[index] ?? 0)) : 0,
  )
  return {
    ...best.features,
    margin: rival === undefined ? MOST_MARGIN : Math.min(MOST_MARGIN, best.score - rival.score),
    unknown: Math.min(
      2,
      strange.reduce((sum, weight) => sum + weight, 0),
    ),
    strange: Math.max(0, ...strange),
    substance: Math.min(
      1,
      words.reduce((sum, { weight }) => sum + weight, 0),
    ),
    typed: UNTYPED.has(kind) ? 0 : 1,
  }
}

/** How sure an answer is, 0…1. */
export const confidenceOf = (features: DecisionFeatures): number =>
  1 / (1 + Math.exp(-DECISION.bias - linear<DecisionFeatures>(DECISION.weights, features)))
