import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Logger } from 'pino'
import { inject } from 'vitest'
import { createApp } from '#server/app.ts'
import { compose, openDatabase, type Deps } from '#server/compose.ts'
import { readConfig, type Config } from '#server/config.ts'
import { SYSTEM, type Role } from '#server/context.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'

export const CONTENT = fileURLToPath(new URL('../content', import.meta.url))

export interface Place {
  config: Config
  remove: () => Promise<void>
}

/**
 * A data directory and a database of a test's own. With DATABASE_URL in the environment it is a fresh database on that
 * PostgreSQL server (the user must be allowed to create databases), else PGlite.
 * @param options.cold nothing is there yet; otherwise an embedded database has been made and migrated
 */
export async function freshPlace(env: Record<string, string> = {}, options: { cold?: boolean } = {}): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-test-'))
  const server = process.env['DATABASE_URL']
  const base = { DATA_DIR: directory, CONTENT_DIR: CONTENT, LOG_LEVEL: 'silent', PORT: '0', DEMO: 'true', ...env }
  const removeDirectory = () => rm(directory, { recursive: true, force: true })
  if (server === undefined || server === '') {
    if (options.cold !== true) await cp(inject('template'), directory, { recursive: true })
    return { config: readConfig(base), remove: removeDirectory }
  }

  const name = `bilim_test_${newId('req').slice(4)}`
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await admin(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    config: readConfig({ ...base, DATABASE_URL: url.href, DATABASE_POOL: '4' }),
    remove: async () => {
      await removeDirectory()
      await admin(`drop database ${name} with (force)`)
    },
  }
}

/** A migrated, empty database of a test's own; closing it removes it. */
export async function freshDatabase(): Promise<OpenDatabase> {
  const place = await freshPlace()
  const database = await openDatabase(place.config, 'test')
  return {
    ...database,
    close: async () => {
      await database.close()
      await place.remove()
    },
  }
}

export interface TestApp {
  deps: Deps
  app: ReturnType<typeof createApp>
  ctx: ReturnType<Deps['contextFor']>
  /** Headers of a caller with this role, by an API key. */
  as: (role: Role) => Promise<Record<string, string>>
  get: (path: string, role?: Role) => Promise<Response>
  post: (path: string, body: unknown, role?: Role, headers?: Record<string, string>) => Promise<Response>
  close: () => Promise<void>
}

/** The whole app on a database of its own, with the starter content unless told otherwise. */
export async function testApp(
  options: { content?: boolean; env?: Record<string, string>; now?: () => Date; log?: Logger } = {},
): Promise<TestApp> {
  const place = await freshPlace(options.env)
  const deps = await compose(place.config, {
    log: options.log ?? createLogger('silent'),
    purpose: 'test',
    ...(options.now === undefined ? {} : { now: options.now }),
  })
  const ctx = deps.contextFor(SYSTEM, newId('req'))
  if (options.content !== false) {
    await ingestContent(ctx, CONTENT)
    await deps.reconciler.settle()
  }
  const app = createApp(deps)
  const keys = new Map<Role, string>()
  const as = async (role: Role): Promise<Record<string, string>> => {
    const held =
      keys.get(role) ??
      (await createKey(ctx, { name: `test ${role}`, role, agencyId: role === 'agency' ? 'agc_justice' : null })).key
    keys.set(role, held)
    return { authorization: `Bearer ${held}` }
  }
  return {
    deps,
    app,
    ctx,
    as,
    get: async (path, role = 'operator') => app.request(path, { headers: await as(role) }),
    post: async (path, body, role = 'operator', headers = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await as(role)), ...headers },
        body: JSON.stringify(body),
      }),
    close: async () => {
      await deps.close()
      await place.remove()
    },
  }
}

export interface TestServer {
  url: string
  signIns: { role: string; email: string; password: string }[]
  close: () => Promise<void>
}

/** A real server on a port of its own, with starter content and demo sign-ins. */
export async function startTestServer(
  env: Record<string, string> = {},
  options: { now?: () => Date } = {},
): Promise<TestServer> {
  const place = await freshPlace(env)
  const server = await startServer(place.config, { log: createLogger('silent'), ...options })
  return {
    url: server.url,
    signIns: server.demo,
    close: async () => {
      await server.stop()
      await place.remove()
    },
  }
}
