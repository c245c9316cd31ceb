import type { Lang } from '#ingest/acts/act.ts'
import { factsOf, fold, type Fact } from '#ingest/compare/facts-of.ts'
import type {
  FeeReading,
  FormReading,
  HoursReading,
  PassportGroup,
  PassportRow,
  TermPurpose,
  TermReading,
} from './passport.ts'

type Term = Extract<Fact, { kind: 'term' }>

/** Lines that speak of a term without setting one: what is not counted, from when it is counted. */
const NO_TERM = /не входит|не включа|исчисляется|кірмейді|есептеледі|қосылмайды/u
const SUSPENSION = /приостанавлива|приостановлен|тоқтатыла|тоқтата тұр/u
const WAITING = /ожидани|күту/u
const SERVING = /время обслуживания|қызмет көрсетудің (?:рұқсат етілген )?ең/u
const SETS_TERM =
  /в течени[еи]|не позднее|не более|не превыша|в срок|(?<!\p{L})срок(?!\p{L})|ішінде|кешіктірмей|кешіктірілмей|аспай|мерзім/u

function purposeOf(line: string, term: Term): TermPurpose | null {
  const words = fold(line)
  if (SUSPENSION.test(words)) return 'suspension'
  if (WAITING.test(words)) return 'waiting'
  if (SERVING.test(words)) return 'serving'
  if (NO_TERM.test(words)) return null
  const rest = line.slice(term.end).replaceAll(/[\s.;,]+/gu, '')
  return rest === '' || SETS_TERM.test(words) ? 'service' : null
}

/** The one term of a line; none where it has several, or says nothing of what it is a term. */
function termOfLine(line: string, lang: Lang, under: string[]): TermReading[] {
  const terms = factsOf(line, lang).facts.filter((fact): fact is Term => fact.kind === 'term')
  const [term] = terms
  if (term === undefined || terms.length > 1) return []
  const of = purposeOf(line, term)
  return of === null ? [] : [{ of, value: term.value, unit: term.unit, under, text: line }]
}

const isSuspension = ({ under }: PassportGroup): boolean => under.some(({ text }) => SUSPENSION.test(fold(text)))

/**
 * Terms of the row «Срок оказания», each where a line gives one without ambiguity.
 * @returns terms in order of the text, and items from which none could be read. Pure.
 */
export function readTerms(
  rows: readonly PassportRow[],
  lang: Lang,
): { terms: TermReading[]; unread: { row: PassportRow; text: string }[] } {
  const terms: TermReading[] = []
  const unread: { row: PassportRow; text: string }[] = []
  for (const row of rows.filter(({ status }) => status === 'in-force')) {
    for (const group of row.groups) {
      const titles = group.under.map(({ text }) => text)
      const title = titles.at(-1)
      if (title !== undefined) terms.push(...termOfLine(title, lang, titles.slice(0, -1)))
      let item: { text: string; found: boolean } | null = null
      const close = (): void => {
        if (item !== null && !item.found) unread.push({ row, text: item.text })
      }
      for (const part of group.parts) {
        // Items under «приостанавливается … в следующих случаях» are cases, not terms.
        if (part.kind === 'item' && isSuspension(group)) continue
        // A line behind them is no longer about suspension; a line behind an item goes on with it.
        const over: string[] = isSuspension(group)
          ? []
          : part.kind === 'note' && item !== null
            ? [...titles, item.text]
            : titles
        const found = termOfLine(part.text, lang, over)
        terms.push(...found)
        if (part.kind === 'item') {
          close()
          item = { text: part.text, found: found.length > 0 }
        } else if (item !== null && found.length > 0) item.found = true
      }
      close()
    }
  }
  const service = terms.some(({ of }) => of === 'service')
  const [first] = rows
  if (!service && unread.length === 0 && first !== undefined && first.status === 'in-force')
    unread.push({ row: first, text: first.text })
  return { terms, unread }
}

