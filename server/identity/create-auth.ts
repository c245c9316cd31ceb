import { randomUUID } from 'node:crypto'
// Without its own way to databases, which is not used here and costs a start 260 modules.
import { betterAuth } from 'better-auth/minimal'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Config } from '#server/config.ts'
import { SYSTEM, type Context } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { account, session, user, verification } from '#server/db/schema/identity.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { currentAttempt } from './attempt.ts'
import { libraryLogger } from './library-logger.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './password-length.ts'
import { readGrant } from './read-grant.ts'

export const AUTH_PATH = '/api/v1/auth'
/** Header that carries the caller's address to the library; a value from outside is overwritten. */
export const ADDRESS_HEADER = 'x-bilim-caller-address'
export const COOKIE_PREFIX = 'bilim'
export const OIDC_PROVIDER = 'oidc'

const HOUR = 3600
/** A session ends after a shift without use. */
export const SESSION_IDLE_SECONDS = 12 * HOUR
/** And a day after the sign-in, used or not. */
export const SESSION_MAX_SECONDS = 24 * HOUR

export interface AuthOptions {
  db: Database
  secret: string
  publicUrl: string | null
  trustedOrigins: readonly string[]
  now: () => Date
  log: Logger
  /** Null: passwords alone, and nothing that reaches for the network. */
  oidc: Config['auth']['oidc']
}

/** Better Auth, set up: its tables are ours, its hooks keep disabled users out and write our events. */
export function createAuth(options: AuthOptions) {
  const { db, now, log, oidc } = options
  const contextOf = (requestId: string): Context => ({
    db,
    actor: SYSTEM,
    requestId,
    now,
    log,
    contentChanged: () => {},
  })

  /** The user of a new session; an OpenID user gets what the provider grants today. */
  const admit = async (userId: string): Promise<boolean> => {
    const attempt = currentAttempt.getStore()
    // Sessions begin in `handle` alone.
    if (attempt === undefined) return false
    const [found] = await db.select().from(user).where(eq(user.id, userId))
    if (found === undefined) return false
    attempt.userId = found.id
    if (found.disabledAt !== null) {
      attempt.refusal = 'disabled'
      return false
    }
    const { grant } = attempt
    if (attempt.method === 'oidc' && (grant === null || 'fault' in grant)) return false
    if (grant !== null && !('fault' in grant) && (grant.role !== found.role || grant.agencyId !== found.agencyId))
      await inTransaction(contextOf(attempt.requestId), async (ctx) => {
        await ctx.db
          .update(user)
          .set({ ...grant, updatedAt: now() })
          .where(eq(user.id, found.id))
        await emit(ctx, { type: 'user.changed', subjectId: found.id, payload: grant })
      })
    return true
  }

  return betterAuth({
    appName: 'Bilim',
    ...(options.publicUrl === null ? {} : { baseURL: new URL(options.publicUrl).origin }),
    basePath: AUTH_PATH,
    secret: options.secret,
    trustedOrigins: [...options.trustedOrigins],
    // With transactions, a user made by OpenID Connect and its account are one write.
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user, session, account, verification },
      transaction: true,
    }),
    telemetry: { enabled: false },
    logger: libraryLogger(log),
    // The throttle of `handle` counts by account too, which the library's cannot.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: false, input: false },
        agencyId: { type: 'string', required: false, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
      validateUserInfo: ({ user: candidate, source }) => {
        const attempt = currentAttempt.getStore()
        if (attempt === undefined || source.method !== 'oauth') return { error: 'not_allowed' }
        if (candidate.id !== undefined) attempt.userId = candidate.id
        if (attempt.grant === null) return { error: 'role_missing' }
        if ('fault' in attempt.grant) {
          attempt.refusal = attempt.grant.fault
          return { error: attempt.grant.fault, errorDescription: attempt.grant.message }
        }
        return undefined
      },
    },
    session: { expiresIn: SESSION_IDLE_SECONDS, updateAge: HOUR / 4, cookieCache: { enabled: false } },
    // The provider's tokens are not needed after the sign-in, so they are not kept.
    account: { updateAccountOnSignIn: false, encryptOAuthTokens: true },
    databaseHooks: {
      user: {
        create: {
          // Runs inside the library's transaction: it must not wait for the database.
          before: async (candidate) => {
            const grant = currentAttempt.getStore()?.grant ?? null
            return grant === null || 'fault' in grant
              ? false
              : { data: { ...candidate, role: grant.role, agencyId: grant.agencyId } }
          },
          after: async (created) => {
            const attempt = currentAttempt.getStore()
            if (attempt === undefined || attempt.grant === null || 'fault' in attempt.grant) return
            await emit(contextOf(attempt.requestId), {
              type: 'user.created',
              subjectId: created.id,
              payload: attempt.grant,
            })
          },
        },
      },
      account: {
        create: {
          before: async (candidate) => ({
            data: {
              ...candidate,
              accessToken: null,
              refreshToken: null,
              idToken: null,
              accessTokenExpiresAt: null,
              refreshTokenExpiresAt: null,
            },
          }),
        },
      },
      session: {
        create: {
          before: async (candidate) => (await admit(candidate.userId)) && undefined,
          after: async (created) => {
            const attempt = currentAttempt.getStore()
            if (attempt === undefined) return
            const ctx = contextOf(attempt.requestId)
            const actor = { kind: 'user', id: created.userId, name: '', role: 'operator', agencyId: null } as const
            await emit(
              { ...ctx, actor },
              { type: 'user.signed-in', subjectId: created.userId, payload: { method: attempt.method } },
            )
          },
        },
      },
    },
    onAPIError: { errorURL: '/sign-in' },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: options.publicUrl?.startsWith('https://') ?? false,
      disableCSRFCheck: false,
      // Said aloud, because the library switches it off by itself under test.
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: {
        generateId: ({ model }) =>
          model === 'user' ? newId('usr') : model === 'session' ? newId('ses') : randomUUID(),
      },
    },
    plugins:
      oidc === null
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId: OIDC_PROVIDER,
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true,
                  requireIdTokenVerification: true,
                  disableProviderLogout: true,
                  mapProfileToUser: async (profile) => {
                    const attempt = currentAttempt.getStore()
                    if (attempt !== undefined)
                      attempt.grant = await readGrant(db, profile[oidc.roleClaim], oidc.roleClaim)
                    return {
                      name:
                        typeof profile.name === 'string' && profile.name !== '' ? profile.name : (profile.email ?? ''),
                    }
                  },
                },
              ],
            }),
          ],
  })
}

export type Auth = ReturnType<typeof createAuth>
