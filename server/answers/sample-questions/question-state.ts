import { sql, type SQL } from 'drizzle-orm'

/** Of a wording `h`. */
export const inForceOn = (day: string): SQL =>
  sql`h.status = 'in-force' and h.valid_from <= ${day} and (h.valid_to is null or h.valid_to > ${day})`

/** Of a question `q`: an editor tied it to a wording. What a file alone says follows the number. */
const isTied = sql`(q.provision_id is not null or (q.file is null and q.added_by is not null))`

/** Of a tied question `q`: its provision reads on a day as it did, and nothing below it began or ended since. */
const readsAsItDid = (day: string): SQL => sql`(
  exists (
    select 1 from provision w join provision h on h.act_id = w.act_id and h.lang = w.lang and h.eid = w.eid and h.content_hash = w.content_hash
    where w.id = q.provision_id and w.act_id = q.act_id and w.lang = q.lang and w.eid = q.eid and ${inForceOn(day)}
  ) and not exists (
    select 1 from provision c cross join (select (q.added_at at time zone 'Asia/Almaty')::date as day) tied
    where c.act_id = q.act_id and c.lang = q.lang and starts_with(c.eid, q.eid || '__') and c.valid_to is distinct from c.valid_from
      and ((c.valid_from > tied.day and c.valid_from <= ${day}) or (c.valid_to > tied.day and c.valid_to <= ${day}))
  ))`

/**
 * What has become of the provision of a question `q` by a day: `in-force`; `changed`, where an editor tied the question to a text that
 * reads otherwise now; `gone`, where nothing is in force under its element id. Rows that were derived anew (in force on no day) say nothing.
 */
export const questionState = (day: string): SQL => sql`case
  when not exists (select 1 from provision h where h.act_id = q.act_id and h.lang = q.lang and h.eid = q.eid and ${inForceOn(day)}) then 'gone'
  when ${isTied} and not ${readsAsItDid(day)} then 'changed' else 'in-force' end`

/** Of a question `q`: answers may use it on a day. One that an editor tied is silent unless its text reads as he saw it. */
export const speaks = (day: string): SQL => sql`(not ${isTied} or ${questionState(day)} = 'in-force')`

/** Of a question `g` about a known gap: the last day on which somebody saw that its act is silent. */
export const lastLook = sql`greatest(g.checked_on, g.confirmed_on)`

/** Of a row that names an act and a language: the first day after a look, up to a day, on which something of the act began; null: none. */
export const firstChangeAfter = (row: SQL, look: SQL, day: string): SQL => sql`(
  select min(n.valid_from) from provision n where n.act_id = ${row}.act_id and n.lang = ${row}.lang and n.valid_from > ${look} and n.valid_from <= ${day}
    and n.valid_to is distinct from n.valid_from)`

/** Of a question `g` about a known gap: nothing of its act began after the day on which somebody saw that the act is silent. */
export const isStillGap = (day: string): SQL => sql`${firstChangeAfter(sql`g`, lastLook, day)} is null`
