import { AsyncLocalStorage } from 'node:async_hooks'
import type { Role } from '#server/context.ts'

/** One attempt to sign in, from the request to the hooks that the library calls while it serves it. */
export interface Attempt {
  requestId: string
  method: 'password' | 'oidc'
  /** Whose attempt it is, once known. */
  userId: string | null
  /** Why it was refused. */
  refusal: string | null
  /** What the OpenID provider grants. */
  grant: { role: Role; agencyId: string | null } | { fault: string; message: string } | null
}

/** The library's hooks take no argument of ours; this is how the attempt reaches them. */
export const currentAttempt = new AsyncLocalStorage<Attempt>()
