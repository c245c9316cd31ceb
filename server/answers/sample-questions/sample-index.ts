import type { Lang } from '#server/context.ts'
import { createBest } from '#server/search/best.ts'
import { senseOf } from '#server/search/analysis/sense-of.ts'
import { subwordTable } from '#server/search/analysis/subword-table.ts'
import { dotRow, dotRows } from './dot-rows.ts'
import { alike } from './editors-question.ts'
import type { Recalled } from '../extract/passage-memory.ts'
import type { Prepared, QuestionMatcher, Telling } from './question-matcher.ts'

export interface PreparedSample {
  actId: string
  eid: string
  /** An editor says so, whoever else does: that outweighs a known gap. */
  isEditors: boolean
  text: string
  prepared: Prepared
}

/** A question about a known gap of an act: what people ask and the act does not say. */
export interface PreparedGapQuestion {
  id: string
  actId: string
  gap: string
  /** An editor says so, whoever else does: then nothing is answered. */
  isEditors: boolean
  text: string
  prepared: Prepared
}

/** Questions about one matter, beside the question asked. */
interface Alike {
  lang: Lang
  actId: string
  /** The most alike ones by the company of their subwords, the nearest first. */
  texts: string[]
  /** Of the most alike ones to the question asked, 0…1, best first. */
  likeness: number[]
  /** The same by the company of their subwords, −1…1, each of the most alike ones, best first. */
  kinship: number[]
}

/** The sample questions of a provision, beside the question asked. */
export interface SampleMatch extends Alike {
  eid: string
  /** `texts` taken apart. */
  recalled: Recalled[]
}

/** The questions about a known gap, beside the question asked. */
export interface GapMatch extends Alike {
  gap: string
  /** The question of which an editor said that it is not answered, where it asks what is asked here in all but the words. */
  said: { id: string; text: string } | null
}

/** A provision, or a known gap, of an act that is held in the other language alone. */
export interface AkinMatter {
  actId: string
  /** Null: it is a gap. */
  eid: string | null
  /** How near the question comes to those about it by the company of their subwords, −1…1: the nearest one and the three nearest. */
  kinship: number
}

/** A question beside the sample questions of its language. */
export interface SampleMatches {
  /** Provisions with a sample question like the one asked, best first, each with those like it alone. */
  nearest: readonly SampleMatch[]
  /** Known gaps with a question like the one asked, best first; not those that an editor contradicts, by a question of a provision that is as near. */
  gaps: readonly GapMatch[]
  /** Acts of which so many gaps are known that a question like none of them says something. */
  gapActs: readonly string[]
  /** All of any provision; undefined where it has none. */
  of: (actId: string, eid: string) => SampleMatch | undefined
  /** Whether any of its provisions has one. */
  hasAct: (actId: string) => boolean
}

/** The sample questions of one language, made ready for comparing. */
export interface SampleIndex {
  matches: (question: string) => SampleMatches
  /** What questions of this language ask about, beside one in the other language, nearest first: by subwords, which are of one space in both. */
  akin: (subwords: readonly number[], isMeant: (actId: string) => boolean) => AkinMatter[]
  /** Provisions of an act that have sample questions, in the order of the questions. */
  ofAct: (actId: string) => Pick<SampleMatch, 'actId' | 'eid' | 'texts'>[]
}

const MOST_OF_PROVISION = 3
/** What subwords say beside words in choosing those that are compared in full. */
const KINSHIP_OF_CHOICE = 2
/** So many are compared in full: what they have in common with the question is cheap to tell. */
const LOOKED_AT = 120
/** The same of questions about known gaps, of which only the nearest count. */
const GAPS_LOOKED_AT = 40
/** So many gaps nobody names by chance: the act was gone through for what it does not say. */
const GAPS_OF_ACT = 40
/** A question as like as this asks the same: of 1,948 development questions that provisions answer one was so near to a gap and no nearer to a provision, of 1,122 others 71. */
const SAME = 0.85
/** Of a provision's many the most alike ones are among so many by their subwords. */
const LOOKED_AT_OF_PROVISION = 8
/** One like question may be chance: the three most alike count, too. */
const SEVERAL_SHARE = 0.3

