import { sql } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { namesOf } from '#server/events/names-of.ts'
import { decodeCursor, encodeCursor } from '#server/http/paging.ts'
import { movedQuestions, wordingInPlace } from './places.ts'
import type { ListQuestions, SampleQuestionView } from './schema.ts'

interface Row extends Record<string, unknown> {
  id: string
  act_id: string
  lang: Lang
  place: string
  text: string
  file: string | null
  added_by: string | null
  added_at: Date | string | null
  state: SampleQuestionView['state']
  label: string | null
  act_title: string | null
}

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`

/** Of a row `q` with its place. */
const stateSql = sql`case when q.moved_eid is not null then 'moved' when h.id is null then 'gone'
  when q.file is null and w.content_hash <> h.content_hash then 'changed' else 'in-force' end`

/**
 * Sample questions with what has become of their provisions, editors' newest first, then those of the files by act and provision.
 * @returns a page, and how many there are in all
 */
export async function listSampleQuestions(
  ctx: Context,
  input: ListQuestions,
): Promise<{ items: SampleQuestionView[]; nextCursor: string | null; total: number }> {
  const { actId, lang, eid, q, origin, needsLook, limit, cursor } = input
  const [from = 0] = cursor === undefined ? [] : decodeCursor(cursor, ['count'])
  const day = today(ctx)
  const chosen = sql`sample_question q left join (${movedQuestions(day)}) m on m.id = q.id
    where true
      ${actId === undefined ? sql`` : sql`and q.act_id = ${actId}`}
      ${lang === undefined ? sql`` : sql`and q.lang = ${lang}`}
      ${eid === undefined ? sql`` : sql`and coalesce(m.eid, q.eid) = ${eid}`}
      ${q === undefined || q === '' ? sql`` : sql`and q.text ilike ${pattern(q)}`}
      ${origin === undefined ? sql`` : origin === 'editor' ? sql`and q.file is null and q.added_by is not null` : sql`and (q.file is not null or q.added_by is null)`}`
  const order = sql`q.added_at desc nulls last, q.act_id, q.lang, q.eid, q.text, q.id`
  const page = sql`order by ${order} limit ${limit} offset ${from}`
  const withPlace = sql`left join provision w on w.id = q.provision_id left join lateral (${wordingInPlace(day)}) h on true`
  const inner = sql`select q.*, m.eid as moved_eid, m.label as moved_label from ${chosen}`
  // What has become of a provision is looked up for the page alone, unless it decides what stands on it.
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select q.id, q.act_id, q.lang, coalesce(q.moved_eid, q.eid) as place, q.text, q.file, q.added_by, q.added_at,
          ${stateSql} as state,
          coalesce(q.moved_label, h.label, (select o.label from provision o where o.act_id = q.act_id and o.lang = q.lang and o.eid = q.eid order by o.valid_from desc limit 1)) as label,
          (select e.title from edition e where e.act_id = q.act_id and e.lang = q.lang order by e.date desc, e.imported_at desc limit 1) as act_title
        from (${inner} ${needsLook === true ? sql`` : page}) q ${withPlace}
        where ${needsLook === true ? sql`${stateSql} <> 'in-force'` : sql`true`}
        ${needsLook === true ? page : sql`order by ${order}`}`,
  )
  const [counted] = await queryRows<{ total: number }>(
    ctx.db,
    needsLook === true
      ? sql`select count(*)::int as total from (${inner}) q ${withPlace} where ${stateSql} <> 'in-force'`
      : sql`select count(*)::int as total from ${chosen}`,
  )
  const total = counted?.total ?? 0
  const nameOf = await namesOf(
    ctx,
    rows.map((row) => row.added_by),
  )
  const to = Number(from) + rows.length
  return {
    items: rows.map((row) => ({
      id: row.id,
      actId: row.act_id,
      actTitle: row.act_title ?? '',
      lang: row.lang,
      eid: row.place,
      label: row.label ?? row.place,
      text: row.text,
      origin: row.file === null && row.added_by !== null ? 'editor' : 'file',
      file: row.file,
      added:
        row.added_by === null || row.added_at === null
          ? null
          : { by: nameOf(row.added_by), at: new Date(row.added_at).toISOString() },
      state: row.state,
    })),
    nextCursor: to < total && rows.length > 0 ? encodeCursor([to]) : null,
    total,
  }
}

/** How many questions each provision of an act has in a language, those without any left out. */
export async function countSampleQuestions(
  ctx: Context,
  { actId, lang }: { actId: string; lang: Lang },
): Promise<{ eid: string; count: number }[]> {
  return queryRows<{ eid: string; count: number }>(
    ctx.db,
    sql`select coalesce(m.eid, q.eid) as eid, count(*)::int as count
        from sample_question q left join (${movedQuestions(today(ctx))}) m on m.id = q.id
        where q.act_id = ${actId} and q.lang = ${lang}
        group by 1 order by 1`,
  )
}
