import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import type { Lang } from '#server/context.ts'
import {
  expectedKazakhAnswer,
  holdsExpectedInKazakh,
  kazakhSalience,
  kazakhTimeExpressions,
} from './expected-answer-kazakh.ts'
import { wordPattern, wordStarts, type WordPattern } from './word-pattern.ts'

/** What an answer has to hold for the question to be answered. */
export type AnswerKind =
  /** «в какой срок», «сколько времени» */
  | 'duration'
  /** «до какого числа» */
  | 'day'
  /** «сколько лет»: a term in days is no answer to it. */
  | 'years'
  /** «сколько длится» */
  | 'length'
  /** «когда» */
  | 'when'
  /** «как часто» */
  | 'frequency'
  | 'schedule'
  | 'count'
  | 'phone'
  | 'email'
  | 'url'
  /** «куда обратиться», «по какому адресу» */
  | 'contact'
  | 'money'
  /** «какой штраф»: only a sum answers it; that something is free of charge does not. */
  | 'amount'
  /** «что будет, если» */
  | 'consequence'
  /** «откуда берут» */
  | 'source'
  | 'place'
  | 'name'
  | 'actor'
  /** «по каким пунктам» */
  | 'reference'
  | 'definition'
  | 'list'
  /** «является ли акимат услугодателем» */
  | 'class'
  | 'yes-no'
  | 'open'

export interface ExpectedAnswer {
  kind: AnswerKind
  /** Ranges of the question that only say what is asked for: «в какой срок». Their words need not be found in the answer. */
  asked: [number, number][]
  /** The noun of «какой …», where it names what is asked for: «штраф» of «какой штраф»; null otherwise. */
  focus: [number, number] | null
  /** It names what a term is counted from: «через сколько дней после обучения». */
  countedFrom: boolean
}

const COUNTED_FROM =
  /(?<!\p{L})(?:после|со? (?:дня|даты|момента)|по окончании|с тех пор|как только|вчера|уже|спустя|через сколько|когда)(?!\p{L})/iu

const START = String.raw`(?<![\p{L}\d-])`
const rule = (kind: AnswerKind, source: string): { kind: AnswerKind; find: WordPattern } => ({
  kind,
  find: wordPattern(source),
})

const TIME_NOUN = String.raw`(?:рабочих\s+|календарных\s+)?(?:времени|дней|дня|суток|часов|минут|секунд|недель|месяцев|лет|дни|часы)`
const WHICH = String.raw`(?:как(?:ой|ая|ое|ие|ого|ому|ую|им|их|ом)|каков[аоы]?)`

/** «что делать, когда …» asks what, not when. */
const ASKS = String.raw`(?<![\p{L}])(?:что|чем|чего|кто|кому|кого|кем|ком|как\p{L}{0,3}|куда|откуда|где|сколько|зачем|почему)(?![\p{L}])`

const DAY = String.raw`\d{1,2}(?:-?го)?\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*`
const CLOSED = String.raw`(?<![\p{L}])(?:${DAY}|наурыз|айт|рождеств|нов(?:ый|ого|ом)\s+год|полноч|вечер|утр(?:а|ом)|ноч|выходн|праздн|суббот|воскрес|обед|24\/7)\p{L}*`
const OPEN = String.raw`(?<![\p{L}])(?:работа|отвеча|позвон|дозвон|звон|обра[тщ]|открыт|доступн|график|режим)\p{L}*`

