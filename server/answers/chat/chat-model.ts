/** A prompt as every model takes it: what it is told, and what it is asked. */
export interface ChatPrompt {
  system: string
  user: string
  /** JSON Schema that the whole output is held to by the server; null: the prompt alone says what to write. */
  schema: Record<string, unknown> | null
}

export type ChatChunk =
  | { kind: 'text'; text: string }
  /** Tokens, as the server counts them; several of one call add up. */
  | { kind: 'usage'; input: number; output: number }
  /** Why it stopped: by itself, or at the limit of its output. */
  | { kind: 'stopped'; why: 'end' | 'length' }

/** A chat model behind some API. It only streams; time, tries, tokens and money are watched by who calls it. */
export interface ChatModel {
  provider: string
  model: string
  /** Loads its client, so that the first question need not wait for that. */
  prepare(): Promise<void>
  /**
   * @param options.outputTokens most it may write
   * @param options.signal ends the call and its connection
   * @throws ModelFault
   */
  stream(prompt: ChatPrompt, options: { outputTokens: number; signal: AbortSignal }): AsyncIterable<ChatChunk>
}

export const MODEL_FAULTS = [
  /** 429 */
  'busy',
  /** 4xx: the request, the key or the model is not accepted. */
  'refused',
  /** 5xx */
  'server-error',
  'unreachable',
  'first-token-timeout',
  'stalled',
  'out-of-time',
  'broken-off',
  'out-of-tokens',
  'out-of-money',
  /** It wrote something, and nothing of it was in the form asked for. */
  'unreadable',
  /** Not asked: it has failed too often just now. */
  'resting',
] as const
export type ModelFaultReason = (typeof MODEL_FAULTS)[number]

/** Of a prompt that is longer than the server takes: its tokens and the most there may be with the output, as far as the server said. */
export interface TooLong {
  promptTokens: number | null
  contextTokens: number | null
}

/** Why a model gave no answer, or none to its end. */
export class ModelFault extends Error {
  readonly reason: ModelFaultReason
  readonly status: number | null
  /** How long the server asked to be left alone; null where it said nothing. */
  readonly retryAfterMs: number | null
  /** The prompt was refused for its length; null: not for that. */
  readonly tooLong: TooLong | null

  constructor(
    reason: ModelFaultReason,
    message: string,
    options: {
      status?: number | null
      retryAfterMs?: number | null
      tooLong?: TooLong | null
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ModelFault'
    this.reason = reason
    this.status = options.status ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
    this.tooLong = options.tooLong ?? null
  }
}
