import type { Logger } from 'pino'
import { inject } from 'vitest'
import { createApp } from '#server/app.ts'
import { compose, type Deps } from '#server/compose.ts'
import type { Config } from '#server/config.ts'
import { SYSTEM, type Role } from '#server/context.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { openDatabase } from '#server/open-database.ts'
import { startServer } from '#server/start.ts'
import { BEFORE, configOf, CONTENT, makePlace, removePlace, type Made } from './templates.ts'

export { CONTENT }

export interface Place {
  config: Config
  remove: () => Promise<void>
}

/** What tells a process of its own where a place is. */
export const commandEnvironment = ({ dataDir, contentDir, database }: Config): Record<string, string> => ({
  DATA_DIR: dataDir,
  CONTENT_DIR: contentDir,
  ...(database.kind === 'postgres' ? { DATABASE_URL: database.url } : {}),
})

async function placeFrom(template: Made | null, env: Record<string, string>): Promise<Place> {
  const place = await makePlace(template)
  return { config: configOf(place, env), remove: () => removePlace(place) }
}

/**
 * A data directory and a database of a test's own: PGlite, or with DATABASE_URL in the environment one on that PostgreSQL server.
 * @param options.cold nothing is there yet; otherwise the database has been migrated and is empty
 */
export const freshPlace = (env: Record<string, string> = {}, options: { cold?: boolean } = {}): Promise<Place> =>
  placeFrom(options.cold === true ? null : inject('templates').empty, env)

/** Settings by which a start makes something else of the starter content, or of another content. */
const OTHERWISE_MADE = /^(?:CONTENT_DIR$|EMBEDDINGS_|ONNX_|MEILI_)/u

/** Where a server ran and was stopped, if the same would come of starting there for the first time; otherwise an empty place. */
async function settledPlace(
  env: Record<string, string>,
  now: (() => Date) | undefined,
): Promise<Place & { isMade: boolean }> {
  const isMade = !Object.keys(env).some((name) => OTHERWISE_MADE.test(name)) && (now === undefined || now() >= BEFORE)
  const { empty, content, contentBefore } = inject('templates')
  const place = await placeFrom(isMade ? (now === undefined ? content : contentBefore) : empty, env)
  return { ...place, isMade }
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

/** The whole app on a database of its own, with the starter content (and demo sign-ins) unless told otherwise. */
export async function testApp(
  options: { content?: boolean; env?: Record<string, string>; now?: () => Date; log?: Logger } = {},
): Promise<TestApp> {
  const { env = {}, now } = options
  const place = options.content === false ? { ...(await freshPlace(env)), isMade: true } : await settledPlace(env, now)
  const deps = await compose(place.config, {
    log: options.log ?? createLogger('silent'),
    purpose: 'test',
    ...(now === undefined ? {} : { now }),
  })
  const ctx = deps.contextFor(SYSTEM, newId('req'))
  if (options.content !== false) {
    if (!place.isMade) await ingestContent(ctx, CONTENT)
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
  const place = await settledPlace(env, options.now)
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