/** In order: the first that matches decides. Written for normalised text (ё as е). */
const RULES = [
  rule('duration', String.raw`за\s+какое\s+время`),
  // What stands before is looked for only where such a word begins: asked at every letter it took most of the time of all rules.
  rule('schedule', String.raw`(?=${OPEN})(?:${OPEN}(?=[^?.]*${CLOSED})|(?<=${CLOSED}[^?.]*)${OPEN})`),
  rule(
    'class',
    String.raw`(?:(?:явля[ею]тся|счита[ею]тся|относится|относятся)\s+ли|(?<=^[^?]*\p{L}+\s+)(?:может|могут)\s+(?:быть|считаться|являться)(?=\s+услуго)|(?<=^\s*(?!кто|что|кем|как|где|когда|чем)\p{L}+(?:\s+\p{L}+)?\s+[—–-]?\s*)(?:это|явля[ею]тся|счита[ею]тся)(?=\s+(?!кто|что|как|за|зачем|куда)\p{L}+))`,
  ),
  rule('yes-no', String.raw`(?<=^\s*(?:\p{L}+\s+){0,2}(?!есть|можно|можете|сможете|знаете)\p{L}{3,}\s+)ли`),
  rule(
    'list',
    String.raw`(?:сколько\s+(?:полей|граф|колонок|столбцов|пунктов)|кто\s+(?:они|участвует|участвуют|является\s+участник\p{L}+)|кто\s+участники)`,
  ),
  rule(
    'definition',
    String.raw`(?:(?:что|кто)\s+(?:это\s+)?так(?:ое|ой|ая|ие)|что\s+(?:это\s+)?за(?:\s+(?:орган|организация|лицо|система|услуга|база|центр|служба|термин|понятие|субъект)\p{L}*)?|(?<=[—–-]\s*)это\s+(?:кто|что)|как\s+\p{L}+\s+определя\p{L}+(?:\s+понятие)?|как\s+трактуется)`,
  ),
  rule(
    'definition',
    String.raw`(?:что\s+(?:означает|значит|обозначает|понимается\s+под|понимают\s+под|подразумевается\s+под)|как\s+(?:расшифровывается|определяется\s+понятие|понимать)|(?:дайте\s+)?определение(?:\s+понятия)?|расшифр\p{L}+|кого\s+(?:считают|называют|относят)|(?:кто|что)\s+(?:считается|называется|является)|что\s+за\s+\p{L}+\s+такой)`,
  ),
  rule(
    'amount',
    String.raw`(?:(?:во\s+)?сколько\s+(?:обход|обойд)\p{L}+|сколько\s+(?:\p{L}+\s+)?(?:получа\p{L}+|зарабатыва\p{L}+|зарплат\p{L}+|оклад\p{L}*)|(?:зарплат|оклад|жаловань|госпошлин|пошлин|алимент)\p{L}*|${WHICH}\s+(?:(?:минимальн|средн|максимальн)\p{L}+\s+)?(?:зарплат|заработн|оклад|штраф|преми|бюджет|комисси|неустойк|пен[яи])\p{L}*|(?:размер|сумм)\p{L}*\s+(?:зарплат|штраф|преми|пен[ияс]|пособи|компенсац|алимент|доплат)\p{L}*)`,
  ),
  rule(
    'consequence',
    String.raw`(?:(?:что|чем)\s+(?:мне\s+|нам\s+|им\s+|ему\s+|ей\s+|оператору\s+)?(?:будет\s+(?:за|оператору|мне|ему)|грозит|угрожает)(?:\s+за)?|${WHICH}\s+(?:ответственность|наказание|санкци\p{L}+)|(?:как\s+)?(?:накажут|наказывают|оштрафуют|штрафуют|увол(?:ят|ить|ьняют))|нес(?:ет|ут)\s+(?:ли\s+)?ответственность|наказание\s+за|штраф\s+за)`,
  ),
  rule(
    'source',
    String.raw`(?:откуда(?=\s+(?:\p{L}+\s+){0,3}(?:бер|взя|зна|получ|информ|сведен|данн|отвеч|узна)\p{L}*)|(?:из|по)\s+как(?:ого|их|им|ому)\s+(?:источник|баз|материал|справочник)\p{L}*|где\s+(?:\p{L}+\s+){0,2}(?:берет|берут|ищет|ищут|смотрит|смотрят|находит|находят)|чем\s+пользу\p{L}+)`,
  ),
  rule(
    'money',
    String.raw`(?:(?:деньг\p{L}+|снимут|спишут|спишутся|снимают|списывают|списываются|берут|возьмут|взимают|взимается|платн\p{L}+|бесплатн\p{L}+)(?!\s+(?:трубк|звонок\s+сразу|обучен))|сколько\s+(?:это\s+)?сто[ия]т\p{L}*|сколько\s+(?:нужно\s+|надо\s+)?(?:за)?плат\p{L}+|сколько\s+(?:тенге|денег)|почем|${WHICH}\s+(?:цена|стоимость|тариф|плата|оплата|сумма))`,
  ),
  rule('years', String.raw`(?:в\s+течение\s+|за\s+|через\s+)?скольк(?:о|их)\s+лет`),
  rule(
    'length',
    String.raw`(?:(?:как\s+долго|сколько(?:\s+${TIME_NOUN})?)(?=[^?.]*\s(?:длит|продолжа|хранит|хранят)\p{L}*)|(?:как\s+долго|сколько(?:\s+${TIME_NOUN})?)\s+(?:длится|длятся|продолжается|продолжаются|идет|идут|занимает|продлится|хранится|хранятся|действует|действуют)|${WHICH}\s+(?:длительность|продолжительность|срок\s+(?:хранения|действия)))`,
  ),
  rule(
    'frequency',
    String.raw`(?:как\s+(?:часто|регулярно)|с\s+какой\s+(?:периодичностью|регулярностью|частотой)|сколько\s+раз|раз\s+в\s+сколько|каждый\s+ли\s+\p{L}+|${WHICH}\s+периодичность)`,
  ),
  rule(
    'schedule',
    String.raw`(?:во\s+сколько|до\s+скольки|со?\s+скольки|до\s+которого\s+часа|в\s+каки\p{L}+\s+(?:часы|дни|время)|${WHICH}\s+(?:график|режим|расписание|часы\s+работы|время\s+работы)|(?:график|режим|часы|время)\s+работы)`,
  ),
  rule(
    'day',
    String.raw`(?:(?:с|до|к)\s+какой\s+даты?|(?:до|к|с|по|на)\s+како(?:го|му|е)\s+числ[ауо]|како(?:го|е)\s+числ[ао])`,
  ),
  rule(
    'duration',
    String.raw`(?:(?:в|за)\s+как(?:ой|ие|ое)\s+(?:срок\p{L}*|время|период)|в\s+течение\s+как(?:ого|их)\s+(?:срока|времени|периода)|${WHICH}\s+(?:по\s+)?(?:(?:общ|точн|максимальн|минимальн|предельн|крайн|средн|примерн|установленн|положенн)\p{L}+\s+)?(?:срок|срока|сроки|сроков|время|дедлайн|длительность|продолжительность)|(?:в\s+течение\s+|за\s+|через\s+)?скольк(?:о|их|и)\s+${TIME_NOUN}|(?:за|через)\s+сколько|как\s+(?:быстро|скоро|долго|оперативно)|(?:долго|скоро|быстро)\s+(?:ли|мне|нам|еще)|(?:до|к|с)\s+како(?:го|му)\s+(?:числ[ау]|дня|дню|момента|времени)|како(?:го|е)\s+числ[ао]|сколько\s+(?:дается|дают|займет|осталось)|сколько(?=\s+(?:\p{L}+\s+){0,4}(?:ждать|ожидать|ожидает|ожидают|ждет|ждут|жду|ждем))|сколько(?:\s+в\s+среднем)?(?=\s+\p{L}+(?:тся|ать|ять|ить|еть))|на\s+сколько|сроки?\s+(?:для|на|по)|не\s+позднее\s+(?:какого|скольки|скольких)\s+\p{L}+|когда\s+крайний\s+срок|крайний\s+срок|какой\s+дедлайн|дедлайн\s+(?:по|на|для)|за\s+какое\s+количество\s+\p{L}+|по\s+истечении\s+(?:какого|скольких)\s+\p{L}+(?:\s+\p{L}+)?)`,
  ),
  rule(
    'name',
    String.raw`(?:(?:фамилия|имя|фио)\s+(?:\p{L}+\s+)?(?:директор|руководител|министр|начальник|глав)\p{L}*|как\s+зовут|как\s+фамилия|кто\s+по\s+имени|кто(?=\s+(?:\p{L}+\s+)?(?:директор|руководител|начальник|глава|министр)\p{L}*)|${WHICH}\s+(?:фамилия|имя|фио))`,
  ),
  rule(
    'place',
    String.raw`(?:где\s+(?:находится|находитесь|расположен\p{L}*|сидит|ваш|ваше)|(?:адрес|местонахождение)\s+(?:офиса|здания|центра)|как\s+(?:доехать|добраться|проехать)|${WHICH}\s+(?:юридический|фактический|почтовый)\s+адрес|на\s+какой\s+улице)`,
  ),
  rule(
    'email',
    String.raw`(?:на\s+как(?:ой|ую)\s+(?:адрес\s+)?(?:e-?mail|имейл|емейл|мейл|почту|электронн\p{L}+\s+(?:почту|адрес|ящик)|ящик|мыло)|${WHICH}\s+(?:у\s+\p{L}+\s+)?(?:адрес\p{L}*\s+)?(?:e-?mail|имейл|емейл|мейл|(?:электронн\p{L}+\s+)?почт[аы]|электронный\s+адрес)|адрес\p{L}*\s+(?:электронной\s+)?почты|${WHICH}\s+(?:\p{L}+\s+){0,2}адрес\p{L}*(?=[^?.]*(?:письм|почт|имейл|e-?mail|мейл))|куда\s+(?:\p{L}+\s+)?(?:на)?писать|куда\s+(?:\p{L}+\s+)*(?:письмо|имейл|емейл|e-?mail))`,
  ),
  rule(
    'phone',
    String.raw`(?:(?:по|на)\s+как(?:ому|ой|ие|им)\s+(?:\p{L}+\s+)?(?:номер\p{L}*|телефон\p{L}*)|${WHICH}\s+(?:у\s+\p{L}+\s+)?(?:\p{L}+\s+)?(?:номер\p{L}*|телефон\p{L}*)|куда\s+(?:\p{L}+\s+)?(?:по)?звонить|как\s+(?:до|по)звонить\p{L}*|номер\p{L}*\s+телефон\p{L}*|номер\s+(?:колл|контакт|call|горячей)\p{L}*)`,
  ),
  rule(
    'url',
    String.raw`(?:где\s+(?:\p{L}+\s+)?(?:опубликова|публику|размеща|размещ|выложе|выклад|вывеш)\p{L}*|на\s+каком\s+(?:сайте|портале|интернет-ресурсе|ресурсе)|${WHICH}\s+(?:сайт|портал|интернет-ресурс|ссылка)|через\s+какой\s+(?:сайт|портал|интернет-ресурс)|адрес\s+(?:сайта|портала))`,
  ),
  rule(
    'contact',
    String.raw`(?:куда\s+(?:мне\s+|можно\s+|нужно\s+)?обра(?:титься|щаться|тится)|по\s+каким\s+(?:каналам|контактам)|на\s+какой\s+адрес|по\s+какому\s+адресу|${WHICH}\s+контакты|как\s+(?:с\s+вами\s+)?связаться)`,
  ),
  rule('count', String.raw`(?:сколько|скольких|какое\s+количество)`),
  rule(
    'when',
    String.raw`(?:(?<!${ASKS}[^?.!]*)когда|с\s+какого\s+(?:дня|момента|времени)|в\s+какой\s+(?:момент|день)|после\s+чего|в\s+каких\s+случаях|в\s+каком\s+случае|при\s+каких\s+(?:условиях|обстоятельствах)|при\s+каком\s+условии)`,
  ),
  rule(
    'list',
    String.raw`(?:перечисли(?:те)?|назови(?:те)?|список|перечень|что\s+входит|из\s+чего\s+состоит|каки(?:е|ми|х|м))`,
  ),
  rule(
    'actor',
    String.raw`(?:(?<!(?:те|тех|тем|теми|тот|того|тому|кажд\p{L}+|люд\p{L}+),?\s+)(?:кто|кому|кем|кого|ком)|чь\p{L}+|чей|как(?:ой|ому|им|ие|ого)\s+(?:государственн\p{L}+\s+|уполномоченн\p{L}+\s+)?(?:орган\p{L}*|ведомств\p{L}+|организаци\p{L}+|министерств\p{L}+|лиц\p{L}+|сотрудник\p{L}*)|куда)`,
  ),
  rule(
    'yes-no',
    String.raw`(?:ли|можно|правда\s+что|верно\s+что|разве|неужели|обязан\p{L}*|вправе|имеет\s+право|должн\p{L}+|может|могу|могут|нужно|надо|есть)`,
  ),
]

