import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import { DomainError } from '#server/errors.ts'

const start = { line: 1, column: 1, offset: 0 }

/** Whether an error says that a source is faulty, and not that something is broken. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && (error.code === 'source-refused' || error.code === 'validation-failed')

/** The faults of a refused source as messages, at the provisions that they name. Pure. */
export function refusalMessages(error: DomainError, act: ParsedAct): Message[] {
  const faults = error.faults.length > 0 ? error.faults : [{ path: '', message: error.message }]
  const place = (path: string) => act.provisions.find((p) => p.eid === path)?.span ?? { start, end: start }
  return faults.map((fault): Message => ({
    severity: 'error',
    rule: error.code,
    text: `${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`,
    place: place(fault.path),
  }))
}
