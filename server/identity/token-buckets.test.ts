import { expect, it } from 'vitest'
import { createTokenBuckets } from './token-buckets.ts'

const at = (start = 0) => {
  let ms = start
  return { now: () => new Date(ms), wait: (more: number) => void (ms += more) }
}

it('gives its tokens, then one each time one has grown back', () => {
  const clock = at()
  const buckets = createTokenBuckets({ limit: 2, windowSeconds: 60, now: clock.now })
  expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([
    { allowed: true, remaining: 1, retryAfter: 0 },
    { allowed: true, remaining: 0, retryAfter: 30 },
    { allowed: false, remaining: 0, retryAfter: 30 },
  ])
  expect(buckets.take('b').allowed).toBe(true)
  clock.wait(29_000)
  expect(buckets.take('a')).toEqual({ allowed: false, remaining: 0, retryAfter: 1 })
  clock.wait(1_000)
  expect(buckets.take('a').allowed).toBe(true)
})

it('takes tokens back, but holds no more than its limit', () => {
  const buckets = createTokenBuckets({ limit: 1, windowSeconds: 60, now: at().now })
  buckets.take('a')
  buckets.giveBack('a')
  buckets.giveBack('a')
  expect([buckets.take('a').allowed, buckets.take('a').allowed]).toEqual([true, false])
})

it('forgets the bucket untouched for longest when there are too many', () => {
  const buckets = createTokenBuckets({ limit: 1, windowSeconds: 60, now: at().now, maxKeys: 2 })
  for (const key of ['a', 'b', 'a', 'c']) buckets.take(key)
  expect(buckets.size()).toBe(2)
  expect([buckets.take('a').allowed, buckets.take('b').allowed]).toEqual([false, true])
})

it('is not fooled by a clock that steps back', () => {
  const clock = at(100_000)
  const buckets = createTokenBuckets({ limit: 1, windowSeconds: 60, now: clock.now })
  buckets.take('a')
  clock.wait(-50_000)
  expect(buckets.take('a').allowed).toBe(false)
})