/** «email контакт-центра», «телефоны»: what a query of nouns begins with is what it wants. */
const BARE_NOUNS: { kind: AnswerKind; pattern: RegExp }[] = [
  { kind: 'contact', pattern: /^(?:ваши )?(?:контакты|контактные данные)(?![\p{L}-])/u },
  { kind: 'email', pattern: /^(?:e-?mail|имейл|емейл|мейл|электронн\p{L}+ (?:почта|адрес)|почта)(?![\p{L}-])/u },
  { kind: 'phone', pattern: /^(?:телефон\p{L}*|номер\p{L}* телефон\p{L}*)(?![\p{L}-])/u },
  { kind: 'url', pattern: /^(?:сайт|адрес сайта|портал)(?![\p{L}-])/u },
  {
    kind: 'list',
    pattern: /^(?:основные )?(?:функции|задачи|цели|принципы|участники|обязанности|графы|колонки|поля)(?![\p{L}-])/u,
  },
  { kind: 'schedule', pattern: /^(?:график|режим|расписание|часы) (?:работы|приема)/u },
]

const FOCUS = new RegExp(
  String.raw`${START}(?:${WHICH})\s+((?:\p{L}+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ым|им|ых|их)\s+)?)(\p{L}+)`,
  'iu',
)

/**
 * Reads from a question what its answer must hold: a term, a number, a phone, a body …
 * @returns `open` when the question names nothing of the kind («как оценивают работу»)
 */
