import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { SYSTEM, type Context } from '#server/context.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { apiKey, session } from '#server/db/schema/identity.ts'
import { DomainError } from '#server/errors.ts'
import { changeUser } from './change-user.ts'
import { createIdentity } from './create-identity.ts'
import { createKey } from './create-key.ts'
import { createUser } from './create-user.ts'
import type { Identity } from './identity.ts'
import { listEvents } from './list-events.ts'
import { listUsers } from './list-users.ts'
import { resetPassword } from './reset-password.ts'
import { revokeKey } from './revoke-key.ts'
import { freshDatabase } from '#test/harness.ts'

const URL_ = 'https://kb.example'
const PASSWORD = 'correct horse battery'
let database: OpenDatabase
let ctx: Context
let identity: Identity
let clock: number
const lines: string[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
let counter = 0

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`${URL_}/api/v1${path === '/session/password' ? path : `/auth${path}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: URL_, ...headers },
    body: JSON.stringify(body),
  })
const signIn = (email: string, password: string, headers: Record<string, string> = {}, address = '192.0.2.1') =>
  identity.handle(post('/sign-in/email', { email, password }, headers), { requestId: 'req_test', address })
const cookieOf = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.includes('session_token')) ?? ''
const cookieHeader = (response: Response) => ({ cookie: cookieOf(response).split(';', 1)[0] ?? '' })
const newUser = async (role: 'operator' | 'admin' = 'operator') => {
  const email = `user${++counter}@example.kz`
  const made = await createUser(ctx, { email, name: 'Айгерім', role, password: PASSWORD })
  return { email, id: made.user.id }
}
const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof DomainError ? error.code : error
}
const eventsOf = async (subjectId: string) =>
  (await database.db.select().from(event).where(eq(event.subjectId, subjectId)).orderBy(event.at)).map(
    ({ type, payload, actorId }) => ({ type, payload, actorId }),
  )

beforeAll(async () => {
  database = await freshDatabase()
  clock = Date.now()
  const now = () => new Date(clock)
  ctx = { db: database.db, actor: SYSTEM, requestId: 'req_test', now, log, contentChanged: () => {} }
  identity = createIdentity({
    db: database.db,
    secret: 'x'.repeat(20) + 'SeCrEt0123456789abcdef',
    publicUrl: URL_,
    oidc: null,
    trustProxy: false,
    now,
    log,
  })
})
afterAll(() => database.close())
beforeEach(() => {
  clock += 3_600_000
})

