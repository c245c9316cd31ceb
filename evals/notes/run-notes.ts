import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { readYaml } from '#ingest/text/read-yaml.ts'
import { maskConversation } from '#server/inquiries/calls/mask-conversation.ts'
import { extractNotes } from '#server/inquiries/notes/extract-notes.ts'
import { promisesOf } from '#server/inquiries/notes/promises-of.ts'
import type { Segment } from '#server/inquiries/schema.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'

const NoteCaseSchema = z.strictObject({
  id: z.string(),
  half: z.enum(['tuned', 'held-out']),
  lang: z.enum(['ru', 'kk']),
  subject: z.string(),
  asks: z.array(z.string()).min(1),
  promised: z.array(z.string()),
  never: z.array(z.string()),
  call: z.array(z.string().regex(/^[CO]: ./u)).min(1),
})

export interface NoteRow {
  half: string
  lang: string
  calls: number
  /** Shares of calls, of questions and of promises. */
  subject: number
  language: number
  questions: number
  promises: number
  /** Calls whose notes hold nothing that they must not. */
  clean: number
}

const share = (all: readonly boolean[]): number => (all.length === 0 ? 1 : all.filter(Boolean).length / all.length)
const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())

/** Judges extracted notes of invented calls, by the code that makes them: masking, extract, promises, language. No database, no model. */
export async function runNotes(
  file: string,
): Promise<{ rows: NoteRow[]; missed: { id: string; half: string; what: string; notes: string }[] }> {
  const { value: cases, faults } = readYaml(await readFile(file, 'utf8'), z.array(NoteCaseSchema))
  if (cases === null) throw new Error(`${file}: ${faults.join('; ')}`)
  const missed: { id: string; half: string; what: string; notes: string }[] = []
  const judged = cases.map((one) => {
    const turns = one.call.map((turn, order) => ({
      id: String(order),
      order,
      speaker: turn.startsWith('C') ? ('caller' as const) : ('operator' as const),
      text: turn.slice(3),
      final: true,
    }))
    const masked = new Map(
      (['caller', 'operator'] as const).flatMap((speaker) => [
        ...maskConversation(turns.filter((turn) => turn.speaker === speaker)),
      ]),
    )
    const segments: Segment[] = turns.map((turn) => ({ ...turn, text: masked.get(turn.id)?.text ?? '' }))
    const { subject, content } = extractNotes(segments)
    const promises = promisesOf(segments).join(' ')
    const whole = [subject, content, promises].join('\n')
    const result = {
      half: one.half,
      lang: one.lang,
      subject: has(subject, one.subject),
      language: detectLanguage(content) === one.lang,
      questions: one.asks.map((part) => has(content, part)),
      promises: one.promised.length === 0 ? [promises === ''] : one.promised.map((part) => has(promises, part)),
      clean: !one.never.some((part) => has(whole, part)),
    }
    const faults = [
      ...(result.subject ? [] : ['subject']),
      ...(result.language ? [] : ['language']),
      ...(result.questions.every(Boolean) ? [] : ['questions']),
      ...(result.promises.every(Boolean) ? [] : ['promises']),
      ...(result.clean ? [] : ['holds what it must not']),
    ]
    if (faults.length > 0) missed.push({ id: one.id, half: one.half, what: faults.join(', '), notes: whole })
    return result
  })
  const rows = ['tuned', 'held-out'].flatMap((half) =>
    ['ru', 'kk'].map((lang): NoteRow => {
      const these = judged.filter((one) => one.half === half && one.lang === lang)
      return {
        half,
        lang,
        calls: these.length,
        subject: share(these.map((one) => one.subject)),
        language: share(these.map((one) => one.language)),
        questions: share(these.flatMap((one) => one.questions)),
        promises: share(these.flatMap((one) => one.promises)),
        clean: share(these.map((one) => one.clean)),
      }
    }),
  )
  return { rows, missed }
}