export const expectedAnswer = (question: string, lang: Lang = 'ru'): ExpectedAnswer => {
  if (lang === 'kk') return expectedKazakhAnswer(question)
  const text = question.toLowerCase().replaceAll('ё', 'е')
  // Both stay of one length, so that ranges hold for the question as asked.
  const comparable = text.length === question.length ? text : question
  const countedFrom = COUNTED_FROM.test(comparable)
  const starts = wordStarts(comparable)
  for (const { kind, find } of RULES) {
    const ranges = find(comparable, starts)
    if (ranges.length === 0) continue
    // «номер», «почта» are words to look for as well as kinds of answers.
    const asked = WORDS_COUNT.has(kind) ? [] : ranges
    return { kind, asked, focus: focusOf(comparable, kind), countedFrom }
  }
  const bare = comparable.trim().replace(/[?!.\s]+$/u, '')
  // «срок ответа на письмо»: a query without a question word asks for what it names.
  const noun = /(?<![\p{L}\d-])(?:срок(?:и|ов)?|дедлайн)(?![\p{L}\d-])/u.exec(bare)
  if (noun !== null)
    return { kind: 'duration', asked: [[noun.index, noun.index + noun[0].length]], focus: null, countedFrom }
  const named = BARE_NOUNS.find(({ pattern }) => pattern.test(bare))
  if (named !== undefined) return { kind: named.kind, asked: [], focus: null, countedFrom }
  return { kind: 'open', asked: [], focus: focusOf(comparable, 'open'), countedFrom }
}

