import type { Actor } from '#server/context.ts'

/** Where a request to sign in or out came from. */
export interface Caller {
  /** For the events that it causes. */
  requestId: string
  /** The caller's network address, for the throttle; null when it is not known. */
  address: string | null
}

/** Somebody the server recognised. */
export interface Recognised {
  actor: Extract<Actor, { kind: 'user' | 'key' }>
  credential: 'cookie' | 'key'
  /** `Set-Cookie` values that the answer must carry: a session in use gets a new lease. */
  setCookie: readonly string[]
}

/** Who callers are. The rest of the server knows no library of authentication, only this. */
export interface Identity {
  /**
   * Answers the endpoints below `/api/v1/auth`: `POST /sign-in/email`, `POST /sign-out`, `GET /get-session` and, with OpenID
   * Connect, `POST /sign-in/oidc` and `GET /callback/oidc`.
   * @throws DomainError `unauthenticated`, `rate-limited` (seconds to wait in `details.retryAfter`), `forbidden` (from another
   * site), `not-found` (any other endpoint), `validation-failed`, `unavailable` (the OpenID provider does not answer)
   */
  handle: (request: Request, caller?: Caller) => Promise<Response>
  /**
   * Recognises an API key (`Authorization: Bearer blm_…`) or a session cookie. A request with a bearer token stands or falls
   * with it. Null: nobody, a disabled user, a revoked key.
   */
  authenticate: (headers: Headers) => Promise<Recognised | null>
  /** Ways to sign in that are switched on. */
  signInOptions: { password: boolean; oidc: boolean }
  /** Callers come through our own proxy, which tells their addresses. */
  trustProxy: boolean
}