describe('signing in', () => {
  it('gives a cookie that scripts, other sites and plain HTTP do not get, and says who it is', async () => {
    const { email, id } = await newUser()
    const response = await signIn(email.toUpperCase(), PASSWORD)
    expect(await response.json()).toEqual({ user: { id, name: 'Айгерім', role: 'operator', agencyId: null } })
    expect(cookieOf(response)).toMatch(
      /^__Secure-bilim\.session_token=.+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(await identity.authenticate(new Headers(cookieHeader(response)))).toMatchObject({
      actor: { kind: 'user', id, role: 'operator' },
      credential: 'cookie',
    })
    expect(await eventsOf(id)).toMatchObject([
      { type: 'user.created' },
      { type: 'user.signed-in', payload: { method: 'password' }, actorId: id },
    ])
    const [row] = await database.db.select().from(session).where(eq(session.userId, id))
    expect(row?.ipAddress).toBe('192.0.2.1')
  })

  it('answers a wrong password and an unknown e-mail alike', async () => {
    const { email, id } = await newUser()
    const errors = await Promise.all(
      [email, 'nobody@example.kz'].map((who) => signIn(who, 'wrong password').catch((error: unknown) => error)),
    )
    expect(errors[0]).toEqual(errors[1])
    expect(errors[0]).toMatchObject({ code: 'unauthenticated' })
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'user.sign-in-refused',
      payload: { reason: 'wrong-credentials' },
      actorId: 'system',
    })
    expect((await eventsOf('unknown')).at(-1)).toMatchObject({ type: 'user.sign-in-refused' })
  })

  it('takes about as long for an unknown e-mail', async () => {
    const { email } = await newUser()
    const time = async (who: string) => {
      const started = performance.now()
      await signIn(who, 'wrong password', {}, '192.0.2.77').catch(() => null)
      return performance.now() - started
    }
    await time(email)
    const known = Math.min(await time(email), await time(email))
    const unknown = Math.min(await time('a1@example.kz'), await time('a2@example.kz'))
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(3)
  })

  it('slows guessing down after five wrong passwords, without shutting out the owner elsewhere', async () => {
    const { email } = await newUser()
    for (let i = 0; i < 5; i++)
      expect(await codeOf(signIn(email, `wrong ${i}`, {}, '203.0.113.9'))).toBe('unauthenticated')
    const refused: unknown = await signIn(email, PASSWORD, {}, '203.0.113.9').catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'rate-limited', details: { retryAfter: 12 } })
    expect((await signIn(email, PASSWORD, {}, '192.0.2.5')).status).toBe(200)
    clock += 12_000
    expect((await signIn(email, PASSWORD, {}, '203.0.113.9')).status).toBe(200)
  })

  it('counts attempts made at once', async () => {
    const { email } = await newUser()
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => codeOf(signIn(email, `wrong ${i}`, {}, '203.0.113.10'))),
    )
    expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(3)
  })

  it('makes a new session each time and ends the one it replaces', async () => {
    const { email } = await newUser()
    const first = cookieHeader(await signIn(email, PASSWORD))
    const second = cookieHeader(await signIn(email, PASSWORD, first))
    expect(second.cookie).not.toBe(first.cookie)
    expect(await identity.authenticate(new Headers(first))).toBeNull()
    expect(await identity.authenticate(new Headers(second))).not.toBeNull()
  })

  it('takes no session token that it did not sign', async () => {
    const { email, id } = await newUser()
    await signIn(email, PASSWORD)
    const [row] = await database.db.select().from(session).where(eq(session.userId, id))
    expect(
      await identity.authenticate(new Headers({ cookie: `__Secure-bilim.session_token=${row?.token ?? ''}` })),
    ).toBeNull()
    expect(
      await identity.authenticate(
        new Headers({
          cookie: `__Secure-bilim.session_token=${row?.token ?? ''}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`,
        }),
      ),
    ).toBeNull()
  })

  it('refuses a sign-in from another site', async () => {
    const { email } = await newUser()
    expect(await codeOf(signIn(email, PASSWORD, { origin: 'https://evil.example' }))).toBe('forbidden')
  })

  it('ends a session a day after the sign-in, however busy', async () => {
    const { email, id } = await newUser()
    const headers = new Headers(cookieHeader(await signIn(email, PASSWORD)))
    await database.db
      .update(session)
      .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
      .where(eq(session.userId, id))
    expect(await identity.authenticate(headers)).toBeNull()
  })

  it('gives a session in use a new lease', async () => {
    const { email, id } = await newUser()
    const headers = new Headers(cookieHeader(await signIn(email, PASSWORD)))
    await database.db
      .update(session)
      .set({ expiresAt: new Date(Date.now() + 3_600_000) })
      .where(eq(session.userId, id))
    const who = await identity.authenticate(headers)
    expect(who?.setCookie.join()).toContain('Max-Age=43200')
  })
})

describe('endpoints', () => {
  it.each([
    ['POST', '/sign-up/email'],
    ['POST', '/update-user'],
    ['POST', '/change-email'],
    ['POST', '/delete-user'],
    ['GET', '/list-sessions'],
    ['GET', '/ok'],
    ['GET', '/error'],
    ['POST', '/sign-in/social'],
    ['POST', '/sign-in/oidc'],
    ['GET', '/callback/oidc'],
    ['GET', '/sign-in/email'],
    ['POST', '/sign-in/email/'],
    ['POST', '//sign-in/email'],
  ])('%s %s is not there', async (method, path) => {
    const { email } = await newUser()
    const headers = { ...cookieHeader(await signIn(email, PASSWORD)), origin: URL_, 'content-type': 'application/json' }
    const request = new Request(`${URL_}/api/v1/auth${path}`, {
      method,
      headers,
      ...(method === 'POST' ? { body: JSON.stringify({ name: 'x', role: 'admin', email, password: PASSWORD }) } : {}),
    })
    expect(await codeOf(identity.handle(request))).toBe('not-found')
  })

  it('signs out', async () => {
    const { email, id } = await newUser()
    const cookie = cookieHeader(await signIn(email, PASSWORD))
    const get = () => identity.handle(new Request(`${URL_}/api/v1/auth/get-session`, { headers: cookie }))
    expect(await (await get()).json()).toEqual({ user: { id, name: 'Айгерім', role: 'operator', agencyId: null } })
    const response = await identity.handle(post('/sign-out', {}, cookie))
    expect(cookieOf(response)).toContain('Max-Age=0')
    expect(await (await get()).json()).toBeNull()
    expect((await eventsOf(id)).at(-1)).toMatchObject({ type: 'user.signed-out', actorId: id })
  })
})

