import type { ExtractionFeatures } from '#server/answers/extract/extraction-features.ts'
import { THRESHOLDS } from '#server/answers/extract/extraction-model.ts'
import type { AllFitted, DecisionFeatures, ModelKind } from '#server/answers/extract/extraction-model.ts'

export interface Recipe {
  /** What each feature must mean, so that chance in few questions teaches nothing absurd. */
  signs: Partial<Record<keyof ExtractionFeatures, 1 | -1 | 0>>
  decision: readonly (keyof DecisionFeatures)[]
  /** The decision is fitted over the questions about acts alone: where the Rules come first their own model decides. The order is always fitted over all. */
  decidedByActs: boolean
  strength: { ranking: number; decision: number }
  /** Whether the decision also sees products of features. */
  products: boolean
  threshold: number
}

const SIGNS: Recipe['signs'] = {
  coverage: 1,
  own: 1,
  expected: 1,
  gap: -1,
  weakest: 1,
  focus: 1,
  proximity: 1,
  pairs: 1,
  density: 1,
  soft: 1,
  meaning: 1,
  alien: -1,
  contrast: -1,
  polarity: 1,
  anchored: -1,
  complete: 1,
  likeness: 1,
  likenesses: 1,
  kinship: 1,
  kinships: 1,
  sense: 1,
  covered: 1,
  unheard: -1,
  rank: 1,
  row: 1,
  subject: 1,
  subjectLead: 1,
  specific: 1,
  missed: -1,
  enacting: -1,
  whole: 0,
  item: 0,
}
/** What the order of candidates says of the best one. */
const BY_ORDER = ['certainty', 'passageShare', 'actShare', 'doubt', 'actMargin', 'bySearch', 'bySamples'] as const
/** What acts are known not to say (0045): gaps are known of acts with sample questions. */
const BY_GAPS = ['gapLikeness', 'gapLikenesses', 'gapKinship', 'gapKinships'] as const
const OF_DECISION: readonly (keyof DecisionFeatures)[] = [
  ...(Object.keys(SIGNS) as (keyof ExtractionFeatures)[]).filter((name) => name !== 'item'),
  'likenessLead',
  'kinshipLead',
  'senseLead',
  'margin',
  'unknown',
  'strange',
  'foreign',
  'foreignSum',
  'substance',
  'wording',
  'typed',
  ...BY_ORDER,
  ...BY_GAPS,
]
const BY_SAMPLES = ['likeness', 'likenesses', 'likenessLead', 'kinship', 'kinships', 'kinshipLead'] as const
/** Subwords are fitted over the acts with sample questions (0043): of another act they say less than here, where it is asked about as if it had none. */
const BY_FITTED = ['sense', 'senseLead'] as const
/** An act without sample questions would be judged by what words mean for other acts; the Russian model of the Rules did not gain by it (0052). */
const BY_WORDING = ['wording'] as const
/** Word vectors are Russian: what they say is no feature of Kazakh texts. */
const BY_VECTORS = ['soft', 'meaning', 'alien', 'foreign', 'foreignSum'] as const
/** What tells acts and their rows apart says nothing within one act. */
const BY_ACT = ['row', 'subject', 'subjectLead', 'specific', 'missed', 'enacting', 'whole'] as const
const signsWithout = (...names: readonly string[]): Recipe['signs'] =>
  Object.fromEntries(Object.entries(SIGNS).filter(([name]) => !names.includes(name)))
const decisionWithout = (...names: readonly string[]): Recipe['decision'] =>
  OF_DECISION.filter((name) => !names.includes(name))

/** So few questions about acts bear no products of features: with them acts left out were judged worse, with sample questions (0026) by five points and without by fifteen. */
export const RECIPES: { [Kind in ModelKind]: Record<keyof AllFitted[Kind], Recipe> } = {
  rules: {
    ru: {
      signs: signsWithout(...BY_ACT, 'item'),
      decision: decisionWithout(...BY_ACT, ...BY_ORDER, ...BY_WORDING),
      decidedByActs: false,
      strength: { ranking: 0.02, decision: 0.3 },
      products: true,
      threshold: THRESHOLDS.rules.ru,
    },
  },
  sampled: {
    ru: {
      // Over the Rules' questions as well nine refusals in ten cost acts four points of right answers.
      signs: SIGNS,
      decision: OF_DECISION,
      decidedByActs: true,
      strength: { ranking: 0.02, decision: 0.005 },
      products: false,
      threshold: THRESHOLDS.sampled.ru,
    },
    kk: {
      signs: signsWithout(...BY_VECTORS, 'item'),
      decision: decisionWithout(...BY_VECTORS, ...BY_ORDER),
      decidedByActs: false,
      strength: { ranking: 0.02, decision: 0.01 },
      products: false,
      threshold: THRESHOLDS.sampled.kk,
    },
  },
  plain: {
    ru: {
      // They only help to decide: word vectors say as much for the order.
      signs: signsWithout(...BY_SAMPLES, ...BY_FITTED, 'specific', 'missed', 'item'),
      decision: decisionWithout(...BY_SAMPLES, ...BY_FITTED, ...BY_WORDING, ...BY_ORDER, ...BY_GAPS),
      decidedByActs: false,
      strength: { ranking: 0.05, decision: 0.2 },
      products: false,
      threshold: THRESHOLDS.plain.ru,
    },
    kk: {
      signs: signsWithout(...BY_SAMPLES, ...BY_FITTED, ...BY_VECTORS, 'item'),
      decision: decisionWithout(...BY_SAMPLES, ...BY_FITTED, ...BY_WORDING, ...BY_VECTORS, ...BY_ORDER, ...BY_GAPS),
      decidedByActs: false,
      strength: { ranking: 0.05, decision: 0.1 },
      products: false,
      threshold: THRESHOLDS.plain.kk,
    },
  },
}