/** «Государственная пошлина … не взимается» in one clause, in which nothing else is charged. */
const NOT_CHARGED = [
  String.raw`(?:плат|сбор|пошлин|тариф)\p{L}*(?:(?!взима|уплачива)[^.;,\n]){0,80} не (?:взима|уплачива)\p{L}*`,
  String.raw`(?:баж|алым|ақы|төлем)\p{L}*(?:(?!алынады|төленеді)[^.;,\n]){0,80}(?:алынбайды|төленбейді)`,
]
const FREE = new RegExp(
  [...NOT_CHARGED, String.raw`бесплатн|безвозмездн|(?<!\p{L})тегін|алынбайды|ақысыз`].join('|'),
  'u',
)
const PAID =
  /(?<!не )взимает|(?<!\p{L})платн|тариф|пошлин|(?<!\p{L})сбор|тенге|мрп(?!\p{L})|расчетн\p{L}* показател|алынады|алым(?!\p{L}{4})|(?<!\p{L})баж|теңге|есептік көрсеткіш|(?<!\p{L})ақылы/u

/** Whether the service is free, and the sums and shares that the row names. Pure. */
export function readFee(text: string, lang: Lang): FeeReading {
  const words = fold(text)
  // «6 месячных расчетных показател» is where the pattern ends; the word ends later.
  const printed = ({ start, end }: Fact): string =>
    text.slice(start, end + (/^\p{L}*/u.exec(text.slice(end))?.[0].length ?? 0)).trim()
  const amounts = factsOf(text, lang).facts.flatMap((fact): FeeReading['amounts'] =>
    fact.kind === 'money'
      ? [{ value: fact.value, unit: fact.unit, text: printed(fact) }]
      : fact.kind === 'percent'
        ? [{ value: fact.value, unit: 'percent', text: printed(fact) }]
        : [],
  )
  const free = FREE.test(words)
  const paid = PAID.test(words.replaceAll(new RegExp(FREE, 'gu'), ' '))
  return { kind: free && paid ? 'mixed' : free ? 'free' : paid ? 'paid' : null, amounts }
}

/** How the service is rendered. Pure. */
export function readForms(text: string): FormReading[] {
  const words = fold(text)
  const electronic = /электронн|электронды/u.test(words)
  const full = /(?:полностью|толық) (?:автоматизир|цифровизир|цифров|автоматтандыр|цифрландыр)/u.test(words)
  const partial = /(?:частично|ішінара) (?:автоматизир|цифровизир|цифров|автоматтандыр|цифрландыр)/u.test(words)
  return [
    ...(full ? (['electronic-full'] as const) : []),
    ...(partial ? (['electronic-partial'] as const) : []),
    ...(electronic && !full && !partial ? (['electronic'] as const) : []),
    ...(/бумажн|қағаз/u.test(words) ? (['paper'] as const) : []),
    ...(/проактивн|проактивті/u.test(words) ? (['proactive'] as const) : []),
    ...(/одно(?:го|му) (?:заявлени|окна)|бір (?:өтініш|терезе)/u.test(words) ? (['one-application'] as const) : []),
  ]
}

const SCHEDULE = /с понедельника|ежедневно|круглосуточн|с \d|дүйсенб|күн сайын|тәулік бойы|сағат \d/u
const WHOSE: readonly [Exclude<HoursReading['of'], null>, RegExp][] = [
  ['portal', /портал/u],
  ['corporation', /государственн\p{L}* корпораци|мемлекеттік корпорация|(?<!\p{L})(?:цон|хқко)/u],
  ['provider', /услугодател|қызмет(?:ті)? беруші/u],
]

/** Hours line by line, and whose they are where the words before the schedule name one of the three. Pure. */
export function readHours(groups: readonly PassportGroup[]): HoursReading[] {
  return groups.flatMap(({ under, parts }) =>
    parts.map(({ text }): HoursReading => {
      const words = fold(text)
      const at = SCHEDULE.exec(words)?.index
      const head = at === undefined || at === 0 ? fold(under.at(-1)?.text ?? '') : words.slice(0, at)
      const named = WHOSE.filter(([, pattern]) => pattern.test(head))
      return {
        of: at !== undefined && named.length === 1 ? (named[0]?.[0] ?? null) : null,
        roundTheClock: /круглосуточн|тәулік бойы/u.test(words),
        text,
      }
    }),
  )
}
