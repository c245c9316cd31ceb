import type { Lang } from '#server/context.ts'
import { senseOf } from '#server/search/analysis/sense-of.ts'
import { subwordTable } from '#server/search/analysis/subword-table.ts'
import type { Prepared, QuestionMatcher, Telling } from './question-matcher.ts'

export interface PreparedSample {
  actId: string
  eid: string
  text: string
  prepared: Prepared
}

/** The sample questions of a provision, beside the question asked. */
export interface SampleMatch {
  lang: Lang
  actId: string
  eid: string
  texts: string[]
  /** Of the most alike ones to the question asked, 0…1, best first. */
  likeness: number[]
  /** The same by the company of their subwords, −1…1, each of the most alike ones, best first. */
  kinship: number[]
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

/** Subwords of any two questions have something in common. */
const LEAST_STRENGTH = 0.15
/** What subwords say beside words: more in Kazakh, whose words have no vectors of their own. */
const KINSHIP_SHARE: Record<Lang, number> = { ru: 0.25, kk: 0.5 }

const severally = (values: readonly number[]): number =>
  (1 - SEVERAL_SHARE) * (values[0] ?? 0) +
  (SEVERAL_SHARE * values.reduce((sum, one) => sum + one, 0)) / MOST_OF_PROVISION

/** How much of a provision's sample questions speaks for it. */
export const strengthOf = ({ likeness, kinship, lang }: SampleMatch): number =>
  (1 - KINSHIP_SHARE[lang]) * severally(likeness) + KINSHIP_SHARE[lang] * Math.max(0, severally(kinship))

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
 * questions of a provision as the document), subwords the same; an inverted index and the company of words and subwords choose what is compared in full.
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
  const askedWithSubword = new Map<number, Set<string>>()
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
    for (const subword of sample.prepared.subwords) {
      const held = askedWithSubword.get(subword)
      if (held === undefined) askedWithSubword.set(subword, new Set([key]))
      else held.add(key)
    }
  }
  const acts = new Set(samples.map(({ actId }) => actId))
  const all = provisions.size + 1
  const telling: Telling = (stem) => Math.log(all / ((askedWith.get(stem)?.size ?? 0) + 0.5)) / Math.log(all / 0.5)

  const { dimensions } = subwordTable()
  /** Subwords weigh as words do. */
  const kinOf = (subwords: readonly number[]): Float32Array =>
    senseOf(subwords, (subword) => Math.log(all / ((askedWithSubword.get(subword)?.size ?? 0) + 1)))
  const kin = new Float32Array(samples.length * dimensions)
  const placeOf = new Map<PreparedSample, number>()

  const postings = new Map<string, number[]>()
  const totals = new Float32Array(samples.length)
  const width = samples.find(({ prepared }) => prepared.recalled.vector !== null)?.prepared.recalled.vector?.length ?? 0
  const vectors = new Float32Array(samples.length * width)
  for (const [at, sample] of samples.entries()) {
    const { prepared } = sample
    if (at % AT_ONCE === AT_ONCE - 1) yield
    matcher.weigh(prepared, telling)
    kin.set(kinOf(prepared.subwords), at * dimensions)
    placeOf.set(sample, at)
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
  const chosen = (asked: Prepared, kinship: Float32Array): PreparedSample[] => {
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
    const { vector } = asked.recalled
    const rough = new Float32Array(samples.length)
    for (let at = 0; at < samples.length; at += 1) {
      const own = held[at] ?? 0
      let meaning = 0
      if (vector !== null)
        for (let column = 0, from = at * width; column < width; column += 1)
          meaning += (vector[column] ?? 0) * (vectors[from + column] ?? 0)
      rough[at] =
        (weighed === 0 ? 0 : own / weighed) +
        own / Math.max(own, totals[at] ?? 0, 0.01) +
        MEANING_SHARE * 2 * Math.max(0, meaning) +
        Math.max(0, kinship[at] ?? 0)
    }
    const least = rough.toSorted()[Math.max(0, rough.length - LOOKED_AT)] ?? 0
    return [...rough.keys()]
      .filter((at) => (rough[at] ?? 0) > 0 && (rough[at] ?? 0) >= least)
      .sort((left, right) => (rough[right] ?? 0) - (rough[left] ?? 0))
      .slice(0, LOOKED_AT)
      .flatMap((at) => samples[at] ?? [])
  }

  return {
    matches(question) {
      const [first] = samples
      if (first === undefined) return { nearest: [], of: () => undefined, hasAct: () => false }
      const asked = matcher.prepare(question, first.prepared.lang, telling)
      const mine = kinOf(asked.subwords)
      const kinship = new Float32Array(samples.length)
      for (let at = 0, from = 0; at < samples.length; at += 1) {
        let sum = 0
        for (let column = 0; column < dimensions; column += 1, from += 1) sum += (mine[column] ?? 0) * (kin[from] ?? 0)
        kinship[at] = sum
      }
      const known = new Map<PreparedSample, number>()
      const likenessOf = (sample: PreparedSample): number => {
        const old = known.get(sample)
        if (old !== undefined) return old
        const likeness = matcher.likeness(asked, sample.prepared)
        known.set(sample, likeness)
        return likeness
      }
      const matchOf = (own: readonly PreparedSample[], { actId, eid, prepared }: PreparedSample): SampleMatch => ({
        lang: prepared.lang,
        actId,
        eid,
        texts: own.map(({ text }) => text),
        likeness: own
          .map(likenessOf)
          .sort((left, right) => right - left)
          .slice(0, MOST_OF_PROVISION),
        kinship: own
          .map((sample) => kinship[placeOf.get(sample) ?? -1] ?? 0)
          .sort((left, right) => right - left)
          .slice(0, MOST_OF_PROVISION),
      })
      const alike = new Map<string, PreparedSample[]>()
      for (const sample of chosen(asked, kinship)) {
        const key = keyOf(sample.actId, sample.eid)
        const own = alike.get(key)
        if (own === undefined) alike.set(key, [sample])
        else own.push(sample)
      }
      return {
        nearest: [...alike.values()]
          .flatMap((own) => own.slice(0, 1).map((sample) => matchOf(own, sample)))
          .filter((match) => strengthOf(match) >= LEAST_STRENGTH)
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
