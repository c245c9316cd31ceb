import { sql } from 'drizzle-orm'
import { queryRows, type Database } from './database.ts'

/** As PostgreSQL's own autovacuum: changes of so many rows, and of such a share of the table, make statistics old. */
const ROWS = 50
const SHARE = 0.1

/** Tables that searches and answers join, by names alone: nothing of it comes from outside. */
const TABLES =
  'act, edition, provision, article, article_version, article_source, passage, passage_embedding, sample_question, gap_question'

/**
 * Counts anew what the planner of queries believes of the tables of texts, where their size is another than it believes. The embedded
 * database has no autovacuum: without this it took every table for empty and joined each row with each, half of the time of an answer.
 * @returns whether it did
 */
export async function refreshStatistics(db: Database): Promise<boolean> {
  const [row] = await queryRows<{ believed: number; rows: number }>(
    db,
    sql`select c.reltuples::float8 as believed, (select count(*) from passage)::int as rows
        from pg_class c where c.oid = 'passage'::regclass`,
  )
  if (row === undefined) return false
  const isOld = row.believed < 0 ? row.rows > 0 : Math.abs(row.rows - row.believed) > ROWS + SHARE * row.believed
  if (isOld) await db.execute(sql.raw(`analyze ${TABLES}`))
  return isOld
}
