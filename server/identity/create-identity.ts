import type { Logger } from 'pino'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Config } from '#server/config.ts'
import { ROLES, SYSTEM, type Context, type Role } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { session, user } from '#server/db/schema/identity.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { faultsOf } from '#server/http/faults.ts'
import { currentAttempt, type Attempt } from './attempt.ts'
import {
  ADDRESS_HEADER,
  AUTH_PATH,
  COOKIE_PREFIX,
  createAuth,
  OIDC_PROVIDER,
  SESSION_MAX_SECONDS,
  type Auth,
} from './create-auth.ts'
import { changePassword } from './change-password.ts'
import { findApiKey } from './find-api-key.ts'
import { forwardedAddress } from './forwarded-address.ts'
import { keyHasNoPassword, providerSilent, signInFirst, signInRefused, wrongCredentials } from './identity-refusals.ts'
import type { Caller, Identity, Recognised } from './identity.ts'
import { ChangePasswordSchema, OidcSignInSchema, SignInSchema } from './schema.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'

export interface IdentityOptions {
  db: Database
  /** Signs cookies; at least 32 characters. */
  secret: string
  /** Address people open. Null: whatever address a request came to. */
  publicUrl: string | null
  /** Further origins that may sign in, e.g. of a development server. */
  trustedOrigins?: readonly string[]
  oidc: Config['auth']['oidc']
  /** Take the caller's address from X-Forwarded-For when `handle` is not told it. */
  trustProxy: boolean
  now: () => Date
  log: Logger
}

const OIDC_TIMEOUT_MS = 10_000
const roleOf = (value: unknown): Role | null => ROLES.find((role) => role === value) ?? null

async function parseBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  const body: unknown = await request.json().catch(() => null)
  const parsed = schema.safeParse(body)
  if (!parsed.success)
    throw new DomainError('validation-failed', 'The request is faulty.', {
      faults: faultsOf(parsed.error, 'json'),
      cause: parsed.error,
    })
  return parsed.data
}

/**
 * Makes the identity of the server: sign-in by password or OpenID Connect, sessions in cookies, API keys. Touches neither
 * the network nor the database before the first request.
 */
