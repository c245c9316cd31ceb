import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Lang } from '#server/context.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { AnswererInput } from '#server/answers/answerer.ts'
import { gatherPassages, numberPassages, type GatheredPassage } from '#server/answers/gather-passages.ts'
import { explainExtraction } from '#server/answers/extractive-answerer.ts'
import type { AnswerKind } from '#server/answers/expected-answer.ts'
import { chooseCandidates } from '#server/answers/extract/choose-sentences.ts'
import type { ExtractionFeatures } from '#server/answers/extract/extraction-features.ts'
import {
  confidenceOf,
  decisionFeatures,
  deviations,
  isAble,
  KAZAKH_THRESHOLD,
  linear,
  PLAIN_THRESHOLD,
  THRESHOLD,
} from '#server/answers/extract/extraction-model.ts'
import type { DecisionFeatures, DecisionModel, ExtractionCandidate } from '#server/answers/extract/extraction-model.ts'
import {
  DECISION,
  KAZAKH_DECISION,
  KAZAKH_RANKING,
  PLAIN_DECISION,
  PLAIN_RANKING,
  RANKING,
} from '#server/answers/extract/extraction-weights.ts'
import type { QuestionWord } from '#server/answers/extract/word-support.ts'
import { commandConfig } from '#server/bin/command-line.ts'
import { runCommand } from '#server/bin/run-command.ts'
import { withContext } from '#server/bin/with-context.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { provisionMatches, readActCases, type ActCase } from './read-act-cases.ts'
import { pointMatches, pointOf, readCases } from './read-cases.ts'
import { actNumbers, withActs } from './with-acts.ts'

const SETS = [
  'contact-centre-rules.ru.yaml',
  'contact-centre-rules-more.ru.yaml',
  'contact-centre-rules-dev-1.ru.yaml',
  'contact-centre-rules-dev-2.ru.yaml',
  'contact-centre-rules-dev-4.ru.yaml',
  'contact-centre-rules-dev-3.ru.yaml',
  'contact-centre-rules-colloquial.ru.yaml',
].map((name) => fileURLToPath(new URL(`../cases/${name}`, import.meta.url)))

