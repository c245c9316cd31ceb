import { cpSync, existsSync, statfsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { compose } from '#server/compose.ts'
import { readConfig, type Config } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { ensureDemoUsers } from '#server/identity/ensure-demo-users.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { openDatabase } from '#server/open-database.ts'

export const CONTENT = fileURLToPath(new URL('../content', import.meta.url))

/** A data directory, and on a PostgreSQL server a database of this name beside it (null: PGlite, in the directory). */
export interface Made {
  directory: string
  database: string | null
}

/**
 * What places of tests are copied from. `empty` is migrated; the others also hold the starter content with its indexes and the demo
 * sign-ins, as a server leaves them that was stopped: `content` ingested now, `contentBefore` at `BEFORE`, for tests with a clock.
 */
export interface Templates {
  empty: Made
  content: Made
  contentBefore: Made
}

/** When the starter content came for tests that set their clock: before all of their days. */
export const BEFORE = new Date('2026-11-24T00:00:00Z')

const serverUrl = (): string => process.env['DATABASE_URL'] ?? ''

/** Memory as a file system; places of two processes take some hundred MB of it. */
const IN_MEMORY = '/dev/shm'
const ROOM_BYTES = 2 * 2 ** 30

/** Where directories of tests are made: in memory where there is room, for they are forty megabytes in a thousand files each. */
function directoryOfPlaces(): string {
  if (!existsSync(IN_MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(IN_MEMORY)
  return bavail * bsize > ROOM_BYTES ? IN_MEMORY : tmpdir()
}

/** A new directory of one's own, for a database above all. */
export const makeDirectory = (prefix: string): Promise<string> => mkdtemp(join(directoryOfPlaces(), prefix))

/** The configuration of a place of tests. */
export function configOf({ directory, database }: Made, env: Record<string, string> = {}): Config {
  const base = { DATA_DIR: directory, CONTENT_DIR: CONTENT, LOG_LEVEL: 'silent', PORT: '0', DEMO: 'true', ...env }
  if (database === null) return readConfig(base)
  const url = new URL(serverUrl())
  url.pathname = `/${database}`
  return readConfig({ ...base, DATABASE_URL: url.href, DATABASE_POOL: '4' })
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * A place of one's own: with DATABASE_URL in the environment its database is on that PostgreSQL server (the user must be allowed to create
 * databases), else it is PGlite.
 * @param from what it is a copy of; null: nothing is there yet
 */
export async function makePlace(from: Made | null): Promise<Made> {
  const directory = await makeDirectory('bilim-test-')
  // At once: a promise for each of so many small files costs five times as much.
  if (from !== null) cpSync(from.directory, directory, { recursive: true })
  if (serverUrl() === '') return { directory, database: null }
  const database = `bilim_test_${newId('req').slice(4)}`
  await onServer(`create database ${database}${from?.database == null ? '' : ` template ${from.database}`}`)
  return { directory, database }
}

export async function removePlace({ directory, database }: Made): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  if (database !== null) await onServer(`drop database ${database} with (force)`)
}

async function withContent(from: Made, now: () => Date): Promise<Made> {
  const place = await makePlace(from)
  const config = configOf(place)
  const deps = await compose(config, { log: createLogger('silent'), purpose: 'test template', now })
  try {
    const ctx = deps.contextFor(SYSTEM, newId('req'))
    await ingestContent(ctx, CONTENT)
    await ensureDemoUsers(ctx, config)
    await deps.reconciler.settle()
  } finally {
    await deps.close()
  }
  return place
}

/** A cold start takes seconds of processor and a copy does not, so each is made once for all test files. */
export async function makeTemplates(): Promise<Templates> {
  const empty = await makePlace(null)
  await (await openDatabase(configOf(empty), 'test template')).close()
  return {
    empty,
    content: await withContent(empty, () => new Date()),
    contentBefore: await withContent(empty, () => BEFORE),
  }
}
