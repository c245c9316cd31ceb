import { sha256 } from '#server/ids.ts'
import { tooManyAttempts } from './identity-refusals.ts'
import { createTokenBuckets } from './token-buckets.ts'

export interface SignInThrottle {
  /**
   * Counts an attempt before its password is looked at, so that parallel attempts count too.
   * @returns takes the attempt back: to be called when it succeeded
   * @throws DomainError `rate-limited`, with `details.retryAfter` in seconds
   */
  attempt: (email: string, address: string | null) => () => void
}

/**
 * Slows guessing down: 5 wrong passwords a minute for one account from one address, 20 for one account from anywhere, 50
 * from one address. A contact centre shares an address, so one forgetful operator must not lock out the room; and a
 * stranger who keeps guessing must not lock out the owner of the account for long.
 */
export function createSignInThrottle(now: () => Date): SignInThrottle {
  const pairs = createTokenBuckets({ limit: 5, windowSeconds: 60, now })
  const accounts = createTokenBuckets({ limit: 20, windowSeconds: 60, now })
  const addresses = createTokenBuckets({ limit: 50, windowSeconds: 60, now })
  return {
    attempt: (email, address) => {
      // E-mails are not kept, not even in memory.
      const account = sha256(email)
      const wanted = [
        { buckets: pairs, key: `${account} ${address ?? ''}` },
        { buckets: accounts, key: account },
        ...(address === null ? [] : [{ buckets: addresses, key: address }]),
      ]
      const taken: typeof wanted = []
      for (const one of wanted) {
        const { allowed, retryAfter } = one.buckets.take(one.key)
        if (!allowed) {
          for (const { buckets, key } of taken) buckets.giveBack(key)
          throw tooManyAttempts(retryAfter)
        }
        taken.push(one)
      }
      return () => {
        for (const { buckets, key } of taken) buckets.giveBack(key)
      }
    },
  }
}
