import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema/index.ts'

/** The embedded and the production database behind one type; a transaction is one too. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** An open database with the means to close it. */
export interface OpenDatabase {
  db: Database
  /** What is in use, for the log and `/health`. */
  describe: { kind: 'pglite' | 'postgres'; version: string; vector: string }
  close: () => Promise<void>
}

/** An array as one parameter (`any($1::text[])`), however long: the statement stays the same, and so does its plan. Of ids, which hold no comma. */
export const arrayLiteral = (values: Iterable<string | number>): string => `{${[...values].join(',')}}`

/** Runs SQL that the query builder cannot say, and returns its rows. */
export async function queryRows<Row extends Record<string, unknown>>(db: Database, query: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(query)
  return (result as { rows: Row[] }).rows
}
