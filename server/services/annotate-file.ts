import { annotateSubmission, type AnnotationWords } from '#ingest/services/annotate-submission.ts'
import { parseSubmission } from '#ingest/services/parse-submission.ts'
import type { SubmissionMessage, SubmissionRow } from '#ingest/services/submission.ts'
import { today, type Context } from '#server/context.ts'
import { readingGate } from './submit-services.ts'
import { wordFault, type Lang } from './word-fault.ts'

const WORDS: Record<'kk' | 'en', AnnotationWords> = {
  kk: {
    toMend: 'Не түзету керек',
    error: 'Қате',
    warning: 'Назар аударыңыз',
    form: '1-қосымша',
    faults: 'Ескертпелер',
    heads: ['Парақ', 'Жол', 'Баған', 'Бағанның атауы', 'Түрі', 'Не дұрыс емес', 'Қалай түзету керек'],
    unlisted: (count) => `Тағы ескертпелер: ${count}.`,
  },
  en: {
    toMend: 'What to mend',
    error: 'Error',
    warning: 'Note',
    form: 'Appendix 1',
    faults: 'Faults',
    heads: ['Sheet', 'Row', 'Column', 'Title of the column', 'Kind', 'What is wrong', 'How to mend it'],
    unlisted: (count) => `And ${count} more.`,
  },
}

/** A read submission as an .xlsx to mend, in a language of the interface. Pure. */
export const annotateIn = (
  lang: Lang,
  input: {
    rows: readonly Pick<SubmissionRow, 'row' | 'raw'>[]
    messages: readonly SubmissionMessage[]
    unlisted: number
  },
): Promise<Uint8Array> =>
  annotateSubmission({
    ...input,
    messages: input.messages.map((fault) => ({ ...fault, ...wordFault(fault, lang) })),
    ...(lang === 'ru' ? {} : { words: WORDS[lang] }),
  })

/** Reads a file of Appendix 1 and gives it back with its faulty cells marked; nothing is compared and nothing is stored. */
export async function annotateFile(
  ctx: Context,
  input: { bytes: Uint8Array; name: string; lang: Lang },
): Promise<Uint8Array> {
  const parsed = await readingGate(() => parseSubmission(input.bytes, { name: input.name, today: today(ctx) }))
  return annotateIn(input.lang, parsed)
}
