import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { OpenDatabase } from './database.ts'
import { describeDatabase } from './describe-database.ts'
import { lockDirectory } from './directory-lock.ts'
import { PreparingPglite } from './preparing-pglite.ts'
import { VECTOR_SETTINGS } from './vector-settings.ts'
import * as schema from './schema/index.ts'

export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** The embedded database has one connection ever: room for a hundred costs every start a tenth of a second. */
const START_PARAMS = [...PGlite.defaultStartParams, '-c', 'max_connections=5']

export interface PgliteOptions {
  /** The data directory; the database lives in `database` below it. Null: in memory. */
  directory: string | null
  /** For the message to a second process. */
  purpose: string
  /** A dump to start from (`dumpDataDir`), so that tests need not migrate. */
  load?: Blob
}

/**
 * Opens the embedded database, locked for this process, migrated to the newest schema.
 * @throws DomainError `directory-locked`
 */
export async function openPglite(options: PgliteOptions): Promise<OpenDatabase & { client: PGlite }> {
  const lock = options.directory === null ? null : lockDirectory(options.directory, options.purpose)
  try {
    const client = new PreparingPglite({
      ...(options.directory === null ? {} : { dataDir: join(options.directory, 'database') }),
      ...(options.load === undefined ? {} : { loadDataDir: options.load }),
      extensions: { vector },
      startParams: START_PARAMS,
    })
    await client.waitReady
    const db = drizzle({ client, schema })
    await migrate(db, { migrationsFolder: MIGRATIONS })
    await client.exec(VECTOR_SETTINGS.join('; '))
    return {
      db,
      client,
      describe: await describeDatabase(db, 'pglite'),
      close: async () => {
        await client.close()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}
