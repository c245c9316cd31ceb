import type { AnswerKind, ExpectedAnswer } from './expected-answer.ts'
import { wordPattern, wordStarts, type WordPattern } from './word-pattern.ts'

const START = String.raw`(?<![\p{L}\d-])`
const rule = (kind: AnswerKind, source: string): { kind: AnswerKind; find: WordPattern } => ({
  kind,
  find: wordPattern(`(?:${source})`),
})

const HOW_MANY = String.raw`(?:қанша|неше|нешеу|қаншалықты)`
const WORKING = String.raw`(?:жұмыс\s+|күнтізбелік\s+)?`
const TIME_NOUN = String.raw`(?:күн|сағат|минут|секунд|апта|ай|уақыт|тәулік)\p{L}*`
const PARTICLE = String.raw`(?:ма|ме|ба|бе|па|пе)`

/** In order: the first that matches decides. Written for lower case with Kazakh letters. */
const RULES = [
  rule(
    'schedule',
    String.raw`(?:сағат\s+)?неше(?:де|ге\s+дейін|ден)(?=\s|$|\?)|жұмыс\s+(?:кестес|уақыт|график|графиг|режим)\p{L}*|түскі\s+үзіліс\p{L}*|(?:сенбі|жексенбі|демалыс|мереке|түн)\p{L}*\s+(?:күн\p{L}*\s+)?(?:жұмыс\s+)?(?:істей|ашық|қабылдай)\p{L}*|${HOW_MANY}де\s+(?:ашыл|жабыл)\p{L}*`,
  ),
  rule(
    'definition',
    String.raw`(?:деген(?:іміз)?\s+(?:не|кім)|дегенді\s+қалай\s+түсін\p{L}*|не\s+деген\s+(?:сөз|ұғым)|ұғым\p{L}*\s+анықтама\p{L}*)`,
  ),
  rule('amount', String.raw`(?:(?:айыппұл|жалақы|айлығ|еңбекақы|салық|жәрдемақы|зейнетақы|мөлшерлеме)\p{L}*)`),
  rule('consequence', String.raw`(?:(?:қандай\s+)?(?:жаза(?:сы|ға)?|жауапкершілік\p{L}*)|не\s+болады|жазалай\p{L}*)`),
  rule(
    'money',
    String.raw`(?:${HOW_MANY}\s+(?:тұрады|тұрар|төле\p{L}*|ақша\p{L}*|теңге\p{L}*|алады)|ақысы\s+${HOW_MANY}|бағасы|құны|ақылы|тегін|почем)`,
  ),
  rule('years', String.raw`${HOW_MANY}\s+(?:жыл|жас)\p{L}*`),
  rule(
    'duration',
    String.raw`(?:${HOW_MANY}\s+${WORKING}${TIME_NOUN}|мерзім\p{L}*\s+(?:${HOW_MANY}|қандай)|қандай\s+мерзім\p{L}*|қашанға\s+дейін|мерзімі|${HOW_MANY}\s+(?:тез|ұзақ))`,
  ),
  rule('frequency', String.raw`(?:қаншалықты\s+жиі|${HOW_MANY}\s+рет|қай\s+кезеңділікпен)`),
  rule('phone', String.raw`(?:қай\s+(?:нөмір|телефон)\p{L}*|телефон\s+нөмір\p{L}*|қайда\s+(?:қоңырау|телефон)\p{L}*)`),
  rule('email', String.raw`(?:қай\s+(?:пошта|электрондық)\p{L}*|электрондық\s+(?:пошта|мекенжай)\p{L}*)`),
  rule(
    'url',
    String.raw`(?:қай\s+(?:сайт|портал|интернет-ресурс|база)\p{L}*|қайда\s+(?:\p{L}+\s+)?(?:жариялан|орналастыр|шығ)\p{L}*)`,
  ),
  rule('count', HOW_MANY),
  rule(
    'when',
    String.raw`(?:қашан|қай\s+(?:күні|уақытта|кезде)|қандай\s+(?:жағдай|жағдайда|жағдайларда)|қай\s+жағдайда)`,
  ),
  rule(
    'actor',
    String.raw`(?:кім(?:дер)?|кімге|кімнің|кімнен|кіммен|кімді|қай\s+(?:орган|мекеме|ұйым|министрлік|комитет)\p{L}*)`,
  ),
  rule('list', String.raw`(?:қандай|нелер|тізім\p{L}*|қай(?!да|дан))`),
  rule('yes-no', PARTICLE),
]

/** «қайда барамын»: words that only carry the question along. */
const WORDS_COUNT = new Set<AnswerKind>(['amount', 'consequence', 'phone', 'email', 'url', 'yes-no'])

const COUNTED_FROM = /(?<!\p{L})(?:кейін|соң|бастап|сәттен|күннен)(?!\p{L})/iu

/** Reads from a Kazakh question what its answer must hold. Takes and returns what `expectedAnswer` does. */
export const expectedKazakhAnswer = (question: string): ExpectedAnswer => {
  const lower = question.toLowerCase().replaceAll('i', 'і')
  const text = lower.length === question.length ? lower : question
  const countedFrom = COUNTED_FROM.test(text)
  const starts = wordStarts(text)
  for (const { kind, find } of RULES) {
    const ranges = find(text, starts)
    if (ranges.length === 0) continue
    const asked = WORDS_COUNT.has(kind) ? [] : ranges
    return { kind, asked, focus: null, countedFrom }
  }
  return { kind: 'open', asked: [], focus: null, countedFrom }
}