export function createIdentity(options: IdentityOptions): Identity {
  const { db, now, log } = options
  const shared = { ...options, trustedOrigins: options.trustedOrigins ?? [] }
  const auth = createAuth({ ...shared, oidc: null })
  const throttle = createSignInThrottle(now)
  const contextOf = (requestId: string): Context => ({
    db,
    actor: SYSTEM,
    requestId,
    now,
    log,
    contentChanged: () => {},
  })

  // The plugin asks the provider for its addresses as soon as it is made; so it is made when somebody wants to sign in with it.
  let oidcAuth: Auth | null = null
  const withOidc = (): Auth => (oidcAuth ??= createAuth({ ...shared, oidc: options.oidc }))

  /** The request that the library sees: our path and body, the caller's headers without an address of their own telling. */
  const forward = (request: Request, caller: Caller, path: string, body?: unknown): Request => {
    const url = new URL(request.url)
    url.pathname = `${AUTH_PATH}${path}`
    const headers = new Headers(request.headers)
    for (const name of [
      ADDRESS_HEADER,
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'content-length',
      'authorization',
    ])
      headers.delete(name)
    if (caller.address !== null) headers.set(ADDRESS_HEADER, caller.address)
    if (request.method === 'GET') return new Request(url, { headers })
    headers.set('content-type', 'application/json')
    return new Request(url, { method: 'POST', headers, body: JSON.stringify(body ?? {}) })
  }

  /** The library's answer with our body: its own tells the session's token to scripts. */
  const answer = (from: { headers: Headers }, body: unknown): Response => {
    const headers = new Headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    for (const cookie of from.headers.getSetCookie()) headers.append('set-cookie', cookie)
    return new Response(JSON.stringify(body), { headers })
  }

  const refuse = async (attempt: Attempt, reason: string) =>
    emit(contextOf(attempt.requestId), {
      type: 'user.sign-in-refused',
      subjectId: attempt.userId ?? 'unknown',
      payload: { reason },
    })

  /** Ends the session that a new sign-in in the same browser replaces. */
  const sessionToken = async (headers: Headers): Promise<string | null> => {
    if (!(headers.get('cookie') ?? '').includes(COOKIE_PREFIX)) return null
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
    return found?.session.token ?? null
  }

  async function signIn(request: Request, caller: Caller): Promise<Response> {
    const input = await parseBody(SignInSchema, request)
    const succeeded = throttle.attempt(input.email, caller.address)
    const previous = await sessionToken(request.headers)
    const [known] = await db
      .select({ id: user.id, name: user.name, role: user.role, agencyId: user.agencyId })
      .from(user)
      .where(eq(user.email, input.email))
    const attempt: Attempt = {
      requestId: caller.requestId,
      method: 'password',
      userId: known?.id ?? null,
      refusal: null,
      grant: null,
    }
    const response = await currentAttempt.run(attempt, () =>
      auth.handler(forward(request, caller, '/sign-in/email', input)),
    )
    if (response.ok && known !== undefined) {
      succeeded()
      if (previous !== null) await db.delete(session).where(eq(session.token, previous))
      return answer(response, { user: known })
    }
    if (response.status >= 500) throw new Error(`signing in failed with ${response.status}`)
    if (response.status === 403) {
      succeeded()
      throw signInRefused('forbidden')
    }
    await refuse(attempt, attempt.refusal ?? 'wrong-credentials')
    throw wrongCredentials()
  }

  async function signOut(request: Request, caller: Caller): Promise<Response> {
    const who = await authenticate(request.headers)
    const response = await auth.handler(forward(request, caller, '/sign-out'))
    if (response.status === 403) throw signInRefused('forbidden')
    if (!response.ok) throw new Error(`signing out failed with ${response.status}`)
    if (who?.credential === 'cookie')
      await emit(
        { ...contextOf(caller.requestId), actor: who.actor },
        { type: 'user.signed-out', subjectId: who.actor.id, payload: {} },
      )
    return answer(response, { signedOut: true })
  }

  async function replacePassword(request: Request, caller: Caller): Promise<Response> {
    const input = await parseBody(ChangePasswordSchema, request)
    const who = await authenticate(request.headers)
    if (who === null) throw signInFirst()
    if (who.credential !== 'cookie') throw keyHasNoPassword()
    const [known] = await db.select({ email: user.email }).from(user).where(eq(user.id, who.actor.id))
    if (known === undefined) throw signInFirst()
    // The current password can be guessed here as well as at the sign-in.
    const succeeded = throttle.attempt(known.email, caller.address)
    await changePassword(
      { ...contextOf(caller.requestId), actor: who.actor },
      { userId: who.actor.id, ...input, keepSession: await sessionToken(request.headers) },
    )
    succeeded()
    return answer({ headers: new Headers() }, { changed: true })
  }

  /** The provider is somebody else's server: it may hang. */
  async function askProvider(request: Request, attempt: Attempt): Promise<Response> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(providerSilent()), OIDC_TIMEOUT_MS)
    })
    try {
      return await Promise.race([currentAttempt.run(attempt, () => withOidc().handler(request)), late])
    } finally {
      clearTimeout(timer)
    }
  }

  async function beginOidc(request: Request, caller: Caller): Promise<Response> {
    const { returnTo } = await parseBody(OidcSignInSchema, request)
    const attempt: Attempt = { requestId: caller.requestId, method: 'oidc', userId: null, refusal: null, grant: null }
    const body = { provider: OIDC_PROVIDER, callbackURL: returnTo, errorCallbackURL: '/sign-in', disableRedirect: true }
    const response = await askProvider(forward(request, caller, '/sign-in/social', body), attempt)
    if (response.status === 403) throw signInRefused('forbidden')
    const told: unknown = await response
      .clone()
      .json()
      .catch(() => null)
    if (!response.ok || typeof told !== 'object' || told === null || !('url' in told)) throw providerSilent()
    return answer(response, { url: told.url })
  }

  async function finishOidc(request: Request, caller: Caller): Promise<Response> {
    const attempt: Attempt = { requestId: caller.requestId, method: 'oidc', userId: null, refusal: null, grant: null }
    const previous = await sessionToken(request.headers)
    const response = await askProvider(forward(request, caller, `/callback/${OIDC_PROVIDER}`), attempt)
    const location = response.headers.get('location')
    if (location === null)
      throw response.status >= 500
        ? new Error(`the callback failed with ${response.status}`)
        : signInRefused('bad-request')
    const target = new URL(location, request.url)
    const error = target.searchParams.get('error')
    const headers = new Headers(response.headers)
    if (error !== null) {
      await refuse(attempt, attempt.refusal ?? error)
      if (attempt.refusal !== null) {
        target.searchParams.set('error', attempt.refusal)
        headers.set('location', `${target.pathname}${target.search}`)
      }
    } else if (previous !== null) await db.delete(session).where(eq(session.token, previous))
    headers.set('cache-control', 'no-store')
    return new Response(null, { status: 302, headers })
  }

  async function getSession(request: Request): Promise<Response> {
    const who = await authenticate(request.headers)
    const headers = new Headers()
    for (const cookie of who?.setCookie ?? []) headers.append('set-cookie', cookie)
    if (who === null) return answer({ headers }, null)
    const { id, name, role, agencyId } = who.actor
    return answer({ headers }, { user: { id, name, role, agencyId } })
  }

  async function authenticate(headers: Headers): Promise<Recognised | null> {
    const authorization = headers.get('authorization')
    if (authorization !== null) {
      const [scheme = '', key = ''] = authorization.split(' ', 2)
      const actor = scheme.toLowerCase() === 'bearer' ? await findApiKey(db, key, now()) : null
      return actor === null ? null : { actor, credential: 'key', setCookie: [] }
    }
    if (!(headers.get('cookie') ?? '').includes(`${COOKIE_PREFIX}.session_token`)) return null
    const { headers: answered, response: found } = await auth.api.getSession({ headers, returnHeaders: true })
    if (found === null) return null
    // The library times its sessions by the clock of the machine, and so does this.
    if (Date.now() - found.session.createdAt.getTime() > SESSION_MAX_SECONDS * 1000) {
      await db.delete(session).where(eq(session.id, found.session.id))
      return null
    }
    const { id, name, agencyId, disabledAt } = found.user
    const role = roleOf(found.user.role)
    if (role === null || (disabledAt !== null && disabledAt !== undefined)) return null
    return {
      actor: { kind: 'user', id, name, role, agencyId: agencyId ?? null },
      credential: 'cookie',
      setCookie: answered.getSetCookie(),
    }
  }

  return {
    authenticate,
    signInOptions: { password: true, oidc: options.oidc !== null },
    trustProxy: options.trustProxy,
    handle: async (request, given) => {
      const caller: Caller = given ?? {
        requestId: newId('req'),
        address: options.trustProxy ? forwardedAddress(request.headers) : null,
      }
      const { pathname } = new URL(request.url)
      const endpoint = `${request.method} ${pathname.startsWith(`${AUTH_PATH}/`) ? pathname.slice(AUTH_PATH.length) : pathname}`
      switch (endpoint) {
        case 'POST /sign-in/email':
          return signIn(request, caller)
        case 'POST /sign-out':
          return signOut(request, caller)
        case 'POST /api/v1/session/password':
          return replacePassword(request, caller)
        case 'GET /get-session':
          return getSession(request)
        case 'POST /sign-in/oidc':
          if (options.oidc !== null) return beginOidc(request, caller)
          break
        case `GET /callback/${OIDC_PROVIDER}`:
          if (options.oidc !== null) return finishOidc(request, caller)
          break
      }
      throw notFound('Endpoint', pathname)
    },
  }
}
