import {
  alignParagraphs,
  MOST_ALIGNED,
  type Paragraph,
  type ParagraphGroup,
  type UnmetWords,
} from './align-paragraphs.ts'
import { bracketLists } from './bracket-lists.ts'
import { COUNTED, type Counterpart, COUNTERPARTS, OPPOSITES } from './counterparts.ts'
import { factKey, factsOf, fold, type Fact } from './facts-of.ts'
import { refusedThings } from './refused-things.ts'

/** A provision of a text in one language, as far as comparing needs it. */
export interface ComparedProvision {
  eid: string
  parentEid: string | null
  label: string
  text: string
  status: 'in-force' | 'excluded'
}

/**
 * What two texts of one provision differ in. Those of `MATERIAL` change what a caller must do; `number` may be a reference or a slip.
 * `days`: the same number of days, of another kind (working against calendar).
 */
export type DifferenceKind =
  | 'missing'
  | 'days'
  | 'term'
  | 'fee'
  | 'hours'
  | 'list'
  | 'contact'
  | 'status'
  /** The same provision under another number, e.g. a chapter; what stands in it is compared. */
  | 'numbering'
  | 'date'
  | 'act'
  /** A person, thing or form that one text names and the other does not. */
  | 'subject'
  /** A paragraph of one text has no counterpart in the other. */
  | 'paragraph'
  /** One text is so much shorter that words may be missing. */
  | 'omission'
  | 'number'
  | 'contradiction'

export interface DifferenceSide {
  /** Null where this language lacks the provision. */
  eid: string | null
  label: string | null
  /** What this text says, as printed, with its place in the provision's text. */
  said: { text: string; start: number; end: number }[]
}

export interface LanguageDifference {
  kind: DifferenceKind
  /** True where a caller would act otherwise by the one text than by the other. */
  isMaterial: boolean
  ru: DifferenceSide
  kk: DifferenceSide
}

const KIND_OF: Record<Fact['kind'], DifferenceKind> = {
  term: 'term',
  money: 'fee',
  percent: 'fee',
  clock: 'hours',
  date: 'date',
  'act-number': 'act',
  contact: 'contact',
  item: 'list',
  number: 'number',
}
const MATERIAL: ReadonlySet<DifferenceKind> = new Set([
  'missing',
  'days',
  'term',
  'fee',
  'hours',
  'list',
  'contact',
  'status',
  'subject',
  'paragraph',
  'contradiction',
])
const IS_DAY = new Set(['day', 'working-day', 'calendar-day', 'around-the-clock-day'])

const said = (text: string, facts: readonly { start: number; end: number }[]) =>
  facts.map(({ start, end }) => ({ text: text.slice(start, end).trim(), start, end }))

const side = (
  provision: ComparedProvision | null,
  facts: readonly { start: number; end: number }[],
): DifferenceSide => ({
  eid: provision?.eid ?? null,
  label: provision?.label ?? null,
  said: provision === null ? [] : said(provision.text, facts),
})

/** Facts of one text that the other lacks: each is met by one of the same key. */
function unmet(facts: readonly Fact[], others: readonly Fact[]): Fact[] {
  const left = new Map<string, number>()
  for (const fact of others) left.set(factKey(fact), (left.get(factKey(fact)) ?? 0) + 1)
  return facts.filter((fact) => {
    const count = left.get(factKey(fact)) ?? 0
    if (count > 0) left.set(factKey(fact), count - 1)
    return count === 0
  })
}

/**
 * What a text only says more often is no difference: a Russian sentence names «три рабочих дня» twice where the Kazakh one
 * refers back. Terms, fees and hours count as sets; items of lists count each.
 */
function differing(facts: readonly Fact[], others: readonly Fact[]): Fact[] {
  const known = new Set(others.map(factKey))
  return unmet(facts, others).filter((fact) => fact.kind === 'item' || !known.has(factKey(fact)))
}

interface Place {
  start: number
  end: number
}

function paragraphsOf(text: string): Paragraph[] {
  const found: Paragraph[] = []
  let start = 0
  for (const line of text.split('\n')) {
    if (line.trim() !== '') found.push({ text: line, start })
    start += line.length + 1
  }
  return found
}

const isForm = ({ eid }: ComparedProvision): boolean => eid.endsWith('__form')

