import { kazakhNumeral, readKazakhNumerals } from '#ingest/text/kazakh-numerals.ts'
import { readNumberWords } from '#ingest/text/russian-numerals.ts'
import type { Lang } from '#server/context.ts'

/** Parts that acts are made of: appendix, section, chapter, paragraph, article, point, row of a table, part, sub-point, indent. */
export type PlaceUnit = 'a' | 'rz' | 'g' | 'pr' | 'st' | 'p' | 'r' | 'ch' | 's' | 'bz'
/** A step of the way to a place of an act; `num` is «3», «12-1». */
export interface PlaceStep {
  unit: PlaceUnit
  num: string
}

/** A place of an act as a text or a caller names it, or several in a row («п. 3 и 4»). */
export interface LawReference {
  start: number
  end: number
  /** The language its words are of. */
  lang: Lang
  /** Each place that is named, its steps from the outermost. */
  places: PlaceStep[][]
  /**
   * Exact tokens, the most precise first: `§p3s4`, `§p3`; `§a2` for an appendix, `§st9` an article, `§g3` a chapter. A place is found by
   * each part of its way too, since a text may leave out what goes without saying: `§p3` for «ст. 5 п. 3».
   */
  tokens: string[]
}

/** How deep a unit stands. A part stands under a point or between an article and a point: its place in the text decides. */
const DEPTH: Readonly<Record<PlaceUnit, number>> = {
  a: 0,
  rz: 1,
  g: 2,
  pr: 3,
  st: 4,
  p: 5,
  r: 5,
  ch: 5.5,
  s: 6,
  bz: 7,
}

interface Unit {
  unit: PlaceUnit
  lang: Lang
  start: number
  end: number
  /** Written out: its number may stand before it. */
  isWord: boolean
  /** «пунктов»: a number before it counts, it does not name. */
  isCounted: boolean
}

/** A short form is one only before a number: «п. 8», «гл. IV». */
const NUMBERED = String.raw`(?=\s*(?:№\s*)?(?:\d|[IVXІХ]+(?!\p{L})))`
const SHORT: readonly [PlaceUnit, string][] = [
  ['s', String.raw`пп\.?|п\.\s?п\.|п\/п\.?`],
  ['p', String.raw`п\.?`],
  ['a', String.raw`прил\.?`],
  ['st', String.raw`ст\.?`],
  ['g', String.raw`гл\.?`],
  ['rz', String.raw`разд\.?`],
  ['pr', String.raw`пар\.`],
  // «9 ч. 30 мин.» is a time.
  ['ch', String.raw`(?<!\d\s?)ч\.?`],
  ['bz', String.raw`абз\.?`],
  ['r', String.raw`стр\.`],
]
const RUSSIAN: readonly [PlaceUnit, string][] = [
  ['s', String.raw`подпункт\p{L}{0,3}`],
  ['p', String.raw`пункт\p{L}{0,3}`],
  ['st', String.raw`стать\p{L}{1,3}|статей`],
  ['g', 'глав(?:ами|ам|ах|ой|ою|а|ы|е|у)?'],
  ['a', String.raw`приложени\p{L}{1,3}`],
  ['rz', String.raw`раздел\p{L}{0,3}`],
  ['pr', String.raw`параграф\p{L}{0,3}`],
  ['ch', 'част(?:ями|ям|ях|ью|ей|ь|и)'],
  ['bz', String.raw`абзац\p{L}{0,3}`],
]
/** With their case endings, and as they are typed without Kazakh letters. */
const KAZAKH: readonly [PlaceUnit, string][] = [
  ['s', String.raw`тарма[қк]ша\p{L}*`],
  ['p', String.raw`тарма[қғкг]\p{L}*`],
  ['st', String.raw`ба(?:п(?:т\p{L}+|пен|қа)?|б[ыі]\p{L}*)`],
  ['g', String.raw`тарау\p{L}*`],
  ['a', String.raw`[қк]осымша\p{L}*`],
  ['ch', String.raw`б[өо]л[іи][кг]\p{L}*`],
  ['rz', String.raw`бөлім\p{L}*`],
  ['r', String.raw`(?<=\d-)жол(?:ы|ын|да|дың)?`],
]
const COUNTED = /(?:пунктов|статей|глав|приложений|разделов|параграфов|частей|абзацев)$/iu
const PLURAL = /(?:ы|ов|ам|ами|ах|и|ей|ям|ями|ях|ий|тар\p{L}*|тер\p{L}*|лар\p{L}*|лер\p{L}*)$/iu

