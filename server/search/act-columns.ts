import { sql } from 'drizzle-orm'
import { createRecentMemory } from './analysis/recent-memory.ts'
import type { ActName } from './look-up.ts'

/** Where a passage stands and in which act, as rows have it. */
export interface ActColumns {
  eid: string | null
  act_kind: string | null
  act_number: string | null
  act_registration: string | null
  act_code: string | null
  act_signed_on: string | null
  act_title: string | null
  changed_by: string | null
}

/** Joins `place` to passage `p` and article `a`: its element, its act, and that act's newest title in its language. */
export const placeOfPassage = sql`left join lateral (
  select r.eid, t.kind as act_kind, t.number as act_number, t.registration_number as act_registration, t.code as act_code,
         t.signed_on::text as act_signed_on, concat_ws(' ', e.annex_title, e.title) as act_title, r.changed_by ->> 'number' as changed_by
  from act t
  left join provision r on r.id = p.provision_id
  left join lateral (
    select annex_title, title from edition where act_id = t.id and lang = p.lang order by date desc, imported_at desc, id limit 1
  ) e on true
  where t.id = a.act_id
) place on true`
/** Its columns. */
export const actColumns = sql.raw(
  'place.eid, place.act_kind, place.act_number, place.act_registration, place.act_code, place.act_signed_on, place.act_title, place.changed_by',
)

const MOST_ACTS = 2000
/** One object for all passages of an act. */
const acts = createRecentMemory<ActName>(MOST_ACTS)

/** @returns nothing for a text of editors */
export const actOfRow = (
  row: ActColumns,
): { eid: string | null; act: ActName; changedBy: string | null } | Record<string, never> => {
  if (row.act_number === null) return {}
  const act: ActName = {
    kind: row.act_kind ?? '',
    number: row.act_number,
    registration: row.act_registration,
    code: row.act_code,
    signedOn: row.act_signed_on ?? '',
    title: row.act_title ?? '',
  }
  const key = JSON.stringify(act)
  const known = acts.get(key)
  if (known === undefined) acts.set(key, act)
  return { eid: row.eid, act: known ?? act, changedBy: row.changed_by }
}
