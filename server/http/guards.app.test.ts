import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InquiryContext } from '#server/inquiries/inquiry-context.ts'
import { SYSTEM, type Actor, type Context } from '#server/context.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { idempotencyKey } from '#server/db/schema/events.ts'
import { DomainError } from '#server/errors.ts'
import { crossSite } from './cross-site.ts'
import type { HttpEnv } from './env.ts'
import { idempotency } from './idempotency.ts'
import { problemOf } from './problem.ts'
import { rateLimit } from './rate-limit.ts'
import { freshDatabase } from '#test/harness.ts'

const user = (id: string): Actor => ({ kind: 'user', id, name: id, role: 'operator', agencyId: null })
const problems = (app: Hono<HttpEnv>) => app.onError((error, c) => problemOf(error, c))

describe('cross-site', () => {
  const app = (credential: 'cookie' | 'key' | null, publicUrl: string | null = 'https://kb.example') =>
    problems(
      new Hono<HttpEnv>()
        .use((c, next) => {
          c.set('credential', credential)
          return next()
        })
        .use(crossSite({ publicUrl })),
    ).all('*', (c) => c.text('done'))
  const WRITE = '/api/v1/articles'
  const SIGN_IN = '/api/v1/auth/sign-in/email'

  it.each([
    ['cookie', WRITE, { origin: 'https://kb.example' }, 200],
    ['cookie', WRITE, { 'sec-fetch-site': 'same-origin' }, 200],
    ['cookie', WRITE, { 'sec-fetch-site': 'same-origin', origin: 'http://10.0.0.1' }, 200],
    ['cookie', WRITE, {}, 403],
    ['cookie', WRITE, { origin: 'https://evil.example' }, 403],
    ['cookie', WRITE, { origin: 'null' }, 403],
    ['cookie', WRITE, { origin: 'https://kb.example.evil.example' }, 403],
    ['cookie', WRITE, { origin: 'http://kb.example' }, 403],
    ['cookie', WRITE, { 'sec-fetch-site': 'cross-site', origin: 'https://kb.example' }, 403],
    ['cookie', WRITE, { 'sec-fetch-site': 'same-site' }, 403],
    ['cookie', WRITE, { 'sec-fetch-site': 'none' }, 403],
    ['key', WRITE, { origin: 'https://evil.example' }, 200],
    [null, WRITE, { origin: 'https://evil.example' }, 200],
    [null, SIGN_IN, { origin: 'https://evil.example' }, 403],
    [null, SIGN_IN, { 'sec-fetch-site': 'cross-site' }, 403],
    [null, SIGN_IN, { origin: 'https://kb.example' }, 200],
    [null, SIGN_IN, {}, 200],
    [null, SIGN_IN, { cookie: 'bilim.session_token=x' }, 403],
  ] as const)('%s %s %j → %i', async (credential, path, headers, status) => {
    expect((await app(credential).request(`https://kb.example${path}`, { method: 'POST', headers })).status).toBe(
      status,
    )
  })

  it('lets reading be', async () => {
    expect(
      (await app('cookie').request(`https://kb.example${WRITE}`, { headers: { 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(200)
  })

  it('without a public address goes by the one that was asked', async () => {
    const ask = (origin: string) =>
      app('cookie', null).request(`http://127.0.0.1:8414${WRITE}`, { method: 'POST', headers: { origin } })
    expect([(await ask('http://127.0.0.1:8414')).status, (await ask('http://127.0.0.1:9999')).status]).toEqual([
      200, 403,
    ])
  })
})

describe('rate limit', () => {
  const limits = {
    user: { answer: 1, write: 2, read: 3 },
    key: { answer: 1, write: 2, read: 3 },
    nobody: { answer: 1, write: 1, read: 1 },
  }
  const app = (now: () => Date, trustProxy = false) =>
    problems(
      new Hono<HttpEnv>()
        .use((c, next) => {
          const who = c.req.header('who')
          c.set('actor', who === undefined ? null : user(who))
          return next()
        })
        .use(rateLimit({ trustProxy, limits, now })),
    ).all('*', (c) => c.text('done'))

  it('counts each caller and kind of route apart, and says when to come back', async () => {
    let ms = 0
    const it_ = app(() => new Date(ms))
    const ask = (who: string, method = 'GET', path = '/x') => it_.request(path, { method, headers: { who } })
    const first = await ask('a')
    expect(
      Object.fromEntries(
        ['limit', 'remaining', 'policy'].map((name) => [name, first.headers.get(`ratelimit-${name}`)]),
      ),
    ).toEqual({ limit: '3', remaining: '2', policy: '3;w=60' })
    await ask('a')
    await ask('a')
    const refused = await ask('a')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('20')
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(await refused.json()).toMatchObject({ code: 'rate-limited' })
    expect((await ask('b')).status).toBe(200)
    expect((await ask('a', 'POST')).status).toBe(200)
    expect([(await ask('a', 'POST', '/answers')).status, (await ask('a', 'POST', '/answers')).status]).toEqual([
      200, 429,
    ])
    ms += 20_000
    expect((await ask('a')).status).toBe(200)
  })

  it('goes by address for whoever has not signed in, and believes a proxy only when told to', async () => {
    const behind = app(() => new Date(0), true)
    const direct = app(() => new Date(0), false)
    const ask = (via: typeof direct, from: string) => via.request('/x', { headers: { 'x-forwarded-for': from } })
    expect([
      (await ask(behind, '192.0.2.1')).status,
      (await ask(behind, '192.0.2.2')).status,
      (await ask(behind, '9.9.9.9, 192.0.2.1')).status,
    ]).toEqual([200, 200, 429])
    expect([(await ask(direct, '192.0.2.1')).status, (await ask(direct, '192.0.2.2')).status]).toEqual([200, 429])
  })
})

describe('idempotency', () => {
  let database: OpenDatabase
  let clock = Date.parse('2026-11-24T00:00:00Z')
  let done = 0
  let finish: (() => void) | null = null
  const log = pino({ level: 'silent' })
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    done = 0
    clock += 1000
  })

  /** No text in any encoding, and with a byte that the database refuses in one. */
  const FILE = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff, 0xfe])

  const context = (): Context => ({
    db: database.db,
    actor: SYSTEM,
    requestId: 'req_test',
    now: () => new Date(clock),
    log,
    contentChanged: () => {},
  })
  const app = problems(
    new Hono<HttpEnv>()
      .use((c, next) => {
        c.set('requestId', 'req_test')
        c.set('actor', c.req.header('who') === 'nobody' ? null : user(c.req.header('who') ?? 'a'))
        // What the middleware needs of it; the rest belongs to answering.
        c.set('ctx', context() as InquiryContext)
        return next()
      })
      .use(idempotency()),
  )
    .post('/make', async (c) => {
      done += 1
      return c.json({ done, got: await c.req.json() }, 201)
    })
    .post('/other', (c) => c.json({ other: true }))
    .post('/fail', () => {
      done += 1
      throw done === 1 ? new Error('broken') : new DomainError('source-refused', 'no good')
    })
    .post('/slow', async (c) => {
      await new Promise<void>((resolve) => (finish = resolve))
      return c.json({ slow: true })
    })
    .post('/secret', (c) => {
      done += 1
      c.header('cache-control', 'no-store')
      return c.json({ key: 'blm_secret' })
    })
    .post('/file', (c) => {
      done += 1
      return c.body(FILE, 200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' })
    })
    .post('/stream', (c) => {
      done += 1
      return streamSSE(c, (stream) => stream.writeSSE({ data: 'x' }))
    })
  const post = (path: string, key: string | null, body: unknown = { a: 1 }, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }), ...headers },
      body: JSON.stringify(body),
    })

  it('answers a repeated request from the record', async () => {
    const first = await post('/make', 'k1')
    const second = await post('/make', 'k1')
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect([second.status, second.headers.get('content-type'), await second.text()]).toEqual([
      201,
      first.headers.get('content-type'),
      await first.text(),
    ])
    expect(done).toBe(1)
  })

  it('refuses the same key with another body, and a key that is none', async () => {
    await post('/make', 'k2')
    const other = await post('/make', 'k2', { a: 2 })
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([422, 'idempotency-mismatch'])
    expect((await post('/make?x=1', 'k2')).status).toBe(422)
    expect((await post('/make', 'a b')).status).toBe(400)
    expect((await post('/make', 'x'.repeat(201))).status).toBe(400)
  })

  it('keeps callers and paths apart, and does without', async () => {
    await post('/make', 'k3')
    expect((await post('/make', 'k3', { a: 1 }, { who: 'b' })).headers.get('idempotency-replayed')).toBeNull()
    expect(await (await post('/other', 'k3')).json()).toEqual({ other: true })
    await post('/make', null)
    await post('/make', null)
    await post('/make', 'k3', { a: 1 }, { who: 'nobody' })
    expect(done).toBe(5)
  })

  it('answers 409 while the first is being done, and lets go of one that died', async () => {
    const first = post('/slow', 'k4')
    while (finish === null) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await post('/slow', 'k4')).status).toBe(409)
    finish()
    expect((await first).status).toBe(200)
    expect((await post('/slow', 'k4')).headers.get('idempotency-replayed')).toBe('true')
    await database.db.update(idempotencyKey).set({ status: null }).where(eq(idempotencyKey.key, 'a POST /slow k4'))
    clock += 6 * 60_000
    finish = null
    const again = post('/slow', 'k4')
    while (finish === null) await new Promise((resolve) => setTimeout(resolve, 5))
    ;(finish as () => void)()
    expect((await again).headers.get('idempotency-replayed')).toBeNull()
  })

  it('keeps refusals of the request, not failures of the server', async () => {
    expect((await post('/fail', 'k5')).status).toBe(500)
    expect((await post('/fail', 'k5')).status).toBe(422)
    const third = await post('/fail', 'k5')
    expect([third.status, third.headers.get('idempotency-replayed')]).toEqual([422, 'true'])
    expect(done).toBe(2)
  })

  it('never keeps a secret', async () => {
    expect((await post('/secret', 'k6')).status).toBe(200)
    expect((await post('/secret', 'k6')).status).toBe(409)
    expect(done).toBe(1)
    expect(JSON.stringify(await database.db.select().from(idempotencyKey))).not.toContain('blm_secret')
  })

  it('a file asked for twice comes whole both times', async () => {
    for (let i = 0; i < 2; i++) {
      const response = await post('/file', 'k8')
      expect([response.status, response.headers.get('content-disposition')]).toEqual([200, 'attachment'])
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(FILE)
    }
    expect(done).toBe(2)
    expect(await database.db.select().from(idempotencyKey).where(eq(idempotencyKey.key, 'a POST /file k8'))).toEqual([])
  })

  it('leaves streams alone', async () => {
    for (let i = 0; i < 2; i++) await (await post('/stream', 'k7', {}, { accept: 'text/event-stream' })).text()
    await (await post('/stream', 'k7')).text()
    await (await post('/stream', 'k7')).text()
    expect(done).toBe(4)
  })

  it('forgets after a day', async () => {
    await post('/make', 'k8')
    clock += 25 * 3_600_000
    expect((await post('/make', 'k8')).headers.get('idempotency-replayed')).toBeNull()
    expect(await database.db.select().from(idempotencyKey)).toHaveLength(1)
  })
})
