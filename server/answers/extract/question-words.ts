import type { Analysis, ConceptMatch } from '#server/search/analysis/analyser.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { salience } from '../expected-answer.ts'
import type { AnswerKind, ExpectedAnswer } from '../expected-answer.ts'
import type { Searchable } from './passage-memory.ts'
import { FIRM, KNOWN, support } from './word-support.ts'
import type { QuestionWord } from './word-support.ts'
import type { VectorReader } from './word-vectors.ts'

/** Verbs and fillers that a question is wrapped in; they weigh next to nothing. */
const FILLERS = (
  'делать сделать делается делают поступать поступить происходит происходить произойдет случится случиться получается являться иметь имеет имеется имеются иметься осуществляется ' +
  'производится происходит давать дает дают дается занимает занять идет идти пройдет длится составляет требуется требуют считается называется называют касается полагается положено ' +
  'дальше положить решить приходиться придется предстоит получится удастся смочь уметь касаться значить связано использовать пользоваться пользуется брать взять оказаться пункт пункты пунктам пункте тема теме темы темам образ раньше позже именно прошлый всегда никогда вчера завтра недавно только срочно помочь вещь дело роль ' +
  'уходит уйдет должен нужен нужна нужны нужное правда верно точно сейчас обычно вообще если наш наша наши мой моя мои ваш ваша ваши свой любой другой каждый такой этот который сегодня ' +
  'теперь потом опять тогда максимум максимально минимум минимально хотя нормально официально законно правильно лично просто хватит успеть успеем успеют бывает нам вам мне него них ними ' +
  'объясни расскажи перечисли перечислите назови назовите подскажи напомни уточни скажи опиши опишите покажи покажите прошло спустя приходится называете называем ' +
  'объясните уточните ответьте расскажите напомните узнать знать понять хотелось хочу могу можем правила правилам правилах согласно закону закон порядок существует предусмотрен предусмотрено предусмотрена предусмотрены установлен установлено установлена установлены ' +
  'мою моего моей моих моим относится относятся относиться новый новая новое новые другой разный общий данный нужно происходить вправе обязан обязаны обязана разрешено запрещено один одна свой человек люди клиент конкретный какой-то любой посоветовать подсказать спрашивает спросил говорит сказал просит поступить '
).split(' ')
const KAZAKH_FILLERS = (
  'керек болады болу бола болса алады алу алам аламын береді беру беремін етеді ету істейді істеу істеймін қажет мүмкін келеді келу тиіс деген дейді айтыңыз айтыңызшы ' +
  'сәлеметсіз рахмет өтінемін білгім келеді енді қазір әлде өзі өзім маған бізге менің біздің сіздің оны оған кезде жағдайда үшін соң кейін болған болып тұрады созылады жасалады'
).split(' ')
export const FILLER_STEMS = new Set([
  ...FILLERS.map((word) => stemWord(word, 'ru')),
  ...KAZAKH_FILLERS.map((word) => stemWord(word, 'kk')),
])
/** What a word counts that every passage holds. */
export const COMMON = 0.3
export const FILLER_WEIGHT = 0.12
const MONTH_OR_HOUR = /^(?:час|январ|феврал|март|апрел|ма[йя]$|июн|июл|август|сентябр|октябр|ноябр|декабр)/u
const OR = /^\s*,?\s*(?:или|либо)\s+(?:\p{L}{1,2}\s+)?$/iu
const OR_NOT = /(?:или|либо)\s+нет$/iu
const RELATION = /^(?:не|до|после|при|без)$/u
const RELATION_WEIGHT = 0.3
const WAITING = /^(?:подо|о|до)?(?:жд[ауеи]|жид)/u
const WAITING_WEIGHT = 0.4
const WAITED_FOR = new Set<AnswerKind>(['when', 'duration'])
const EVERYDAY_WEIGHT = 0.1
/** Below it a word only wraps the question. */
export const LEAST_WEIGHT = 0.15
export const ACT_NUMBER_WEIGHT = 0.3
export const PREAMBLE_WEIGHT = 0.8

const QUESTION_WORD =
  /(?:^|[^\p{L}])(?:как|какой|какая|какое|какие|каким|какого|какому|какую|каких|каком|кто|кому|кем|кого|что|чем|где|куда|откуда|когда|сколько|скольких|сколькими|почему|зачем|чей|чья|ли|можно|нужно|обязан\p{L}*|должн?[аоы]?н?)(?=[^\p{L}]|$)/iu

