import { readNumberWords } from '#ingest/text/russian-numerals.ts'
import { KAZAKH_MONTHS } from '#ingest/text/kazakh-months.ts'

const RU_MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
]

/** A date as acts write it, for use inside larger patterns; no groups of its own. */
export const DATE = String.raw`(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+\p{L}{3,8}\s+\d{4}(?:\s+(?:года|г\.))?)`

/** ISO date of «04.10.2022» or «26 января 2016 года»; null when it is no date. Pure. */
export function isoDate(printed: string): string | null {
  const text = printed.trim()
  const digits = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text)
  const words = /^(\d{1,2})\s+(\p{L}+)\s+(\d{4})/u.exec(text)
  const day = Number((digits ?? words)?.[1])
  const year = Number((digits ?? words)?.[3])
  const name = words?.[2]?.toLowerCase() ?? ''
  return validIso(year, digits ? Number(digits[2]) : monthOf(name), day)
}

function validIso(year: number, month: number, day: number): string | null {
  if (!Number.isInteger(month) || month < 1 || month > 12 || !(day >= 1 && day <= 31)) return null
  const iso = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  // 31.02 rolls over into March: not a date.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : null
}

/** A date as Kazakh acts write it, month in any case, for use inside larger patterns; no groups of its own. */
export const KAZAKH_DATE = String.raw`(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s+жыл(?:ғы|дың)\s+\d{1,2}\s+\p{L}{3,20})`

/** ISO date of «04.10.2022» or «2016 жылғы 26 қаңтардағы»; null when it is no date. Latin «i» stands for «і» in old texts. Pure. */
export function kazakhIsoDate(printed: string): string | null {
  const words = /^(\d{4})\s+жыл(?:ғы|дың)\s+(\d{1,2})\s+(\p{L}+)/iu.exec(printed.trim())
  if (!words) return /^\s*\d{1,2}\./.test(printed) ? isoDate(printed) : null
  const name = words[3]?.toLowerCase().replaceAll('i', 'і') ?? ''
  return validIso(Number(words[1]), KAZAKH_MONTHS.findIndex((one) => name.startsWith(one)) + 1, Number(words[2]))
}

function monthOf(name: string): number {
  if (name === 'мая' || name === 'май') return 5
  return RU_MONTHS.findIndex((stem, index) => index !== 4 && name.startsWith(stem)) + 1
}

/** «десяти» → 10, «60 (шестидесяти)» → 60, «двадцати одного» → 21; null when it names no number above zero. Pure. */
export function numeral(printed: string): number | null {
  const text = printed
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
  if (/^\d{1,4}$/.test(text)) return Number(text) || null
  const words = text.split(/\s+/)
  const read = readNumberWords(words)
  return read !== null && read.taken === words.length && read.value > 0 ? read.value : null
}
