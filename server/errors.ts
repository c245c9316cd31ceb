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
}

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly Fault[]
  /** Values that the interface puts into its own translated sentence. */
  readonly details: Readonly<Record<string, string | number>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { faults?: readonly Fault[]; details?: Record<string, string | number>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.faults = options.faults ?? []
    this.details = options.details ?? {}
  }
}

export const notFound = (what: string, id: string) =>
  new DomainError('not-found', `${what} not found: ${id}`, { details: { what, id } })
