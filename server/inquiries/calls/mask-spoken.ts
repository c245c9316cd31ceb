import { maskPersonalData } from '#ingest/text/personal-data.ts'

/** Numerals as they are spoken one by one or by tens: «восемь семьсот один …», «сегіз жеті жүз …». */
const NUMERAL =
  'ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|[а-я]+надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|' +
  'нөл|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан|жүз'
/** Fewer in a row are a term, a sum or a date. */
const SPOKEN = new RegExp(String.raw`(?<!\p{L})(?:(?:${NUMERAL})(?!\p{L})[\s,-]*){5,}`, 'giu')
/** Recognisers write numbers as they hear them, in groups and halves: none of the usual forms. */
const DIGITS = /(?<![\d№.,/])\d(?:[ -]?\d){5,}(?![ -]?\d)(?!\s?(?:тенге|теңге|тг|тыс|млн|мың|%|[.,/]\d))/giu
/** The centre's own numbers, which anybody may know (п. 7). */
const PUBLIC = new Set(['88000807777', '1414'])

/**
 * Masks what is personal in a stretch of recognised speech: all that is masked in writing, and runs of digits or spoken numerals, which in
 * speech are phones, ИИН and cards in any grouping. Pure.
 * @returns the masked text and the kinds that were found
 */
export function maskSpoken(text: string): { text: string; kinds: string[] } {
  const written = maskPersonalData(text)
  let runs = 0
  const hide = (match: string): string => {
    if (PUBLIC.has(match.replaceAll(/\D/gu, ''))) return match
    runs += 1
    return `[номер]${/\s$/u.test(match) ? ' ' : ''}`
  }
  const hidden = written.text.replaceAll(DIGITS, hide).replaceAll(SPOKEN, hide)
  return {
    text: hidden,
    kinds: [...new Set([...written.found.map(({ kind }) => kind), ...(runs > 0 ? ['number'] : [])])],
  }
}
