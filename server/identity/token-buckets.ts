/** What a bucket says to a request. */
export interface Taken {
  allowed: boolean
  /** Whole tokens left. */
  remaining: number
  /** Seconds until a token is there again; 0 when there is one. */
  retryAfter: number
}

export interface TokenBuckets {
  limit: number
  windowSeconds: number
  /** Takes one token from the bucket of a key, if it has one. */
  take: (key: string) => Taken
  /** Puts one token back. */
  giveBack: (key: string) => void
  /** How many buckets are kept. */
  size: () => number
}

/**
 * Token buckets by key, in this process's memory. A bucket holds `limit` tokens and refills evenly within the window.
 * @param options.maxKeys bound on memory: beyond it the bucket untouched for longest is forgotten
 */
export function createTokenBuckets(options: {
  limit: number
  windowSeconds: number
  now: () => Date
  maxKeys?: number
}): TokenBuckets {
  const { limit, windowSeconds, now, maxKeys = 20_000 } = options
  const perMs = limit / (windowSeconds * 1000)
  // A Map keeps the order of insertion; touching a bucket moves it to the end, so the first one is the stalest.
  const buckets = new Map<string, { tokens: number; at: number }>()

  const touch = (key: string) => {
    const at = now().getTime()
    const before = buckets.get(key)
    const tokens = before === undefined ? limit : Math.min(limit, before.tokens + Math.max(0, at - before.at) * perMs)
    const bucket = { tokens, at }
    buckets.delete(key)
    buckets.set(key, bucket)
    for (const stalest of buckets.keys()) {
      if (buckets.size <= maxKeys) break
      buckets.delete(stalest)
    }
    return bucket
  }

  return {
    limit,
    windowSeconds,
    take: (key) => {
      const bucket = touch(key)
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      return {
        allowed,
        remaining: Math.floor(bucket.tokens),
        retryAfter: bucket.tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000)),
      }
    },
    giveBack: (key) => {
      const bucket = touch(key)
      bucket.tokens = Math.min(limit, bucket.tokens + 1)
    },
    size: () => buckets.size,
  }
}