const NUMERAL = String.raw`(?:\d+|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан|жүз)`
const STRONG_TIME = new RegExp(
  String.raw`${START}(?:${NUMERAL}\s*(?:\([^)]*\)\s*)?(?:жұмыс\s+|күнтізбелік\s+)?(?:күн|сағат|минут|секунд|апта|ай|жыл|тәулік)(?!л)\p{L}*|келесі\s+(?:жұмыс\s+)?күн\p{L}*|сол\s+күні|түскен\s+күні|өткізілген\s+күні)`,
  'giu',
)
const NUMERAL_ALONE = new RegExp(String.raw`${START}${NUMERAL}(?![\p{L}\d-])`, 'iu')
const WEAK_TIME = new RegExp(
  String.raw`${START}(?:дереу|бірден|ай\s+сайын|тоқсан\s+сайын|жыл\s+сайын|мерзім\p{L}*)`,
  'giu',
)
const OCCASION = /(?:жағдайда|кезде|кейін|егер|дейін|болса|сәттен|күннен)(?!\p{L})/iu
const FREQUENCY = /сайын|жиі|бір\s+рет|тұрақты/iu
const SCHEDULE =
  /тәулік\s+бойы|үзіліс|демалыс|мереке|сағат\s+\d{1,2}[.:-]\d\d|\d{1,2}[.:-]\d\d-(?:ден|дан|тен|ге|ға)/giu
const MONEY = /теңге|айлық\s+есептік\s+көрсеткіш|аек|тегін|төлем|алым|ақы|пайыз|%|тариф/iu
const URL = /(?:https?:\/\/|www\.)\S+|[a-z\d-]+\.(?:kz|ru|com|org)(?![\p{L}\d])/iu
const WEBSITE = /интернет-ресурс|портал|(?<!\p{L})сайт|жеке\s+кабинет|дерекқор|мдқ/iu
const PHONE =
  /(?<![\d№]|№\s)(?:[1-9]\d{3}(?!\d|\s*ж|\s*\()|\+?[78][\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2})/u
const EMAIL = /[\p{L}\d._+-]+@[\s\u200b]*[\p{L}\d-]+\./u
/** Words that name who does things. */
export const KAZAKH_ACTOR =
  /^(?:орган|министр|орталық|оператор|тұлға|адам|комитет|корпорация|қызметкер|маман|субъект|өкіл|ұйым|комиссия|үкімет|басшы|орындаушы|департамент|алқа|палата|хатшы|төраға|мүше|кеңсе|әкімдік|мәслихат|беруші)/u

/** Where in a Kazakh text a term stands, half-open ranges. */
export const kazakhTimeExpressions = (text: string): { strong: [number, number][]; weak: [number, number][] } => {
  const ranges = (pattern: RegExp): [number, number][] =>
    [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length])
  return { strong: ranges(STRONG_TIME), weak: ranges(WEAK_TIME) }
}

/** How well a Kazakh text holds what the question asks for. Takes and returns what `holdsExpected` does. */
export const holdsExpectedInKazakh = (kind: AnswerKind, raw: string): number => {
  const text = raw.replaceAll('i', 'і')
  switch (kind) {
    case 'duration':
    case 'day':
    case 'length': {
      const { strong, weak } = kazakhTimeExpressions(text)
      return strong.length > 0 ? 1 : weak.length > 0 ? 0.4 : 0
    }
    case 'years':
      return kazakhTimeExpressions(text).strong.some(([start, end]) =>
        /(?:жыл|жас)\p{L}*$/u.test(text.slice(start, end)),
      )
        ? 1
        : 0
    case 'when': {
      const { strong, weak } = kazakhTimeExpressions(text)
      return strong.length > 0 ? 1 : OCCASION.test(text) ? 0.8 : weak.length > 0 ? 0.7 : 0.2
    }
    case 'frequency':
      return FREQUENCY.test(text) ? 1 : kazakhTimeExpressions(text).strong.length > 0 ? 0.3 : 0
    case 'schedule':
      return Math.min(1, 0.5 * new Set(text.toLowerCase().match(SCHEDULE) ?? []).size)
    case 'phone':
      return PHONE.test(text) ? 1 : 0
    case 'email':
      return EMAIL.test(text) ? 1 : URL.test(text) ? 0.2 : 0
    case 'url':
    case 'contact':
      return URL.test(text) ? 1 : WEBSITE.test(text) ? 0.8 : 0.2
    case 'money':
      return MONEY.test(text) ? 1 : 0
    case 'amount':
      return /\d[\d\s]*(?:теңге|пайыз|%|аек)|есептік\s+көрсеткіш/iu.test(text) ? 1 : 0
    case 'consequence':
      return /айыппұл|жаза|жауапкершілік|жауаптылық|қараусыз|бас\s+тарт|тоқтат/iu.test(text) ? 1 : 0.3
    case 'definition':
      return /\s[–—-]\s/u.test(text) ? 0.9 : 0.1
    case 'count':
      return NUMERAL_ALONE.test(text) ? 1 : 0.1
    case 'list':
      return /\n\s*(?:\d+\)|-)/u.test(text) ? 1 : /[,:;]/u.test(text) ? 0.6 : 0.4
    case 'source':
    case 'reference':
    case 'place':
    case 'name':
    case 'actor':
    case 'class':
    case 'yes-no':
    case 'open':
      return 0.5
  }
}

const VERB =
  /(?:[аеый]ды|[аеій]ді|[аеый]мын|[аеій]мін|амыз|еміз|(?:д|т)[ыі](?:м|ң|қ|к)?|ған|ген|қан|кен|са|се|сам|сем|ып|іп|майды|мейді|байды|бейді|пайды|пейді|[ауүіе]у|туы|уі|уы|атын|етін|йтын|йтін)$/u

/** How much an unfounded Kazakh word speaks against an answer: verbs are paraphrased freely. */
export const kazakhSalience = (norm: string): number => (norm.length > 3 && VERB.test(norm) ? 0.6 : 1)
