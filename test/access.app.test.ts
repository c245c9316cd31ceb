import { Writable } from 'node:stream'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApp } from '#server/app.ts'
import { compose } from '#server/compose.ts'
import { ROLES, SYSTEM, type Role } from '#server/context.ts'
import { changeUser } from '#server/identity/change-user.ts'
import { createKey } from '#server/identity/create-key.ts'
import { createUser } from '#server/identity/create-user.ts'
import { revokeKey } from '#server/identity/revoke-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { freshPlace, testApp, type TestApp } from './harness.ts'

const ORIGIN = 'http://localhost'
const PASSWORD = 'correct horse battery'
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const Operations = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({ 'x-roles': z.union([z.enum(['public', 'signed-in']), z.array(z.enum(ROLES))]) }),
    ),
  ),
})

/** Pages and files of the server, which hold nothing of anybody's. Every other address must be declared. */
const PAGES = new Set(['GET /openapi.json', 'GET /docs', 'GET /docs/start.js', 'GET /docs/:file'])

interface Operation {
  method: string
  path: string
  access: 'public' | 'signed-in' | Role[]
}

let t: TestApp
let operations: Operation[]
const callers: { name: string; role: Role | null; headers: Record<string, string> }[] = []

const signIn = async (email: string): Promise<Record<string, string>> => {
  const response = await t.app.request('/api/v1/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().map((one) => one.split(';', 1)[0])
  return { cookie: cookie.join('; '), origin: ORIGIN }
}

beforeAll(async () => {
  t = await testApp({ content: false, env: { TRUST_PROXY: 'true' } })
  const document = Operations.parse(await (await t.app.request('/openapi.json')).json())
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, access: operation['x-roles'] }]
    }),
  )
  callers.push({ name: 'nobody', role: null, headers: {} })
  callers.push({ name: 'a key that is none', role: null, headers: { authorization: `Bearer blm_${'x'.repeat(43)}` } })
  for (const role of ROLES) {
    const agencyId = role === 'agency' ? 'agc_justice' : null
    const { key } = await createKey(t.ctx, { name: role, role, agencyId })
    callers.push({ name: `key ${role}`, role, headers: { authorization: `Bearer ${key}` } })
    // Nobody signs in as telephony.
    if (role === 'telephony') continue
    await createUser(t.ctx, { email: `${role}@example.kz`, name: role, role, agencyId, password: PASSWORD })
    callers.push({ name: `user ${role}`, role, headers: await signIn(`${role}@example.kz`) })
  }
  const gone = await createUser(t.ctx, { email: 'gone@example.kz', name: 'gone', role: 'admin', password: PASSWORD })
  callers.push({ name: 'a disabled admin', role: null, headers: await signIn('gone@example.kz') })
  await changeUser(t.ctx, { id: gone.user.id, disabled: true })
  const revoked = await createKey(t.ctx, { name: 'revoked', role: 'admin' })
  callers.push({ name: 'a revoked admin key', role: null, headers: { authorization: `Bearer ${revoked.key}` } })
  await revokeKey(t.ctx, { id: revoked.apiKey.id })
})
afterAll(() => t.close())

