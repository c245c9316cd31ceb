import { sql } from 'drizzle-orm'
import { amendedByLine } from '#server/acts/act-identity.ts'
import type { Context, Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { EndedBy } from '#server/db/schema/acts.ts'
import { diffPath } from './source-change.ts'

/** A published text of an act that the act no longer gives: nothing of what it was made from is in force any more, or will be. */
export interface OutlivedVersion {
  versionId: string
  articleId: string
  slug: string
  number: number
  lang: Lang
  title: string
  validFrom: string
  /** Day on which the last of its provisions ended, or will: its own first day at the earliest. */
  endsOn: string
  /** False: the earliest possible day. */
  known: boolean
  labels: string[]
  by: string | null
  url: string
  /** Who imported the text that first told of what ended it; where none tells, the newest text of the act in this language. */
  importedBy: string
}

interface Row extends Record<string, unknown> {
  version_id: string
  article_id: string
  slug: string
  number: number
  lang: Lang
  title: string
  valid_from: string
  act_id: string
  ends_on: string
  labels: string[]
  ended_by: (EndedBy | null)[]
  imported_by: string
}

/**
 * Texts of ingestion that go on although their law has ended. What people wrote gets a proposed draft instead; where a newer text of
 * the article waits, that one is to be published.
 * @param input.versionId only this one
 * @param input.of only texts of this act in this language
 */
export async function findOutlived(
  ctx: Context,
  input: { limit: number; versionId?: string; of?: { actId: string; lang: Lang } },
): Promise<OutlivedVersion[]> {
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select v.id as version_id, v.article_id, a.slug, v.number, v.lang, v.title, v.valid_from::text, a.act_id,
               greatest(v.valid_from, s.ends_on)::text as ends_on, s.labels, s.ended_by,
               coalesce(
                 -- The text that first told of what ended it; of several ends that which was told last.
                 (select f.imported_by from jsonb_array_elements(s.ended_by) b
                  cross join lateral (
                    select e.imported_by, e.imported_at from amendment m join edition e on e.id = m.edition_id
                    where m.act_id = a.act_id and m.lang = v.lang
                      and m.by ->> 'date' = b ->> 'date' and m.by ->> 'number' = b ->> 'number'
                    order by e.imported_at limit 1
                  ) f
                  order by f.imported_at desc limit 1),
                 (select e.imported_by from edition e where e.act_id = a.act_id and e.lang = v.lang
                  order by e.imported_at desc limit 1)
               ) as imported_by
        from article_version v
        join article a on a.id = v.article_id
        cross join lateral (
          select max(coalesce(h.valid_to, r.valid_to)) as ends_on, array_agg(distinct r.label) as labels,
                 jsonb_agg(case when h.id is null then r.ended_by else h.ended_by end) as ended_by,
                 bool_or(
                   exists (
                     select 1 from provision n
                     where n.act_id = r.act_id and n.lang = r.lang and n.eid = r.eid and n.status = 'in-force' and n.valid_to is null
                   )
                   -- It was changed, and its new text is not held: nobody here knows that it is gone.
                   or (
                     not exists (
                       select 1 from provision n
                       where n.act_id = r.act_id and n.lang = r.lang and n.eid = r.eid and n.status = 'excluded' and n.valid_to is null
                     )
                     and coalesce((
                       select n.ended_by ->> 'change' from provision n
                       where n.act_id = r.act_id and n.lang = r.lang and n.eid = r.eid and n.valid_to > n.valid_from
                       order by n.valid_to desc limit 1
                     ), '') in ('restated', 'changed')
                   )
                 ) as goes_on
          from article_source q join provision r on r.id = q.provision_id
          -- A row that was derived anew is in force on no day: the end is that of the row with the same words in its place.
          left join lateral (
            select n.id, n.valid_to, n.ended_by from provision n
            where n.act_id = r.act_id and n.lang = r.lang and n.eid = r.eid and n.content_hash = r.content_hash
              and n.valid_to > n.valid_from
            order by n.valid_to desc limit 1
          ) h on true
          where q.version_id = v.id
        ) s
        where a.act_id is not null and v.state = 'published' and v.valid_to is null
          -- Most have something in force: they are out before anything else is asked.
          and not exists (
            select 1 from article_source q join provision r on r.id = q.provision_id where q.version_id = v.id and r.valid_to is null
          )
          and s.ends_on is not null and not s.goes_on
          and not exists (select 1 from editorial_review w where w.version_id = v.id)
          and not exists (
            select 1 from article_version n
            where n.article_id = v.article_id and n.lang = v.lang and n.number > v.number and n.state = 'draft'
          )
          ${input.versionId === undefined ? sql`` : sql`and v.id = ${input.versionId}`}
          ${input.of === undefined ? sql`` : sql`and a.act_id = ${input.of.actId} and v.lang = ${input.of.lang}`}
        order by s.ends_on, v.id limit ${input.limit}`,
  )
  return rows.map((row) => {
    const by = row.ended_by.filter((one) => one !== null)
    const lines = [...new Set(by.map((one) => amendedByLine(one, row.lang)))]
    return {
      versionId: row.version_id,
      articleId: row.article_id,
      slug: row.slug,
      number: row.number,
      lang: row.lang,
      title: row.title,
      validFrom: row.valid_from,
      endsOn: row.ends_on,
      known: by.every((one) => one.known),
      labels: row.labels,
      by: lines.length === 0 ? null : lines.join(', '),
      url: diffPath(row.act_id, row.lang, row.ends_on, row.ends_on),
      importedBy: row.imported_by,
    }
  })
}