const GROUPS: { unit: PlaceUnit; lang: Lang; isWord: boolean }[] = []
const UNIT = new RegExp(
  `(?<!\\p{L})(?=[псгрчатбқкж])(?:${(
    [
      [RUSSIAN, 'ru', true, String.raw`(?!\p{L})`],
      [KAZAKH, 'kk', true, String.raw`(?!\p{L})`],
      [SHORT, 'ru', false, NUMBERED],
    ] as const
  )
    .flatMap(([units, lang, isWord, after]) =>
      units.map(([unit, source]) => {
        GROUPS.push({ unit, lang, isWord })
        return `(${source})${after}`
      }),
    )
    .join('|')})`,
  'giu',
)
/** Most texts hold none: a plain look spares the patterns. */
const MAY_HOLD_ONE = /п|прил|ст|гл|част|раздел|ч\.|абз|тарма|тарау|осымша|ба[пб]|б[өо]л[іи]|-жол/iu
/** Without a figure only a unit written out has a number, in words. */
const HAS_FIGURE = /[\dIVXІХ]/u
const MAY_HOLD_A_WORD =
  /пункт|стать|стате|глав|приложени|раздел|параграф|част|абзац|тарма|(?<!\p{L})ба[пб]|тарау|осымша|б[өо]л[іи]/iu
/** A unit and its number: one word alone is none. */
const IS_LONG_ENOUGH = /[\s\d]/u
const MOST_RANGE = 30
const MOST_PLACES = 31

const DASH = '[-‐‑–—]'
const NUMBER = String.raw`(?:№\s*)?\d{1,3}(?:${DASH}\d{1,2}(?!\d))?(?![\d/]|[.,]\d)`
const SUFFIX = String.raw`(?:\s?${DASH}?\s?(?:ого|ому|го|му|ый|ой|ая|ую|ое|ом|ей|й|м|я|е)(?!\p{L}))`
const ITEM = String.raw`${NUMBER}(?:\s*\)|${SUFFIX})?`
/** «п. 3 и 5 рабочих дней»: what is counted is no place. */
const UNCOUNTED = String.raw`(?!\s*(?:рабоч|календарн|д(?:ня|ней|ень)|час|мес|минут|год|лет|тенге|процент|%|экземпляр|человек|раз(?!\p{L})|мрп|күн|сағат|жұмыс|жыл|ай(?!\p{L})|минөт))`
const MORE = String.raw`(?:\s*(?:,|;|(?:и|или|по|және|мен)(?!\p{L})|${DASH})\s*${ITEM}${UNCOUNTED})*`
const LIST = String.raw`${ITEM}${MORE}`
const LIST_FIRST = new RegExp(String.raw`^[\s(]*(${LIST})`, 'iu')
const LIST_LAST = new RegExp(String.raw`(?<![\p{L}\d.,/-])(${LIST})\s*${DASH}?\s*$`, 'iu')
const ROMAN_FIRST = /^\s*([IVXІХ]{1,6})(?![\p{L}\d])/u
const WORDS_FIRST = /^\s*(\p{L}+(?:\s+\p{L}+){0,2})/u
const WORDS_LAST = /(?:(?<!\p{L})(\p{L}+)\s+)?(?<!\p{L})(\p{L}+)\s+$/u
const ORDINAL = /(?:[оы]й|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми|трет\p{L}+)$/u
const KAZAKH_ORDINAL = /нш[ыі]/u
/** What may stand between two units of one way, numbers aside. */
const JOINT = /^[\s,()‐‑–—-]*$/u

