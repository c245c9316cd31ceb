import type { Lang } from '#server/context.ts'
import type { AskedOfGaps, NumberedPassage } from '../answerer.ts'
import type { AnswerKind } from '../expected-answer.ts'
import type { PassageUnit } from '../split-passage.ts'
import { ASKED_JUST_SO } from '../clarify/is-of-anything.ts'
import { MOST_ALIKE, type ExtractionFeatures } from './extraction-features.ts'
import { FIRM, KNOWN } from './word-support.ts'
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
  /** Weight of the heaviest word that nothing here is like: rare in the language and far from every word of every passage. */
  foreign: number
  /** Of all such words together, at most 2. */
  foreignSum: number
  /** How much the question says at all: words that stand everywhere choose nothing. */
  substance: number
  /** Lead in likeness of sample questions over every other passage, −1…1. */
  likenessLead: number
  /** The same lead by the company of subwords. */
  kinshipLead: number
  /** The same lead of the piece itself. */
  senseLead: number
  /**
   * How like the question is to the most alike one that is known to have no answer, by words and by the company of subwords; the same over the three most alike of
   * its gap. NaN where of the act no gaps are known: that says nothing.
   */
  gapLikeness: number
  gapLikenesses: number
  gapKinship: number
  gapKinships: number
  /**
   * Log-odds by its wording alone that it is one that acts answer, not one of their known gaps (0052). NaN where of the act no gaps are known, or that would speak against what somebody has asked
   * in just these words, or against a question within what was chosen, which need not say what it is about.
   */
  wording: number
  /** It asks for a thing that can be seen in a text: a term, a number, an address. */
  typed: number
  /** Share of the best candidate, of its passage and of its act in what all candidates are worth: softmax of their scores. */
  certainty: number
  passageShare: number
  actShare: number
  /** How evenly that is spread over the candidates: entropy, in nats. */
  doubt: number
  /** Lead in score over the best candidate of another act, at most 4. */
  actMargin: number
  /** Places that search and sample questions alone give its passage, as `rankFeature`; 0 where one does not know it. */
  bySearch: number
  bySamples: number
}

/**
 * Whether the best candidate is good enough: a logistic model over the features and their products, since none of them
 * decides alone: a small lead matters only where words are missing, a missing word only where it says something.
 */
export interface DecisionModel {
  bias: number
  features: readonly { name: keyof DecisionFeatures; mean: number; scale: number; weight: number }[]
  /** Of the products of two features, row by row of the upper triangle with the diagonal. */
  products: readonly number[]
}

/** The order of candidates and the decision to answer, fitted together. */
export interface FittedModels {
  ranking: Partial<Record<keyof ExtractionFeatures, number>>
  decision: DecisionModel
}

/** What is judged by models of its own: the Rules by which the centre works, acts with sample questions, acts without. */
export const MODEL_KINDS = ['rules', 'sampled', 'plain'] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

/** Models by what they judge: the Rules have sample questions in Russian alone. */
export interface AllFitted {
  rules: { ru: FittedModels }
  sampled: Record<Lang, FittedModels>
  plain: Record<Lang, FittedModels>
}

/** Confidence from which on an answer is given. What each reaches on questions left out of the fitting: decisions 0037, 0042, 0043, 0045, 0047 and 0048. */
export const THRESHOLDS: { [Kind in ModelKind]: Record<keyof AllFitted[Kind], number> } = {
  rules: { ru: 0.55 },
  sampled: { ru: 0.25, kk: 0.35 },
  plain: { ru: 0.48, kk: 0.45 },
}

/** The threshold of a kind; where the Rules have none of their own, that of acts like them. */
export const thresholdFor = (kind: ModelKind, lang: Lang): number =>
  kind === 'rules' && lang === 'ru' ? THRESHOLDS.rules.ru : THRESHOLDS[kind === 'rules' ? 'sampled' : kind][lang]

const LEAST_EXPECTED = 0.15
/** From here on somebody has asked just this, and the piece was named as the answer. */
const ASKED_SO = 0.8
const RANK_DECAY = 0.15
const MOST_MARGIN = 2
const MOST_ACT_MARGIN = 4

/** Without the kind of thing asked for nothing is an answer, however many words it shares. */
export const isAble = ({ features }: Pick<ExtractionCandidate, 'features'>): boolean =>
  features.expected >= LEAST_EXPECTED || features.likeness >= ASKED_SO

/** The feature for a place in the ranking, from 0. */
export const rankFeature = (place: number): number => 1 / (1 + RANK_DECAY * place)

const placeFeature = (place: number | null | undefined): number =>
  place === null || place === undefined ? 0 : rankFeature(place)

/** A weighted sum of the features that a model knows. */
export const linear = <T extends object>(weights: Partial<Record<keyof T, number>>, features: T): number => {
  let score = 0
  for (const name of Object.keys(weights) as (keyof T)[]) score += (weights[name] ?? 0) * Number(features[name])
  return score
}

/** A question as the decision sees it. */
export interface JudgedQuestion {
  kind: AnswerKind
  words: readonly QuestionWord[]
  /** Of each word: how far any passage holds it, and how near one comes to it. */
  supportAnywhere: readonly number[]
  nearAnywhere: readonly number[]
  /** `answeredWording` of it; NaN where that says nothing. */
  wording: number
  gaps: AskedOfGaps | undefined
}

const UNTYPED = new Set<AnswerKind>(['open', 'yes-no', 'list', 'actor', 'when'])

/**
 * Sees the decision as the model does.
 * @param candidates those that can answer, best first
 * @param sourceOf the passage of a number
 */
