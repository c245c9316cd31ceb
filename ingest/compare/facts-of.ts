import type { Lang } from '#ingest/acts/act.ts'
import { KAZAKH_MONTHS } from '#ingest/text/kazakh-months.ts'
import { isoDate } from '#ingest/acts/dates.ts'
import { isInvisible } from '#ingest/text/invisible.ts'
import { readKazakhNumerals } from '#ingest/text/kazakh-numerals.ts'
import { readNumberWords } from '#ingest/text/russian-numerals.ts'

export type TermUnit =
  | 'working-day'
  | 'calendar-day'
  | 'day'
  | 'around-the-clock-day'
  | 'hour'
  | 'minute'
  | 'week'
  | 'month'
  | 'year'

/** Something a caller would act on, in a form that does not depend on the language. */
export type Fact = (
  | { kind: 'term'; value: number; unit: TermUnit }
  /** `mci`: monthly calculation index, МРП / АЕК. */
  | { kind: 'money'; value: number; unit: 'tenge' | 'mci' }
  | { kind: 'percent'; value: number }
  /** Time of the day, minutes from midnight. */
  | { kind: 'clock'; minutes: number }
  | { kind: 'date'; date: string }
  /** Number of an act: «88-V», «212/НҚ». */
  | { kind: 'act-number'; number: string }
  /** Telephone, address of a site or a mailbox, as comparable text. */
  | { kind: 'contact'; text: string }
  /** «1)», «2-1)»: an item of a list within the text. */
  | { kind: 'item'; number: string }
  /** A number of nothing that is known here: of a point, an article, a form. */
  | { kind: 'number'; value: string }
) & {
  /** Where in the text, half-open. */
  start: number
  end: number
}

/** Equal for facts that say the same. */
export function factKey(fact: Fact): string {
  switch (fact.kind) {
    case 'term':
    case 'money':
      return `${fact.kind} ${fact.value} ${fact.unit}`
    case 'percent':
      return `percent ${fact.value}`
    case 'clock':
      return `clock ${fact.minutes}`
    case 'date':
      return `date ${fact.date}`
    case 'act-number':
    case 'item':
      return `${fact.kind} ${fact.number}`
    case 'contact':
      return `contact ${fact.text}`
    case 'number':
      return `number ${fact.value}`
  }
}

interface Found {
  start: number
  end: number
  facts: Fact[]
}

const WORD = String.raw`\p{L}[\p{L}\p{M}-]*`
const NUMBER = String.raw`(?<![\p{L}\d.,/-])(?:\d{1,3}(?:[  ]\d{3})+|\d+)(?:,\d+)?(?!\d)`

/** Letters that official texts mix up: Latin in Cyrillic words, and ё. Same length, so offsets stay. */
const LOOKALIKES: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  ё: 'е',
  ӊ: 'ң',
}
/** Lower case with look-alike letters as Cyrillic; as long as it was. */
export const fold = (text: string): string =>
  text.toLowerCase().replace(/[aceiopxyёӊ]/gu, (letter, at: number, whole: string) => {
    const touches = /\p{Script=Cyrillic}/u
    return letter === 'ё' || letter === 'ӊ' || touches.test(whole[at - 1] ?? '') || touches.test(whole[at + 1] ?? '')
      ? (LOOKALIKES[letter] ?? letter)
      : letter
  })

/** Zero-width characters stand inside of addresses and words of official texts. */
function withoutInvisible(text: string): { text: string; places: number[] } {
  const places: number[] = []
  let kept = ''
  for (let at = 0; at < text.length; at += 1)
    if (!isInvisible(text[at] ?? '')) {
      kept += text[at] ?? ''
      places.push(at)
    }
  return { text: kept, places }
}