const WORDS_COUNT = new Set<AnswerKind>([
  'phone',
  'email',
  'url',
  'contact',
  'place',
  'yes-no',
  'amount',
  'consequence',
  'source',
])
const TYPED_BY_RULE = new Set<AnswerKind>([
  'duration',
  'day',
  'years',
  'length',
  'schedule',
  'frequency',
  'phone',
  'email',
  'url',
  'contact',
  'definition',
  'place',
  'when',
  'reference',
  'source',
])

/** «по какому вопросу», «какую бумагу»: such a noun stands for the answer and need not be in it. */
const GENERIC =
  /^(?:пункт|тем[аеуы]|вопрос|вид|образ|сведени|информаци|данны|бумаг|документ|основ[аеу]|порядк|порядок|случа|способ|действи|шаг|мер[аыу]|част[ьи]|цел[ьияе]|причин|услови|раз(?!\p{L})|рол)/u

/** «кто подписывает», «как обжаловать»: an answer must be about that. */
const DOING = new RegExp(
  String.raw`${START}(?:кто|кому|кем|как)\s+(?:(?:мне|нам|ему|им|ей|можно|нужно|надо|должен|должны|должно|может|могут|имеет\s+право|вправе|обязан\p{L}*|потом|сейчас|тогда|из\s+\p{L}+|у\s+\p{L}+|\p{L}+но)\s+){0,2}(\p{L}{4,})`,
  'iu',
)
const LIGHT_VERB =
  /^(?:дела|осуществ|производ|происход|работ|быть|буд|явля|явл|счита|отвеча|занима|должн|может|имеет|использу|нужн|можно|долг|быстр|част|скор|назыв)/u

