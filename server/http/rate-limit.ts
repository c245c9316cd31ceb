import { createMiddleware } from 'hono/factory'
import { DomainError } from '#server/errors.ts'
import { callerAddress } from '#server/identity/caller-address.ts'
import { createTokenBuckets } from '#server/identity/token-buckets.ts'
import type { HttpEnv } from './env.ts'

/** Requests a minute by kind of route: suggested answers are the dearest. */
export interface RateLimits {
  answer: number
  write: number
  read: number
}

/** A person at a keyboard, a program with a key, and everybody at one address who has not signed in. */
export const RATE_LIMITS = {
  user: { answer: 60, write: 240, read: 1_200 },
  key: { answer: 1_200, write: 2_400, read: 12_000 },
  nobody: { answer: 60, write: 120, read: 600 },
} as const satisfies Record<string, RateLimits>

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const WINDOW = 60

/** A call of a tool may be a question: messages of the Model Context Protocol count as answers. */
const kindOf = (method: string, path: string): keyof RateLimits =>
  SAFE.has(method) ? 'read' : /\/(?:answers|reply-draft|notes)$/u.test(path) || path === '/mcp' ? 'answer' : 'write'

/**
 * Bounds how much one caller may ask: by user or key, else by address. Counts live in this process, so several servers
 * each allow the limit.
 * @param options.limits for tests and measurements
 * @throws DomainError `rate-limited`, with `Retry-After`
 */
export function rateLimit(options: {
  trustProxy: boolean
  limits?: Record<keyof typeof RATE_LIMITS, RateLimits>
  now?: () => Date
}) {
  const { limits = RATE_LIMITS, now = () => new Date() } = options
  const bucketsOf = (limit: RateLimits) => ({
    answer: createTokenBuckets({ limit: limit.answer, windowSeconds: WINDOW, now }),
    write: createTokenBuckets({ limit: limit.write, windowSeconds: WINDOW, now }),
    read: createTokenBuckets({ limit: limit.read, windowSeconds: WINDOW, now }),
  })
  const buckets = { user: bucketsOf(limits.user), key: bucketsOf(limits.key), nobody: bucketsOf(limits.nobody) }

  return createMiddleware<HttpEnv>(async (c, next) => {
    const actor = c.get('actor')
    const who = actor === null || actor.kind === 'system' ? null : actor
    const bucket = buckets[who?.kind ?? 'nobody'][kindOf(c.req.method, c.req.path)]
    const taken = bucket.take(who?.id ?? callerAddress(c, options.trustProxy) ?? 'unknown')
    const headers = {
      'ratelimit-limit': String(bucket.limit),
      'ratelimit-remaining': String(taken.remaining),
      'ratelimit-reset': String(taken.allowed ? WINDOW : taken.retryAfter),
      'ratelimit-policy': `${bucket.limit};w=${WINDOW}`,
    }
    if (!taken.allowed) {
      // Set on the response itself: it is the error handler that answers now.
      for (const [name, value] of Object.entries({ ...headers, 'retry-after': String(taken.retryAfter) }))
        c.res.headers.set(name, value)
      throw new DomainError('rate-limited', `Too many requests. Try again in ${taken.retryAfter} s.`, {
        details: { retryAfter: taken.retryAfter },
      })
    }
    await next()
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
  })
}
