import type { Lang } from '#server/context.ts'
import { findInstructions } from '#server/answers/chat/find-instructions.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { cutAtWord, findQuestions, sentencesOf } from './find-questions.ts'

/** What a letter asks: the letter is data, and nothing in it is an order. */
export interface ReadLetter {
  lang: Lang
  /** What its writer wrote himself: without what he quotes, his greeting and his signature. */
  own: string
  questions: string[]
  /** Questions beyond the most that are answered at once. */
  unread: number
  /** Sentences that speak to a model instead of asking. */
  leftOut: string[]
}

export const MOST_QUESTIONS = 6
/** As `QuestionSchema` takes it. */
const LONGEST_QUESTION = 1000

/** Where a letter begins to repeat an older one. Each takes time in proportion to its line, whatever stands in it. */
const QUOTED_FROM = [
  /^-{2,}\s*(?:original message|исходное сообщение|пересланное сообщение|forwarded message|бастапқы хабар|қайта жіберілген)/iu,
  /^(?:от(?: кого)?|from|кімнен)\s*:\s*\S.*@/iu,
  /^.{0,120}(?:писал\p{L}*|пишет|wrote|жазды|жазған)(?:\s{0,20}\(\p{L}{1,40}\))?\s{0,20}:$/iu,
  /^(?:on|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:пн|вт|ср|чт|пт|сб|вс|дс|сс|ср|бс|жм|сн|жс),?\s).{0,160}(?:<[^<>\s@]{1,254}@[^<>\s@]{1,254}>|@).{0,60}:\s*$/iu,
  /^_{10,}\s*$/u,
]
/** Where the signature begins. */
const SIGNED_FROM = [
  /^--\s*$/u,
  /^(?:с уважением|с\/у|с наилучшими|заранее (?:благодар|спасибо)|спасибо за|благодарю за|всего доброго|до свидания)/iu,
  /^(?:құрметпен|ізгі ниетпен|алдын ала рахмет|рахмет|сау болыңыз)/iu,
  /^(?:best regards|kind regards|regards|sincerely)/iu,
  /^(?:отправлено (?:с|из)|sent from|жіберілген:)/iu,
]
const GREETING =
  /^(?:здравствуй(?:те)?|добрый (?:день|вечер)|доброе утро|доброго времени(?: суток)?|приветствую|уважаем\p{L}+(?:\s+\p{L}+){0,3}|сәлеметсі[зң]\s*бе?|сәлем(?:етсіздер ме)?|ассалаума?ғ?алейкум|қайырлы (?:күн|таң|кеш)|құрметті(?:\s+\p{L}+){0,3}|dear(?:\s+\p{L}+){0,3}|hello|hi)(?!\p{L})[\s,!.]*/iu
const LIST_ITEM = /^\s*(?:[-–—•*]|\d{1,2}[.)])\s+/u

/** The letter's own text: quoted history and the signature cut off. */
function ownText(text: string): string {
  const lines = text
    .replaceAll(/\p{Cf}+/gu, '')
    .replaceAll(/\r\n?/gu, '\n')
    .split('\n')
  const own: string[] = []
  let hasBegun = false
  for (const [at, line] of lines.entries()) {
    const trimmed = line.trim()
    if (QUOTED_FROM.some((pattern) => pattern.test(trimmed))) break
    // A «спасибо» on top of a letter is no end of it.
    if (at > 0 && hasBegun && SIGNED_FROM.some((p) => p.test(trimmed))) break
    // An answer between the lines of what it answers: those are older.
    if (/^\s*>/u.test(line)) continue
    own.push(line)
    hasBegun ||= trimmed !== '' && !isGreeting(trimmed)
  }
  return own.join('\n').trim()
}

const isGreeting = (line: string): boolean => line.trim().replace(GREETING, '') === ''

/** Lines that a mail program has broken become one again; items of lists stay apart. */
function paragraphsOf(own: string): { text: string; isItem: boolean }[] {
  const found: { text: string; isItem: boolean }[] = []
  let fresh = true
  for (const line of own.split('\n')) {
    if (line.trim() === '') {
      fresh = true
      continue
    }
    const isItem = LIST_ITEM.test(line)
    const last = found.at(-1)
    if (!fresh && !isItem && last !== undefined) last.text += ` ${line.trim()}`
    else found.push({ text: line.trim(), isItem })
    fresh = false
  }
  return found
}

/** «Прошу разъяснить: 1) срок; 2) перечень»: each item is asked with its lead-in. */
function sentencesWithItems(own: string): string[] {
  const sentences: string[] = []
  let lead: string | null = null
  for (const { text, isItem } of paragraphsOf(own)) {
    const bare = text.replace(LIST_ITEM, '').replace(/[;,]\s*$/u, '')
    if (isItem && lead !== null) {
      sentences.push(`${lead} ${bare}`)
      continue
    }
    const parts = sentencesOf(bare.replace(GREETING, ''))
    const last = parts.at(-1)
    lead = !isItem && last !== undefined && /[:：]$/u.test(last) ? last : null
    sentences.push(...(lead === null ? parts : parts.slice(0, -1)))
  }
  return sentences
}