/** Subwords of any two questions have something in common. */
const LEAST_STRENGTH = 0.15
/** What subwords say beside words (0043): more in Kazakh, whose words have no vectors of their own. */
const KINSHIP_SHARE: Record<Lang, number> = { ru: 0.5, kk: 0.6 }

export const severally = (values: readonly number[]): number =>
  (1 - SEVERAL_SHARE) * (values[0] ?? 0) +
  (SEVERAL_SHARE * values.reduce((sum, one) => sum + one, 0)) / MOST_OF_PROVISION

/** How much of a provision's sample questions speaks for it. */
export const strengthOf = ({ likeness, kinship, lang }: Pick<Alike, 'likeness' | 'kinship' | 'lang'>): number =>
  alone(lang, severally(likeness), severally(kinship))

/** The same of one question. */
const alone = (lang: Lang, likeness: number, kinship: number): number =>
  (1 - KINSHIP_SHARE[lang]) * likeness + KINSHIP_SHARE[lang] * Math.max(0, kinship)

const keyOf = (actId: string, eid: string): string => `${actId} ${eid}`

/** So many are read before others get their turn. */
const AT_ONCE = 200

/** The same as `createSampleIndex`, letting others have their turn: of thousands it takes most of a second. */
export async function createSampleIndexInTurns(
  matcher: QuestionMatcher,
  samples: readonly PreparedSample[],
  gaps: readonly PreparedGapQuestion[],
): Promise<SampleIndex> {
  const steps = indexSteps(matcher, samples, gaps)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await new Promise((resolve) => void setImmediate(resolve))
  }
}

/**
 * Makes sample questions ready: words weigh by the number of provisions that are asked about with them (inverse document frequency, Spärck Jones 1972, with the
 * questions of a provision as the document), subwords the same; an inverted index and the company of words and subwords choose what is compared in full.
 * @param samples of one language, as are `gaps`: a gap is a matter that people ask about, as a provision is
 */