describe('passwords', () => {
  const NEW = 'a new and longer password'
  const change = (headers: Record<string, string>, currentPassword: string, newPassword = NEW) =>
    identity.handle(post('/session/password', { currentPassword, newPassword }, headers), {
      requestId: 'req_test',
      address: '192.0.2.9',
    })

  it('are changed by their owner, which ends every other session', async () => {
    const { email, id } = await newUser()
    const [here, elsewhere] = [cookieHeader(await signIn(email, PASSWORD)), cookieHeader(await signIn(email, PASSWORD))]
    expect((await change(here, PASSWORD)).status).toBe(200)
    expect(await identity.authenticate(new Headers(here))).not.toBeNull()
    expect(await identity.authenticate(new Headers(elsewhere))).toBeNull()
    expect(await codeOf(signIn(email, PASSWORD))).toBe('unauthenticated')
    expect((await signIn(email, NEW)).status).toBe(200)
    expect((await eventsOf(id)).map(({ type }) => type)).toContain('user.password-changed')
  })

  it('need the current one, a new one that is long enough and other, and a person', async () => {
    const { email } = await newUser()
    const here = cookieHeader(await signIn(email, PASSWORD))
    const faults = async (work: Promise<unknown>) => {
      const error: unknown = await work.catch((thrown: unknown) => thrown)
      return error instanceof DomainError ? [error.code, error.faults.map(({ path }) => path)] : error
    }
    expect(await faults(change(here, 'not my password'))).toEqual(['validation-failed', ['json.currentPassword']])
    expect(await faults(change(here, PASSWORD, 'short'))).toEqual(['validation-failed', ['json.newPassword']])
    expect(await faults(change(here, PASSWORD, PASSWORD))).toEqual(['validation-failed', ['json.newPassword']])
    expect(await codeOf(change({}, PASSWORD))).toBe('unauthenticated')
    const { key } = await createKey(ctx, { name: 'x', role: 'operator' })
    expect(await codeOf(change({ authorization: `Bearer ${key}` }, PASSWORD))).toBe('forbidden')
  })

  it('cannot be guessed through a session left open', async () => {
    const { email } = await newUser()
    const here = cookieHeader(await signIn(email, PASSWORD))
    for (let i = 0; i < 5; i++) expect(await codeOf(change(here, `guess ${i}`))).toBe('validation-failed')
    expect(await codeOf(change(here, PASSWORD))).toBe('rate-limited')
  })

  it('are reset by an administrator: shown once, every session ended', async () => {
    const { email, id } = await newUser()
    const here = cookieHeader(await signIn(email, PASSWORD))
    const { password } = await resetPassword(ctx, { id })
    expect(await identity.authenticate(new Headers(here))).toBeNull()
    expect(await codeOf(signIn(email, PASSWORD))).toBe('unauthenticated')
    expect((await signIn(email, password)).status).toBe(200)
    expect(await codeOf(resetPassword(ctx, { id: 'usr_none' }))).toBe('not-found')
    expect(JSON.stringify(await eventsOf(id))).not.toContain(password)
  })
})