/** The part of the question that asks: callers tell a story first. */
const askingRange = (question: string): [number, number] => {
  let offset = 0
  let last: [number, number] | null = null
  for (const part of question.split(
    /(?<=[.!?;])\s+|,\s+(?=(?:в|за|на|по|с|до|к|через|и)?\s*(?:как|кто|что|где|куда|когда|сколько|ком|чем|кем)\p{L}*\s)/iu,
  )) {
    const start = question.indexOf(part, offset)
    offset = start + part.length
    if (QUESTION_WORD.test(part)) last = [start, offset]
  }
  return last ?? [0, question.length]
}

export const questionWords = (
  question: Analysis,
  expected: ExpectedAnswer,
  raw: string,
  sources: readonly { text: Searchable; context: Searchable }[],
  vectors: VectorReader,
): QuestionWord[] => {
  const [from, to] = askingRange(raw)
  const words = question.tokens.flatMap((token, index): QuestionWord[] => {
    if (token.stop || (token.kind === 'word' && token.norm.length < 2)) return []
    if (expected.asked.some(([start, end]) => token.start >= start && token.end <= end)) return []
    const concepts = longest(question.concepts.filter((concept) => concept.from <= index && index < concept.to))
    const focus = expected.focus !== null && token.start >= expected.focus[0] && token.end <= expected.focus[1]
    return [
      {
        token,
        index,
        weight: 1,
        concepts,
        focus,
        vector: vectors.of(token),
        rarity: vectors.rarity(token),
        near: null,
      },
    ]
  })
  const total = sources.length
  for (const word of words) {
    const found = sources.filter(({ text }) => support(word, text) >= 0.8).length
    const rarity = Math.log(1 + (total - found + 0.5) / (found + 0.5)) / Math.log(1 + (total + 0.5) / 0.5)
    // A verb that nobody uses here is a paraphrase; one that stands elsewhere tells this passage from that.
    const known = sources.some(({ text }) => support(word, text) >= KNOWN)
    word.weight = (COMMON + (1 - COMMON) * rarity) * (known ? (1 + salience(word.token)) / 2 : salience(word.token))
    // What nobody here says and everybody says elsewhere («больше», «хороший») asks about nothing.
    if (!known) word.weight *= EVERYDAY_WEIGHT + (1 - EVERYDAY_WEIGHT) * word.rarity
    if (!word.focus && FILLER_STEMS.has(word.token.stems[0] ?? '')) word.weight *= FILLER_WEIGHT
    // Without what it negates or governs it says nothing.
    if (RELATION.test(word.token.norm)) word.weight *= RELATION_WEIGHT
    // «когда ждать ответа» asks when the answer comes, not about waiting.
    if (WAITED_FOR.has(expected.kind) && WAITING.test(word.token.norm)) word.weight *= WAITING_WEIGHT
    if (word.token.start < from || word.token.end > to) word.weight *= PREAMBLE_WEIGHT
    // «в 3 часа ночи», «8 марта»: hours and days by which somebody asks when it is open stand in no schedule.
    if (expected.kind === 'schedule' && (word.token.number !== null || MONTH_OR_HOUR.test(word.token.norm)))
      word.weight *= FILLER_WEIGHT
    // «приказ № 83» names the act that everything here may be from.
    if (/№\s*$/u.test(raw.slice(0, word.token.start))) word.weight *= ACT_NUMBER_WEIGHT
    // «платная или нет» denies nothing.
    if (word.token.norm === 'нет' && OR_NOT.test(raw.slice(0, word.token.end))) word.weight *= FILLER_WEIGHT
    if (word.focus) word.weight *= 1.3
  }
  // «автоматом или вручную»: the answer holds one of the two.
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    if (next === undefined || !OR.test(raw.slice(word.token.end, next.token.start))) continue
    const [here, there] = [word, next].map((one) => Math.max(...sources.map(({ text }) => support(one, text))))
    if ((here ?? 0) >= FIRM && (there ?? 0) < FIRM) next.weight *= FILLER_WEIGHT
    if ((there ?? 0) >= FIRM && (here ?? 0) < FIRM) word.weight *= FILLER_WEIGHT
  }
  return words
}

/** «оператор ИКИ» is no «оператор»: of concepts at one word those of a shorter phrase are only near to what is meant. */
const longest = (concepts: readonly ConceptMatch[]): ConceptMatch[] => {
  const most = Math.max(0, ...concepts.map(({ from, to }) => to - from))
  return concepts.map((concept) => (concept.to - concept.from === most ? concept : { ...concept, near: true }))
}
