import { sql } from 'drizzle-orm'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { createRecentMemory, type RecentMemory } from '../analysis/recent-memory.ts'
import { withoutDivisions } from '../translation/counterparts.ts'

/** Where a found passage stands: what shaping a result asks of it. */
export interface FoundPlace {
  passageId: string
  articleId: string
  lang: Lang
  label: string
  /** Its article is made from an act. */
  isAct: boolean
  actId: string | null
  eid: string | null
  /** Of a text that cites no act: the provisions that its version was made from. */
  sources: { actId: string; eid: string }[] | null
  /**
   * The same for the texts of one provision in both languages: its act and number, chapters aside; of a text that cites no act, its place among as many
   * of its article.
   */
  twinKey: string
  /** Its place in the version; of a text that cites no act, among how many. */
  ord: number
  among: number | null
}

interface Row extends Omit<FoundPlace, 'twinKey'>, Record<string, unknown> {}

/** A place is some two hundred bytes. */
const MOST_REMEMBERED = 20_000
const memories = new WeakMap<Database, RecentMemory<FoundPlace>>()

/**
 * Places of passages, by id; whether they may be seen is not asked. A passage never changes, so what was read once is remembered: the next
 * keystroke finds mostly the same.
 */
export async function readPlaces(db: Database, passageIds: readonly string[]): Promise<Map<string, FoundPlace>> {
  const memory = memories.get(db) ?? createRecentMemory<FoundPlace>(MOST_REMEMBERED)
  memories.set(db, memory)
  const found = new Map<string, FoundPlace>()
  const unknown: string[] = []
  for (const id of passageIds) {
    const place = memory.get(id)
    if (place === undefined) unknown.push(id)
    else found.set(id, place)
  }
  if (unknown.length === 0) return found
  const rows = await queryRows<Row>(
    db,
    sql`select p.id as "passageId", p.article_id as "articleId", p.lang, p.label,
               a.act_id is not null as "isAct", r.act_id as "actId", r.eid, p.ord,
               case when r.id is null then (select count(*)::int from passage o where o.version_id = p.version_id) end as among,
               case when r.id is null then (select jsonb_agg(jsonb_build_object('actId', q.act_id, 'eid', q.eid))
                 from article_source x join provision q on q.id = x.provision_id where x.version_id = p.version_id) end as sources
        from passage p join article a on a.id = p.article_id left join provision r on r.id = p.provision_id
        where p.id = any(${`{${unknown.join(',')}}`}::text[])`,
  )
  for (const { ord, among, ...row } of rows) {
    const twinKey =
      row.actId === null || row.eid === null
        ? `${row.articleId} ${ord} ${among ?? 0}`
        : `${row.actId} ${withoutDivisions(row.eid)}`
    const place = { ...row, ord, among, twinKey }
    memory.set(row.passageId, place)
    found.set(row.passageId, place)
  }
  return found
}
