import { chooseCandidates } from '#server/answers/extract/choose-sentences.ts'
import type { ExtractionFeatures } from '#server/answers/extract/extraction-features.ts'
import { confidenceOf, decisionFeatures, deviations, linear } from '#server/answers/extract/extraction-model.ts'
import type { DecisionModel, FittedModels } from '#server/answers/extract/extraction-model.ts'
import { isOfActs, type Asked } from './asked.ts'
import type { Recipe } from './recipes.ts'

type Weights<T> = Partial<Record<keyof T, number>>

/** Fits the order and the decision and reports each set, of those that are judged, as judged by models fitted on the others. */
export function fit(
  all: readonly Asked[],
  recipe: Recipe,
  misses: boolean,
  out: (line: string) => void,
  isJudged: (asked: Asked) => boolean,
): FittedModels {
  const unreachable = all.filter((asked) => asked.answerable && !asked.candidates.some(({ right }) => right))
  out(`no right candidate: ${unreachable.length}`)
  if (misses) for (const { question, kind } of unreachable) out(`    ${kind}: ${question}`)
  if (!all.some(isJudged)) return fitBoth(all, fitRanking(all, recipe), recipe)
  const sure: Judged['sure'] = []
  const total = { right: 0, answerable: 0, refused: 0, unanswerable: 0, cited: 0 }
  for (const set of new Set(all.filter((asked) => isJudged(asked)).map((asked) => asked.set))) {
    const train = all.filter((asked) => asked.set !== set)
    const ranking = fitRanking(train, recipe)
    const result = judge(
      all.filter((asked) => asked.set === set && isJudged(asked)),
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
  for (const [name, own] of [
    ['the Rules', sure.filter((one) => !isOfActs(one))],
    ['acts', sure.filter(isOfActs)],
  ] as const) {
    if (own.length === 0) continue
    const answerable = own.filter((one) => one.answerable).length
    const unanswerable = own.length - answerable
    for (const at of [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]) {
      const given = own.filter((one) => one.confidence >= at)
      const answered = given.filter((one) => one.answerable)
      out(
        `  ${name}, threshold ${at}: right ${percent(answered.filter(({ right }) => right).length / answerable)}, answered ${percent(answered.length / answerable)}, refused ${percent(1 - (given.length - answered.length) / unanswerable)}`,
      )
    }
  }
  for (const file of new Set(sure.map((asked) => asked.file))) {
    const own = sure.filter((one) => one.file === file)
    const answerable = own.filter((one) => one.answerable)
    const unanswerable = own.filter((one) => !one.answerable)
    const given = (one: { confidence: number }) => one.confidence >= recipe.threshold
    out(
      `  ${file}: right ${percent(answerable.filter((one) => one.right && given(one)).length / answerable.length)}, refused ${percent(unanswerable.filter((one) => !given(one)).length / unanswerable.length)}`,
    )
  }
  const ranking = fitRanking(all, recipe)
  const models = fitBoth(all, ranking, recipe)
  out(
    `fitted on all: ${figures(
      judge(
        all.filter((asked) => isJudged(asked)),
        ranking,
        models.decision,
        recipe.threshold,
      ),
    )}`,
  )
  return models
}

const fitBoth = (all: readonly Asked[], ranking: Weights<ExtractionFeatures>, recipe: Recipe): FittedModels => ({
  ranking,
  decision: fitDecision(all, ranking, recipe),
})

/** Of all candidates of a question the right ones together should be the most probable. */
function fitRanking(train: readonly Asked[], { signs, strength }: Recipe): Weights<ExtractionFeatures> {
  const names = Object.keys(signs) as (keyof ExtractionFeatures)[]
  const rows = train
    .filter(({ candidates }) => candidates.some(({ right }) => right) && candidates.some(({ right }) => !right))
    .map(({ candidates }) => ({
      size: candidates.length,
      right: candidates.map(({ right }) => right),
      x: Float64Array.from(candidates.flatMap(({ candidate }) => names.map((name) => candidate.features[name]))),
    }))
  const width = names.length
  const weights = descend(
    names.map((name) => signs[name] ?? 0),
    strength.ranking,
    (w, gradient) => {
      for (const { size, right, x } of rows) {
        const scores = new Float64Array(size)
        let sum = 0
        let rights = 0
        for (let row = 0, at = 0; row < size; row += 1) {
          let score = 0
          for (let column = 0; column < width; column += 1, at += 1) score += (w[column] ?? 0) * (x[at] ?? 0)
          const power = Math.exp(score)
          scores[row] = power
          sum += power
          if (right[row] === true) rights += power
        }
        for (let row = 0, at = 0; row < size; row += 1) {
          const score = scores[row] ?? 0
          const error = (score / sum - (right[row] === true ? score / rights : 0)) / rows.length
          for (let column = 0; column < width; column += 1, at += 1)
            gradient[column] = (gradient[column] ?? 0) + error * (x[at] ?? 0)
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
    asked.sourceOf,
    asked,
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

/**
 * Answers where a cited candidate is right, refuses where none can be; both count the same, however many they are. Of an answerable question that is cited wrongly
 * the order is at fault: what it looks like is no sign that nothing answers it, and so it teaches neither (0048).
 */
function fitDecision(
  train: readonly Asked[],
  ranking: Weights<ExtractionFeatures>,
  { decision, strength, products, decidedByActs }: Recipe,
): DecisionModel {
  const rows = train.flatMap((asked) => {
    if (decidedByActs && !isOfActs(asked)) return []
    const best = bestOf(asked, ranking)
    if (best === null || (asked.answerable && !best.cited)) return []
    return [{ features: best.features, right: asked.answerable }]
  })
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
  const flat = expanded.map((row) => Float64Array.from(row))
  const rights = rows.filter(({ right }) => right).length
  const weights = rows.map(({ right }) => 0.5 / (right ? rights : rows.length - rights))
  const [bias = 0, ...slopes] = descend(
    [0, ...columns.map(() => 0)],
    strength.decision,
    (w, gradient) => {
      for (const [index, x] of flat.entries()) {
        const right = rows[index]?.right === true
        let sum = w[0] ?? 0
        for (let at = 0; at < x.length; at += 1) sum += (w[at + 1] ?? 0) * (x[at] ?? 0)
        const error = (1 / (1 + Math.exp(-sum)) - (right ? 1 : 0)) * (weights[index] ?? 0)
        gradient[0] = (gradient[0] ?? 0) + error
        for (let at = 0; at < x.length; at += 1) gradient[at + 1] = (gradient[at + 1] ?? 0) + error * (x[at] ?? 0)
      }
    },
    { free: true, steps: products ? 400 : 2000, rate: 0.02 },
  )
  const unscaled = columns.map(({ scale }, at) => (slopes[at] ?? 0) / scale)
  return {
    bias: rounded(bias - columns.reduce((sum, { mean }, at) => sum + mean * (unscaled[at] ?? 0), 0)),
    features: features.map((feature, at) => ({ ...feature, weight: rounded(unscaled[at] ?? 0) })),
    products: unscaled.slice(features.length).map(rounded),
  }
}

/** Of what is known. */
function spread(all: readonly number[]): { mean: number; scale: number } {
  const values = all.filter((value) => !Number.isNaN(value))
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

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}
function figures(sum: Omit<Judged, 'first' | 'misses' | 'sure'>): string {
  return `right ${percent(sum.right / sum.answerable)} of ${sum.answerable}, of those answered ${percent(sum.right / sum.cited)}, refused ${percent(sum.refused / sum.unanswerable)} of ${sum.unanswerable}`
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
