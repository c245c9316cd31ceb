import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM, type Context } from '#server/context.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { account, user } from '#server/db/schema/identity.ts'
import { changeUser } from './change-user.ts'
import { createIdentity } from './create-identity.ts'
import { createUser } from './create-user.ts'
import type { Identity } from './identity.ts'
import { freshDatabase } from '#test/harness.ts'

const SITE = 'http://127.0.0.1:8414'
const CLIENT = { clientId: 'bilim', clientSecret: 'oidc-client-secret' }

/** Who signs in at the provider, and how it misbehaves. */
interface Person {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
  bilim_role?: unknown
  forge?: 'key' | 'nonce' | 'audience'
}

/** A provider with real HTTP, PKCE, a nonce and RS256; `person` is whoever sits at it. */
async function startProvider(port = 0) {
  const good = await generateKeyPair('RS256')
  const bad = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(good.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, URLSearchParams>()
  let requests = 0
  let person: Person = { sub: '0' }
  let issuer = ''
  const server: Server = createServer((request, response) => {
    requests += 1
    const url = new URL(request.url ?? '/', issuer)
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const token = async () => {
      const form = new URLSearchParams(await text(request))
      const asked = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const known = form.get('client_secret') === CLIENT.clientSecret
      if (
        asked === undefined ||
        !known ||
        asked.get('code_challenge') !== challenge ||
        asked.get('redirect_uri') !== form.get('redirect_uri')
      )
        return reply(400, { error: 'invalid_grant' })
      const { forge, ...claims } = person
      const idToken = await new SignJWT({ ...claims, nonce: forge === 'nonce' ? 'another' : asked.get('nonce') })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(issuer)
        .setAudience(forge === 'audience' ? 'somebody-else' : CLIENT.clientId)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(forge === 'key' ? bad.privateKey : good.privateKey)
      return reply(200, {
        access_token: 'provider-access-token',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: idToken,
      })
    }
    if (url.pathname === '/.well-known/openid-configuration')
      reply(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/userinfo`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      })
    else if (url.pathname === '/jwks') reply(200, { keys: [jwk] })
    else if (url.pathname === '/authorize') {
      const code = `code-${codes.size}-${Math.random()}`
      codes.set(code, url.searchParams)
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      response.writeHead(302, { location: back.href }).end()
    } else if (url.pathname === '/token') void token()
    else reply(404, {})
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    requests: () => requests,
    sits: (who: Person) => {
      person = who
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

let provider: Awaited<ReturnType<typeof startProvider>>
let database: OpenDatabase
let ctx: Context
let identity: Identity
const lines: string[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
const identityWith = (issuer: string) =>
  createIdentity({
    db: database.db,
    secret: 'SeCrEt0123456789abcdefghijklmnopq',
    publicUrl: SITE,
    oidc: { issuer, ...CLIENT, roleClaim: 'bilim_role' },
    trustProxy: false,
    now: () => new Date(),
    log,
  })

beforeAll(async () => {
  provider = await startProvider()
  database = await freshDatabase()
  ctx = { db: database.db, actor: SYSTEM, requestId: 'req_test', now: () => new Date(), log, contentChanged: () => {} }
  identity = identityWith(provider.issuer)
})
afterAll(async () => {
  await database.close()
  await provider.stop()
})

const begin = (via: Identity, returnTo = '/articles') =>
  via.handle(
    new Request(`${SITE}/api/v1/auth/sign-in/oidc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: SITE },
      body: JSON.stringify({ returnTo }),
    }),
  )
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')

/** Does what a browser does; returns where it ends up. */
async function signIn(who: Person, change: (callback: URL) => void = () => {}) {
  provider.sits(who)
  const begun = await begin(identity)
  const { url } = (await begun.json()) as { url: string }
  const authorized = await fetch(url, { redirect: 'manual' })
  const callback = new URL(authorized.headers.get('location') ?? '')
  change(callback)
  const done = await identity.handle(new Request(callback, { headers: { cookie: cookiesOf(begun) } }))
  const location = new URL(done.headers.get('location') ?? '', SITE)
  return {
    done,
    path: location.pathname,
    error: location.searchParams.get('error'),
    why: location.searchParams.get('error_description'),
    who: await identity.authenticate(new Headers({ cookie: cookiesOf(done) })),
  }
}
const userOf = async (email: string) => (await database.db.select().from(user).where(eq(user.email, email)))[0]
const eventsOf = async (subjectId: string) =>
  (await database.db.select().from(event).where(eq(event.subjectId, subjectId)).orderBy(event.at)).map(
    ({ type, payload }) => ({ type, payload }),
  )

describe('OpenID Connect', () => {
  it('asks nothing of the network until somebody signs in with it', async () => {
    expect(provider.requests()).toBe(0)
    expect(await identity.authenticate(new Headers({ cookie: 'bilim.session_token=x' }))).toBeNull()
    expect(provider.requests()).toBe(0)
    expect(identity.signInOptions).toEqual({ password: true, oidc: true })
  })

  it('makes the user at the first sign-in with the role of the claim, and keeps no token of the provider', async () => {
    const { path, who } = await signIn({
      sub: '1',
      email: 'dana@example.kz',
      email_verified: true,
      name: 'Дана',
      bilim_role: 'editor',
    })
    expect(path).toBe('/articles')
    expect(who).toMatchObject({
      actor: { kind: 'user', name: 'Дана', role: 'editor', agencyId: null },
      credential: 'cookie',
    })
    const made = await userOf('dana@example.kz')
    expect(made?.id).toMatch(/^usr_/)
    expect(await eventsOf(made?.id ?? '')).toEqual([
      { type: 'user.created', payload: { role: 'editor', agencyId: null } },
      { type: 'user.signed-in', payload: { method: 'oidc' } },
    ])
    const [row] = await database.db
      .select()
      .from(account)
      .where(eq(account.userId, made?.id ?? ''))
    expect(row).toMatchObject({
      providerId: 'oidc',
      accountId: '1',
      accessToken: null,
      refreshToken: null,
      idToken: null,
      password: null,
    })
  })

  it('follows a role that changed at the provider', async () => {
    await signIn({ sub: '2', email: 'erlan@example.kz', email_verified: true, name: 'Ерлан', bilim_role: 'operator' })
    const { who } = await signIn({
      sub: '2',
      email: 'erlan@example.kz',
      email_verified: true,
      name: 'Ерлан',
      bilim_role: 'supervisor',
    })
    expect(who?.actor.role).toBe('supervisor')
    expect((await eventsOf((await userOf('erlan@example.kz'))?.id ?? '')).map((one) => one.type)).toEqual([
      'user.created',
      'user.signed-in',
      'user.changed',
      'user.signed-in',
    ])
  })

  it('takes a role of an agency with the agency', async () => {
    const { who } = await signIn({
      sub: '3',
      email: 'agency@example.kz',
      email_verified: true,
      name: 'А',
      bilim_role: 'agency:agc_justice',
    })
    expect(who?.actor).toMatchObject({ role: 'agency', agencyId: 'agc_justice' })
  })

  it.each([
    ['no role', {}, 'role_missing'],
    ['an unknown role', { bilim_role: 'root' }, 'role_unknown'],
    ['a role that is not a text', { bilim_role: ['admin'] }, 'role_missing'],
    ['an agency role without agency', { bilim_role: 'agency' }, 'agency_unknown'],
  ])('refuses %s, says why, and makes nobody', async (_, claims, fault) => {
    const { path, error, why, who } = await signIn({
      sub: `none-${fault}`,
      email: `${fault}@example.kz`,
      email_verified: true,
      name: 'Х',
      ...claims,
    })
    expect({ path, error, who }).toEqual({ path: '/sign-in', error: fault, who: null })
    expect(why).toContain('bilim_role')
    expect(await userOf(`${fault}@example.kz`)).toBeUndefined()
    expect((await eventsOf('unknown')).at(-1)).toEqual({ type: 'user.sign-in-refused', payload: { reason: fault } })
  })

  it('refuses somebody whose role was taken away at the provider', async () => {
    const person = { sub: '4', email: 'left@example.kz', email_verified: true, name: 'Л' }
    await signIn({ ...person, bilim_role: 'admin' })
    const { error, who } = await signIn(person)
    expect({ error, who }).toEqual({ error: 'role_missing', who: null })
  })

  it('refuses a disabled user', async () => {
    const person = { sub: '5', email: 'disabled@example.kz', email_verified: true, name: 'О', bilim_role: 'operator' }
    await signIn(person)
    const id = (await userOf('disabled@example.kz'))?.id ?? ''
    await changeUser(ctx, { id, disabled: true })
    const { error, who } = await signIn(person)
    expect({ error, who }).toEqual({ error: 'disabled', who: null })
    expect((await eventsOf(id)).at(-1)).toEqual({ type: 'user.sign-in-refused', payload: { reason: 'disabled' } })
  })

  it.each(['key', 'nonce', 'audience'] as const)('refuses a token with a forged %s', async (forge) => {
    const { path, who } = await signIn({
      sub: '6',
      email: `forged-${forge}@example.kz`,
      email_verified: true,
      bilim_role: 'admin',
      forge,
    })
    expect({ path, who }).toEqual({ path: '/sign-in', who: null })
    expect(await userOf(`forged-${forge}@example.kz`)).toBeUndefined()
  })

  it('refuses a callback that this browser did not begin', async () => {
    const { path, who } = await signIn(
      { sub: '7', email: 'csrf@example.kz', email_verified: true, bilim_role: 'admin' },
      (callback) => callback.searchParams.set('state', 'another'),
    )
    expect({ path, who }).toEqual({ path: '/sign-in', who: null })
  })

  it('lets an unverified e-mail not take over a user made here', async () => {
    await createUser(ctx, { email: 'local@example.kz', name: 'Местный', role: 'admin' })
    const taken = await signIn({
      sub: '8',
      email: 'local@example.kz',
      email_verified: false,
      name: 'Чужой',
      bilim_role: 'operator',
    })
    expect({ error: taken.error, who: taken.who }).toEqual({ error: 'account_not_linked', who: null })
    const own = await signIn({
      sub: '9',
      email: 'local@example.kz',
      email_verified: true,
      name: 'Местный',
      bilim_role: 'operator',
    })
    expect(own.who?.actor).toMatchObject({ name: 'Местный', role: 'operator' })
  })

  it('returns to our own pages only', async () => {
    for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      await expect(begin(identity, returnTo)).rejects.toMatchObject({ code: 'validation-failed' })
  })

  it('says that the provider does not answer, and recovers when it does', async () => {
    const first = await startProvider()
    await first.stop()
    const away = identityWith(first.issuer)
    await expect(begin(away)).rejects.toMatchObject({ code: 'unavailable' })
    const back = await startProvider(Number(new URL(first.issuer).port))
    expect((await begin(away)).status).toBe(200)
    await back.stop()
  })

  it('writes no token, code or e-mail to the log', () => {
    const written = lines.join('\n')
    for (const secret of ['provider-access-token', CLIENT.clientSecret, '@example.kz', 'eyJ'])
      expect(written).not.toContain(secret)
  })
})