const lower = (word: string): string => word.toLowerCase().replaceAll('ё', 'е')

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 }
const romanNumber = (text: string): number => {
  const digits = [...text.replaceAll('І', 'I').replaceAll('Х', 'X')].map((char) => ROMAN[char] ?? 0)
  return digits.reduce((sum, digit, at) => sum + ((digits[at + 1] ?? 0) > digit ? -digit : digit), 0)
}

/** Numbers of a list; «20-25» is a range where it can be one, else the number of an inserted point («12-1»). */
const numbersOf = (list: string, { isWord, lang }: Unit, plural: boolean): string[] => {
  const found: string[] = []
  let last: number | null = null
  let joint = ''
  for (const match of list.matchAll(
    /(\d{1,3})(?:[-‐‑–—](\d{1,2})(?!\d))?|(?<!\p{L})(по)(?!\p{L})|([-‐‑–—])(?=\s*(?:№\s*)?\d)/giu,
  )) {
    const [, first, second, by, dash] = match
    if (first === undefined) {
      joint = by ?? dash ?? ''
      continue
    }
    const from = Number(first)
    const range = (to: number): void => {
      for (let at = from; at <= to; at += 1) found.push(String(at))
    }
    const to = second === undefined ? 0 : Number(second)
    const isRange = to > from && to - from <= MOST_RANGE && isWord && (lang === 'ru' || plural || to > 9)
    if (joint !== '' && last !== null && from > last && from - last <= MOST_RANGE)
      for (let at = last + 1; at <= from; at += 1) found.push(String(at))
    else if (isRange) {
      range(to)
      // «пункт 1-2» may as well be the one inserted after the first.
      if (to <= 9) found.push(`${from}-${to}`)
    } else found.push(second === undefined ? String(from) : `${from}-${to}`)
    last = second === undefined ? from : to > from ? to : null
    joint = ''
  }
  return found
}

interface Numbers {
  list: string[]
  /** Offsets in the gap. */
  start: number
  end: number
}

/** Numbers at the beginning of what follows a unit. */
const numbersAfter = (gap: string, unit: Unit, plural: boolean): Numbers | null => {
  const digits = LIST_FIRST.exec(gap)
  if (digits?.[1] !== undefined)
    return {
      list: numbersOf(digits[1], unit, plural),
      start: digits[0].length - digits[1].length,
      end: digits[0].length,
    }
  const roman = DEPTH[unit.unit] < DEPTH.st ? ROMAN_FIRST.exec(gap) : null
  if (roman?.[1] !== undefined) {
    const value = romanNumber(roman[1])
    return value === 0 ? null : { list: [String(value)], start: 0, end: roman[0].length }
  }
  if (!unit.isWord || plural || unit.lang === 'kk') return null
  const words = WORDS_FIRST.exec(gap)
  const read = words?.[1] === undefined ? null : readNumberWords(words[1].split(/\s+/u).map(lower))
  if (words === null || read === null || read.value === 0 || read.value > 999) return null
  const taken = new RegExp(String.raw`^\s*(?:\p{L}+\s+){${read.taken - 1}}\p{L}+`, 'u').exec(gap)
  return { list: [String(read.value)], start: 0, end: taken?.[0].length ?? words[0].length }
}

/** Numbers at the end of what stands before a unit: «8-», «4) », «двадцать третий ». */
const numbersBefore = (gap: string, unit: Unit, plural: boolean): Numbers | null => {
  if (!unit.isWord) return null
  const digits = LIST_LAST.exec(gap)
  if (digits?.[1] !== undefined) {
    if (unit.isCounted && !new RegExp(`${SUFFIX}\\s*$`, 'iu').test(gap)) return null
    return { list: numbersOf(digits[1], unit, plural), start: digits.index, end: gap.length }
  }
  const words = WORDS_LAST.exec(gap)
  if (words === null) return null
  const [first, second] = [lower(words[1] ?? ''), lower(words[2] ?? '')]
  const isOrdinal = unit.lang === 'kk' ? KAZAKH_ORDINAL.test(second) : ORDINAL.test(second)
  if (!isOrdinal) return null
  const readWords = unit.lang === 'kk' ? readKazakhNumerals : readNumberWords
  if (unit.lang === 'kk' && kazakhNumeral(second) === undefined) return null
  const both = first === '' ? null : readWords([first, second])
  if (both !== null && both.taken === 2) return { list: [String(both.value)], start: words.index, end: gap.length }
  const one = readWords([second])
  if (one === null || one.value === 0) return null
  return { list: [String(one.value)], start: gap.length - (/\p{L}+\s+$/u.exec(gap)?.[0].length ?? 0), end: gap.length }
}

