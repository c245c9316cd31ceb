import { sql } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { namesOf } from '#server/events/names-of.ts'
import { decodeCursor, encodeCursor } from '#server/http/paging.ts'
import { containing } from './editors-question.ts'
import { inForceOn, questionState, speaks } from './question-state.ts'
import type { ListQuestions, SampleQuestionView } from './schema.ts'

interface Row extends Record<string, unknown> {
  id: string
  act_id: string
  lang: Lang
  eid: string
  text: string
  file: string | null
  added_by: string | null
  added_at: Date | string | null
  state: SampleQuestionView['state']
  label: string | null
  provision_id: string | null
  words: string | null
  act_title: string | null
}

/** Letters of the wording that an editor reads before he confirms; the rest is in the act. */
const SHOWN = 1500

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
  const chosen = sql`sample_question q
    where true
      ${actId === undefined ? sql`` : sql`and q.act_id = ${actId}`}
      ${lang === undefined ? sql`` : sql`and q.lang = ${lang}`}
      ${eid === undefined ? sql`` : sql`and q.eid = ${eid}`}
      ${q === undefined || q === '' ? sql`` : sql`and q.text ilike ${containing(q)}`}
      ${origin === undefined ? sql`` : origin === 'editor' ? sql`and q.file is null and q.added_by is not null` : sql`and (q.file is not null or q.added_by is null)`}`
  const order = sql`q.added_at desc nulls last, q.act_id, q.lang, q.eid, q.text, q.id`
  const page = sql`order by ${order} limit ${limit} offset ${from}`
  const state = questionState(day)
  const looked = needsLook === true ? sql`and ${state} <> 'in-force'` : sql``
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select q.id, q.act_id, q.lang, q.eid, q.text, q.file, q.added_by, q.added_at,
          ${state} as state, h.id as provision_id, left(concat_ws(E'\\n', h.heading, h.text), ${SHOWN}) as words,
          coalesce(h.label, (select o.label from provision o where o.act_id = q.act_id and o.lang = q.lang and o.eid = q.eid order by o.valid_from desc limit 1)) as label,
          (select e.title from edition e where e.act_id = q.act_id and e.lang = q.lang order by e.date desc, e.imported_at desc limit 1) as act_title
        from (select q.* from ${chosen} ${looked} ${page}) q
        left join lateral (
          select h.id, h.label, h.heading, h.text from provision h
          where h.act_id = q.act_id and h.lang = q.lang and h.eid = q.eid and ${inForceOn(day)}
          order by h.valid_from desc limit 1
        ) h on true
        order by ${order}`,
  )
  const [counted] = await queryRows<{ total: number }>(
    ctx.db,
    sql`select count(*)::int as total from ${chosen} ${looked}`,
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
      eid: row.eid,
      label: row.label ?? row.eid,
      text: row.text,
      origin: row.file === null && row.added_by !== null ? 'editor' : 'file',
      file: row.file,
      added:
        row.added_by === null || row.added_at === null
          ? null
          : { by: nameOf(row.added_by), at: new Date(row.added_at).toISOString() },
      state: row.state,
      wording:
        row.state !== 'changed' || row.provision_id === null
          ? null
          : { provisionId: row.provision_id, text: row.words ?? '' },
    })),
    nextCursor: to < total && rows.length > 0 ? encodeCursor([to]) : null,
    total,
  }
}

/** How many questions speak for each provision of an act in a language, those without any left out. */
export async function countSampleQuestions(
  ctx: Context,
  { actId, lang }: { actId: string; lang: Lang },
): Promise<{ eid: string; count: number }[]> {
  return queryRows<{ eid: string; count: number }>(
    ctx.db,
    sql`select q.eid, count(*)::int as count from sample_question q
        where q.act_id = ${actId} and q.lang = ${lang} and ${speaks(today(ctx))}
        group by 1 order by 1`,
  )
}