/** Features that a model may use; the sign is what each must mean, so that chance in few questions teaches nothing absurd. */
const RANKING_SIGNS: Partial<Record<keyof ExtractionFeatures, 1 | -1>> = {
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
  covered: 1,
  unheard: -1,
  rank: 1,
}
/** For acts that nobody has written sample questions for. */
const ACT_RANKING_SIGNS: Recipe['signs'] = {
  ...Object.fromEntries(Object.entries(RANKING_SIGNS).filter(([name]) => !name.startsWith('likeness'))),
  row: 1,
  subject: 1,
  subjectLead: 1,
  specific: 1,
  missed: -1,
  enacting: -1,
  whole: 0,
}
/** Word vectors are Russian: what they say is no feature of Kazakh texts. */
const BY_VECTORS = new Set<keyof DecisionFeatures>(['soft', 'meaning', 'alien', 'foreign', 'foreignSum'])
const DECISION_FEATURES: readonly (keyof DecisionFeatures)[] = [
  'coverage',
  'own',
  'expected',
  'contrast',
  'polarity',
  'anchored',
  'complete',
  'gap',
  'weakest',
  'focus',
  'proximity',
  'pairs',
  'density',
  'soft',
  'meaning',
  'alien',
  'foreign',
  'foreignSum',
  'likeness',
  'likenesses',
  'likenessLead',
  'covered',
  'unheard',
  'rank',
  'margin',
  'unknown',
  'strange',
  'substance',
  'typed',
]
const ACT_DECISION_FEATURES: readonly (keyof DecisionFeatures)[] = [
  ...(Object.keys(ACT_RANKING_SIGNS) as (keyof ExtractionFeatures)[]),
  'margin',
  'unknown',
  'strange',
  'foreign',
  'foreignSum',
  'substance',
  'typed',
]
interface Recipe {
  signs: Partial<Record<keyof ExtractionFeatures, 1 | -1 | 0>>
  decision: readonly (keyof DecisionFeatures)[]
  strength: { ranking: number; decision: number }
  /** Whether the decision also sees products of features. */
  products: boolean
  threshold: number
}
const RULES_RECIPE: Recipe = {
  signs: RANKING_SIGNS,
  decision: DECISION_FEATURES,
  strength: { ranking: 0.02, decision: 0.3 },
  products: true,
  threshold: THRESHOLD,
}
/** So few questions bear no products of features: with them acts left out were judged worse by fifteen points (2026-11-25). */
const ACT_RECIPES: Record<Lang, Recipe> = {
  ru: {
    // They only help to decide: word vectors say as much for the order.
    signs: Object.fromEntries(
      Object.entries(ACT_RANKING_SIGNS).filter(([name]) => name !== 'specific' && name !== 'missed'),
    ),
    decision: ACT_DECISION_FEATURES,
    strength: { ranking: 0.05, decision: 0.2 },
    products: false,
    threshold: PLAIN_THRESHOLD,
  },
  kk: {
    signs: Object.fromEntries(
      Object.entries(ACT_RANKING_SIGNS).filter(([name]) => !BY_VECTORS.has(name as keyof ExtractionFeatures)),
    ),
    decision: ACT_DECISION_FEATURES.filter((name) => !BY_VECTORS.has(name)),
    strength: { ranking: 0.05, decision: 0.1 },
    products: false,
    threshold: KAZAKH_THRESHOLD,
  },
}
const ACT_FILES: Record<Lang, string[]> = {
  ru: ['acts.ru.yaml', 'acts-dev-2.ru.yaml'],
  kk: ['acts.kk.yaml', 'acts-dev-2.kk.yaml'],
}
/** What is not fitted now stays. */
const CURRENT: Models = {
  rules: { ranking: RANKING, decision: DECISION },
  ru: { ranking: PLAIN_RANKING, decision: PLAIN_DECISION },
  kk: { ranking: KAZAKH_RANKING, decision: KAZAKH_DECISION },
}
const TARGET = fileURLToPath(new URL('../../server/answers/extract/extraction-weights.ts', import.meta.url))

