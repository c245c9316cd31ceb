import type { Answer, AnswerCitation, Clarification } from '#server/answers/schema.ts'
import type { Lang } from '#server/context.ts'
import { cutAtWord } from '../questions/find-questions.ts'

export interface ReplyInput {
  lang: Lang
  number: string
  registeredOn: string
  /** Whom the reply greets; null: nobody by name. */
  name: string | null
  parts: readonly { question: string; answer: Answer }[]
}

const LONGEST_HEADING = 200
const LONGEST_QUOTE = 700

const spell = (day: string): string => day.slice(0, 10).split('-').toReversed().join('.')

const WORDS = {
  ru: {
    greeting: (name: string | null) => (name === null ? 'Здравствуйте!' : `Здравствуйте, ${name}!`),
    registered: (number: string, day: string) => `Ваше обращение зарегистрировано ${day} под № ${number}.`,
    heading: (n: number, question: string) => `${n}. По вопросу «${question}»:`,
    sources: 'Основание:',
    original: (day: string) => `в редакции от ${day}`,
    amended: (by: string) => `в редакции: ${by}`,
    transfer: (group: string) =>
      `Ответа на этот вопрос у нас нет: он относится к другой группе операторов (${group}). Обращение остаётся в работе.`,
    ict: 'Нужной информации в Базе знаний нет. Такие запросы рассматривает оператор информационно-коммуникационной инфраструктуры (п. 36 Правил деятельности Единого контакт-центра). Обращение остаётся в работе.',
    unanswered:
      'Ответа на этот вопрос в Базе знаний пока нет. Разъяснения по таким вопросам дают ответственные органы (п. 24 Правил деятельности Единого контакт-центра). Обращение остаётся в работе.',
    ofOne: (acts: string) => `Этот ответ дан по акту ${acts}.`,
    clarify: (question: string, choices: string) => `Чтобы ответить точно, просим уточнить: ${question} ${choices}`,
    nothingAsked: 'Благодарим Вас за письмо. Вопросов в нём мы не нашли; если они есть, напишите нам ещё раз.',
    closing: 'С уважением,\nЕдиный контакт-центр, 1414',
  },
  kk: {
    greeting: (name: string | null) => (name === null ? 'Сәлеметсіз бе!' : `Сәлеметсіз бе, ${name}!`),
    registered: (number: string, day: string) => `Сіздің өтінішіңіз ${day} күні № ${number} болып тіркелді.`,
    heading: (n: number, question: string) => `${n}. «${question}» деген сұрақ бойынша:`,
    sources: 'Негіздеме:',
    original: (day: string) => `${day} редакциясында`,
    amended: (by: string) => `редакциясы: ${by}`,
    transfer: (group: string) =>
      `Бұл сұрақтың жауабы бізде жоқ: ол операторлардың басқа тобына жатады (${group}). Өтініш жұмыста қалады.`,
    ict: 'Білім базасында қажетті ақпарат жоқ. Мұндай сұрау салуларды ақпараттық-коммуникациялық инфрақұрылым операторы қарайды (Бірыңғай байланыс орталығы қызметі қағидаларының 36-тармағы). Өтініш жұмыста қалады.',
    unanswered:
      'Бұл сұрақтың жауабы Білім базасында әзірге жоқ. Мұндай сұрақтарға жауапты органдар түсіндірме береді (Бірыңғай байланыс орталығы қызметі қағидаларының 24-тармағы). Өтініш жұмыста қалады.',
    ofOne: (acts: string) => `Бұл жауап ${acts} актісі бойынша берілді.`,
    clarify: (question: string, choices: string) =>
      `Нақты жауап беру үшін нақтылауыңызды сұраймыз: ${question} ${choices}`,
    nothingAsked: 'Хатыңызға рахмет. Одан сұрақ таппадық; сұрағыңыз болса, бізге қайта жазыңыз.',
    closing: 'Құрметпен,\nБірыңғай байланыс орталығы, 1414',
  },
} as const

/**
 * A name as a letter may greet it: words of letters alone. What a sender writes about himself is his, and may be anything.
 * @returns null: it is no name to greet by
 */
export function greetedName(name: string | null): string | null {
  const plain = name?.replaceAll(/\s+/gu, ' ').trim() ?? ''
  return /^\p{Lu}[\p{L}'’-]{1,29}(?: \p{Lu}[\p{L}'’.-]{0,29}){0,3}$/u.test(plain) ? plain : null
}

