import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError } from '#server/config.ts'
import { PERSON_ROLES, SYSTEM, type Context } from '#server/context.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { agency } from '#server/db/schema/agencies.ts'
import { createIdentity } from './create-identity.ts'
import { ensureDemoUsers } from './ensure-demo-users.ts'
import { loadAuthSecret } from './load-auth-secret.ts'
import { eq } from 'drizzle-orm'
import { user } from '#server/db/schema/identity.ts'
import { resetPassword } from './reset-password.ts'
import { freshDatabase } from '#test/harness.ts'

let dataDir: string
let database: OpenDatabase
let ctx: Context
const log = pino({ level: 'silent' })
const auth = { secret: null, oidc: null }

beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'bilim-identity-')), 'data')
  database = await freshDatabase()
  ctx = { db: database.db, actor: SYSTEM, requestId: 'req_test', now: () => new Date(), log, contentChanged: () => {} }
  const name = { ru: 'Ю', kk: 'Ю', en: 'J' }
  await database.db
    .insert(agency)
    .values({ id: 'agc_justice', name, kind: 'central', subjects: { ru: [], kk: [] }, contacts: [], source: 'test' })
})
afterAll(async () => {
  await database.close()
  await rm(join(dataDir, '..'), { recursive: true, force: true })
})
const modeOf = async (file: string) => ((await stat(join(dataDir, file))).mode & 0o777).toString(8)

it('the secret is made once, by whoever comes first, for its owner alone', async () => {
  const secrets = await Promise.all([1, 2, 3].map(() => loadAuthSecret({ dataDir, auth })))
  expect(new Set(secrets).size).toBe(1)
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(64)
  expect(await modeOf('auth-secret')).toBe('600')
  expect(await loadAuthSecret({ dataDir, auth: { secret: 'configured', oidc: null } })).toBe('configured')
})

it('a damaged secret stops the start', async () => {
  const other = await mkdtemp(join(tmpdir(), 'bilim-identity-'))
  await writeFile(join(other, 'auth-secret'), 'short')
  await expect(loadAuthSecret({ dataDir: other, auth })).rejects.toBeInstanceOf(ConfigError)
  await rm(other, { recursive: true })
})

it('demo users: one a role, the same passwords at every start, none without demo', async () => {
  expect(await ensureDemoUsers(ctx, { demo: false, dataDir })).toEqual([])
  const first = await ensureDemoUsers(ctx, { demo: true, dataDir })
  expect(first.map((one) => one.role)).toEqual([...PERSON_ROLES])
  expect(new Set(first.map((one) => one.password)).size).toBe(PERSON_ROLES.length)
  expect(await modeOf('demo-sign-ins.json')).toBe('600')
  expect(await ensureDemoUsers(ctx, { demo: true, dataDir })).toEqual(first)

  const identity = createIdentity({
    db: database.db,
    secret: await loadAuthSecret({ dataDir, auth }),
    publicUrl: null,
    oidc: null,
    trustProxy: false,
    now: ctx.now,
    log,
  })
  const signIn = (email: string, password: string) =>
    identity.handle(
      new Request('http://127.0.0.1:8414/api/v1/auth/sign-in/email', {
        method: 'POST',
        headers: { origin: 'http://127.0.0.1:8414', 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      }),
    )
  for (const { email, password, role } of first)
    expect(await (await signIn(email, password)).json()).toMatchObject({
      user: { role, agencyId: role === 'agency' ? 'agc_justice' : null },
    })
  // Without an https address the cookie must come over http.
  expect((await signIn(first[0]?.email ?? '', first[0]?.password ?? '')).headers.getSetCookie().join()).toMatch(
    /^bilim\.session_token=.*HttpOnly; SameSite=Lax$/,
  )

  await rm(join(dataDir, 'demo-sign-ins.json'))
  const again = await ensureDemoUsers(ctx, { demo: true, dataDir })
  expect(again[0]?.password).not.toBe(first[0]?.password)
  expect((await signIn(again[0]?.email ?? '', again[0]?.password ?? '')).status).toBe(200)
  expect(JSON.parse(await readFile(join(dataDir, 'demo-sign-ins.json'), 'utf8'))).toEqual(
    again.map(({ role, email, password }) => ({ role, email, password })),
  )

  // A password that was changed here is not printed as if it opened anything.
  const [operator] = await ctx.db
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, again[0]?.email ?? ''))
  await resetPassword(ctx, { id: operator?.id ?? '' })
  const later = await ensureDemoUsers(ctx, { demo: true, dataDir })
  expect(later.map(({ changed }) => changed)).toEqual([true, false, false, false, false, false])
})
