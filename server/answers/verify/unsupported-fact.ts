import type { Lang } from '#server/context.ts'
import { factKey, factsOf, type Fact } from '#ingest/compare/facts-of.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { remembering } from '#server/search/analysis/recent-memory.ts'

/** Kinds that are compared whole. Bare numbers and items of lists are compared as tokens, with references beside them. */
const COMPARED = new Set<Fact['kind']>(['term', 'money', 'percent', 'clock', 'date', 'act-number', 'contact'])

const UNITS: [RegExp, string][] = [
  [/^(?:день|дн(?:я|ей|и|ем|ю|е|ями|ях|ям))$/u, 'day'],
  [/^час(?:а|ов|ы|ом|ам|ах)?$/u, 'hour'],
  [/^недел/u, 'week'],
  [/^месяц/u, 'month'],
  [/^квартал/u, 'quarter'],
  [/^(?:год(?:а|у|ом|ов|ы)?|лет)$/u, 'year'],
  [/^минут/u, 'minute'],
  [/^секунд/u, 'second'],
  [/^сут(?:ки|ок|кам)/u, 'day and night'],
  [/^(?:тенге|тг)$/u, 'tenge'],
  [/^мрп$/u, 'mrp'],
  [/^процент/u, 'percent'],
]

/** How often: a fact without a number. */
const FREQUENCIES: Record<Lang, RegExp> = {
  ru: /(?<!\p{L})(ежедневн|еженедельн|ежемесячн|ежеквартальн|ежегодн|круглосуточн|раз в (?:день|сутки|неделю|месяц|квартал|полугодие|год))/gu,
  kk: /(?<!\p{L})((?:күн|апта|ай|тоқсан|жыл) сайын|(?:күніне|аптасына|айына|тоқсанына|жылына) бір рет|тәулік бойы|тәуліктік)/gu,
}

/** Words that make the opposite of one another: one in the sentence, only the other in the quotes, is a lie. */
const OPPOSITES: Record<Lang, [RegExp, RegExp][]> = {
  ru: [
    [/(?<!\p{L})(?:бесплатн|безвозмездн)/u, /(?<!\p{L})(?:платн|возмездн|за плату)/u],
    [/(?<!\p{L})(?:письменн)/u, /(?<!\p{L})(?:устн)/u],
    [/(?<!\p{L})до(?!\p{L})/u, /(?<!\p{L})после(?!\p{L})/u],
    [/(?<!\p{L})(?:увеличи|повыша|продлева)/u, /(?<!\p{L})(?:уменьша|снижа|сокраща)/u],
  ],
  kk: [
    [/(?<!\p{L})(?:тегін|ақысыз|өтеусіз)/u, /(?<!\p{L})(?:ақылы|төлемақы)/u],
    [/(?<!\p{L})жазбаша/u, /(?<!\p{L})ауызша/u],
    [/(?<!\p{L})дейін(?!\p{L})/u, /(?<!\p{L})кейін(?!\p{L})/u],
  ],
}

/** An address at the end of a sentence takes its full stop along. */
const bare = (norm: string): string => norm.replace(/[.!?…]+$/u, '')

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

interface Quantity {
  value: number
  unit: string | null
  /** «рабочих» or «календарных» days are different terms. */
  kind: string | null
  token: AnalysedToken
}

const quantitiesOf = (tokens: readonly AnalysedToken[]): Quantity[] =>
  tokens.flatMap((token, index) => {
    if (token.number === null) return []
    let unit: string | null = null
    let kind: string | null = null
    for (const next of tokens.slice(index + 1, index + 4)) {
      if (next.kind !== 'word') break
      if (next.norm.startsWith('рабоч')) kind = 'рабочий'
      else if (next.norm.startsWith('календарн')) kind = 'календарный'
      unit = UNITS.find(([pattern]) => pattern.test(next.norm))?.[1] ?? null
      if (unit !== null) break
    }
    return [{ value: token.number, unit, kind: unit === null ? null : kind, token }]
  })

const REMEMBERED = 2000
/** Of quotes, which come again: what a text says that one would act on. */
const keysOf = remembering(
  REMEMBERED,
  (text: string, lang: Lang): ReadonlySet<string> => new Set(factsOf(text, lang).facts.map(factKey)),
)

/**
 * What a reader would act on in a sentence and its quotes do not say: a term with the kind of its days, a sum, a time, a date,
 * the number of an act, an address, how often, a reference, any other number. Number words equal digits.
 * @param said the sentence, analysed as `lang`
 * @param source its quotes, analysed as `lang`
 * @param labels references that the cited passages themselves bear («п. 8»)
 * @returns the words that are not supported; null when all are
 */
export const unsupportedFact = (
  said: { text: string; tokens: readonly AnalysedToken[] },
  source: { text: string; tokens: readonly AnalysedToken[] },
  labels: ReadonlySet<string>,
  lang: Lang,
): string | null => {
  const mine = factsOf(said.text, lang).facts.filter(({ kind }) => COMPARED.has(kind))
  const theirs = keysOf(source.text, lang)
  for (const fact of mine) if (!theirs.has(factKey(fact))) return said.text.slice(fact.start, fact.end)
  const settled = (token: AnalysedToken): boolean =>
    mine.some((fact) => token.start >= fact.start && token.end <= fact.end)

  const there = quantitiesOf(source.tokens)
  for (const { value, unit, kind, token } of quantitiesOf(said.tokens))
    if (
      !settled(token) &&
      !there.some(
        (other) =>
          other.value === value && (unit === null || other.unit === unit) && (kind === null || other.kind === kind),
      )
    )
      return token.raw
  const exact = new Set(
    source.tokens.flatMap((token) =>
      token.kind === 'word' || token.kind === 'number' ? [] : [bare(token.norm), ...token.also],
    ),
  )
  // Digits of a short number («1414») are numbers above; addresses, phones, dates and references must be there whole.
  for (const token of said.tokens) {
    if (token.kind === 'exact' && !exact.has(bare(token.norm)) && !settled(token)) return token.raw
    if (token.kind === 'reference' && !exact.has(token.norm) && !labels.has(token.norm)) return token.raw
  }

  const saidText = plain(said.text)
  const sourceText = plain(source.text)
  const often = new Set([...sourceText.matchAll(FREQUENCIES[lang])].map((match) => match[1]))
  for (const [, frequency = ''] of saidText.matchAll(FREQUENCIES[lang])) if (!often.has(frequency)) return frequency
  for (const pair of OPPOSITES[lang])
    for (const [one, other] of [pair, [pair[1], pair[0]] as const]) {
      const word = one.exec(saidText)
      if (word !== null && !one.test(sourceText) && other.test(sourceText)) return word[0]
    }
  return null
}