/** What stands after a number and makes it a term, with the kind of its days: said before it in Kazakh («күнтізбелік он күн»). */
function termUnit(lang: Lang, before: string, after: string): { unit: TermUnit; length: number } | null {
  if (lang === 'ru') {
    const match =
      /^\s*(?:полных\s+)?(?:(рабоч|календарн)\p{L}*\s+)?(д(?:ень|ня|ней|ню|нем|нями|нях)(?!\p{L})|час(?!т)\p{L}*|минут\p{L}*|недел\p{L}*|месяц(?:а|ев|у|ем|е)?(?!\p{L})|год(?:а|у|ом)?(?!\p{L})|лет(?!\p{L})|сут(?:ки|ок|кам)(?!\p{L}))/u.exec(
        after,
      )
    if (match === null) return null
    const [whole, kind, noun = ''] = match
    const unit: TermUnit = noun.startsWith('д')
      ? kind === 'рабоч'
        ? 'working-day'
        : kind === 'календарн'
          ? 'calendar-day'
          : 'day'
      : noun.startsWith('час')
        ? 'hour'
        : noun.startsWith('минут')
          ? 'minute'
          : noun.startsWith('недел')
            ? 'week'
            : noun.startsWith('месяц')
              ? 'month'
              : noun.startsWith('сут')
                ? 'around-the-clock-day'
                : 'year'
    return { unit, length: whole.length }
  }
  const match =
    /^\s*(?:толық\s+)?(?:(жұмыс|күнтізбелік)\s+)?(күн(?!тізбе|дел)\p{L}*|сағат\p{L}*|минут\p{L}*|апта\p{L}*|ай(?:дан|ға|да|дың|ды|ы|ына|ынан|ының|лық)?(?!\p{L})|жыл(?:дан|ға|да|дың|ды|ы|ына|ынан)?(?!\p{L})|тәулік\p{L}*)/u.exec(
      after,
    )
  if (match === null) return null
  const [whole, kind, noun = ''] = match
  // «2013 жылғы» is a date, and so would be «2013 жыл».
  const isCalendar = kind === 'күнтізбелік' || /күнтізбелік\s*$/u.test(before)
  const isWorking = kind === 'жұмыс' || /жұмыс\s*$/u.test(before)
  const unit: TermUnit = noun.startsWith('күн')
    ? isWorking
      ? 'working-day'
      : isCalendar
        ? 'calendar-day'
        : 'day'
    : noun.startsWith('сағат')
      ? 'hour'
      : noun.startsWith('минут')
        ? 'minute'
        : noun.startsWith('апта')
          ? 'week'
          : noun.startsWith('ай')
            ? 'month'
            : noun.startsWith('тәулік')
              ? 'around-the-clock-day'
              : 'year'
  return { unit, length: whole.length }
}

const numberOf = (printed: string): number => Number(printed.replaceAll(/[  ]/gu, '').replace(',', '.'))