describe('users', () => {
  it('a disabled one is out at once and cannot come back', async () => {
    const { email, id } = await newUser()
    const headers = new Headers(cookieHeader(await signIn(email, PASSWORD)))
    await changeUser(ctx, { id, disabled: true })
    expect(await identity.authenticate(headers)).toBeNull()
    expect(await database.db.select().from(session).where(eq(session.userId, id))).toEqual([])
    expect(await codeOf(signIn(email, PASSWORD))).toBe('unauthenticated')
    expect(await eventsOf(id)).toMatchObject([
      {},
      {},
      { type: 'user.changed', payload: { disabled: true } },
      { type: 'user.sign-in-refused', payload: { reason: 'disabled' } },
    ])
    await changeUser(ctx, { id, disabled: false })
    expect((await signIn(email, PASSWORD)).status).toBe(200)
  })

  it('a new role counts from the next request', async () => {
    const { email, id } = await newUser()
    await changeUser(ctx, { id, role: 'editor' })
    const headers = new Headers(cookieHeader(await signIn(email, PASSWORD)))
    expect((await identity.authenticate(headers))?.actor.role).toBe('editor')
  })

  it('the last administrator stays', async () => {
    const first = await newUser('admin')
    const second = await newUser('admin')
    await changeUser(ctx, { id: first.id, disabled: true })
    expect(await codeOf(changeUser(ctx, { id: second.id, role: 'operator' }))).toBe('conflict')
    // Pages tell it in the reader's language, the terminal in English.
    await expect(changeUser(ctx, { id: second.id, disabled: true })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This is the last administrator: make another one first.',
      said: { ru: expect.stringContaining('последний администратор'), kk: expect.stringContaining('соңғы әкімші') },
    })
  })

  it('need a long password, an e-mail of their own and, for an agency, the agency', async () => {
    const { email } = await newUser()
    expect(
      await codeOf(createUser(ctx, { email: 'x@example.kz', name: 'x', role: 'operator', password: 'short' })),
    ).toBe('validation-failed')
    expect(
      await codeOf(createUser(ctx, { email: email.toUpperCase(), name: 'x', role: 'operator', password: PASSWORD })),
    ).toBe('conflict')
    expect(
      await codeOf(createUser(ctx, { email: 'y@example.kz', name: 'x', role: 'agency', password: PASSWORD })),
    ).toBe('validation-failed')
    expect(await codeOf(changeUser(ctx, { id: 'usr_none', role: 'editor' }))).toBe('not-found')
  })

  it('are listed in pages, which is recorded', async () => {
    for (let i = 0; i < 3; i++) await newUser()
    const all = await listUsers(ctx, { limit: 200, route: 'test' })
    const first = await listUsers(ctx, { limit: 2, route: 'test' })
    const rest = await listUsers(ctx, { limit: 200, cursor: first.nextCursor ?? '', route: 'test' })
    expect([...first.items, ...rest.items].map((row) => row.id)).toEqual(all.items.map((row) => row.id))
    const seen = await listEvents(ctx, { limit: 10, type: 'personal-data.read' })
    expect(seen.items[0]).toMatchObject({ subjectId: 'users', payload: { route: 'test' } })
  })
})

describe('keys', () => {
  it('open the door until revoked, and only their hash is stored', async () => {
    const { key, apiKey: row } = await createKey(ctx, { name: 'softphone', role: 'operator' })
    expect(key).toMatch(/^blm_[\w-]{43}$/)
    const headers = new Headers({ authorization: `Bearer ${key}` })
    expect(await identity.authenticate(headers)).toEqual({
      actor: { kind: 'key', id: row.id, name: 'softphone', role: 'operator', agencyId: null },
      credential: 'key',
      setCookie: [],
    })
    const [stored] = await database.db.select().from(apiKey).where(eq(apiKey.id, row.id))
    expect(JSON.stringify(stored)).not.toContain(key.slice(8))
    expect(stored?.lastUsedAt).toEqual(new Date(clock))
    await revokeKey(ctx, { id: row.id })
    expect(await identity.authenticate(headers)).toBeNull()
    expect((await eventsOf(row.id)).map((one) => one.type)).toEqual(['key.created', 'key.revoked'])
    expect(await codeOf(revokeKey(ctx, { id: 'key_none' }))).toBe('not-found')
  })

  it('stand alone: a bad one is not helped by a good cookie', async () => {
    const { email } = await newUser()
    const cookie = cookieHeader(await signIn(email, PASSWORD))
    expect(await identity.authenticate(new Headers({ ...cookie, authorization: 'Bearer blm_nonsense' }))).toBeNull()
    expect(await identity.authenticate(new Headers({ ...cookie, authorization: 'Basic eDp5' }))).toBeNull()
  })

  it('of an agency need the agency', async () => {
    expect(await codeOf(createKey(ctx, { name: 'x', role: 'agency' }))).toBe('validation-failed')
  })
})

it('no secret reaches the log or the events', async () => {
  const { email } = await newUser()
  const { key } = await createKey(ctx, { name: 'logged', role: 'operator' })
  await signIn(email, 'wrong-and-secret-password').catch(() => null)
  await signIn('unknown-person@example.kz', 'wrong-and-secret-password').catch(() => null)
  await identity.authenticate(new Headers({ authorization: `Bearer ${key}` }))
  await identity.authenticate(new Headers({ authorization: `Bearer ${key}x` }))
  const cookie = cookieHeader(await signIn(email, PASSWORD)).cookie
  const written = lines.join('\n') + JSON.stringify((await listEvents(ctx, { limit: 200 })).items)
  for (const secret of [
    'wrong-and-secret-password',
    PASSWORD,
    key,
    key.slice(8),
    cookie.split('=')[1] ?? '',
    email,
    'unknown-person',
  ])
    expect(written).not.toContain(secret)
})
