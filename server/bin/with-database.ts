import type { Config } from '#server/config.ts'
import { SYSTEM, type Context } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { openDatabase } from '#server/open-database.ts'

/**
 * Opens the database alone for one terminal command: keys and users can be seen to even when the content is at fault.
 * @throws DomainError `directory-locked` while a server holds the embedded database
 */
export async function withDatabase<T>(config: Config, purpose: string, body: (ctx: Context) => Promise<T>): Promise<T> {
  const log = createLogger(config.log.level)
  const database = await openDatabase(config, purpose, log)
  try {
    return await body({
      db: database.db,
      actor: SYSTEM,
      requestId: newId('req'),
      now: () => new Date(),
      log,
      contentChanged: () => {},
    })
  } finally {
    await database.close()
  }
}
