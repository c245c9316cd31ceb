import type { ActRequisites } from './submission.ts'
import { KAZAKH_MONTHS } from '#ingest/text/kazakh-months.ts'

const RU_MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const DATES = new RegExp(
  [
    String.raw`(?<![\d.])(?<d1>\d{1,2})\s?[./]\s?(?<m1>\d{1,2})\s?[./]\s?(?<y1>\d{4}|\d{2})(?!\d)`,
    String.raw`(?<!\d)(?<y2>\d{4})-(?<m2>\d{1,2})-(?<d2>\d{1,2})(?!\d)`,
    String.raw`(?<!\d)[«"]?(?<d3>\d{1,2})[»"]?\s+(?<m3>(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\p{L}*)\.?\s+(?<y3>\d{4})`,
    String.raw`(?<!\d)(?<y4>\d{4})\s*(?:жылғы|ж\.)\s*(?<d4>\d{1,2})\s*(?<m4>(?:${KAZAKH_MONTHS.join('|')})\p{L}*)`,
  ].join('|'),
  'giu',
)

/** Registration in the register of legal acts has a date and a number of its own, which are not the act's. */
const REGISTERED =
  /\(?\s*зарегистрирован\p{L}*[^()№]{0,300}№\s*\d+\s*\)?|\([^()]{0,300}(?:тіркел|тізілім)[^()]{0,200}\)/giu

const NUMBER = String.raw`(?:(?:[ҚК]Р\s+)?[\p{L}\d]+(?:\s?[-–/.]\s?[\p{L}\d]+)*)`
// KOI8-R has no «№»: programs write «?» for it.
const AFTER = new RegExp(
  String.raw`^[\s,]*(?:года|год|г\.?|жылғы)?[\s,]*(?:№|N[oº°]?\.?|номер|за\s*№|\?)\s*(?<number>${NUMBER})`,
  'iu',
)
const BEFORE = new RegExp(String.raw`(?:№|N[oº°]?\.?|номер)\s*(?<number>${NUMBER})[\s,]*(?:от)?\s*$`, 'iu')
const LATER = new RegExp(String.raw`(?:№|\bN[oº°]?\.?)\s*(?<number>${NUMBER})`, 'iu')

const NEAR = 400

const KINDS: readonly [string, RegExp][] = [
  ['приказ', /приказ|бұйры/giu],
  ['постановление', /постановлени|қаулы/giu],
  ['решение', /решени|шешім/giu],
  ['распоряжение', /распоряжени|өкім/giu],
  ['указ', /(?<!\p{L})указ|жарлы/giu],
  ['закон', /(?<!\p{L})закон(?!н)|заңы/giu],
  ['кодекс', /кодекс/giu],
]

const pad = (value: number): string => String(value).padStart(2, '0')

/** YYYY-MM-DD, or null when the calendar has no such day. */
function dayOf(year: number, month: number, day: number): string | null {
  const iso = `${year}-${pad(month)}-${pad(day)}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) && year >= 1990 && year <= 2100
    ? iso
    : null
}

interface PrintedDate {
  from: number
  to: number
  printed: string
  date: string | null
}

function* datesIn(text: string): Generator<PrintedDate> {
  for (const found of text.matchAll(DATES)) {
    const g = found.groups ?? {}
    const year = Number(g['y1'] ?? g['y2'] ?? g['y3'] ?? g['y4'])
    const name = (g['m3'] ?? g['m4'] ?? '').toLowerCase()
    const month =
      g['m3'] === undefined
        ? g['m4'] === undefined
          ? Number(g['m1'] ?? g['m2'])
          : KAZAKH_MONTHS.findIndex((stem) => name.startsWith(stem)) + 1
        : name === 'май' || name === 'мая'
          ? 5
          : RU_MONTHS.findIndex((stem) => stem !== 'ма' && name.startsWith(stem)) + 1
    const day = Number(g['d1'] ?? g['d2'] ?? g['d3'] ?? g['d4'])
    yield {
      from: found.index,
      to: found.index + found[0].length,
      printed: found[0],
      date: dayOf(year < 100 ? year + 2000 : year, month, day),
    }
  }
}

/** The last kind of act named in a text. */
function kindIn(text: string): string | null {
  let best: { kind: string; at: number } | null = null
  for (const [kind, pattern] of KINDS)
    for (const found of text.matchAll(pattern))
      if (best === null || found.index > best.at) best = { kind, at: found.index }
  return best?.kind ?? null
}

/** Part of an act's requisites, as far as they were found. */
export interface FoundRequisites {
  kind: string | null
  /** Null: the printed date is in no calendar. */
  date: string | null
  printedDate: string
  number: string | null
  text: string
}

/**
 * Acts named in a text by kind, date and number, in Russian or Kazakh and in short forms: «приказ Министра юстиции от 12 мая
 * 2023 года № 302», «№ 302 от 12.05.2023», «2023 жылғы 12 мамырдағы № 302 бұйрығы». Pure.
 */
export function findRequisites(text: string): FoundRequisites[] {
  const masked = text.replaceAll(REGISTERED, (clause) => ' '.repeat(clause.length))
  const dates = [...datesIn(masked)]
  const found: FoundRequisites[] = []
  let used = 0
  for (const [i, { from, to, printed, date }] of dates.entries()) {
    const end = dates[i + 1]?.from ?? masked.length
    // A number stands near its date; looking no further keeps the time of long texts down.
    const before = masked.slice(Math.max(used, from - NEAR), from)
    const after = masked.slice(to, Math.min(end, to + NEAR))
    const immediately = AFTER.exec(after)
    const preceding = BEFORE.exec(before)
    const later = immediately === null && preceding === null ? LATER.exec(after) : null
    const raw = (immediately ?? preceding ?? later)?.groups?.['number']
    const number = raw !== undefined && /\d/.test(raw) ? raw.replaceAll(/\s*([-–/.])\s*/g, '$1') : null
    const closeAfter = immediately?.[0].length ?? 0
    // Kazakh names the kind after the number.
    const kind = kindIn(before) ?? kindIn(after.slice(closeAfter, closeAfter + 60)) ?? found.at(-1)?.kind ?? null
    const start = used
    used = to + closeAfter
    found.push({
      kind,
      date,
      printedDate: printed,
      number,
      text: text
        .slice(start, used)
        .replace(/^[\s,;]+/u, '')
        .trim(),
    })
  }
  return found
}

/** Whether an act without a date is at least named by a number. */
export const hasNumber = (text: string): boolean => LATER.test(text.replaceAll(REGISTERED, ' '))

/** Complete requisites, or null. */
export const completeRequisites = (found: FoundRequisites, text: string): ActRequisites | null =>
  found.date === null || found.number === null
    ? null
    : { kind: found.kind, date: found.date, number: found.number, text }
