import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/database.ts'

/**
 * Opens the configured database. Only the adapter in use is loaded, and nothing else of the server: commands that need the database
 * alone start at once.
 * @param purpose told to a second process that finds the directory locked
 * @throws DomainError `directory-locked`
 */
export async function openDatabase(config: Config, purpose: string, log?: Logger): Promise<OpenDatabase> {
  if (config.database.kind === 'pglite') {
    const { openPglite } = await import('./db/open-pglite.ts')
    return openPglite({ directory: config.database.directory, purpose })
  }
  const { openPostgres } = await import('./db/open-postgres.ts')
  return openPostgres({
    ...config.database,
    onIdleError: (error) => log?.warn({ err: error }, 'an idle database connection was lost'),
  })
}