export const decisionFeatures = (
  candidates: readonly ExtractionCandidate[],
  sourceOf: (number: number) => Pick<NumberedPassage, 'act' | 'places'>,
  { kind, words, supportAnywhere, nearAnywhere, wording, gaps }: JudgedQuestion,
): DecisionFeatures | null => {
  const best = candidates[0]
  if (best === undefined) return null
  const rival = candidates.find(({ number }) => number !== best.number)
  const { act, places } = sourceOf(best.number)
  const isOfAct = ({ number }: ExtractionCandidate): boolean => sourceOf(number).act === act
  const otherAct = candidates.find((candidate) => !isOfAct(candidate))
  const powers = candidates.map(({ score }) => Math.exp(score - best.score))
  const all = powers.reduce((sum, power) => sum + power, 0)
  const shareOf = (isMeant: (candidate: ExtractionCandidate) => boolean): number =>
    candidates.reduce((sum, candidate, at) => (isMeant(candidate) ? sum + (powers[at] ?? 0) : sum), 0) / all
  const leadOver = (name: 'likeness' | 'kinship' | 'sense'): number =>
    best.features[name] -
    Math.max(0, ...candidates.filter(({ number }) => number !== best.number).map(({ features }) => features[name]))
  const strange = words.map(({ weight }, index) =>
    (supportAnywhere[index] ?? 0) < KNOWN ? Math.min(1, weight) * (1 - (supportAnywhere[index] ?? 0)) : 0,
  )
  const foreign = words.map(
    ({ weight, rarity }, index) =>
      Math.min(1, weight) *
      rarity *
      (1 - Math.max(Math.min(1, (supportAnywhere[index] ?? 0) / FIRM), nearAnywhere[index] ?? 0)),
  )
  return {
    ...best.features,
    margin: rival === undefined ? MOST_MARGIN : Math.min(MOST_MARGIN, best.score - rival.score),
    unknown: Math.min(
      2,
      strange.reduce((sum, weight) => sum + weight, 0),
    ),
    strange: Math.max(0, ...strange),
    foreign: Math.max(0, ...foreign),
    foreignSum: Math.min(
      2,
      foreign.reduce((sum, weight) => sum + weight, 0),
    ),
    substance: Math.min(
      1,
      words.reduce((sum, { weight }) => sum + weight, 0),
    ),
    likenessLead: leadOver('likeness'),
    kinshipLead: leadOver('kinship'),
    senseLead: leadOver('sense'),
    ...likeGaps(gaps, act),
    wording: isGuessWorth(wording, best, act, gaps) ? wording : Number.NaN,
    typed: UNTYPED.has(kind) ? 0 : 1,
    certainty: 1 / all,
    passageShare: shareOf(({ number }) => number === best.number),
    actShare: shareOf(isOfAct),
    doubt: powers.reduce((sum, power) => sum - (power === 0 ? 0 : (power / all) * Math.log(power / all)), 0),
    actMargin: otherAct === undefined ? MOST_ACT_MARGIN : Math.min(MOST_ACT_MARGIN, best.score - otherAct.score),
    bySearch: placeFeature(places?.search),
    bySamples: placeFeature(places?.samples),
  }
}

/** It is learnt of acts whose gaps are known; against what somebody has asked in just these words it says nothing. */
const isGuessWorth = (
  wording: number,
  { features }: ExtractionCandidate,
  act: string | undefined,
  gaps: AskedOfGaps | undefined,
): boolean =>
  act !== undefined && gaps?.acts.includes(act) === true && (wording >= 0 || features.likeness < ASKED_JUST_SO)

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / MOST_ALIKE
const likeGaps = (
  gaps: AskedOfGaps | undefined,
  act: string | undefined,
): Pick<DecisionFeatures, 'gapLikeness' | 'gapLikenesses' | 'gapKinship' | 'gapKinships'> => {
  const isKnown = act !== undefined && gaps?.acts.includes(act) === true
  const nearest = (by: (gap: AskedOfGaps['nearest'][number]) => number): number =>
    isKnown ? Math.max(0, ...gaps.nearest.map(by)) : Number.NaN
  return {
    gapLikeness: nearest(({ likeness }) => likeness[0] ?? 0),
    gapLikenesses: nearest(({ likeness }) => meanOf(likeness)),
    gapKinship: nearest(({ kinship }) => kinship[0] ?? 0),
    gapKinships: nearest(({ kinship }) => meanOf(kinship)),
  }
}

/** A feature so far from what fitting saw says no more than this. */
const MOST_DEVIATION = 3

/** The features as the model sees them: deviations from the mean, in the order of the model. */
export const deviations = (model: Pick<DecisionModel, 'features'>, features: DecisionFeatures): number[] =>
  model.features.map(({ name, mean, scale }) =>
    // What is not known is taken for usual.
    Number.isNaN(features[name])
      ? 0
      : Math.max(-MOST_DEVIATION, Math.min(MOST_DEVIATION, (features[name] - mean) / scale)),
  )

/** How sure an answer is, 0…1. */
export const confidenceOf = (features: DecisionFeatures, model: DecisionModel): number => {
  const seen = deviations(model, features)
  let sum = model.bias
  let product = 0
  for (const [row, left] of seen.entries()) {
    sum += (model.features[row]?.weight ?? 0) * left
    for (let column = row; column < seen.length; column += 1) {
      sum += (model.products[product] ?? 0) * left * (seen[column] ?? 0)
      product += 1
    }
  }
  return 1 / (1 + Math.exp(-sum))
}
