import { message, MESSAGES, type MessageCode } from '#ingest/services/messages.ts'
import type { SubmissionMessage } from '#ingest/services/submission.ts'
import type { Fault } from '#server/errors.ts'
import { FAULT_WORDINGS } from './fault-wordings.ts'

export type Lang = 'ru' | 'kk' | 'en'
type Values = SubmissionMessage['values']

const isCode = (code: string): code is MessageCode => Object.hasOwn(MESSAGES, code)

/** Values that the parser gives in Russian words of its own. */
const WORDS: readonly { said: RegExp; kk: string; en: string }[] = [
  { said: /^вложенная структура$/u, kk: 'кірістірілген құрылым', en: 'a nested structure' },
  { said: /^логическое значение$/u, kk: 'логикалық мән', en: 'a logical value' },
  { said: /^(\d+) частей$/u, kk: '$1 бөлік', en: '$1 parts' },
  { said: /^строка (\d+), знак (\d+)$/u, kk: '$1-жол, $2-таңба', en: 'line $1, character $2' },
  {
    said: /^текст обрывается или содержит посторонние знаки$/u,
    kk: 'мәтін үзіліп қалған немесе онда бөгде таңбалар бар',
    en: 'the text breaks off or has characters that do not belong',
  },
]

function wordValue(value: string | number | undefined, lang: 'kk' | 'en'): string {
  const text = value === undefined || value === '' ? '—' : String(value)
  const word = WORDS.find(({ said }) => said.test(text))
  return word === undefined ? text : text.replace(word.said, word[lang])
}

/**
 * A fault of a submission in a language of the interface. A code that this version does not know stays in Russian, as it was stored.
 * Pure.
 */
export function wordFault(
  fault: { code: string; values: Values; reason: string; mend: string },
  lang: Lang,
): { reason: string; mend: string } {
  if (lang === 'ru' || !isCode(fault.code)) return { reason: fault.reason, mend: fault.mend }
  const { reason, mend } = FAULT_WORDINGS[fault.code][lang]
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => wordValue(fault.values[name], lang))
  return { reason: fill(reason), mend: fill(mend) }
}

/** A fault of an entry at its field, in a language of the interface. Pure. */
export function entryFault(path: string, code: MessageCode, lang: Lang, values: Values = {}): Fault {
  const { reason, mend } = wordFault(message(code, values), lang)
  return { path, message: `${reason} ${mend}` }
}