const focusOf = (text: string, kind: AnswerKind): [number, number] | null => {
  if (TYPED_BY_RULE.has(kind)) return null
  const doing = kind === 'actor' || kind === 'open' || kind === 'yes-no' ? DOING.exec(text) : null
  const verb = doing?.[1]
  if (doing !== null && verb !== undefined && VERB.test(verb) && !NOUN_LIKE_VERB.test(verb) && !LIGHT_VERB.test(verb)) {
    const end = doing.index + doing[0].length
    return [end - verb.length, end]
  }
  const match = FOCUS.exec(text)
  const noun = match?.[2]
  if (match === null || noun === undefined || GENERIC.test(noun)) return null
  const end = match.index + match[0].length
  return [end - noun.length, end]
}

const NUMBER_UNIT = String.raw`(?:рабоч\p{L}+\s+|календарн\p{L}+\s+)?(?:дн\p{L}+|день|час\p{L}*|сут\p{L}+|минут\p{L}*|секунд\p{L}*|недел\p{L}+|месяц\p{L}*|лет|год\p{L}*)`
const NUMERAL = String.raw`(?:\d+|од(?:ин|ного|ной)|дв(?:а|ух|е)|тр(?:и|ех)|четырех|четыре|пят[иь]|шест[иь]|сем[иь]|вос[еь]м[иь]|девят[иь]|десят[иь]|пятнадцат[иь]|двадцат[иь]|тридцат[иь]|сорока?|шестидесяти|девяноста|\p{L}+дцат[иь])`
const STRONG_TIME = new RegExp(
  String.raw`${START}(?:${NUMERAL}\s+(?:\([^)]*\)\s+)?${NUMBER_UNIT}|следующего\s+(?:рабочего\s+)?дня|к\s+(?:\d+|\p{L}+ому)\s+числу|за\s+сутки|в\s+течение\s+(?:дня|суток|часа|месяца|недели)|\d{1,2}\s+(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря))`,
  'giu',
)
const WEAK_TIME = new RegExp(
  String.raw`${START}(?:сразу|немедленно|незамедлительно|ежемесячно|ежеквартально|ежегодно|еженедельно|ежедневно|в\s+срок\p{L}*|сроки)`,
  'giu',
)
const LENGTH = /составля|длит|продолжа|продолжительност|хран|действу/iu
const OCCASION =
  /(?:^|[^\p{L}])(?:при|после|по окончании|по истечении|в случае|если|когда|до|с момента|со дня|по запросу|по (?:письменному )?(?:требованию|запросу))(?=[^\p{L}])/iu
