import { ModelFault, type ChatChunk } from './chat-model.ts'

export interface Deadlines {
  firstTokenMs: number
  betweenTokensMs: number
  totalMs: number
}

/**
 * A model's stream under three clocks: until its first text, between any two chunks after it, and in all. Whichever runs out ends
 * the call.
 * @param start begins the stream; its signal ends it
 * @param signal of who asks
 * @throws ModelFault `first-token-timeout`, `stalled`, `out-of-time`; the signal's reason when who asks has gone
 */
export async function* withDeadlines(
  start: (signal: AbortSignal) => AsyncIterable<ChatChunk>,
  deadlines: Deadlines,
  signal: AbortSignal,
): AsyncGenerator<ChatChunk> {
  const { firstTokenMs, betweenTokensMs, totalMs } = deadlines
  const ended = new AbortController()
  const inner = AbortSignal.any([signal, ended.signal])
  const iterator = start(inner)[Symbol.asyncIterator]()
  const begun = performance.now()
  let hasText = false
  try {
    for (;;) {
      const left = begun + totalMs - performance.now()
      const patience = hasText ? betweenTokensMs : begun + firstTokenMs - performance.now()
      const next = iterator.next()
      // It may still fail when nobody waits for it any more.
      next.catch(() => {})
      const { done, value } = await untilDeadline(next, Math.min(left, patience), signal, () =>
        left <= patience
          ? new ModelFault('out-of-time', `the answer took longer than ${totalMs} ms`)
          : hasText
            ? new ModelFault('stalled', `nothing came for ${betweenTokensMs} ms`)
            : new ModelFault('first-token-timeout', `no text came within ${firstTokenMs} ms`),
      )
      if (done === true) return
      if (value.kind === 'text') hasText = true
      yield value
    }
  } finally {
    ended.abort()
    // Not awaited: a stream that does not listen to its signal would hold the caller.
    iterator.return?.().catch(() => {})
  }
}

const untilDeadline = async <T>(
  next: Promise<T>,
  ms: number,
  signal: AbortSignal,
  fault: () => ModelFault,
): Promise<T> => {
  signal.throwIfAborted()
  let timer: NodeJS.Timeout | undefined
  let leave = (): void => {}
  try {
    return await Promise.race([
      next,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(fault()), Math.max(0, ms))
        leave = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
        signal.addEventListener('abort', leave, { once: true })
      }),
    ])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}
