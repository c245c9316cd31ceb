import { sql } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { namesOf } from '#server/events/names-of.ts'
import { decodeCursor, encodeCursor } from '#server/http/paging.ts'
import { containing } from '../sample-questions/editors-question.ts'
import { firstChangeAfter, lastLook } from '../sample-questions/question-state.ts'
import type { KnownGapView, ListGaps } from './schema.ts'

interface Row extends Record<string, unknown> {
  act_id: string
  lang: Lang
  gap: string
  act_title: string | null
  checked_on: string
  confirmed_on: string | null
  confirmed_by: string | null
  silent_since: string | null
  questions: { id: string; text: string; file: string | null; addedBy: string | null; addedAt: string | null }[]
}

/**
 * What acts are known not to say, with the questions that ask it: those with editors' questions first, the newest before, then those of the files by act and
 * name.
 * @returns a page, and how many there are in all
 */
export async function listKnownGaps(
  ctx: Context,
  input: ListGaps,
): Promise<{ items: KnownGapView[]; nextCursor: string | null; total: number }> {
  const { actId, lang, q, origin, needsLook, limit, cursor } = input
  const [from = 0] = cursor === undefined ? [] : decodeCursor(cursor, ['count'])
  const isEditors = sql`(g.file is null and g.added_by is not null)`
  const chosen = sql`gap_question g
    where true
      ${actId === undefined ? sql`` : sql`and g.act_id = ${actId}`}
      ${lang === undefined ? sql`` : sql`and g.lang = ${lang}`}
    group by g.act_id, g.lang, g.gap
    having true
      ${q === undefined || q === '' ? sql`` : sql`and (g.gap ilike ${containing(q)} or bool_or(g.text ilike ${containing(q)}))`}
      ${origin === undefined ? sql`` : origin === 'editor' ? sql`and bool_or(${isEditors})` : sql`and bool_or(not ${isEditors})`}`
  // Each question speaks by its own last look: where one is silent somebody has to look.
  const gaps = sql`select k.*, ${firstChangeAfter(sql`k`, sql`k.checked_on`, today(ctx))} as silent_since from (
      select g.act_id, g.lang, g.gap, min(${lastLook}) as checked_on, max(g.confirmed_on) as confirmed_on,
        (array_agg(g.confirmed_by order by g.confirmed_on desc nulls last))[1] as confirmed_by,
        max(g.added_at) as added_at from ${chosen}
    ) k`
  const looked = needsLook === true ? sql`where m.silent_since is not null` : sql``
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select m.act_id, m.lang, m.gap, m.checked_on::text, m.confirmed_on::text, m.confirmed_by, m.silent_since::text,
          (select e.title from edition e where e.act_id = m.act_id and e.lang = m.lang order by e.date desc, e.imported_at desc limit 1) as act_title,
          (select json_agg(json_build_object('id', g.id, 'text', g.text, 'file', g.file, 'addedBy', g.added_by, 'addedAt', g.added_at)
                           order by g.added_at desc nulls last, g.text)
           from gap_question g where g.act_id = m.act_id and g.lang = m.lang and g.gap = m.gap) as questions
        from (${gaps}) m ${looked}
        order by m.added_at desc nulls last, m.act_id, m.lang, m.gap limit ${limit} offset ${from}`,
  )
  const [counted] = await queryRows<{ total: number }>(
    ctx.db,
    sql`select count(*)::int as total from (${gaps}) m ${looked}`,
  )
  const total = counted?.total ?? 0
  const nameOf = await namesOf(
    ctx,
    rows.flatMap((row) => [row.confirmed_by, ...row.questions.map(({ addedBy }) => addedBy)]),
  )
  const to = Number(from) + rows.length
  return {
    items: rows.map((row) => ({
      actId: row.act_id,
      actTitle: row.act_title ?? '',
      lang: row.lang,
      gap: row.gap,
      checkedOn: row.checked_on,
      confirmed:
        row.confirmed_on !== row.checked_on || row.confirmed_on === null || row.confirmed_by === null
          ? null
          : { by: nameOf(row.confirmed_by), on: row.confirmed_on },
      silentSince: row.silent_since,
      questions: row.questions.map(({ id, text, file, addedBy, addedAt }) => ({
        id,
        text,
        origin: file === null && addedBy !== null ? 'editor' : 'file',
        file,
        added:
          addedBy === null || addedAt === null ? null : { by: nameOf(addedBy), at: new Date(addedAt).toISOString() },
      })),
    })),
    nextCursor: to < total && rows.length > 0 ? encodeCursor([to]) : null,
    total,
  }
}