export function createSampleIndex(
  matcher: QuestionMatcher,
  samples: readonly PreparedSample[],
  gaps: readonly PreparedGapQuestion[] = [],
): SampleIndex {
  const steps = indexSteps(matcher, samples, gaps)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function* indexSteps(
  matcher: QuestionMatcher,
  samples: readonly PreparedSample[],
  gaps: readonly PreparedGapQuestion[],
): Generator<undefined, SampleIndex, undefined> {
  /** Those about gaps stand behind those of provisions. */
  const questions = [
    ...samples.map(({ actId, eid, text, prepared }) => ({ key: keyOf(actId, eid), text, prepared })),
    ...gaps.map(({ actId, gap, text, prepared }) => ({ key: keyOf(actId, `gap: ${gap}`), text, prepared })),
  ]
  /** Places of the questions about a matter: a provision's or a gap's. */
  const matters = new Map<string, number[]>()
  const askedWith = new Map<string, Set<string>>()
  const askedWithSubword = new Map<number, Set<string>>()
  for (const [at, { key, prepared }] of questions.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield
    const own = matters.get(key)
    if (own === undefined) matters.set(key, [at])
    else own.push(at)
    for (const { token } of prepared.words) {
      const [stem = ''] = token.stems
      const held = askedWith.get(stem)
      if (held === undefined) askedWith.set(stem, new Set([key]))
      else held.add(key)
    }
    for (const subword of prepared.subwords) {
      const held = askedWithSubword.get(subword)
      if (held === undefined) askedWithSubword.set(subword, new Set([key]))
      else held.add(key)
    }
  }
  const acts = new Set(samples.map(({ actId }) => actId))
  /** Of an act the places of the questions about its matters. */
  const mattersOfAct = new Map<string, number[][]>()
  for (const own of matters.values()) {
    const { actId = '' } = samples[own[0] ?? -1] ?? gaps[(own[0] ?? -1) - samples.length] ?? {}
    const held = mattersOfAct.get(actId)
    if (held === undefined) mattersOfAct.set(actId, [own])
    else held.push(own)
  }
  const gapActs = [...new Set(gaps.map(({ actId }) => actId))].filter(
    (act) => new Set(gaps.filter(({ actId }) => actId === act).map(({ gap }) => gap)).size >= GAPS_OF_ACT,
  )
  const all = matters.size + 1
  const telling: Telling = (stem) => Math.log(all / ((askedWith.get(stem)?.size ?? 0) + 0.5)) / Math.log(all / 0.5)

  const { dimensions } = subwordTable()
  /** Subwords weigh as words do. */
  const kinOf = (subwords: readonly number[]): Float32Array =>
    senseOf(subwords, (subword) => Math.log(all / ((askedWithSubword.get(subword)?.size ?? 0) + 1)))
  const kin = new Float32Array(questions.length * dimensions)

  const postings = new Map<string, number[]>()
  const totals = new Float32Array(questions.length)
  for (const [at, { prepared }] of questions.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield
    matcher.weigh(prepared, telling)
    kin.set(kinOf(prepared.subwords), at * dimensions)
    totals[at] = prepared.words.reduce((sum, { weight }) => sum + weight, 0)
    const { stems, families, concepts, cuts } = prepared.recalled.words
    for (const sign of signs(stems, families, concepts.keys(), cuts)) {
      const found = postings.get(sign)
      if (found === undefined) postings.set(sign, [at])
      else found.push(at)
    }
  }

  /** Those that have most in common with the question: words, by an inverted index, and the company of subwords. */
  const chosen = (asked: Prepared, kinship: Float32Array): { ofProvisions: number[]; ofGaps: number[] } => {
    const held = new Float32Array(questions.length)
    const seen = new Int32Array(questions.length).fill(-1)
    let weighed = 0
    for (const [at, word] of asked.words.entries()) {
      weighed += word.weight
      const { stems, families, also, norm, lang } = word.token
      const cuts = lang === 'kk' ? [norm.slice(0, 5), norm.slice(0, 7)] : [norm.slice(0, 7)]
      const ids = word.concepts.map(({ id }) => id)
      for (const sign of signs([...stems, ...also], families, ids, cuts))
        for (const place of postings.get(sign) ?? [])
          if (seen[place] !== at) {
            seen[place] = at
            held[place] = (held[place] ?? 0) + word.weight
          }
    }
    const best = createBest(LOOKED_AT)
    const bestOfGaps = createBest(GAPS_LOOKED_AT)
    for (let at = 0; at < questions.length; at += 1) {
      const own = held[at] ?? 0
      const rough =
        (weighed === 0 ? 0 : own / weighed) +
        own / Math.max(own, totals[at] ?? 0, 0.01) +
        KINSHIP_OF_CHOICE * Math.max(0, kinship[at] ?? 0)
      if (rough > 0) (at < samples.length ? best : bestOfGaps).offer(at, rough)
    }
    const numbers = (of: typeof best) => of.take().map(({ number }) => number)
    return { ofProvisions: numbers(best), ofGaps: numbers(bestOfGaps) }
  }

  return {
    matches(question) {
      const first = samples[0] ?? gaps[0]
      if (first === undefined) return { nearest: [], gaps: [], gapActs, of: () => undefined, hasAct: () => false }
      const { lang } = first.prepared
      const asked = matcher.prepare(question, lang, telling)
      const kinship = dotRows(kin, kinOf(asked.subwords))
      const known = new Map<number, number>()
      const likenessOf = (place: number): number => {
        const old = known.get(place)
        if (old !== undefined) return old
        const other = questions[place]
        const likeness = other === undefined ? 0 : matcher.likeness(asked, other.prepared)
        known.set(place, likeness)
        return likeness
      }
      const likeAlone = (place: number): number => alone(lang, likenessOf(place), kinship[place] ?? 0)
      const { ofProvisions, ofGaps } = chosen(asked, kinship)
      const ofNearestSample = Math.max(0, ...ofProvisions.map(likeAlone))
      /** Of some questions about one matter those nearest by subwords are compared in full. */
      const likeOf = (own: readonly number[], actId: string): Alike & { byKinship: number[] } => {
        const byKinship = own
          .toSorted((left, right) => (kinship[right] ?? 0) - (kinship[left] ?? 0))
          .slice(0, LOOKED_AT_OF_PROVISION)
        return {
          lang,
          actId,
          byKinship,
          texts: byKinship.flatMap((place) => questions[place]?.text ?? []),
          likeness: byKinship
            .map(likenessOf)
            .sort((left, right) => right - left)
            .slice(0, MOST_OF_PROVISION),
          kinship: byKinship.slice(0, MOST_OF_PROVISION).map((place) => kinship[place] ?? 0),
        }
      }
      const sampleMatch = (own: readonly number[]): SampleMatch[] => {
        const sample = samples[own[0] ?? -1]
        if (sample === undefined) return []
        const { byKinship, ...match } = likeOf(own, sample.actId)
        return [
          { ...match, eid: sample.eid, recalled: byKinship.flatMap((at) => questions[at]?.prepared.recalled ?? []) },
        ]
      }
      const gapMatch = (own: readonly number[]): GapMatch[] => {
        const gap = gaps[(own[0] ?? -1) - samples.length]
        if (gap === undefined) return []
        const { byKinship: _, ...match } = likeOf(own, gap.actId)
        const [said] = own
          .flatMap((place) => {
            const one = gaps[place - samples.length]
            if (one?.isEditors !== true) return []
            const asks = alike(one.text) === alike(question) ? 1 : likeAlone(place)
            return asks >= SAME && asks > ofNearestSample ? [{ ...one, asks }] : []
          })
          .toSorted((left, right) => right.asks - left.asks)
        return [{ ...match, gap: gap.gap, said: said === undefined ? null : { id: said.id, text: said.text } }]
      }
      const byMatter = (places: readonly number[]): number[][] => {
        const grouped = new Map<string | undefined, number[]>()
        for (const place of places) {
          const own = grouped.get(questions[place]?.key)
          if (own === undefined) grouped.set(questions[place]?.key, [place])
          else own.push(place)
        }
        return [...grouped.values()]
      }
      const ordered = <Match extends Alike>(matches: readonly Match[], nameOf: (match: Match) => string): Match[] =>
        matches
          .map((match) => ({ match, strength: strengthOf(match) }))
          .filter(({ strength }) => strength >= LEAST_STRENGTH)
          .sort(
            (left, right) => right.strength - left.strength || nameOf(left.match).localeCompare(nameOf(right.match)),
          )
          .map(({ match }) => match)
      const contradicted = Math.max(
        0,
        ...ofProvisions.filter((place) => samples[place]?.isEditors === true).map(likeAlone),
      )
      return {
        nearest: ordered(byMatter(ofProvisions).flatMap(sampleMatch), ({ eid }) => eid),
        gaps: ordered(byMatter(ofGaps).flatMap(gapMatch), ({ gap }) => gap).filter(
          (match) => match.said !== null || strengthOf(match) > contradicted,
        ),
        gapActs,
        hasAct: (actId) => acts.has(actId),
        of: (actId, eid) => sampleMatch(matters.get(keyOf(actId, eid)) ?? [])[0],
      }
    },
    akin(subwords, isMeant) {
      const meant = [...mattersOfAct].filter(([actId]) => isMeant(actId))
      if (meant.length === 0) return []
      const sense = kinOf(subwords)
      const found = meant.flatMap(([actId, ofAct]) =>
        ofAct.map((own): AkinMatter => {
          const nearest = own.map((place) => dotRow(kin, place, sense)).sort((left, right) => right - left)
          return {
            actId,
            eid: samples[own[0] ?? -1]?.eid ?? null,
            kinship: severally(nearest.slice(0, MOST_OF_PROVISION)),
          }
        }),
      )
      return found.sort((left, right) => right.kinship - left.kinship)
    },
    ofAct: (actId) =>
      [...matters.values()].flatMap((own) => {
        const sample = samples[own[0] ?? -1]
        return sample?.actId === actId
          ? [{ actId, eid: sample.eid, texts: own.flatMap((place) => samples[place]?.text ?? []) }]
          : []
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