const FREQUENCY = /ежемесячн|ежеквартальн|ежегодн|еженедельн|ежедневн|систематическ|регулярн|раз в |кажд/iu
const SCHEDULE = /круглосуточн|без перерывов|выходн|праздничн|с \d{1,2}[:.]\d\d|часы работы/gu
const PHONE =
  /(?<![\d№]|№\s)(?:[1-9]\d{3}(?!\d|\s*г|\s*\()|\+?[78][\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2})/u
const EMAIL = /[\p{L}\d._+-]+@[\s\u200b]*[\p{L}\d-]+\./u
const URL = /(?:https?:\/\/|www\.)\S+|[a-z\d-]+\.(?:kz|ru|com|org)(?![\p{L}\d])/iu
const WEBSITE = /интернет-ресурс|интранет|портал|(?<!\p{L})сайт/iu
const MONEY = /тенге|рубл|мрп|бесплатн|безвозмездн|платн|процент|%|\$/iu
const PLACE = /(?:^|[^\p{L}])(?:г\.|город [А-Я]|ул\.|улица|проспект|пр\.|здание|дом \d|кабинет)/u
const NAME = /\p{Lu}\.\s?\p{Lu}?\.?\s?\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+\s+\p{Lu}\.\s?\p{Lu}\./u
/** Words that name who does things. */
export const ACTOR =
  /^(?:орган|министр|центр|оператор|лиц|министерств|комитет|корпораци|услугодател|услугополучател|сотрудник|специалист|работник|субъект|представител|организаци|комисси|правительств|участник|группа|группы|корпораци|цон|акимат)/u

/** Where in a text a term stands («в течение двух рабочих дней»), half-open ranges. */
export const timeExpressions = (
  text: string,
  lang: Lang = 'ru',
): { strong: [number, number][]; weak: [number, number][] } => {
  if (lang === 'kk') return kazakhTimeExpressions(text)
  const ranges = (pattern: RegExp): [number, number][] =>
    [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length])
  return { strong: ranges(STRONG_TIME), weak: ranges(WEAK_TIME) }
}

/**
 * How well a text holds what the question asks for, 0…1; 0.5 where the kind says nothing about the text.
 * Bodies, definitions and counts are judged elsewhere: they need the question's words.
 */
