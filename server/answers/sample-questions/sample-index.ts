import type { Prepared, QuestionMatcher, Telling } from './question-matcher.ts'

export interface PreparedSample {
  actId: string
  eid: string
  text: string
  prepared: Prepared
}

/** The sample questions of a provision, beside the question asked. */
export interface SampleMatch {
  actId: string
  eid: string
  texts: string[]
  /** Of the most alike ones to the question asked, 0…1, best first. */
  likeness: number[]
}

/** A question beside the sample questions of its language. */
export interface SampleMatches {
  /** Provisions with a sample question like the one asked, best first, each with those like it alone. */
  nearest: readonly SampleMatch[]
  /** All of any provision; undefined where it has none. */
  of: (actId: string, eid: string) => SampleMatch | undefined
  /** Whether any of its provisions has one. */
  hasAct: (actId: string) => boolean
}

/** The sample questions of one language, made ready for comparing. */
export interface SampleIndex {
  matches: (question: string) => SampleMatches
  /** Provisions of an act that have sample questions, in the order of the questions. */
  ofAct: (actId: string) => Pick<SampleMatch, 'actId' | 'eid' | 'texts'>[]
}

const MOST_OF_PROVISION = 3
/** So many are compared in full: what they have in common with the question is cheap to tell. */
const LOOKED_AT = 250
/** What the company of words says in choosing them. */
const MEANING_SHARE = 0.25
/** One like question may be chance: the three most alike count, too. */
const SEVERAL_SHARE = 0.3

/** How much of a provision's sample questions speaks for it. */
export const strengthOf = ({ likeness }: SampleMatch): number =>
  (1 - SEVERAL_SHARE) * (likeness[0] ?? 0) +
  (SEVERAL_SHARE * likeness.reduce((sum, one) => sum + one, 0)) / MOST_OF_PROVISION

const keyOf = (actId: string, eid: string): string => `${actId} ${eid}`

/** So many are read before others get their turn. */
const AT_ONCE = 200

/** The same as `createSampleIndex`, letting others have their turn: of thousands it takes most of a second. */
export async function createSampleIndexInTurns(
  matcher: QuestionMatcher,
  samples: readonly PreparedSample[],
): Promise<SampleIndex> {
  const steps = indexSteps(matcher, samples)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await new Promise((resolve) => void setImmediate(resolve))
  }
}

/**
 * Makes sample questions ready: words weigh by the number of provisions that are asked about with them (inverse document frequency, Spärck Jones 1972, with the
 * questions of a provision as the document); an inverted index chooses what is compared in full.
 * @param samples of one language
 */
