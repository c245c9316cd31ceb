import type { Lang } from '#server/context.ts'
import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { findLawReferences, type PlaceStep } from './analysis/law-references.ts'
import { normaliseWord, readable } from './analysis/normalise.ts'
import { createRecentMemory } from './analysis/recent-memory.ts'
import { cutWord } from './analysis/stem-word.ts'

/** The act a passage is of, as callers name it. */
export interface ActName {
  /** «приказ», «закон» */
  kind: string
  /** «368/НҚ», «88-V», «27» */
  number: string
  /** In the register of acts: «33555». */
  registration: string | null
  /** In the state legal base: «187321». */
  code: string | null
  /** ISO date. */
  signedOn: string
  title: string
}

/** What look-up knows of a passage. */
export interface Placed {
  label: string
  lang: Lang
  title: string
  /** Id of its element in the act («chp_2__para_7»): chapters are no part of labels. */
  eid?: string | null
  act?: ActName | null
  /** Number of the act that gave its wording; null where it is as first adopted. */
  changedBy?: string | null
}

/** What a query names: places of acts, acts by number, and the words that may be an act's title. */
export interface LookUp {
  places: { steps: PlaceStep[]; lang: Lang }[]
  /** Numbers of acts, as `actKeys` has them. */
  acts: string[]
  dates: string[]
  /** A kind of act is said («приказ»): then a date alone names one. */
  saysKind: boolean
  lang: Lang
  /** Words besides, as stems and cuts. */
  words: { stems: string[]; cut: string }[]
  /** The query in lower case. */
  text: string
}

/** What a label names: «приказ, п. 3» → point 3 after «приказ». */
interface LabelName {
  /** Chapter or section: goes without saying. */
  around: PlaceStep[]
  steps: PlaceStep[]
  prefix: string
  /** «Правила (прил. 1), п. 3»: the appendix is the act itself, it goes without saying too. */
  isMain: boolean
}

