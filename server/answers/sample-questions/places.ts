import { sql, type SQL } from 'drizzle-orm'
import { goesOnAs } from '#server/articles/visible-passages.ts'
import { queryRows, type Database } from '#server/db/database.ts'

const inForce = (table: 'h' | 'n', day: string): SQL => {
  const name = sql.raw(table)
  return sql`${name}.status = 'in-force' and ${name}.valid_from <= ${day} and (${name}.valid_to is null or ${name}.valid_to > ${day})`
}

/**
 * Questions that editors alone said of words that stand under another number on a day: the question goes with the words. What a file says is
 * the file's to change.
 * @returns SQL of rows `id`, `eid`, `label`, `provision_id`
 */
export const movedQuestions = (day: string): SQL => sql`
  select q.id, m.eid, m.label, m.id as provision_id
  from sample_question q join provision w on w.id = q.provision_id
  join lateral (
    select n.id, n.eid, n.label from provision n
    where ${goesOnAs} and ${inForce('n', day)}
    order by n.ord limit 1
  ) m on true
  where q.file is null and not exists (
    select 1 from provision h
    where h.act_id = w.act_id and h.lang = w.lang and h.eid = w.eid and h.content_hash = w.content_hash and ${inForce('h', day)}
  )`

/** By id of the question: the place to which its words have gone. */
export async function movedPlaces(db: Database, day: string): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; eid: string }>(db, movedQuestions(day))
  return new Map(rows.map(({ id, eid }) => [id, eid]))
}

/**
 * Of a question `q` whose words an editor saw as `w`: the wording `h` that is in force in its place on a day, the same words before others, the
 * later before the earlier.
 */
export const wordingInPlace = (day: string): SQL => sql`
  select h.id, h.label, h.content_hash from provision h
  where h.act_id = q.act_id and h.lang = q.lang and h.eid = q.eid and ${inForce('h', day)}
  order by coalesce(h.content_hash = w.content_hash, false) desc, h.valid_from desc limit 1`