/**
 * What says the same in both texts: paragraph by paragraph where they have as many, else as their lengths tell. A form is one text: its
 * lines break anywhere.
 */
function paragraphGroups(russian: ComparedProvision, kazakh: ComparedProvision): ParagraphGroup[] {
  const [ru, kk] = [fold(russian.text), fold(kazakh.text)]
  const [left, right] = [paragraphsOf(ru), paragraphsOf(kk)]
  if (isForm(russian) || Math.min(left.length, right.length) < 2 || Math.max(left.length, right.length) > MOST_ALIGNED)
    return [{ ru: [{ text: ru, start: 0 }], kk: [{ text: kk, start: 0 }] }]
  if (left.length !== right.length) return alignParagraphs(left, right, countUnmet())
  return left.flatMap((one, i): ParagraphGroup[] => {
    const other = right[i]
    return other === undefined ? [] : [{ ru: [one], kk: [other] }]
  })
}

/** Which settled words a paragraph says, a bit a word: as itself in each language, and as anything that may stand for it. */
type Bits = readonly bigint[]
const READINGS: readonly ((word: Counterpart) => RegExp | null)[] = [
  ({ ru }) => ru,
  ({ kk }) => kk,
  ({ ruAny }) => ruAny,
  ({ kkAny }) => kkAny,
]

const bitsOf = ({ text }: Paragraph): Bits =>
  READINGS.map((patternOf) =>
    COUNTERPARTS.reduce(
      (bits, word, at) => (patternOf(word)?.test(text) === true ? bits | (1n << BigInt(at)) : bits),
      0n,
    ),
  )

function countBits(bits: bigint): number {
  let count = 0
  for (let left = bits; left !== 0n; left &= left - 1n) count += 1
  return count
}

/** Counts settled words that two groups of paragraphs do not share; what a paragraph says is read once. */
function countUnmet(): UnmetWords {
  const known = new Map<Paragraph, Bits>()
  const read = (many: readonly Paragraph[], reading: number): bigint =>
    many.reduce((bits, one) => {
      const held = known.get(one) ?? bitsOf(one)
      known.set(one, held)
      return bits | (held[reading] ?? 0n)
    }, 0n)
  return (ru, kk) => countBits((read(ru, 0) & ~read(kk, 3)) | (read(kk, 1) & ~read(ru, 2)))
}

/** The whole word that a pattern begins, where it first stands. */
function placeOf(pattern: RegExp | null, paragraphs: readonly Paragraph[]): Place | null {
  for (const { text, start: from } of paragraphs) {
    const match = pattern?.exec(text) ?? null
    if (match === null) continue
    const rest = /^\p{L}*/u.exec(text.slice(match.index + match[0].length))?.[0].length ?? 0
    const start = from + match.index
    return { start, end: start + match[0].length + rest }
  }
  return null
}

