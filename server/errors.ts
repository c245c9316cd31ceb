/**
 * Errors of the domain, named where they happen and translated once per transport
 * (`http/problem.ts`, `bin/run-command.ts`). A message is for people; `code` is for programs.
 */

export type ErrorCode =
  | 'bad-request'
  | 'validation-failed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'source-refused'
  | 'idempotency-mismatch'
  | 'payload-too-large'
  | 'rate-limited'
  | 'directory-locked'
  | 'unavailable'

/** One fault of an input: where it is and how to mend it. */
export interface Fault {
  path: string
  message: string
  /** The message in every language of the interface, where somebody is to read it there. */
  said?: Said
}

/** One sentence in each language of the interface. */
export type Said = Readonly<Record<'ru' | 'kk' | 'en', string>>

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly Fault[]
  /** Values that the interface puts into its own translated sentence. */
  readonly details: Readonly<Record<string, string | number>>
  /** The message in every language of the interface, where somebody is to read it there. */
  readonly said: Said | null

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      faults?: readonly Fault[]
      details?: Record<string, string | number>
      said?: Said
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.faults = options.faults ?? []
    this.details = options.details ?? {}
    this.said = options.said ?? null
  }
}

/** A refusal in every language: pages tell it in the reader's, the terminal and the log in English. */
export const refuse = (code: ErrorCode, said: Said, details: Record<string, string | number> = {}) =>
  new DomainError(code, said.en, { said, details })

/** Somebody was faster, or the thing is not in that state any more: told to whoever lost, in his language. */
export const conflict = (said: Said, details: Record<string, string | number> = {}) => refuse('conflict', said, details)

/** What may not be found: its name in the log and in English, and what readers of the other languages call it. */
const NAMES = {
  'API key': { ru: 'ключ API', kk: 'API кілті' },
  'An edit of the day': { ru: 'правка дня', kk: 'күннің түзетуі' },
  Endpoint: { ru: 'адрес', kk: 'мекенжай' },
  'Language difference': { ru: 'расхождение языков', kk: 'тілдер айырмасы' },
  User: { ru: 'пользователь', kk: 'пайдаланушы' },
  act: { ru: 'акт', kk: 'акт' },
  agency: { ru: 'орган', kk: 'орган' },
  answer: { ru: 'ответ', kk: 'жауап' },
  article: { ru: 'статья', kk: 'мақала' },
  'article in force': { ru: 'действующая статья', kk: 'қолданыстағы мақала' },
  'article version': { ru: 'версия статьи', kk: 'мақала нұсқасы' },
  attachment: { ru: 'вложение', kk: 'тіркеме' },
  call: { ru: 'звонок', kk: 'қоңырау' },
  'closed query': { ru: 'закрытый запрос', kk: 'жабылған сұрау' },
  comment: { ru: 'замечание', kk: 'ескертпе' },
  deadline: { ru: 'срок', kk: 'мерзім' },
  draft: { ru: 'черновик', kk: 'жоба' },
  edition: { ru: 'редакция', kk: 'редакция' },
  'file of synonyms': { ru: 'файл синонимов', kk: 'синонимдер файлы' },
  'group of synonyms': { ru: 'группа синонимов', kk: 'синонимдер тобы' },
  information: { ru: 'сведения', kk: 'мәліметтер' },
  inquiry: { ru: 'обращение', kk: 'өтініш' },
  letter: { ru: 'письмо', kk: 'хат' },
  notes: { ru: 'заметки', kk: 'жазбалар' },
  passage: { ru: 'фрагмент', kk: 'үзінді' },
  protocol: { ru: 'протокол', kk: 'хаттама' },
  'protocol of service': { ru: 'протокол услуги', kk: 'қызмет хаттамасы' },
  'published provision': { ru: 'опубликованное положение', kk: 'жарияланған ереже' },
  query: { ru: 'запрос', kk: 'сұрау' },
  'record of an answer': { ru: 'запись ответа', kk: 'жауап жазбасы' },
  'reply draft': { ru: 'проект ответа', kk: 'жауап жобасы' },
  review: { ru: 'рецензия', kk: 'тексеру' },
  revision: { ru: 'правка', kk: 'түзету' },
  'sample question': { ru: 'вопрос', kk: 'сұрақ' },
  'gap question': { ru: 'вопрос', kk: 'сұрақ' },
  'known gap': { ru: 'известный пробел', kk: 'белгілі олқылық' },
  service: { ru: 'услуга', kk: 'қызмет' },
  submission: { ru: 'представление', kk: 'ұсыным' },
  task: { ru: 'задача', kk: 'тапсырма' },
  training: { ru: 'обучение', kk: 'оқыту' },
  'update request': { ru: 'запрос об актуализации', kk: 'өзектендіру сұрауы' },
} as const

export const notFound = (what: keyof typeof NAMES, id: string) =>
  refuse(
    'not-found',
    {
      ru: `Не найдено: ${NAMES[what].ru} ${id}.`,
      kk: `Мұндай ${NAMES[what].kk} табылмады: ${id}.`,
      en: `${what} not found: ${id}`,
    },
    { what, id },
  )