/** A unit with the numbers that are its own. */
interface Bound extends Unit {
  nums: string[]
  from: number
  to: number
  /** What stands between it and the next one has a comma. */
  comma: boolean
}

/** Gives each unit of a run its numbers, which stand behind them or before them, mostly alike for all of the run. */
const bind = (text: string, run: readonly Unit[], before: number, after: number): (Bound | null)[] => {
  const gaps = [...run.keys(), run.length].map((at) => ({
    start: at === 0 ? before : (run[at - 1]?.end ?? 0),
    end: at === run.length ? after : (run[at]?.start ?? 0),
  }))
  const textOf = ({ start, end }: { start: number; end: number }): string => text.slice(start, end)
  const isPlural = (unit: Unit): boolean => PLURAL.test(text.slice(unit.start, unit.end))
  const right = run.map((unit, at) => numbersAfter(textOf(gaps[at + 1] ?? { start: 0, end: 0 }), unit, isPlural(unit)))
  const left = run.map((unit, at) => numbersBefore(textOf(gaps[at] ?? { start: 0, end: 0 }), unit, isPlural(unit)))
  const count = (numbers: readonly (Numbers | null)[]): number => numbers.filter((one) => one !== null).length
  const kazakh = run.filter(({ lang }) => lang === 'kk').length * 2 > run.length
  const isLeft = kazakh ? count(left) >= count(right) : count(left) > count(right)
  /** Gaps whose numbers are taken. */
  const taken = new Set<number>()
  const bound = new Map<number, Bound>()
  for (const side of isLeft ? (['left', 'right'] as const) : (['right', 'left'] as const))
    for (const [at, unit] of run.entries()) {
      const numbers = (side === 'left' ? left : right)[at]
      const gap = side === 'left' ? at : at + 1
      if (numbers === null || numbers === undefined || bound.has(at) || taken.has(gap)) continue
      taken.add(gap)
      const offset = gaps[gap]?.start ?? 0
      bound.set(at, {
        ...unit,
        nums: numbers.list,
        from: side === 'left' ? offset + numbers.start : unit.start,
        to: side === 'left' ? unit.end : offset + numbers.end,
        comma: /,/u.test(textOf(gaps[at + 1] ?? { start: 0, end: 0 }).replace(new RegExp(LIST, 'iu'), '')),
      })
    }
  return run.map((_, at) => bound.get(at) ?? null)
}

/** Units that lead to one place: each deeper than the one before, or each less deep. */
const chainsOf = (bound: readonly (Bound | null)[]): Bound[][] => {
  const chains: Bound[][] = []
  let chain: Bound[] = []
  let direction = 0
  const end = (): void => {
    if (chain.length > 0) chains.push(chain)
    chain = []
    direction = 0
  }
  for (const unit of bound) {
    if (unit === null) {
      end()
      continue
    }
    const last = chain.findLast((one) => one.unit !== 'ch') ?? chain.at(-1)
    if (last === undefined) {
      chain.push(unit)
      continue
    }
    const step = Math.sign(DEPTH[unit.unit] - DEPTH[last.unit])
    const isKept = unit.unit === 'ch' && chain.length > 1 && !chain.some((one) => one.unit === 'ch')
    if (isKept || (step !== 0 && (direction === 0 || step === direction))) {
      if (!isKept) direction = step
      chain.push(unit)
      continue
    }
    // «пунктом 3, подпунктом 2 пункта 4»: the comma parts them, before the one that turned.
    const turned =
      chain.length > 1 && chain.at(-2)?.comma === true && chain.at(-1)?.comma === false ? chain.pop() : undefined
    end()
    if (turned !== undefined && Math.sign(DEPTH[unit.unit] - DEPTH[turned.unit]) !== 0) {
      chain.push(turned)
      direction = Math.sign(DEPTH[unit.unit] - DEPTH[turned.unit])
    } else if (turned !== undefined) chains.push([turned])
    chain.push(unit)
  }
  end()
  return chains
}