/** Facts that a pattern finds whole. Earlier ones win where two overlap. */
const PATTERNS: readonly {
  pattern: RegExp
  /** What no match is without, where looking for that first is much cheaper. */
  sign?: RegExp
  read: (
    match: RegExpExecArray,
    lang: Lang,
  ) => (Fact extends infer F ? (F extends Fact ? Omit<F, 'start' | 'end'> : never) : never)[]
}[] = [
  {
    sign: /@|https?:|www\.|\.(?:kz|gov|com|org|net)/u,
    pattern:
      // «www. egov. kz» is how some editions print it.
      /(?:https?:\/\/|www\.)\s?[a-z\d-]+(?:\.\s?[a-z\d-]+)*(?:\/[^\s,;)»"<>]*[^\s,;)»"<>.])?|[\p{L}\d._+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+|(?<![\p{L}\d.@])[a-z][a-z\d-]*(?:\.[a-z\d-]+)*\.(?:kz|gov|com|org|net)(?![\p{L}\d])/gu,
    read: ([text]) => [
      {
        kind: 'contact',
        text: text
          .replaceAll(/\s+/gu, '')
          .replace(/^(?:https?:\/\/)?(?:www\.)?/u, '')
          .replace(/[./]+$/u, ''),
      },
    ],
  },
  {
    pattern: /(?<!\d)(?:\+7|8)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)/gu,
    read: ([text]) => [{ kind: 'contact', text: text.replaceAll(/\D/gu, '').replace(/^7/u, '8') }],
  },
  {
    pattern: /(?<!\d)(\d{1,2}\.\d{1,2}\.\d{4})(?!\d)/gu,
    read: ([, text = '']) => dateFact(isoDate(text)),
  },
  {
    pattern:
      /(?<!\d)\d{1,2}\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*\s+\d{4}/gu,
    read: ([text]) => dateFact(isoDate(text)),
  },
  {
    pattern: new RegExp(
      String.raw`(?<!\d)(\d{4})\s+жыл(?:ғы|дың|ы)?\s+(\d{1,2})\s+(${KAZAKH_MONTHS.join('|')})\p{L}*`,
      'gu',
    ),
    read: ([, year = '', day = '', month = '']) =>
      dateFact(isoDate(`${day.padStart(2, '0')}.${String(KAZAKH_MONTHS.indexOf(month) + 1).padStart(2, '0')}.${year}`)),
  },
  {
    pattern: /№\s*(\d[\d/\p{L}-]*)/gu,
    read: ([, number = '']) => [
      { kind: 'act-number', number: number.replace(/-?(?:бұйр|қаулы|заң)\p{L}*$/u, '').replace(/-+$/u, '') },
    ],
  },
  {
    pattern: /(?<![\p{L}\d])(\d+-[ivx]+)(?![\p{L}\d])/gu,
    read: ([, number = '']) => [{ kind: 'act-number', number }],
  },
  {
    // «с 9.00 до 18.30 часов», «сағат 9.00-ден»; minutes are two digits, so «1.5» is none.
    pattern: /(?<![\d.])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.]\d|\d)(?!\s*(?:%|тенге|теңге))/gu,
    read: ([, hours = '', minutes = '']) => [{ kind: 'clock', minutes: Number(hours) * 60 + Number(minutes) }],
  },
  {
    // «с 8-00 до 17-30 часов»; «до 10-20 минут» is a range.
    pattern:
      /(?<=(?<!\p{L})(?:с|до|сағат)\s)([01]?\d|2[0-3])-([0-5]\d)(?!\d)(?!\s*(?:мин|дн|ден|день|раб|кален|жұмыс|күн))/gu,
    read: ([, hours = '', minutes = '']) => [{ kind: 'clock', minutes: Number(hours) * 60 + Number(minutes) }],
  },
  {
    // At the head of a line or behind a lead-in; «подпункт 6) статьи 9» is a reference.
    pattern: /(?<=^\s*|\n\s*|[:;]\s{0,2}[«"]?)(\d+(?:-\d+)?)\)/gu,
    read: ([, number = '']) => [{ kind: 'item', number }],
  },
]

const dateFact = (date: string | null): { kind: 'date'; date: string }[] =>
  date === null ? [] : [{ kind: 'date', date }]

/** Whole matches of the patterns above. */
function fixedFacts(text: string, lang: Lang): Found[] {
  const found: Found[] = []
  const taken = (start: number, end: number) => found.some((one) => start < one.end && end > one.start)
  for (const { pattern, sign, read } of PATTERNS) {
    if (sign?.test(text) === false) continue
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (taken(start, end)) continue
      const facts = read(match, lang).map((fact): Fact => ({ ...fact, start, end }))
      if (facts.length > 0) found.push({ start, end, facts })
    }
  }
  return found
}

/** A number in digits, with its repetition in words where there is one: «5 (пяти)». */
interface Numeral {
  start: number
  end: number
  value: number
  /** In digits; a bare word is a fact only with a unit behind it. */
  digits: string | null
  /** What the words in brackets say, where they say another number. */
  inWords: number | null
}

const words = (text: string): string[] => text.toLowerCase().match(new RegExp(WORD, 'gu')) ?? []

const readWords = (lang: Lang, run: readonly string[]): { value: number; taken: number } | null =>
  lang === 'kk' ? readKazakhNumerals(run) : readNumberWords(run)

function numerals(text: string, lang: Lang, isTaken: (start: number, end: number) => boolean): Numeral[] {
  const found: Numeral[] = []
  for (const match of text.matchAll(new RegExp(NUMBER, 'gu'))) {
    const start = match.index
    let end = start + match[0].length
    if (isTaken(start, end)) continue
    const value = numberOf(match[0])
    const bracket = /^\s*\(([\p{L}\s-]{2,60})\)/u.exec(text.slice(end))
    const run = words(bracket?.[1] ?? '')
    const read = readWords(lang, run)
    // «5 (один раз в год)» says something else in brackets than the number.
    const said = read !== null && read.taken === run.length ? read : null
    // A misspelt numeral («одинадцать») is still no part of what is counted.
    if (bracket !== null && (said !== null || run.length === 1)) end += bracket[0].length
    found.push({
      start,
      end,
      value,
      digits: match[0],
      inWords: said !== null && said.value !== value ? said.value : null,
    })
  }
  const spelt = [...text.matchAll(new RegExp(WORD, 'gu'))]
  for (let i = 0; i < spelt.length; i += 1) {
    const first = spelt[i]
    if (first === undefined) break
    if (found.some((one) => first.index >= one.start && first.index < one.end)) continue
    const run: RegExpExecArray[] = [first]
    for (const next of spelt.slice(i + 1, i + 5)) {
      const last = run.at(-1)
      if (last === undefined || text.slice(last.index + last[0].length, next.index).trim() !== '') break
      run.push(next)
    }
    const read = readWords(
      lang,
      run.map((match) => match[0]),
    )
    if (read === null) continue
    const last = run[read.taken - 1] ?? first
    found.push({
      start: first.index,
      end: last.index + last[0].length,
      value: read.value,
      digits: null,
      inWords: null,
    })
    i += read.taken - 1
  }
  return found.sort((a, b) => a.start - b.start)
}

