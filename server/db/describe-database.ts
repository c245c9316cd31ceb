import { sql } from 'drizzle-orm'
import { queryRows, type Database, type OpenDatabase } from './database.ts'

export async function describeDatabase(db: Database, kind: 'pglite' | 'postgres'): Promise<OpenDatabase['describe']> {
  const [row] = await queryRows<{ version: string; vector: string | null }>(
    db,
    sql`select current_setting('server_version') as version, (select extversion from pg_extension where extname = 'vector') as vector`,
  )
  return { kind, version: row?.version ?? 'unknown', vector: row?.vector ?? 'absent' }
}
