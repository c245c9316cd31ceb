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

export const notFound = (what: string, id: string) =>
  new DomainError('not-found', `${what} not found: ${id}`, { details: { what, id } })