/** «за сутки», «за день до …»: one of the unit, without a numeral; Kazakh says «бір күн бұрын». */
const ONE_BEFORE = /(?<!\p{L})за\s+(?:сутки(?!\p{L})|(?:день|час|неделю|месяц|год)(?=\s+(?:до|перед)(?!\p{L})))/gu
const ONE_UNITS: readonly [string, TermUnit][] = [
  ['сутки', 'around-the-clock-day'],
  ['день', 'day'],
  ['час', 'hour'],
  ['неделю', 'week'],
  ['месяц', 'month'],
  ['год', 'year'],
]

/** A number that two spellings of one place give differently: «11 (десяти) дней». */
export interface SelfContradiction {
  start: number
  end: number
  digits: number
  words: number
}

export interface Facts {
  facts: Fact[]
  contradictions: SelfContradiction[]
}

/**
 * What a caller would act on in a text: terms with their kind of days, fees, hours of work, dates, numbers of acts, contacts,
 * items of lists, and bare numbers. Word for word the same facts come out of a Russian text and of its true Kazakh translation.
 * @param lang of the text
 * @returns facts in order of the text, and places where digits and the words in brackets behind them disagree
 */
export function factsOf(printed: string, lang: Lang): Facts {
  const { text, places } = withoutInvisible(fold(printed))
  const fixed = fixedFacts(text, lang)
  const isTaken = (start: number, end: number) => fixed.some((one) => start < one.end && end > one.start)
  const facts = fixed.flatMap((one) => one.facts)
  const contradictions: SelfContradiction[] = []
  for (const numeral of numerals(text, lang, isTaken)) {
    const { start, end, value, digits } = numeral
    if (numeral.inWords !== null) contradictions.push({ start, end, digits: value, words: numeral.inWords })
    const after = text.slice(end, end + 60)
    const before = text.slice(Math.max(0, start - 20), start)
    const money =
      /^[-\s]*(?:(?:тыс\p{L}*|мың)\s+)?(тенге|теңге|мрп(?!\p{L})|аек(?!\p{L})|(?:месячн\p{L}*\s+расчетн\p{L}*\s+показател)|(?:айлық\s+есептік\s+көрсеткіш))/u.exec(
        after,
      )
    if (money !== null) {
      const unit = /^т[еең]н?г|^теңге/u.test(money[1] ?? '') ? 'tenge' : 'mci'
      const thousand = /^[-\s]*(?:тыс|мың)/u.test(money[0]) ? 1000 : 1
      facts.push({ kind: 'money', value: value * thousand, unit, start, end: end + money[0].length })
      continue
    }
    const term = termUnit(lang, before, after)
    // «2023 года», «2023 жылғы»: a year of the calendar.
    if (term !== null && !(term.unit === 'year' && value >= 1900 && value < 2100)) {
      facts.push({ kind: 'term', value, unit: term.unit, start, end: end + term.length })
      continue
    }
    const percent = /^\s*(?:%|процент|пайыз)/u.exec(after)
    if (percent !== null) facts.push({ kind: 'percent', value, start, end: end + percent[0].length })
    else if (digits !== null) facts.push({ kind: 'number', value: digits.replaceAll(/[  ]/gu, ''), start, end })
  }
  if (lang === 'ru')
    for (const match of text.matchAll(ONE_BEFORE)) {
      const unit = ONE_UNITS.find(([noun]) => match[0].includes(noun))?.[1]
      if (unit !== undefined)
        facts.push({ kind: 'term', value: 1, unit, start: match.index, end: match.index + match[0].trimEnd().length })
    }
  const back = <T extends { start: number; end: number }>(one: T): T => ({
    ...one,
    start: places[one.start] ?? printed.length,
    end: (places[one.end - 1] ?? printed.length - 1) + 1,
  })
  return { facts: facts.sort((a, b) => a.start - b.start).map(back), contradictions: contradictions.map(back) }
}