export function createSampleIndex(matcher: QuestionMatcher, samples: readonly PreparedSample[]): SampleIndex {
  const steps = indexSteps(matcher, samples)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function* indexSteps(
  matcher: QuestionMatcher,
  samples: readonly PreparedSample[],
): Generator<undefined, SampleIndex, undefined> {
  const provisions = new Map<string, PreparedSample[]>()
  const askedWith = new Map<string, Set<string>>()
  for (const [at, sample] of samples.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield
    const key = keyOf(sample.actId, sample.eid)
    const own = provisions.get(key)
    if (own === undefined) provisions.set(key, [sample])
    else own.push(sample)
    for (const { token } of sample.prepared.words) {
      const [stem = ''] = token.stems
      const held = askedWith.get(stem)
      if (held === undefined) askedWith.set(stem, new Set([key]))
      else held.add(key)
    }
  }
  const acts = new Set(samples.map(({ actId }) => actId))
  const all = provisions.size + 1
  const telling: Telling = (stem) => Math.log(all / ((askedWith.get(stem)?.size ?? 0) + 0.5)) / Math.log(all / 0.5)

  const postings = new Map<string, number[]>()
  const totals = new Float32Array(samples.length)
  const width = samples.find(({ prepared }) => prepared.recalled.vector !== null)?.prepared.recalled.vector?.length ?? 0
  const vectors = new Float32Array(samples.length * width)
  for (const [at, { prepared }] of samples.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield
    matcher.weigh(prepared, telling)
    totals[at] = prepared.words.reduce((sum, { weight }) => sum + weight, 0)
    if (prepared.recalled.vector !== null) vectors.set(prepared.recalled.vector, at * width)
    const { stems, families, concepts, cuts } = prepared.recalled.words
    for (const sign of signs(stems, families, concepts.keys(), cuts)) {
      const found = postings.get(sign)
      if (found === undefined) postings.set(sign, [at])
      else found.push(at)
    }
  }

  /** Those that have most in common with the question: words, by an inverted index, and the company they keep. */
  const chosen = (asked: Prepared): PreparedSample[] => {
    const held = new Float32Array(samples.length)
    const seen = new Int32Array(samples.length).fill(-1)
    let weighed = 0
    for (const [at, word] of asked.words.entries()) {
      weighed += word.weight
      const { stems, families, also, norm, lang } = word.token
      const cuts = lang === 'kk' ? [norm.slice(0, 5), norm.slice(0, 7)] : [norm.slice(0, 7)]
      const ids = word.concepts.map(({ id }) => id)
      for (const sign of signs([...stems, ...also], families, ids, cuts))
        for (const sample of postings.get(sign) ?? [])
          if (seen[sample] !== at) {
            seen[sample] = at
            held[sample] = (held[sample] ?? 0) + word.weight
          }
    }
    if (weighed === 0) return []
    const { vector } = asked.recalled
    const order: [number, number][] = []
    for (let at = 0; at < samples.length; at += 1) {
      const own = held[at] ?? 0
      let meaning = 0
      if (vector !== null)
        for (let column = 0, from = at * width; column < width; column += 1)
          meaning += (vector[column] ?? 0) * (vectors[from + column] ?? 0)
      const rough =
        own / weighed + own / Math.max(own, totals[at] ?? 0, 0.01) + MEANING_SHARE * 2 * Math.max(0, meaning)
      if (rough > 0) order.push([rough, at])
    }
    return order
      .sort((left, right) => right[0] - left[0])
      .slice(0, LOOKED_AT)
      .flatMap(([, at]) => samples[at] ?? [])
  }

  return {
    matches(question) {
      const [first] = samples
      if (first === undefined) return { nearest: [], of: () => undefined, hasAct: () => false }
      const asked = matcher.prepare(question, first.prepared.lang, telling)
      const known = new Map<PreparedSample, number>()
      const likenessOf = (sample: PreparedSample): number => {
        const old = known.get(sample)
        if (old !== undefined) return old
        const likeness = matcher.likeness(asked, sample.prepared)
        known.set(sample, likeness)
        return likeness
      }
      const matchOf = (own: readonly PreparedSample[], { actId, eid }: PreparedSample): SampleMatch => ({
        actId,
        eid,
        texts: own.map(({ text }) => text),
        likeness: own
          .map(likenessOf)
          .sort((left, right) => right - left)
          .slice(0, MOST_OF_PROVISION),
      })
      const alike = new Map<string, PreparedSample[]>()
      for (const sample of chosen(asked)) {
        const key = keyOf(sample.actId, sample.eid)
        const own = alike.get(key)
        if (own === undefined) alike.set(key, [sample])
        else own.push(sample)
      }
      return {
        nearest: [...alike.values()]
          .flatMap((own) => own.slice(0, 1).map((sample) => matchOf(own, sample)))
          .sort((left, right) => strengthOf(right) - strengthOf(left) || left.eid.localeCompare(right.eid)),
        hasAct: (actId) => acts.has(actId),
        of(actId, eid) {
          const own = provisions.get(keyOf(actId, eid)) ?? []
          const [sample] = own
          return sample === undefined ? undefined : matchOf(own, sample)
        },
      }
    },
    ofAct: (actId) =>
      [...provisions.values()].flatMap((own) => {
        const [sample] = own
        return sample?.actId === actId ? [{ actId, eid: sample.eid, texts: own.map(({ text }) => text) }] : []
      }),
  }
}

function* signs(
  stems: Iterable<string>,
  families: Iterable<string>,
  concepts: Iterable<string>,
  cuts: Iterable<string>,
): Generator<string> {
  for (const stem of stems) yield stem
  for (const family of families) yield `=${family}`
  for (const concept of concepts) yield `@${concept}`
  for (const cut of cuts) yield `^${cut}`
}