interface Asked {
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

type Weights<T> = Partial<Record<keyof T, number>>

/**
 * Fits the models of the extractive answerer and reports what they reach on each set of questions when fitted on the others:
 * `npx tsx evals/answers/fit-extraction.ts [--cases FILE …] [--misses] [--write]` those of acts with sample questions over the Rules' sets,
 * `… --acts DIR [--cache FILE] …` those of acts without, Russian and Kazakh, over the development sets of acts, an act left out at a time.
 * `--cache` keeps the gathered passages: gather anew after a change of search. `--write` puts the models into
 * `server/answers/extract/extraction-weights.ts`, the others staying. Run both again when language data or features change.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', multiple: true },
      acts: { type: 'string' },
      cache: { type: 'string' },
      misses: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  })
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const misses = values.misses === true
  const models = { ...CURRENT }
  const language = await readLanguageData(commandConfig(undefined).contentDir)
  if (values.acts !== undefined) {
    const gathered = await gatheredOverActs(values.acts, values.cache)
    for (const lang of ['ru', 'kk'] as const) {
      out(lang)
      const asked = gathered.filter((one) => one.lang === lang).map((one) => askOverActs(language, one))
      models[lang] = fit(leftOutByAct(asked), ACT_RECIPES[lang], misses, out)
    }
  } else {
    const directory = await mkdtemp(join(tmpdir(), 'bilim-fit-'))
    try {
      await withContext({ dataDir: directory, purpose: 'fitting', prepare: true }, async (ctx) => {
        const all: Asked[] = []
        for (const file of values.cases ?? SETS) all.push(...(await ask(ctx, language, file)))
        models.rules = fit(all, RULES_RECIPE, misses, out)
      })
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  if (values.write === true) await writeFile(TARGET, weightsFile(models))
  return 0
})

interface Fitted {
  ranking: Weights<ExtractionFeatures>
  decision: DecisionModel
}

interface Models {
  rules: Fitted
  ru: Fitted
  kk: Fitted
}

/** Fits both models and reports each set as judged by models fitted on the others. */
function fit(all: readonly Asked[], recipe: Recipe, misses: boolean, out: (line: string) => void): Fitted {
  const unreachable = all.filter((asked) => asked.answerable && !asked.candidates.some(({ right }) => right))
  out(`no right candidate: ${unreachable.length}`)
  if (misses) for (const { question, kind } of unreachable) out(`    ${kind}: ${question}`)
  const sure: Judged['sure'] = []
  const total = { right: 0, answerable: 0, refused: 0, unanswerable: 0, cited: 0 }
  for (const set of new Set(all.map((asked) => asked.set))) {
    const train = all.filter((asked) => asked.set !== set)
    const ranking = fitRanking(train, recipe)
    const result = judge(
      all.filter((asked) => asked.set === set),
      ranking,
      fitDecision(train, ranking, recipe),
      recipe.threshold,
    )
    sure.push(...result.sure)
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += result[key]
    out(`left out ${set}: ${figures(result)}; right one ranked first ${percent(result.first / result.answerable)}`)
    if (misses) for (const miss of result.misses) out(`    ${miss}`)
  }
  out(`left out, together: ${figures(total)}`)
  for (const at of [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]) {
    const given = sure.filter((one) => one.confidence >= at)
    const right = given.filter((one) => one.answerable && one.right).length
    out(
      `  threshold ${at}: right ${percent(right / total.answerable)}, refused ${percent(1 - given.filter((one) => !one.answerable).length / total.unanswerable)}`,
    )
  }
  for (const file of new Set(all.map((asked) => asked.file))) {
    const own = sure.filter((one) => one.file === file)
    const answerable = own.filter((one) => one.answerable)
    const unanswerable = own.filter((one) => !one.answerable)
    const given = (one: { confidence: number }) => one.confidence >= recipe.threshold
    out(
      `  ${file}: right ${percent(answerable.filter((one) => one.right && given(one)).length / answerable.length)}, refused ${percent(unanswerable.filter((one) => !given(one)).length / unanswerable.length)}`,
    )
  }
  const ranking = fitRanking(all, recipe)
  const decision = fitDecision(all, ranking, recipe)
  out(`fitted on all: ${figures(judge(all, ranking, decision, recipe.threshold))}`)
  return { ranking, decision }
}

async function ask(ctx: AnswerContext, language: LanguageData, file: string): Promise<Asked[]> {
  const { cases, asOf } = await readCases(file)
  const asked: Asked[] = []
  for (const { question, lang, expect, points } of cases) {
    if (lang !== 'ru') continue
    const { passages } = await gatherPassages(ctx, { question, lang, asOf })
    const isRight = ({ number, unit }: ExtractionCandidate): boolean => {
      const passage = passages[number - 1]
      const segment = passage?.segments.find(({ start, end }) => unit.start >= start && unit.end <= end)
      const eid = segment?.eid ?? passage?.citation?.eid
      return eid !== undefined && (points ?? []).some((point) => pointMatches(pointOf(eid), point))
    }
    asked.push({
      file: basename(file),
      set: basename(file),
      ...examine(
        language,
        { question, lang, asOf, passages: numberPassages(passages) },
        expect === 'answered',
        isRight,
      ),
    })
  }
  return asked
}

/** What the answerer sees of a question, each candidate with whether it is right. */
function examine(
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

interface GatheredCase extends ActCase {
  file: string
  asOf: string
  passages: (GatheredPassage & { act: string })[]
}

/** The passages of every question over acts, gathered once. @param acts directory of acts as Markdown */
async function gatheredOverActs(acts: string, cache: string | undefined): Promise<GatheredCase[]> {
  if (cache !== undefined && existsSync(cache)) return JSON.parse(await readFile(cache, 'utf8')) as GatheredCase[]
  const gathered: GatheredCase[] = []
  const paths = (await readdir(acts))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(acts, name))
  await withActs(paths, [], async (ctx) => {
    const numbers = await actNumbers(ctx)
    for (const file of Object.values(ACT_FILES).flat()) {
      const { cases, asOf } = await readActCases(fileURLToPath(new URL(`../cases/${file}`, import.meta.url)))
      for (const one of cases) {
        const { passages } = await gatherPassages(ctx, { question: one.question, lang: one.lang, asOf })
        gathered.push({
          ...one,
          file,
          asOf,
          passages: passages.map((passage) => ({ ...passage, act: numbers.get(passage.citation?.actId ?? '') ?? '' })),
        })
      }
    }
  })
  if (cache !== undefined) await writeFile(cache, JSON.stringify(gathered))
  return gathered
}

/** A question over acts as the models of acts without sample questions see it: acts that have some are judged by others. */
function askOverActs(
  language: LanguageData,
  { question, lang, asOf, expect, provisions, passages, file }: GatheredCase,
): Asked {
  const sampled = new Set(passages.filter(({ asked }) => asked.length > 0).map(({ act }) => act))
  const numbered = numberPassages(passages).filter(({ number }) => !sampled.has(passages[number - 1]?.act ?? ''))
  const isRight = ({ number, unit }: ExtractionCandidate): boolean => {
    const passage = passages[number - 1]
    const segment = passage?.segments.find(({ start, end }) => unit.start >= start && unit.end <= end)
    const eid = segment?.eid ?? passage?.citation?.eid
    return (
      eid !== undefined &&
      provisions.some(
        (one) => one.startsWith(`${passage?.act} `) && provisionMatches(eid, one.slice(one.indexOf(' ') + 1)),
      )
    )
  }
  return {
    file,
    set: provisions[0]?.split(' ')[0] ?? '',
    ...examine(language, { question, lang, asOf, passages: numbered }, expect === 'answered', isRight),
  }
}

/** Questions of no act are left out with each act in turn. */
function leftOutByAct(asked: readonly Asked[]): Asked[] {
  const acts = [...new Set(asked.map(({ set }) => set))].filter((act) => act !== '').sort()
  let next = 0
  return asked.map((one) => (one.set === '' ? { ...one, set: acts[next++ % acts.length] ?? '' } : one))
}

/** Of all candidates of a question the right ones together should be the most probable. */
function fitRanking(train: readonly Asked[], { signs, strength }: Recipe): Weights<ExtractionFeatures> {
  const names = Object.keys(signs) as (keyof ExtractionFeatures)[]
  const rows = train
    .filter(({ candidates }) => candidates.some(({ right }) => right) && candidates.some(({ right }) => !right))
    .map(({ candidates }) =>
      candidates.map(({ candidate, right }) => ({ x: names.map((name) => candidate.features[name]), right })),
    )
  const weights = descend(
    names.map((name) => signs[name] ?? 0),
    strength.ranking,
    (w, gradient) => {
      for (const row of rows) {
        const scores = row.map(({ x }) => Math.exp(dot(w, x)))
        const sum = scores.reduce((a, b) => a + b, 0)
        const right = scores.reduce((a, b, index) => a + (row[index]?.right === true ? b : 0), 0)
        for (const [index, { x, right: isRight }] of row.entries()) {
          const score = scores[index] ?? 0
          const error = (score / sum - (isRight ? score / right : 0)) / rows.length
          for (const [at, value] of x.entries()) gradient[at] = (gradient[at] ?? 0) + error * value
        }
      }
    },
  )
  return named(names, weights)
}

function bestOf(asked: Asked, ranking: Weights<ExtractionFeatures>) {
  const ranked = asked.candidates
    .map(({ candidate, right }) => ({
      candidate: { ...candidate, score: linear(ranking, candidate.features) },
      right,
    }))
    .toSorted((left, right) => right.candidate.score - left.candidate.score)
  const features = decisionFeatures(
    ranked.map(({ candidate }) => candidate),
    asked.kind,
    asked.words,
    asked.supportAnywhere,
    asked.nearAnywhere,
  )
  const cited = chooseCandidates(
    ranked.map(({ candidate }) => candidate),
    asked,
  )
  return features === null
    ? null
    : {
        features,
        right: ranked[0]?.right === true,
        cited: ranked.some(
          ({ candidate, right }) =>
            right &&
            cited.some(
              ({ number, unit }) =>
                number === candidate.number && unit.start === candidate.unit.start && unit.end === candidate.unit.end,
            ),
        ),
      }
}

/** Answers where the best candidate is right; a wrong one is no better than a refusal. Both count the same, however many they are. */
function fitDecision(
  train: readonly Asked[],
  ranking: Weights<ExtractionFeatures>,
  { decision, strength, products }: Recipe,
): DecisionModel {
  const rows = train.flatMap((asked) => bestOf(asked, ranking) ?? [])
  const features = decision.map((name) => {
    const { mean, scale } = spread(rows.map((row) => row.features[name]))
    return { name, mean: rounded(mean), scale: rounded(scale), weight: 0 }
  })
  const expanded = rows.map((row) => {
    const seen = deviations({ features }, row.features)
    return products ? [...seen, ...seen.flatMap((left, index) => seen.slice(index).map((right) => left * right))] : seen
  })
  const columns = (expanded[0] ?? []).map((_, at) => spread(expanded.map((row) => row[at] ?? 0)))
  for (const row of expanded)
    for (const [at, { mean, scale }] of columns.entries()) row[at] = ((row[at] ?? 0) - mean) / scale
  const positive = rows.filter(({ right }) => right).length
  const weightOf = (right: boolean) => 0.5 / (right ? positive : rows.length - positive)
  const [bias = 0, ...weights] = descend(
    [0, ...columns.map(() => 0)],
    strength.decision,
    (w, gradient) => {
      for (const [index, x] of expanded.entries()) {
        const right = rows[index]?.right === true
        let sum = w[0] ?? 0
        for (let at = 0; at < x.length; at += 1) sum += (w[at + 1] ?? 0) * (x[at] ?? 0)
        const error = (1 / (1 + Math.exp(-sum)) - (right ? 1 : 0)) * weightOf(right)
        gradient[0] = (gradient[0] ?? 0) + error
        for (let at = 0; at < x.length; at += 1) gradient[at + 1] = (gradient[at + 1] ?? 0) + error * (x[at] ?? 0)
      }
    },
    { free: true, steps: 400, rate: 0.02 },
  )
  const unscaled = columns.map(({ scale }, at) => (weights[at] ?? 0) / scale)
  return {
    bias: rounded(bias - columns.reduce((sum, { mean }, at) => sum + mean * (unscaled[at] ?? 0), 0)),
    features: features.map((feature, at) => ({ ...feature, weight: rounded(unscaled[at] ?? 0) })),
    products: unscaled.slice(features.length).map(rounded),
  }
}

function spread(values: readonly number[]): { mean: number; scale: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return { mean, scale: scale < 1e-6 ? 1 : scale }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

interface Judged {
  right: number
  answerable: number
  refused: number
  unanswerable: number
  cited: number
  first: number
  misses: string[]
  sure: { confidence: number; right: boolean; answerable: boolean; file: string }[]
}

function judge(
  asked: readonly Asked[],
  ranking: Weights<ExtractionFeatures>,
  decision: DecisionModel,
  threshold: number,
): Judged {
  const judged: Judged = {
    right: 0,
    answerable: 0,
    refused: 0,
    unanswerable: 0,
    cited: 0,
    first: 0,
    misses: [],
    sure: [],
  }
  for (const one of asked) {
    const best = bestOf(one, ranking)
    const confidence = best === null ? 0 : confidenceOf(best.features, decision)
    const given = confidence >= threshold
    judged.sure.push({ confidence, right: best?.cited === true, answerable: one.answerable, file: one.file })
    if (one.answerable) {
      judged.answerable += 1
      if (given) judged.cited += 1
      if (best?.right === true) judged.first += 1
      if (given && best?.cited === true) judged.right += 1
      else
        judged.misses.push(
          `${best === null || best.cited ? 'refused' : given ? 'wrong' : 'wrong, refused'} ${confidence.toFixed(2)} ${one.kind} «${one.question}»`,
        )
    } else {
      judged.unanswerable += 1
      if (given) judged.misses.push(`answered ${confidence.toFixed(2)} ${one.kind} «${one.question}»`)
      else judged.refused += 1
    }
  }
  return judged
}

function weightsFile({ rules, ru, kk }: Models): string {
  return `import type { ExtractionFeatures } from './extraction-features.ts'
import type { DecisionModel } from './extraction-model.ts'

/* oxlint-disable oxc/approx-constant -- a weight may look like a constant */
// Written by evals/answers/fit-extraction.ts --write; not edited by hand.
export const RANKING: Partial<Record<keyof ExtractionFeatures, number>> = ${JSON.stringify(rules.ranking)}
export const DECISION: DecisionModel = ${JSON.stringify(rules.decision)}
// Without sample questions.
export const PLAIN_RANKING: Partial<Record<keyof ExtractionFeatures, number>> = ${JSON.stringify(ru.ranking)}
export const PLAIN_DECISION: DecisionModel = ${JSON.stringify(ru.decision)}
export const KAZAKH_RANKING: Partial<Record<keyof ExtractionFeatures, number>> = ${JSON.stringify(kk.ranking)}
export const KAZAKH_DECISION: DecisionModel = ${JSON.stringify(kk.decision)}
`
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}
function figures(sum: Omit<Judged, 'first' | 'misses' | 'sure'>): string {
  return `right ${percent(sum.right / sum.answerable)} of ${sum.answerable}, of those answered ${percent(sum.right / sum.cited)}, refused ${percent(sum.refused / sum.unanswerable)} of ${sum.unanswerable}`
}

function dot(w: readonly number[], x: readonly number[]): number {
  return x.reduce((sum, value, index) => sum + value * (w[index] ?? 0), 0)
}

/** Gradient descent with momentum, L2 and fixed signs. @param free the first weight is a bias: neither shrunk nor signed; then the strength is taken whole */
function descend(
  signs: readonly number[],
  strength: number,
  addGradient: (weights: readonly number[], gradient: number[]) => void,
  { free = false, steps = 1500, rate = 0.4 }: { free?: boolean; steps?: number; rate?: number } = {},
): number[] {
  const weights = signs.map(() => 0)
  const speed = signs.map(() => 0)
  for (let step = 0; step < steps; step += 1) {
    const gradient = weights.map((weight, index) => (free && index === 0 ? 0 : strength * weight * (free ? 1 : 0.1)))
    addGradient(weights, gradient)
    for (const [index, slope] of gradient.entries()) {
      speed[index] = 0.9 * (speed[index] ?? 0) - rate * slope
      weights[index] = (weights[index] ?? 0) + (speed[index] ?? 0)
      if ((weights[index] ?? 0) * (signs[index] ?? 0) < 0) {
        weights[index] = 0
        speed[index] = 0
      }
    }
  }
  return weights
}

function named<T extends object>(names: readonly (keyof T)[], weights: readonly number[]): Weights<T> {
  const result: Weights<T> = {}
  for (const [index, name] of names.entries()) {
    const weight = Math.round((weights[index] ?? 0) * 100) / 100
    if (weight !== 0) result[name] = weight
  }
  return result
}