function allPlaces(pattern: RegExp | null, text: string): Place[] {
  if (pattern === null) return []
  return [...text.matchAll(new RegExp(String.raw`${pattern.source}\p{L}*`, 'gu'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

const says = (pattern: RegExp, paragraphs: readonly Paragraph[]): boolean =>
  paragraphs.some(({ text }) => pattern.test(text))

/** Shorter paragraphs are headings and blanks, which may stand in the one before. */
const SHORTEST_LEFT_OUT = 60
const placesOf = (paragraphs: readonly Paragraph[]): Place[] =>
  paragraphs
    .filter(({ text }) => text.trim().length >= SHORTEST_LEFT_OUT)
    .map(({ text, start }) => ({ start, end: start + text.length }))

/** Texts too short say nothing by their length. */
const SHORTEST_MEASURED = 120
/** Standard deviations beyond which a length is no accident of translation. */
const STRAYS = 3.2

/**
 * Pairs whose lengths do not fit each other, by the length model of sentence alignment (Gale & Church, "A Program for Aligning
 * Sentences in Bilingual Corpora", Computational Linguistics 19, 1993): the lengths of translations keep a ratio, with a
 * variance that grows with the length. Ratio and variance are those of the act itself, by medians, so that outliers don't
 * hide themselves.
 */
function strayLengths(pairs: ReadonlyMap<ComparedProvision, ComparedProvision>): Set<ComparedProvision> {
  const measured = [...pairs].filter(([ru, kk]) => Math.min(ru.text.length, kk.text.length) > 0)
  const long = measured.filter(([ru]) => ru.text.length >= SHORTEST_MEASURED)
  if (long.length < 10) return new Set()
  const ratio = median(long.map(([ru, kk]) => kk.text.length / ru.text.length))
  const deviation = ([ru, kk]: [ComparedProvision, ComparedProvision]) =>
    (kk.text.length - ratio * ru.text.length) / Math.sqrt(ru.text.length)
  const spread = 1.4826 * median(long.map((pair) => Math.abs(deviation(pair))))
  return new Set(
    measured
      .filter(
        (pair) =>
          Math.max(pair[0].text.length, pair[1].text.length) >= SHORTEST_MEASURED &&
          Math.abs(deviation(pair)) > STRAYS * spread,
      )
      .map(([ru]) => ru),
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2
}

const paragraphs = (text: string): number => paragraphsOf(text).length

/** One text numbers its items and the other only sets them in paragraphs: the same list, as long as it is as long. */
function isSameList(ru: string, russian: readonly Fact[], kk: string, kazakh: readonly Fact[]): boolean {
  const items = [russian, kazakh].map((facts) => facts.filter(({ kind }) => kind === 'item').length)
  return items.includes(0) && paragraphs(ru) === paragraphs(kk)
}

/** One comma more or less is style; so many items are something left out. */
const LEFT_OUT_OF_LIST = 2

/** Lists in brackets that say the same, in order, and are not as long: told only where both texts have as many such lists. */
function differingLists(ru: string, kk: string): [Place, Place][] {
  const [left, right] = [bracketLists(ru, 'ru'), bracketLists(kk, 'kk')]
  if (left.length !== right.length) return []
  return left.flatMap((one, i): [Place, Place][] => {
    const other = right[i]
    return other === undefined || Math.abs(one.items - other.items) < LEFT_OUT_OF_LIST ? [] : [[one, other]]
  })
}

/** Refusals, in order, of which one text refuses more than the other: told only where both texts have as many and both say how much. */
function differingRefusals(ru: string, kk: string): [Place, Place][] {
  const [left, right] = [refusedThings(ru, 'ru'), refusedThings(kk, 'kk')]
  if (left.length !== right.length) return []
  return left.flatMap((one, i): [Place, Place][] => {
    const other = right[i]
    return other === undefined || one.things === null || other.things === null || one.things === other.things
      ? []
      : [[one, other]]
  })
}

function compareTexts(ru: ComparedProvision, kk: ComparedProvision): LanguageDifference[] {
  const [russian, kazakh] = [factsOf(ru.text, 'ru'), factsOf(kk.text, 'kk')]
  const counted = isSameList(ru.text, russian.facts, kk.text, kazakh.facts)
    ? (facts: readonly Fact[]) => facts.filter(({ kind }) => kind !== 'item')
    : (facts: readonly Fact[]) => facts
  const onlyRu = differing(counted(russian.facts), counted(kazakh.facts))
  const onlyKk = differing(counted(kazakh.facts), counted(russian.facts))
  const differences: LanguageDifference[] = []
  const push = (kind: DifferenceKind, a: readonly Fact[], b: readonly Fact[]) =>
    differences.push({ kind, isMaterial: MATERIAL.has(kind), ru: side(ru, a), kk: side(kk, b) })

  const taken = new Set<Fact>()
  for (const fact of onlyRu) {
    if (fact.kind !== 'term' || !IS_DAY.has(fact.unit)) continue
    const other = onlyKk.find(
      (one) => one.kind === 'term' && IS_DAY.has(one.unit) && one.value === fact.value && !taken.has(one),
    )
    if (other === undefined) continue
    taken.add(fact).add(other)
    push('days', [fact], [other])
  }
  const kinds = new Set([...onlyRu, ...onlyKk].filter((fact) => !taken.has(fact)).map(({ kind }) => KIND_OF[kind]))
  for (const kind of kinds) {
    const ofKind = (facts: readonly Fact[]) => facts.filter((fact) => KIND_OF[fact.kind] === kind && !taken.has(fact))
    push(kind, ofKind(onlyRu), ofKind(onlyKk))
  }
  const [noRu, noKk]: [Place[], Place[]] = [[], []]
  const alone: [Place[], Place[]] = [[], []]
  for (const { ru: left, kk: right } of paragraphGroups(ru, kk)) {
    if (left.length === 0 || right.length === 0) {
      alone[0].push(...placesOf(left))
      alone[1].push(...placesOf(right))
      continue
    }
    for (const counterpart of COUNTERPARTS) {
      if (counterpart.onlyInForms && !isForm(ru)) continue
      const [inRu, inKk] = [placeOf(counterpart.ru, left), placeOf(counterpart.kk, right)]
      if (inRu !== null && !says(counterpart.kkAny, right)) noKk.push(inRu)
      if (inKk !== null && !says(counterpart.ruAny, left)) noRu.push(inKk)
    }
  }
  for (const [one, other] of OPPOSITES) {
    const [ruOne, ruOther] = [allPlaces(one.ru, fold(ru.text)), allPlaces(other.ru, fold(ru.text))]
    const [kkOne, kkOther] = [allPlaces(one.kk, fold(kk.text)), allPlaces(other.kk, fold(kk.text))]
    if (ruOne.length + ruOther.length !== kkOne.length + kkOther.length || ruOne.length === kkOne.length) continue
    const [inRu, inKk] = ruOne.length > kkOne.length ? [ruOne, kkOther] : [ruOther, kkOne]
    const isTold = [...noKk, ...noRu].some((told) =>
      [...inRu, ...inKk].some(({ start, end }) => told.start === start && told.end === end),
    )
    if (isTold) continue
    noKk.push(...inRu.slice(0, 1))
    noRu.push(...inKk.slice(0, 1))
  }
  for (const { ru: inRu, kk: inKk } of COUNTED) {
    const [left, right] = [allPlaces(inRu, fold(ru.text)), allPlaces(inKk, fold(kk.text))]
    if (Math.min(left.length, right.length) === 0 || left.length === right.length) continue
    noKk.push(...left.slice(right.length))
    noRu.push(...right.slice(left.length))
  }
  for (const [inRu, inKk] of differingRefusals(ru.text, kk.text)) {
    noKk.push(inRu)
    noRu.push(inKk)
  }
  const lists = differingLists(ru.text, kk.text)
  if (lists.length > 0)
    differences.push({
      kind: 'list',
      isMaterial: true,
      ru: side(
        ru,
        lists.map(([one]) => one),
      ),
      kk: side(
        kk,
        lists.map(([, other]) => other),
      ),
    })
  if (alone[0].length + alone[1].length > 0)
    differences.push({ kind: 'paragraph', isMaterial: true, ru: side(ru, alone[0]), kk: side(kk, alone[1]) })
  if (noRu.length + noKk.length > 0)
    differences.push({ kind: 'subject', isMaterial: true, ru: side(ru, noKk), kk: side(kk, noRu) })
  for (const [lang, { contradictions }] of [
    ['ru', russian],
    ['kk', kazakh],
  ] as const)
    for (const one of contradictions)
      differences.push({
        kind: 'contradiction',
        isMaterial: true,
        ru: side(ru, lang === 'ru' ? [one] : []),
        kk: side(kk, lang === 'kk' ? [one] : []),
      })
  return differences
}

/** Sections, chapters and paragraphs only group: points are numbered through, so a point keeps its number whatever holds it. */
const GROUP = /^(?:sec|chp|prg)_/u
const withoutGroups = (eid: string): string =>
  eid
    .split('__')
    .filter((step) => !GROUP.test(step))
    .join('__')
const isGroup = (eid: string): boolean => GROUP.test(eid.split('__').at(-1) ?? '')

/**
 * Pairs provisions: by element id; what is left by its id without chapters; chapters that are left in their order under the
 * same parent.
 */
function align(
  ru: readonly ComparedProvision[],
  kk: readonly ComparedProvision[],
): Map<ComparedProvision, ComparedProvision> {
  const pairs = new Map<ComparedProvision, ComparedProvision>()
  const left = new Map(kk.map((one) => [one.eid, one]))
  const rest: ComparedProvision[] = []
  for (const provision of ru) {
    const other = left.get(provision.eid)
    if (other === undefined) rest.push(provision)
    else {
      pairs.set(provision, other)
      left.delete(provision.eid)
    }
  }
  const keyOf = ({ eid, parentEid }: ComparedProvision) =>
    isGroup(eid) ? `group ${withoutGroups(parentEid ?? '')}` : withoutGroups(eid)
  const byKey = new Map<string, ComparedProvision[]>()
  for (const provision of left.values())
    byKey.set(keyOf(provision), [...(byKey.get(keyOf(provision)) ?? []), provision])
  for (const provision of rest) {
    const other = byKey.get(keyOf(provision))?.shift()
    if (other !== undefined) pairs.set(provision, other)
  }
  return pairs
}

/**
 * Compares the Russian and the Kazakh text of an act, provision by provision (paired by element id, else by it without what only
 * groups), in what a caller would act on: numbers with their units, kinds of days, fees, hours, contacts, lists, words with one
 * settled translation, missing provisions, and lengths that do not fit. Other wording differs everywhere and means the same.
 * @param ru provisions in force of the Russian text, in order
 * @param kk those of the Kazakh text
 * @returns differences in order of the Russian text; provisions that only the Kazakh text has come last
 */
export function compareLanguages(
  ru: readonly ComparedProvision[],
  kk: readonly ComparedProvision[],
  comparePair: ComparePair = compareTexts,
): LanguageDifference[] {
  const pairs = align(ru, kk)
  const met = new Set([...pairs.values()].map(({ eid }) => eid))
  const paired = new Set([...pairs.keys()].map(({ eid }) => eid))
  const stray = strayLengths(pairs)
  const differences: LanguageDifference[] = []
  for (const provision of ru) {
    const other = pairs.get(provision)
    if (other === undefined) {
      // Of a missing branch only its root is told; what is excluded in the one and gone from the other is gone from both.
      if (provision.status !== 'excluded' && (provision.parentEid === null || paired.has(provision.parentEid)))
        differences.push({ kind: 'missing', isMaterial: true, ru: side(provision, []), kk: side(null, []) })
      continue
    }
    if (provision.eid !== other.eid && isGroup(provision.eid))
      differences.push({ kind: 'numbering', isMaterial: false, ru: side(provision, []), kk: side(other, []) })
    if (provision.status !== other.status)
      differences.push({ kind: 'status', isMaterial: true, ru: side(provision, []), kk: side(other, []) })
    else {
      differences.push(...comparePair(provision, other))
      if (stray.has(provision))
        differences.push({ kind: 'omission', isMaterial: false, ru: side(provision, []), kk: side(other, []) })
    }
  }
  for (const provision of kk)
    if (
      provision.status !== 'excluded' &&
      !met.has(provision.eid) &&
      (provision.parentEid === null || met.has(provision.parentEid))
    )
      differences.push({ kind: 'missing', isMaterial: true, ru: side(null, []), kk: side(provision, []) })
  return differences
}

/** Compares the texts of a pair, as `compareTexts` does. */
type ComparePair = (ru: ComparedProvision, kk: ComparedProvision) => LanguageDifference[]

/** Characters of the pairs that a comparer keeps in mind: some tens of megabytes, a dozen large acts. */
const MOST_KEPT = 12_000_000

/**
 * `compareLanguages` that compares each pair of texts once and keeps what it found, the newest pairs first: of the states of an act, and
 * of an act before and after an amendment, nearly all pairs are the same.
 * @param mostKept characters of the pairs that are kept
 */
export function createLanguageComparer(
  mostKept = MOST_KEPT,
): (ru: readonly ComparedProvision[], kk: readonly ComparedProvision[]) => LanguageDifference[] {
  const known = new Map<string, LanguageDifference[]>()
  let kept = 0
  const comparePair: ComparePair = (ru, kk) => {
    const key = [ru.eid, ru.label, ru.text, kk.eid, kk.label, kk.text].join('\u0000')
    const held = known.get(key)
    if (held !== undefined) return held
    const found = compareTexts(ru, kk)
    known.set(key, found)
    kept += key.length
    for (const [oldest] of known) {
      if (kept <= mostKept) break
      known.delete(oldest)
      kept -= oldest.length
    }
    return found
  }
  return (ru, kk) => compareLanguages(ru, kk, comparePair)
}