/** A question as the reply repeats it: without addresses, and without what was masked. */
const headingOf = (question: string): string =>
  cutAtWord(
    question
      .replaceAll(/\p{Cf}+/gu, '')
      .replaceAll(/(?:https?:\/\/|www\.)\S+/giu, '…')
      .replaceAll(/\[\p{L}+-\d+\]/gu, '…')
      .replaceAll(/[«»"<>{}[\]|`*_#]+/gu, ' '),
    LONGEST_HEADING,
  ).replace(/[\s?.!…]*$/u, '')

/**
 * Whether a question stays to be answered after its reply: one that is another body's has been told whose it is, which is all that is due
 * (п. 10), and how an appeal is filed is the answer to that wish (п. 12). What is asked back has no answer yet, though one of several was given. Pure.
 */
export const staysOpen = ({ status, guidance, competence, clarify }: Answer): boolean => {
  if (clarify !== null) return true
  if (status !== 'no_answer') return false
  if (guidance === null || guidance.kind === 'unanswered') return competence?.bySubject !== true
  return guidance.kind === 'transfer' || guidance.kind === 'ict-request'
}

const quoted = (labels: readonly string[]): string => [...new Set(labels)].map((label) => `«${label}»`).join(', ')

const askingBack = ({ question, choices }: Clarification, lang: Lang): string =>
  WORDS[lang].clarify(question, quoted(choices.map(({ label }) => label))).trim()

/** An answer of one service where several fit says whose it is, and asks which is meant. */
const ofOneOfSeveral = ({ clarify, sentences }: Answer, lang: Lang): string =>
  clarify === null || sentences.length === 0
    ? ''
    : `\n\n${WORDS[lang].ofOne(quoted(sentences.flatMap(({ citations }) => citations.map(({ actTitle }) => actTitle))))} ${askingBack(clarify, lang)}`

/** Why a question without an answer has none, and whose it is; only what is really done about it. */
function refusalOf(answer: Answer, lang: Lang): string {
  const words = WORDS[lang]
  const { guidance, clarify, competence } = answer
  if (clarify !== null) return askingBack(clarify, lang)
  if (guidance?.kind === 'transfer') return words.transfer(guidance.group?.name ?? '')
  if (guidance?.kind === 'ict-request') return words.ict
  if (guidance !== null && guidance.kind !== 'unanswered') return guidance.text
  const contacts = competence?.bySubject === true ? competence.contacts.map(({ value }) => value).join(', ') : ''
  return competence?.bySubject === true
    ? `${answer.message ?? ''} ${competence.name}${contacts === '' ? '' : `: ${contacts}`}.`.trim()
    : words.unanswered
}

/**
 * The draft of a reply: greeting, each answer with the numbers of its sources, the sources with act, edition and verbatim quote, closing; in the
 * language of the letter. Sentences are those of the answers, and nothing else claims anything about law. Pure.
 */
export function composeReply(input: ReplyInput): string {
  const { lang, parts } = input
  const words = WORDS[lang]
  const sources: AnswerCitation[] = []
  const numberOf = (citation: AnswerCitation): number => {
    const at = sources.findIndex(
      (one) =>
        one.passageId === citation.passageId && one.eid === citation.eid && one.quoteStart === citation.quoteStart,
    )
    if (at >= 0) return at + 1
    sources.push(citation)
    return sources.length
  }
  const answers = parts.map(({ question, answer }, at) => {
    const said =
      answer.sentences.length === 0
        ? refusalOf(answer, lang)
        : answer.sentences
            .map(({ text, citations }) => `${text} ${citations.map((one) => `[${numberOf(one)}]`).join('')}`.trim())
            .join(' ')
    const appeal =
      answer.sentences.length > 0 && answer.guidance?.kind === 'appeal' ? `\n\n${answer.guidance.text}` : ''
    return `${parts.length > 1 ? `${words.heading(at + 1, headingOf(question))}\n` : ''}${said}${ofOneOfSeveral(answer, lang)}${appeal}`
  })
  const list = sources.map(({ label, actTitle, edition, quote }, at) => {
    const when = edition.amendedBy === null ? words.original(spell(edition.date)) : words.amended(edition.amendedBy)
    const whole = quote.replaceAll(/\s+/gu, ' ').trim()
    const cut = cutAtWord(whole, LONGEST_QUOTE)
    return `[${at + 1}] ${label}, «${actTitle}», ${when}: «${cut}${cut === whole ? '' : ' …'}»`
  })
  return [
    words.greeting(greetedName(input.name)),
    words.registered(input.number, spell(input.registeredOn)),
    ...(answers.length === 0 ? [words.nothingAsked] : answers),
    ...(list.length === 0 ? [] : [`${words.sources}\n${list.join('\n')}`]),
    words.closing,
  ].join('\n\n')
}