export const holdsExpected = (kind: AnswerKind, text: string, lang: Lang = 'ru'): number => {
  if (lang === 'kk') return holdsExpectedInKazakh(kind, text)
  switch (kind) {
    case 'duration': {
      const { strong, weak } = timeExpressions(text)
      return strong.length > 0 ? 1 : weak.length > 0 ? 0.4 : 0
    }
    case 'day': {
      const { strong, weak } = timeExpressions(text)
      return /числ[ауо]|\d\s+(?:январ|феврал|март|апрел|ма[яе]|июн|июл|август|сентябр|октябр|ноябр|декабр)/u.test(
        text,
      ) && strong.length > 0
        ? 1
        : strong.length > 0
          ? 0.6
          : weak.length > 0
            ? 0.3
            : 0
    }
    case 'years':
      return timeExpressions(text).strong.some(([start, end]) => /(?:лет|года?)$/u.test(text.slice(start, end))) ? 1 : 0
    case 'length':
      return LENGTH.test(text) && timeExpressions(text).strong.length > 0 ? 1 : 0
    case 'when': {
      const { strong, weak } = timeExpressions(text)
      return strong.length > 0 ? 1 : weak.length > 0 ? 0.8 : OCCASION.test(text) ? 0.7 : 0.2
    }
    case 'frequency':
      return FREQUENCY.test(text) ? 1 : timeExpressions(text).strong.length > 0 ? 0.3 : 0
    case 'schedule':
      return Math.min(1, 0.5 * new Set(text.toLowerCase().match(SCHEDULE) ?? []).size)
    case 'phone':
      return PHONE.test(text) ? 1 : 0
    case 'email':
      return EMAIL.test(text) ? 1 : URL.test(text) ? 0.2 : 0
    case 'url':
      return URL.test(text) ? 1 : WEBSITE.test(text) ? 0.8 : 0
    case 'contact':
      return PHONE.test(text) || EMAIL.test(text) ? 1 : URL.test(text) ? 0.8 : 0.2
    case 'money':
      return MONEY.test(text) ? 1 : 0
    case 'amount':
      return /\d[\d\s]*(?:тенге|процент|%|мрп|руб)|месячн\p{L}+ расчетн/iu.test(text) ? 1 : 0
    case 'consequence':
      return /штраф|взыскани|наказан|увольнени|привлека\p{L}+ к ответственност|влечет/iu.test(text) ? 1 : 0.1
    case 'source':
      return /баз\p{L}+ знаний|источник|реестр|справочник|баз\p{L}+ данных/iu.test(text) ? 1 : 0.3
    case 'reference':
      return /(?:пункт|стать|глав|приложени)\p{L}*\s+\d/iu.test(text) ? 1 : 0.2
    case 'place':
      return PLACE.test(text) ? 1 : 0
    case 'name':
      return NAME.test(text) ? 1 : 0
    case 'list':
      return /\n\s*\d+\)/u.test(text) ? 1 : /[,:;]/u.test(text) ? 0.6 : 0.4
    // Judged with the question's words.
    case 'actor':
    case 'class':
    case 'count':
    case 'definition':
    case 'yes-no':
    case 'open':
      return 0.5
  }
}

const VERB =
  /(?:ть|ться|ти|тись|чь|чься|[еёи]шь|[уюая]т|[уюая]тся|[еи]т|[еи]тся|[еи]м|[еи]те|ал|ял|ил|ел|ул|ала|яла|ила|ела|ули|али|яли|или|ели|ало|ило|лся|лась|лись|лось|ешься|етесь|итесь)$/u
const NOUN_LIKE_VERB =
  /(?:ответ|комитет|бюджет|совет|пакет|интернет|кабинет|кредит|визит|лимит|акимат|результат|сертификат|институт|формат|маршрут|сайт|чат|штат|ведомост[ьи]|част[ьи]|деятельност[ьи]|\p{L}+ост[ьи]|отдел|портал|материал|персонал|сигнал|канал|файл|стил[ьи]|протокол|приказ|документ|клиент|абонент|президент|паспорт|билет|ген|зал|цел[ьи]|тел[аи]|дел[ао]|сети?|смерть|мать|путь|печать|область|власть|месть|рассрочк)$/u
const PARTICIPLE =
  /(?:вш|ущ|ющ|ащ|ящ|енн|анн|янн|ем|им)(?:ый|ий|ая|ое|ее|ые|ие|ого|его|ому|ему|ую|ым|им|ом|ем|ых|их|ыми|ими)(?:ся)?$/u
const ADJECTIVE = /(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ым|им|ыми|ими|ых|их)$/u

/** How much an unfounded word speaks against an answer: things asked about are nouns, verbs are paraphrased freely. */
export const salience = (token: AnalysedToken): number => {
  if (token.kind !== 'word') return 1
  const word = normaliseWord(token.raw)
  if (token.lang === 'kk') return kazakhSalience(word)
  if (/[a-z]/u.test(word) || (token.raw === token.raw.toUpperCase() && token.raw.length > 1)) return 1
  if (PARTICIPLE.test(word)) return 0.5
  if (VERB.test(word) && !NOUN_LIKE_VERB.test(word)) return 0.6
  if (ADJECTIVE.test(word) && word.length > 4) return 0.75
  if (/(?:но|сто|тро|ко|жды)$/u.test(word) && word.length > 4) return 0.4
  return 1
}