const wordOf = (steps: readonly PlaceStep[]): string => `§${steps.map(({ unit, num }) => unit + num).join('')}`

/** Tokens of a place: its whole way, the ways to what is around it, and each of them without what goes without saying. */
const tokensOfPlace = (steps: readonly PlaceStep[]): string[] => {
  const tokens: string[] = []
  for (let from = 0; from < steps.length; from += 1)
    for (let to = steps.length; to > from; to -= 1) tokens.push(wordOf(steps.slice(from, to)))
  return tokens
}

const referenceOf = (chain: readonly Bound[]): LawReference => {
  const [first, last] = [chain[0], chain.at(-1)]
  const isInward = first !== undefined && last !== undefined && DEPTH[first.unit] <= DEPTH[last.unit]
  const outermostFirst = isInward ? chain : chain.toReversed()
  let places: PlaceStep[][] = [[]]
  for (const { unit, nums } of outermostFirst)
    places = places.flatMap((way) => nums.map((num) => [...way, { unit, num }])).slice(0, MOST_PLACES)
  return {
    start: Math.min(...chain.map(({ from }) => from)),
    end: Math.max(...chain.map(({ to }) => to)),
    lang: chain.some(({ lang }) => lang === 'kk') ? 'kk' : 'ru',
    places,
    tokens: [...new Set(places.flatMap(tokensOfPlace))],
  }
}

const LEFT_REACH = 60
const RIGHT_REACH = 90

/**
 * References to places of an act: «п. 23», «п23», «ст 9», «восьмой пункт», «пункт двадцать три», «2 подпункт 3 пункта»,
 * «подпункты 1), 2) и 3) пункта 5», «прил. 2», «глава IV», «пунктах 20-25», «ч. 4»; Kazakh ones too, also without Kazakh letters:
 * «8-тармақ», «8 тармак», «сегізінші тармақ», «3-тармақтың 4) тармақшасы», «9-бап», «№ 1 қосымша».
 * @param text without invisible characters and look-alikes (`readable`)
 * @returns in order, never overlapping
 */
export const findLawReferences = (text: string): LawReference[] => {
  if (!IS_LONG_ENOUGH.test(text) || !(HAS_FIGURE.test(text) ? MAY_HOLD_ONE : MAY_HOLD_A_WORD).test(text)) return []
  const units: Unit[] = []
  for (const match of text.matchAll(UNIT)) {
    const group = match.slice(1).findIndex((part) => part !== undefined)
    const known = GROUPS[group]
    if (known === undefined) continue
    const { index: start } = match
    const end = start + match[0].length
    units.push({ ...known, start, end, isCounted: known.lang === 'ru' && COUNTED.test(match[0]) })
  }
  if (units.length === 0) return []
  const found: LawReference[] = []
  let from = 0
  let covered = 0
  while (from < units.length) {
    let to = from + 1
    // A run: units with nothing but numbers between them.
    while (to < units.length && isJoint(text, units[to - 1], units[to])) to += 1
    const run = units.slice(from, to)
    const before = Math.max(covered, (run[0]?.start ?? 0) - LEFT_REACH)
    const after = Math.min(units[to]?.start ?? text.length, (run.at(-1)?.end ?? 0) + RIGHT_REACH)
    for (const chain of chainsOf(bind(text, run, before, after))) {
      const reference = referenceOf(chain)
      found.push(reference)
      covered = Math.max(covered, reference.end)
    }
    from = to
  }
  return found
}

const isJoint = (text: string, left: Unit | undefined, right: Unit | undefined): boolean => {
  if (left === undefined || right === undefined) return false
  const gap = text.slice(left.end, right.start)
  if (gap.length > LEFT_REACH) return false
  if (JOINT.test(gap)) return true
  const numbers = numbersAfter(gap, left, false) ?? numbersBefore(gap, right, false)
  return numbers !== null && JOINT.test(gap.slice(0, numbers.start)) && JOINT.test(gap.slice(numbers.end))
}