const SAID = 6
const RULES = /^(?:правила|қағидалар)\s*\($/iu
const MOST_REMEMBERED = 4000
/** Steps of rank. A place that is named stands above all that is around it; an act by its number above places of others. */
const SAME = 3
const PART = 2
const AROUND = 1
const UNSAID = 0.3
const SKIPPED = 0.1
const PREFIX = 0.5
const OWN_LANGUAGE = 0.25
const ACT_BY_NUMBER = 4
const ACT_BY_DATE = 2
/** The act that is named is not this one, but has changed this place. */
const CHANGED_BY = 2
const ACT_BY_TITLE = 2
const SAME_DATE = 0.5
/** What is left of exactness when the query names an appendix or a chapter that the label does not. */
const NOT_TOLD = 0.6
/** More of the query's words than this must be of the title: then it names the act. */
const NAMES = 0.5
const KAZAKH_KINDS: Readonly<Record<string, string>> = {
  приказ: 'бұйрық',
  закон: 'заң',
  постановление: 'қаулы',
  указ: 'жарлық',
  кодекс: 'кодекс',
  решение: 'шешім',
}
const KIND = String.raw`приказ\p{L}*|закон\p{L}{0,3}|постановлени\p{L}*|указ\p{L}{0,3}|бұйры[қғ]\p{L}*|заң\p{L}*|қаулы\p{L}*|жарлы[қғ]\p{L}*`
const SAYS_KIND = new RegExp(String.raw`(?<!\p{L})(?:${KIND})(?!\p{L})`, 'iu')
const BEFORE_NUMBER = new RegExp(String.raw`(?:№|#|(?<!\p{L})(?:n|номер\p{L}*|нөмір\p{L}*|${KIND}))[\s:]*$`, 'iu')
/** A bare number of so many digits may be that of the register. */
const REGISTRY_DIGITS = 5
const MONTHS: readonly (readonly [RegExp, string])[] = (
  [
    ['январ|қаңтар', '01'],
    ['феврал|ақпан', '02'],
    ['март|наурыз', '03'],
    ['апрел|сәуір', '04'],
    ['ма[яй]|мамыр', '05'],
    ['июн|маусым', '06'],
    ['июл|шілде', '07'],
    ['август|тамыз', '08'],
    ['сентябр|қыркүйек', '09'],
    ['октябр|қазан', '10'],
    ['ноябр|қараша', '11'],
    ['декабр|желтоқсан', '12'],
  ] as const
).map(([source, month]) => [new RegExp(`^(?:${source})`, 'iu'), month])
const monthOf = (word: string): string | null => MONTHS.find(([pattern]) => pattern.test(word))?.[1] ?? null

/** Days written with the name of the month: «4 мая 2020 года», «2020 жылғы 4 мамыр». */
const writtenDates = (text: string): string[] =>
  [
    ...text.matchAll(/(?<!\d)(\d{1,2})\s+(\p{L}+)\s+(\d{4})(?!\d)/gu),
    ...text.matchAll(/(?<!\d)(\d{4})\s+жылғы\s+(\d{1,2})\s+(\p{L}+)/gu),
  ].flatMap((match) => {
    const [, first = '', second = '', third = ''] = match
    const isKazakh = first.length === 4
    const month = monthOf(isKazakh ? third : second)
    const [year, day] = isKazakh ? [first, second] : [third, first]
    return month === null ? [] : [`${year}-${month}-${day.padStart(2, '0')}`]
  })

/** «ҚР ДСМ-175/2020» and «дсм-175/2020», «№ 88-V ЗРК» and «88-v» are one. */
export const plainNumber = (number: string): string =>
  normaliseWord(number.replace(/^№\s*/u, ''))
    .replace(/\s+(?:зрк|қрз|зр)$/u, '')
    .replace(/^(?:қр|кр|рк)\s*(?=\p{L}{2,6}-)/u, '')
    .replaceAll(' ', '')

/** Numbers an act is asked by: its own whole and its digits, of the register, of the legal base. */
export const actKeys = ({ number, registration, code }: ActName): string[] => {
  const own = plainNumber(number)
  const digits = /\d+/u.exec(own)?.[0]
  return [
    ...new Set([own, digits, registration, code].flatMap((key) => (key === null || key === undefined ? [] : [key]))),
  ]
}

/** Numbers by which the act is asked that changed a place. */
export const changeKeys = (number: string): string[] => {
  const own = plainNumber(number)
  const digits = /\d+/u.exec(own)?.[0]
  return digits === undefined || digits === own ? [own] : [own, digits]
}

/**
 * What a query names that has one place: references and numbers of acts.
 * @param readings of the query, Russian first
 * @returns null when it names nothing of the kind, as most queries do
 */
export const readLookUp = (text: string, readings: readonly Analysis[], lang: Lang | null): LookUp | null => {
  const [russian] = readings
  const tokens = russian?.tokens ?? []
  const clean = readable(text).text
  const places = tokens.some(({ kind }) => kind === 'reference')
    ? findLawReferences(clean).flatMap((reference) =>
        reference.places.map((steps) => ({ steps, lang: reference.lang })),
      )
    : []
  const acts = new Set<string>()
  const dates = /\d{4}/u.test(clean) ? writtenDates(clean) : []
  for (const { kind, norm, start, also } of tokens) {
    const before = text.slice(0, start)
    if (kind === 'number' && /^\d+$/u.test(norm) && (norm.length >= REGISTRY_DIGITS || BEFORE_NUMBER.test(before)))
      acts.add(norm)
    if (kind !== 'exact') continue
    if (/^\d{4}-\d{2}-\d{2}$/u.test(norm)) dates.push(norm)
    else if (/^\p{L}\d{10}$/u.test(norm)) for (const number of also) acts.add(number)
    else if (/^(?:\p{L}{2,6}-)?\d+(?:-\d+)?(?:[/-](?:\p{L}+|\d{4}))?$/u.test(norm) && !/^\d+$/u.test(norm))
      acts.add(norm)
  }
  if (places.length === 0 && acts.size === 0 && dates.length === 0) return null
  const saysKind = SAYS_KIND.test(clean)
  if (places.length === 0 && acts.size === 0 && !saysKind) return null
  const words = new Map<string, { stems: string[]; cut: string }>()
  for (const analysis of readings)
    for (const token of analysis.tokens)
      if (token.kind === 'word' && !token.stop) {
        const known = words.get(token.norm)
        if (known === undefined) words.set(token.norm, { stems: [...token.stems], cut: cutWord(token.norm) })
        else known.stems.push(...token.stems)
      }
  return {
    places,
    acts: [...acts],
    dates,
    saysKind,
    lang: places[0]?.lang ?? lang ?? 'ru',
    words: [...words.values()],
    text: clean.toLowerCase(),
  }
}

const chaptersOf = (eid: string | null | undefined): PlaceStep[] => {
  const steps: PlaceStep[] = []
  for (const [pattern, unit] of [
    [/(?:^|__)sec_(\d+(?:-\d+)?)(?:__|$)/u, 'rz'],
    [/(?:^|__)chp_(\d+(?:-\d+)?)(?:__|$)/u, 'g'],
  ] as const) {
    const num = pattern.exec(eid ?? '')?.[1]
    if (num !== undefined) steps.push({ unit, num })
  }
  return steps
}

/** All that a label names, its references one after the other; no steps when it names none. */
const labelName = (label: string): Omit<LabelName, 'around'> => {
  const references = findLawReferences(label)
  const prefix = label.slice(0, references[0]?.start ?? 0).replace(/[\s,]+$/u, '')
  return {
    steps: references.flatMap(({ places: [first = []] }) => first),
    prefix: prefix.toLowerCase(),
    isMain: RULES.test(prefix),
  }
}
/** «п. 8» is the label of many passages; and each passage is asked about again and again. */
const labels = createRecentMemory<Omit<LabelName, 'around'>>(MOST_REMEMBERED)
const names = new WeakMap<object, LabelName>()
const nameOf = (placed: Pick<Placed, 'label' | 'eid'>): LabelName => {
  const known = names.get(placed)
  if (known !== undefined) return known
  const read = labels.get(placed.label)
  const name = { ...(read ?? labelName(placed.label)), around: chaptersOf(placed.eid) }
  if (read === undefined) labels.set(placed.label, name)
  names.set(placed, name)
  return name
}

export const stepWord = ({ unit, num }: PlaceStep): string => unit + num

/** The steps of a passage's place, for an index that has to be asked by them: those of its label, those around it, and the last one. */
export const placeSteps = (placed: Pick<Placed, 'label' | 'eid'>): { all: string[]; last: string | null } => {
  const { around, steps } = nameOf(placed)
  const last = steps.at(-1)
  return { all: [...new Set([...around, ...steps].map(stepWord))], last: last === undefined ? null : stepWord(last) }
}

const isSame = (left: PlaceStep | undefined, right: PlaceStep | undefined): boolean =>
  left !== undefined && right !== undefined && left.unit === right.unit && left.num === right.num

/** How exactly a place is the one that is asked for: 3 the same, 2 a part of it, 1 around it, 0 neither; less for what was not said. */
const placeRank = ({ around, steps, isMain }: LabelName, asked: readonly PlaceStep[]): number => {
  if (steps.length === 0 && around.length === 0) return 0
  const own = [...around, ...steps]
  /** Where each step that is asked for stands in the own ones. */
  const found: number[] = []
  for (const step of asked) {
    const at = own.findIndex((one, place) => place > (found.at(-1) ?? -1) && isSame(one, step))
    if (at < 0) break
    found.push(at)
  }
  const outer = around.length + (isMain ? 1 : 0)
  if (found.length === asked.length) {
    const [first = 0] = found
    const last = found.at(-1) ?? 0
    const skipped = last - Math.max(first, outer) + 1 - found.filter((at) => at >= Math.max(first, outer)).length
    return (last === own.length - 1 ? SAME : PART) - (first > outer ? UNSAID : 0) - Math.max(skipped, 0) * SKIPPED
  }
  const innermost = steps.at(-1)
  const at = asked.findIndex((step) => isSame(step, innermost))
  if (at < 0) return 0
  const before = asked.slice(0, at)
  const unsaid = steps.slice(isMain ? 1 : 0, -1).filter((step) => !before.some((one) => isSame(one, step))).length
  const untold = before.filter((step) => !own.some((one) => isSame(one, step)))
  // «п. 2» is not around «ст. 5 п. 2», and neither is it; of an appendix it may well be.
  if (untold.some(({ unit }) => unit !== 'a' && unit !== 'g' && unit !== 'rz' && unit !== 'pr')) return 0
  return (at === asked.length - 1 ? SAME : AROUND) - (untold.length > 0 ? NOT_TOLD : 0) - (unsaid > 0 ? UNSAID : 0)
}

/** Ranks passages by what a query names. */
export interface PlaceRanker {
  /** Steps of rank by which a passage is what the query names; 0 when it is not. */
  rank(placed: Placed): number
}

interface TitleWords {
  stems: ReadonlySet<string>
  cuts: ReadonlySet<string>
  size: number
}

/** @param analyser reads titles; each once */
export const createPlaceRanker = (analyser: Analyser): ((lookUp: LookUp) => PlaceRanker) => {
  const titles = createRecentMemory<TitleWords>(MOST_REMEMBERED)
  const wordsOf = ({ title, lang, act }: Placed): TitleWords => {
    const kind = act === null || act === undefined ? '' : lang === 'kk' ? (KAZAKH_KINDS[act.kind] ?? '') : act.kind
    const text = `${kind} ${title} ${act?.title ?? ''}`
    const known = titles.get(lang + text)
    if (known !== undefined) return known
    const words = analyser
      .analyse(text, lang)
      .tokens.filter((token: AnalysedToken) => token.kind === 'word' && !token.stop)
    const stems = new Set(words.flatMap((token) => token.stems))
    const found = { stems, cuts: new Set(words.map(({ norm }) => cutWord(norm))), size: stems.size }
    titles.set(lang + text, found)
    return found
  }
  /** How surely the words of the query name the act of a passage. */
  const titleRank = (placed: Placed, { words }: LookUp): number => {
    if (words.length === 0) return 0
    const title = wordsOf(placed)
    const said = words.reduce(
      (sum, { stems, cut }) => sum + (stems.some((stem) => title.stems.has(stem)) ? 1 : title.cuts.has(cut) ? 0.8 : 0),
      0,
    )
    const share = said / words.length
    return share <= NAMES ? 0 : ACT_BY_TITLE * share + SKIPPED * (said / Math.max(title.size, 1))
  }
  return (lookUp) => {
    const acts = new Set(lookUp.acts)
    // Acts are few and passages many.
    const byAct = new Map<ActName, number>()
    const actRank = (act: ActName): number => {
      const known = byAct.get(act)
      if (known !== undefined) return known
      const isDated = lookUp.dates.includes(act.signedOn)
      const isNumbered = actKeys(act).some((key) => acts.has(key))
      const rank = isNumbered
        ? ACT_BY_NUMBER + (isDated ? SAME_DATE : 0)
        : isDated && lookUp.saysKind && acts.size === 0
          ? ACT_BY_DATE
          : 0
      byAct.set(act, rank)
      return rank
    }
    return {
      rank(placed) {
        const name = nameOf(placed)
        const said = name.prefix !== '' && lookUp.text.includes(name.prefix.slice(0, SAID))
        const prefix = name.prefix === '' || name.isMain ? 0 : said ? PREFIX : -PREFIX
        let best = 0
        for (const { steps, lang } of lookUp.places) {
          const rank = placeRank(name, steps)
          if (rank > 0) best = Math.max(best, rank + prefix + (lang === placed.lang ? OWN_LANGUAGE : 0))
        }
        const named = placed.act === null || placed.act === undefined ? 0 : actRank(placed.act)
        const isChanged =
          named === 0 &&
          acts.size > 0 &&
          placed.changedBy !== null &&
          placed.changedBy !== undefined &&
          changeKeys(placed.changedBy).some((key) => acts.has(key))
        const act = isChanged ? CHANGED_BY : named
        if (best > 0) return best + act + titleRank(placed, lookUp)
        return act === 0 ? 0 : act + (placed.lang === lookUp.lang ? OWN_LANGUAGE : 0)
      },
    }
  }
}