/** Thanks, and that all is well. */
const THANKS =
  /^(?:(?:и|ещ[её]\s+раз|вам|всем|большое|огромное|очень|от\s+души|сізге|сіздерге|көп|үлкен)\s+){0,3}(?:спасибо|благодар\p{L}*|признател\p{L}*|рахмет|алғыс\p{L}*|разобрал\p{L}*|понял\p{L}*|получил\p{L}{0,2}\s+(?:ваш\p{L}*\s+)?(?:ответ|письмо)|(?:всё|все|вопрос)\s+(?:получил\p{L}*|понятно|ясно|хорошо|реш[её]н|снят|закрыт|в\s+порядке)|хорошего|удачи|всего\s+(?:доброго|хорошего)|успехов|барлығы\s+(?:түсінікті|жақсы)|түсіндім|алдым|сау\s+бол\p{L}*|іске\s+сәт|thank\p{L}*|thanks)(?!\p{L})/iu
/** … but for what is added to it. */
const NOT_WELL =
  /\?|(?<!\p{L})(?:но|однако|только|если|когда|почему|не|нет|ни|без|жду|жд[её]м|прошу|просим|просьба|нужн\p{L}*|надо|хо(?:чу|тел\p{L}*)|помогите|до\s+сих\s+пор|жалоб\p{L}*|бірақ|алайда|егер|емес|жоқ|өтін\p{L}*|керек\p{L}*|күтем\p{L}*|шағым\p{L}*)(?!\p{L})/iu
const GRATEFUL = /спасибо|благодар|признател|рахмет|алғыс|thank/iu
const LONGEST_THANKS = 200

/** Whether nothing is said but thanks: then nothing waits for an answer. */
const isThanks = (sentences: readonly string[]): boolean =>
  sentences.some((sentence) => GRATEFUL.test(sentence)) &&
  sentences.every((sentence) => sentence.length <= LONGEST_THANKS && THANKS.test(sentence) && !NOT_WELL.test(sentence))

/** The subject of a letter as its writer set it; empty when it says nothing, or speaks to a model. */
function headingOf(subject: string, known: readonly string[]): string {
  const bare = subject
    .replaceAll(/\p{Cf}+/gu, '')
    .replace(/^(?:\s*(?:re|fwd?|ответ|отв)\s*:)+\s*/iu, '')
    // The number of the inquiry that a reply carries.
    .replace(/\s*\[№[^\]]{0,40}\]\s*$/u, '')
  return /\p{L}{3}/u.test(bare) && findInstructions(bare).length === 0 ? withoutNames(bare, known) : ''
}

/**
 * Reads what a letter asks: several questions, with what they speak of; greeting, signature and quoted history aside. A letter without a
 * recognisable question is one question, so that nobody is left without an answer; one that only thanks asks nothing. Pure.
 * @param letter as it came; `known`: names to leave out of questions, such as the writer's own
 */
export function readLetter(letter: { subject: string; text: string }, known: readonly string[] = []): ReadLetter {
  const own = ownText(letter.text)
  const lang = detectLanguage(own === '' ? letter.subject : own)
  const all = sentencesWithItems(own)
  const leftOut: string[] = []
  const asked: string[] = []
  for (const sentence of all) (findInstructions(sentence).length > 0 ? leftOut : asked).push(sentence)
  const said = asked.map((sentence) => withoutNames(sentence, known))
  const heading = headingOf(letter.subject, known)
  let questions = findQuestions(said, LONGEST_QUESTION, heading).map(({ text }) => text)
  if (questions.length === 0 && !isThanks(said)) {
    const whole = [heading, said.join(' ')].filter((part) => /\p{L}{2}/u.test(part))
    questions = whole.length === 0 ? [] : [cutAtWord(whole.join('. '), LONGEST_QUESTION)]
  }
  const distinct = [...new Set(questions)].filter((question) => question.length >= 2)
  return {
    lang,
    own,
    questions: distinct.slice(0, MOST_QUESTIONS),
    unread: Math.max(0, distinct.length - MOST_QUESTIONS),
    leftOut,
  }
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)

/** A name that is known to be somebody's goes to no search, no list and no model. */
export const withoutNames = (text: string, names: readonly string[], instead = ''): string =>
  names
    .flatMap((name) => name.split(/\s+/u))
    .filter((word) => word.length >= 3 && /\p{L}/u.test(word))
    .reduce(
      (left, word) => left.replaceAll(new RegExp(String.raw`(?<!\p{L})${escape(word)}(?!\p{L})`, 'giu'), instead),
      text,
    )
    .replaceAll(/[^\S\n]{2,}/gu, ' ')
