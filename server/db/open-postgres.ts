import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { OpenDatabase } from './database.ts'
import { describeDatabase } from './describe-database.ts'
import { MIGRATIONS } from './open-pglite.ts'
import { VECTOR_SETTINGS } from './vector-settings.ts'
import * as schema from './schema/index.ts'

/** Key of the advisory lock under which one instance at a time migrates. */
const MIGRATION_LOCK = 141_400_001

/**
 * Opens PostgreSQL with pgvector through a pool, migrated to the newest schema.
 * @param onIdleError a connection lost while idle: the pool replaces it, the caller logs it
 * @throws when the server cannot be reached or pgvector is not installed there
 */
export async function openPostgres(options: {
  url: string
  poolSize: number
  onIdleError: (error: Error) => void
}): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: 'bilim',
    connectionTimeoutMillis: 10_000,
    // Awaited before a new connection is used. Before the first migration there is no pgvector yet: PostgreSQL accepts settings
    // of an extension that is not loaded.
    onConnect: async (client) => {
      await client.query(VECTOR_SETTINGS.join('; '))
    },
  })
  pool.on('error', options.onIdleError)
  try {
    const client = await pool.connect()
    try {
      const single = drizzle({ client, schema })
      await single.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`)
      await migrate(single, { migrationsFolder: MIGRATIONS })
      await single.execute(sql`select pg_advisory_unlock(${MIGRATION_LOCK})`)
    } finally {
      client.release()
    }
    const db = drizzle({ client: pool, schema })
    return { db, describe: await describeDatabase(db, 'postgres'), close: () => pool.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}
