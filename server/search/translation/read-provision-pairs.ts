import { sql } from 'drizzle-orm'
import { queryRows, type Database } from '#server/db/database.ts'
import type { ProvisionPair } from './learn-lexicon.ts'

/** Pairs read at most: a lexicon of the field is learned from far fewer. */
const MOST_PAIRS = 10_000

interface Row extends Record<string, unknown> {
  ru: string
  kk: string
}

/**
 * Provisions that stand in both languages under the same id, headings with them, in their latest wording.
 * @param options.without acts that are left out, by id: an evaluation never learns from the act that it asks about
 */
export async function readProvisionPairs(
  db: Database,
  options: { without?: readonly string[] } = {},
): Promise<ProvisionPair[]> {
  const without = `{${(options.without ?? []).join(',')}}`
  const text = (alias: string) => sql.raw(`concat_ws(E'\\n', ${alias}.heading, nullif(${alias}.text, ''))`)
  return queryRows<Row>(
    db,
    sql`with latest as (
          select distinct on (act_id, lang, eid) act_id, lang, eid, heading, text from provision
          where status = 'in-force' and not (act_id = any(${without}::text[]))
          order by act_id, lang, eid, valid_from desc, id)
        select ${text('r')} as ru, ${text('k')} as kk
        from latest r join latest k on k.act_id = r.act_id and k.eid = r.eid and k.lang = 'kk'
        where r.lang = 'ru' and ${text('r')} <> '' and ${text('k')} <> ''
        order by r.act_id desc, r.eid
        limit ${MOST_PAIRS}`,
  )
}

/** Changes whenever the texts that pairs are made of may have changed. */
export async function provisionPairsKey(db: Database): Promise<string> {
  const [row] = await queryRows<{ key: string | null }>(
    db,
    sql`select md5(string_agg(id, ',' order by id)) as key from edition`,
  )
  return row?.key ?? ''
}
