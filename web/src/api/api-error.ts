/** What the server refused, as it said it (RFC 9457). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  /** The language that the detail is written in for whoever reads it; null: for programs. */
  readonly detailLang: string | null
  readonly requestId: string | null
  readonly faults: readonly { path: string; message: string }[]
  readonly retryAfterSeconds: number | null

  constructor(
    fields: Pick<
      ApiError,
      'status' | 'code' | 'title' | 'detail' | 'detailLang' | 'requestId' | 'faults' | 'retryAfterSeconds'
    >,
  ) {
    super(fields.title)
    this.name = 'ApiError'
    this.status = fields.status
    this.code = fields.code
    this.title = fields.title
    this.detail = fields.detail
    this.detailLang = fields.detailLang
    this.requestId = fields.requestId
    this.faults = fields.faults
    this.retryAfterSeconds = fields.retryAfterSeconds
  }
}

/** No answer at all: the network or the server is gone. */
export class ServerGoneError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer', { cause })
    this.name = 'ServerGoneError'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function faultsOf(value: unknown): { path: string; message: string }[] {
  return Array.isArray(value)
    ? value.filter(isRecord).map((fault) => ({ path: text(fault['path']), message: text(fault['message']) }))
    : []
}

/** Reads problem details out of any JSON; what is missing stays empty. */
export function toApiError(status: number, body: unknown, headers?: Headers): ApiError {
  const problem = isRecord(body) ? body : {}
  const retryAfter = Number(headers?.get('retry-after') ?? headers?.get('x-retry-after') ?? Number.NaN)
  return new ApiError({
    status,
    code: text(problem['code']) || String(status),
    title: text(problem['title']),
    detail: text(problem['detail']) || text(problem['message']),
    detailLang: headers?.get('content-language') ?? null,
    requestId: text(problem['requestId']) || (headers?.get('x-request-id') ?? null),
    faults: faultsOf(problem['faults']),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  })
}
