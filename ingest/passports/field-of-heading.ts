import type { Lang } from '#ingest/acts/act.ts'
import { fold } from '#ingest/compare/facts-of.ts'
import { PASSPORT_FIELDS, type PassportField } from './passport.ts'

/**
 * Headings of rows by wording. They differ from act to act and changed with the orders on how standards are made (2015: «Стандарт»;
 * 2020 and later: «Перечень основных требований»); what they are about did not.
 */
const HEADINGS: Record<Lang, Record<PassportField, RegExp>> = {
  ru: {
    provider: /^наименование (?:услугодател|поставщика услуг)/u,
    channels: /^(?:способы? (?:предоставления|оказания|получения)|каналы (?:доступа|приема|оказания)|место оказания)/u,
    term: /^сроки? (?:оказания|предоставления)/u,
    form: /^форма (?:оказания|предоставления)(?! результат)/u,
    result: /^(?:результат|форма (?:предоставления |представления )?результата)/u,
    fee: /^(?:размеры? (?:оплаты|платы|взимаемой)|стоимость|оплата за)/u,
    hours: /^(?:график|режим|время) работы/u,
    documents: /^(?:исчерпывающий )?перечень (?:необходимых )?(?:документов|сведений)/u,
    refusal: /^(?:исчерпывающий перечень )?основани[яй] (?:для|в) отказ/u,
    other: /^иные требования/u,
  },
  kk: {
    provider: /қызмет(?:ті)? берушінің атауы$/u,
    channels: /(?:ұсыну|көрсету) (?:тәсіл|арна)\p{L}*(?: \(|$)|^қол жеткізу арналары/u,
    term: /(?:көрсету|ұсыну)(?:дің)? мерзімі?\p{L}*$/u,
    form: /(?:көрсету|ұсыну)(?:дің)? (?:нысаны|түрі)$/u,
    result: /нәтиже(?:сі|лері|сін)$/u,
    fee: /(?:ақы|төлемақы|төлем|ақының|төлемнің)(?:ның|нің)? (?:мөлшері|сомасы)/u,
    hours: /жұмыс (?:кестесі|графигі|режимі|уақыты)\p{L}*$/u,
    documents: /(?:құжат|мәлімет)\p{L}*.* тізбесі\p{L}*$/u,
    refusal: /бас тарту.* негіз/u,
    other: /өзге (?:де )?талаптар/u,
  },
}

const fieldsFor = (heading: string, lang: Lang): PassportField[] => {
  const words = fold(heading)
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s:.;,]+$/u, '')
    .trim()
  return PASSPORT_FIELDS.filter((field) => HEADINGS[lang][field].test(words))
}

/**
 * Which field a row's heading announces.
 * @param heading as printed
 * @returns null where no field, or more than one, answers to it: nothing is guessed. Pure.
 */
export function fieldOfHeading(heading: string, lang: Lang): PassportField | null {
  const found = fieldsFor(heading, lang)
  return found.length === 1 ? (found[0] ?? null) : null
}
