import { findPersonalData, UNIT, type PersonalDataKind } from '#ingest/text/personal-data.ts'

/** Numerals as they are spoken one by one or by tens: «восемь семьсот один …», «сегіз жеті жүз …». */
export const NUMERAL =
  'ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|[а-я]{3,6}надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|' +
  'нөл|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан|жүз'
/** Fewer in a row are a term, a sum or a date. */
const SPOKEN = new RegExp(String.raw`(?<!\p{L})(?:(?:${NUMERAL})(?!\p{L})[\s,-]*){5,}`, 'giu')
/** Recognisers write numbers as they hear them, in groups and halves: none of the usual forms. */
const DIGITS = /(?<![\d№.,/])\d(?:[ -]?\d)*/gu
const FEWEST_DIGITS = 6
/** … but for a part of a day or of a number of an act. */
const GOES_ON = /^\s?[.,/]\d/u
/** A run is read whole before it is judged: judged within the pattern it would be read from each of its digits. */
const isNumber = (run: string, after: string): boolean =>
  !/\d/u.test(run) || (run.replaceAll(/\D/gu, '').length >= FEWEST_DIGITS && !UNIT.test(after) && !GOES_ON.test(after))
/** The centre's own numbers, which anybody may know (п. 7). */
const PUBLIC = new Set(['88000807777', '1414'])

export type SpokenKind = PersonalDataKind | 'number'

export interface FoundSpoken {
  start: number
  end: number
  kind: SpokenKind
}

const trimmed = (text: string, start: number, end: number): FoundSpoken => ({
  start,
  end: start + text.slice(start, end).trimEnd().length,
  kind: 'number',
})

/**
 * Where personal data stands in recognised speech: all that is found in writing, and runs of digits or spoken numerals, which in speech are phones, ИИН
 * and cards in any grouping; apart from them the centre's own numbers, which are nobody's. Pure.
 */
export function findSpoken(text: string): { found: FoundSpoken[]; open: FoundSpoken[] } {
  const found: FoundSpoken[] = [...findPersonalData(text)]
  const open: FoundSpoken[] = []
  for (const pattern of [DIGITS, SPOKEN])
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      if (!isNumber(match[0], text.slice(end, end + 20))) continue
      const place = trimmed(text, match.index, end)
      if (PUBLIC.has(match[0].replaceAll(/\D/gu, ''))) open.push(place)
      else if (!found.some((other) => place.start < other.end && place.end > other.start)) found.push(place)
    }
  return { found: found.toSorted((left, right) => left.start - right.start), open }
}
