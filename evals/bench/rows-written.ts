import { sql } from 'drizzle-orm'
import { queryRows, type Database } from '#server/db/database.ts'

/** A place in the history of a database: what is written after it can be counted. */
export type WritingMark = string

/** Marks the present. Takes a transaction of its own. */
export async function markWriting(db: Database): Promise<WritingMark> {
  const [row] = await queryRows<{ id: string }>(db, sql`select pg_current_xact_id()::text as id`)
  return row?.id ?? '0'
}

/**
 * Rows by table that were inserted or changed since a mark and are there still: PostgreSQL keeps with each row the transaction that
 * wrote it. Tables with none are left out.
 */
export async function rowsWritten(db: Database, since: WritingMark): Promise<Record<string, number>> {
  const tables = await queryRows<{ name: string }>(
    db,
    sql`select tablename as name from pg_tables where schemaname = current_schema() order by tablename`,
  )
  const found: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await queryRows<{ n: number }>(
      db,
      sql`select count(*)::int as n from ${sql.identifier(name)} where xmin::text::bigint > ${since}::bigint`,
    )
    if ((row?.n ?? 0) > 0) found[name] = row?.n ?? 0
  }
  return found
}