/** A route from an address of its own: together they are more than one address may ask in a minute without a sign-in. */
const ask = (operation: Operation, headers: Record<string, string>) =>
  t.app.request(operation.path.replaceAll(/\{\w+\}/g, 'none'), {
    method: operation.method,
    headers: {
      'x-forwarded-for': `192.0.2.${operations.indexOf(operation) % 250}`,
      ...headers,
      ...(operation.method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    // Faulty on purpose: who may ask is settled before what is asked, and nothing gets changed.
    ...(operation.method === 'GET' || operation.method === 'DELETE' ? {} : { body: '[]' }),
  })

describe('access', () => {
  it('every route of the app is declared, with who may call it', () => {
    const declared = new Set(operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
    const served = new Set(
      inspectRoutes(t.app)
        .filter((one) => !one.isMiddleware)
        .map(({ method, path }) => `${method} ${path}`),
    )
    expect([...served].filter((one) => !declared.has(one) && !PAGES.has(one))).toEqual([])
    expect([...declared].filter((one) => !served.has(one))).toEqual([])
    expect(operations.length).toBeGreaterThan(20)
  })

  it('callers are who they seem', async () => {
    const seen = await Promise.all(
      callers.map(async ({ headers }) => {
        const response = await t.app.request('/api/v1/session', { headers })
        const {
          role = null,
          credential = null,
          agencyId = null,
        } = z
          .looseObject({ role: z.string(), credential: z.string(), agencyId: z.string().nullable() })
          .partial()
          .parse(await response.json())
        return { status: response.status, role, credential, agencyId }
      }),
    )
    expect(seen).toEqual(
      callers.map(({ role, headers }) => ({
        status: role === null ? 401 : 200,
        role,
        credential: role === null ? null : headers['cookie'] === undefined ? 'key' : 'cookie',
        agencyId: role === 'agency' ? 'agc_justice' : null,
      })),
    )
  })

  it('every route answers each caller as it declares', async () => {
    const wrong: string[] = []
    for (const operation of operations)
      for (const { name, role, headers } of callers) {
        const { access } = operation
        // Public routes take no notice of a session, and one of them would end it.
        if (access === 'public' && headers['cookie'] !== undefined) continue
        const expected =
          access === 'public'
            ? 'served'
            : role === null
              ? '401'
              : access === 'signed-in' || access.includes(role)
                ? 'served'
                : '403'
        const { status } = await ask(operation, headers)
        const got =
          status === 401 || status === 403
            ? String(status)
            : status < 500 || status === 503
              ? 'served'
              : `failed with ${status}`
        if (got !== expected) wrong.push(`${operation.method} ${operation.path} for ${name}: ${got}, not ${expected}`)
      }
    expect(wrong).toEqual([])
  })

  it('administration is for administrators', () => {
    const open = operations.filter(
      ({ path, access }) => /\/(users|keys)\b/.test(path) && !(Array.isArray(access) && access.join() === 'admin'),
    )
    expect(open).toEqual([])
    const anybody = operations
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`)
    expect(anybody.toSorted()).toEqual([
      'GET /api/v1/auth/callback/oidc',
      'GET /api/v1/auth/get-session',
      'GET /api/v1/sign-in-options',
      'GET /health',
      'GET /metrics',
      'GET /ready',
      'POST /api/v1/auth/sign-in/email',
      'POST /api/v1/auth/sign-in/oidc',
      'POST /api/v1/auth/sign-out',
    ])
  })

  it('a session writes from our own pages only', async () => {
    const admin = callers.find(({ name }) => name === 'user admin')?.headers ?? {}
    const write = (headers: Record<string, string>) =>
      t.app.request('/api/v1/keys', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'x', role: 'operator' }),
      })
    expect((await write({ ...admin, origin: 'https://evil.example' })).status).toBe(403)
    expect((await write({ cookie: admin['cookie'] ?? '' })).status).toBe(403)
    expect((await write(admin)).status).toBe(201)
  })
})

describe('identity over HTTP', () => {
  it('tells the wait after too many wrong passwords, and who asked in the events', async () => {
    await createUser(t.ctx, { email: 'guessed@example.kz', name: 'x', role: 'operator', password: PASSWORD })
    const guess = () =>
      t.app.request('/api/v1/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: ORIGIN, 'x-request-id': 'req_guessing' },
        body: JSON.stringify({ email: 'guessed@example.kz', password: 'wrong' }),
      })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401)
    const refused = await guess()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    const events = z.object({
      items: z.array(z.object({ type: z.string(), requestId: z.string() })),
      nextCursor: z.string().nullable(),
    })
    const { items } = events.parse(
      await (await t.get('/api/v1/events?type=user.sign-in-refused&limit=1', 'supervisor')).json(),
    )
    expect(items).toEqual([expect.objectContaining({ requestId: 'req_guessing' })])
  })

  it('lists users in pages, and records that they were read', async () => {
    const page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
    const first = page.parse(await (await t.get('/api/v1/users?limit=2', 'admin')).json())
    const next = page.parse(
      await (await t.get(`/api/v1/users?limit=2&cursor=${first.nextCursor ?? ''}`, 'admin')).json(),
    )
    expect(new Set([...first.items, ...next.items].map(({ id }) => id)).size).toBe(4)
    expect((await t.get('/api/v1/users?cursor=nonsense', 'admin')).status).toBe(400)
    const read = z
      .object({ items: z.array(z.object({ payload: z.unknown() })) })
      .parse(await (await t.get('/api/v1/events?type=personal-data.read&limit=1', 'admin')).json())
    expect(read.items).toEqual([{ payload: { route: 'GET /users', count: 2 } }])
  })

  it('answers a made key once, also to a repeated request', async () => {
    const make = () =>
      t.post('/api/v1/keys', { name: 'once', role: 'operator' }, 'admin', { 'idempotency-key': 'make-a-key' })
    const first = await make()
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect([first.status, (await make()).status]).toEqual([201, 409])
  })

  it('takes no field of a user that is not its business', async () => {
    const response = await t.post(
      '/api/v1/users',
      { email: 'x@example.kz', name: 'x', role: 'operator', disabledAt: null, id: 'usr_x' },
      'admin',
    )
    expect(response.status).toBe(400)
  })
})

it('no password, key, cookie or e-mail gets into the log', async () => {
  const place = await freshPlace()
  let written = ''
  const log = createLogger(
    'debug',
    new Writable({
      write: (chunk: Buffer, _, done) => {
        written += chunk.toString()
        done()
      },
    }),
  )
  const deps = await compose(place.config, { log, purpose: 'test' })
  try {
    const app = createApp(deps)
    const ctx = deps.contextFor(SYSTEM, newId('req'))
    await createUser(ctx, { email: 'secretive@example.kz', name: 'x', role: 'operator', password: PASSWORD })
    const { key } = await createKey(ctx, { name: 'x', role: 'operator' })
    const signInWith = (password: string) =>
      app.request('/api/v1/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: ORIGIN },
        body: JSON.stringify({ email: 'secretive@example.kz', password }),
      })
    expect((await signInWith('a wrong password')).status).toBe(401)
    const cookie = (await signInWith(PASSWORD)).headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    expect((await app.request('/api/v1/session', { headers: { cookie } })).status).toBe(200)
    expect((await app.request('/api/v1/session', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
    expect((await app.request('/api/v1/session', { headers: { authorization: `Bearer ${key}z` } })).status).toBe(401)
    expect(written).toContain('/api/v1/session')
    for (const secret of ['a wrong password', PASSWORD, key.slice(8), cookie.split('=')[1] ?? '', 'secretive@'])
      expect(written).not.toContain(secret)
  } finally {
    await deps.close()
    await place.remove()
  }
})
