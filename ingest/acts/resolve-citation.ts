import type { Lang } from './act.ts'
import { ORDINAL, ordinalNumber } from './numbers.ts'

export interface LawReference {
  point?: string
  subpoint?: string
  part?: string
  appendix?: string
  chapter?: string
}

type Unit = keyof LawReference

/** Longer words first: «пп» before «п», «тармақша» before «тармақ». */
const UNITS: Record<Lang, readonly (readonly [Unit, string])[]> = {
  ru: [
    ['subpoint', String.raw`(?:подпункт\p{L}{0,3}|подп|п/п|пп)`],
    ['point', String.raw`(?:пункт\p{L}{0,3}|пт|п)`],
    ['part', String.raw`(?:част(?:ь|и|ью|ей|ях)|ч)`],
    ['appendix', String.raw`(?:приложени\p{L}{1,3}|прил)`],
    ['chapter', String.raw`(?:глав\p{L}{0,3}|гл)`],
  ],
  kk: [
    ['subpoint', String.raw`(?:тармақша\p{L}{0,7}|тш)`],
    ['point', String.raw`тармақ(?!ша)\p{L}{0,6}|тармағ\p{L}{1,6}`],
    ['part', String.raw`бөлі[кг]\p{L}{0,6}`],
    ['appendix', String.raw`қосымша\p{L}{0,6}`],
    ['chapter', String.raw`тарау\p{L}{0,6}`],
  ],
}

const NUMBER = String.raw`\d{1,4}(?:-\d{1,3})?`
const SEPARATOR = String.raw`[\s,]*`
/** «п. 23», «пп 4)», «приложение № 2», «часть вторая». */
const UNIT_NUMBER = (unit: string): string => String.raw`(?:${unit})\.?\s*№?\s*(${NUMBER}|${ORDINAL})\)?(?!\d)`
/** «23-тармақ», «4) тармақшасы», «23 пункт», «вторая часть», «5-й пункт». */
const NUMBER_UNIT = (unit: string): string =>
  String.raw`(\d{1,4}(?:-\d{1,3})?|${ORDINAL})(?:\)|-?(?:[йяе]|ый|ой|ая|го|му|ом))?\s*-?\s*(?:${unit})\.?(?!\p{L})`

interface Form {
  unit: Unit
  pattern: RegExp
}

function formsOf(lang: Lang, shape: (unit: string) => string): Form[] {
  return UNITS[lang].map(([unit, words]) => ({
    unit,
    pattern: new RegExp(String.raw`${SEPARATOR}${shape(words)}`, 'iuy'),
  }))
}

/** Each order of writing is read on its own, so that «п. 3 пп. 4» is never read as «3 пп.». */
const READINGS: Record<Lang, readonly (readonly Form[])[]> = {
  ru: [
    formsOf('ru', UNIT_NUMBER),
    formsOf('ru', NUMBER_UNIT),
    [...formsOf('ru', NUMBER_UNIT).filter((one) => one.unit === 'part'), ...formsOf('ru', UNIT_NUMBER)],
  ],
  kk: [formsOf('kk', NUMBER_UNIT), formsOf('kk', UNIT_NUMBER)],
}

const AROUND = /^[\s.,;:!?"'«»()[\]–—]+|[\s.,;:!?"'«»([\]–—]+$/g
/** «п. 23 Правил»: the document the numbers belong to anyway. */
const OF_RULES = /\s+(?:(?:настоящих\s+)?правил[а]?|(?:осы\s+)?қағидалар\p{L}{0,4})$/iu
const LONGEST = 120

function readWith(text: string, forms: readonly Form[]): LawReference | null {
  const reference: LawReference = {}
  let at = 0
  while (at < text.length) {
    let moved = false
    for (const { unit, pattern } of forms) {
      pattern.lastIndex = at
      const found = pattern.exec(text)
      const number = ordinalNumber(found?.[1] ?? '') ?? found?.[1]
      if (!found || number === undefined) continue
      if (reference[unit] !== undefined) return null
      reference[unit] = number
      at = pattern.lastIndex
      moved = true
      break
    }
    if (!moved) return /^[\s,.)]*$/.test(text.slice(at)) && at > 0 ? reference : null
  }
  return at > 0 ? reference : null
}

/**
 * Reads what a person typed as a reference to an element: «п. 23», «пп 4 п 3», «3-тармақтың
 * 4-тармақшасы», «прил. 2». Null when the text holds anything else, so that «п. 23 сроки» is a search.
 *
 * @param text What was typed; spaces and punctuation around are allowed.
 * @param lang Language tried first; the other one is tried as well, people mix them. Pure, never throws.
 */
export function parseLawReference(text: string, lang: Lang): LawReference | null {
  if (text.length > LONGEST) return null
  const trimmed = text.replace(AROUND, '').replace(OF_RULES, '')
  if (trimmed === '') return null
  for (const one of lang === 'kk' ? (['kk', 'ru'] as const) : (['ru', 'kk'] as const)) {
    for (const forms of READINGS[one]) {
      const reference = readWith(trimmed, forms)
      if (reference) return reference
    }
  }
  return null
}
