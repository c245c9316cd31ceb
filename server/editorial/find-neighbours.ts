import { sql } from 'drizzle-orm'
import { amendedByLine } from '#server/acts/act-identity.ts'
import { diffPath } from '#server/articles/source-change.ts'
import { everInForce, goesOnAs } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { ChangedBy } from '#server/db/schema/acts.ts'

/**
 * A published text that people wrote of their own accord, without a division of an act that would say where new points belong, and what
 * an amendment added next to points that it quotes.
 */
export interface Neighbours {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  actId: string
  /** First day of what is new. */
  since: string
  /** False: the earliest possible day. */
  known: boolean
  /** What is new. */
  labels: string[]
  /** What the text quotes beside it. */
  beside: string[]
  by: string | null
  url: string
  /** Who submitted the text for review, if that person still edits here. */
  editorId: string | null
}

interface Row extends Record<string, unknown> {
  version_id: string
  article_id: string
  lang: Lang
  title: string
  act_id: string
  since: string
  known: boolean
  labels: string[]
  beside: string[]
  by: (ChangedBy | null)[]
  editor_id: string | null
}

/**
 * Finds them by state, one for each text, act and first day of the new points. A point is new where the act never had it and it came, or came
 * to be known, after the text was written; it is a neighbour where it stands inside of a quoted provision, or next to one with nothing
 * old between. Whoever publishes the text anew without it has decided so.
 */
export async function findNeighbours(ctx: Context, input: { limit: number }): Promise<Neighbours[]> {
  const day = today(ctx)
  const rows = await queryRows<Row>(
    ctx.db,
    sql`with own as (
          select v.id, v.article_id, v.lang, v.title, v.valid_from, v.created_at, w.submitted_by
          from article_version v join editorial_review w on w.version_id = v.id
          where ${everInForce} and (v.valid_to is null or v.valid_to > ${day})
            -- A text that ingestion makes for the article says by itself what is new in it.
            and not exists (
              select 1 from article_version n
              where n.article_id = v.article_id and n.lang = v.lang
                and not exists (select 1 from editorial_review x where x.version_id = n.id)
            )
        ), quoted as (
          select distinct o.id as version_id, p.act_id, p.lang, p.eid, p.parent_eid, p.kind
          from own o join article_source s on s.version_id = o.id join provision p on p.id = s.provision_id
        ), fresh as (
          select distinct o.id as version_id, r.id, r.act_id, r.lang, r.eid, r.parent_eid, r.kind, r.ord, r.label,
                 r.valid_from, r.valid_from_known, r.changed_by
          from own o join quoted q on q.version_id = o.id
          join provision r on r.act_id = q.act_id and r.lang = q.lang and r.eid <> q.eid and r.status = 'in-force'
            and (r.parent_eid = q.eid or (r.kind = q.kind and r.parent_eid is not distinct from q.parent_eid))
            and (r.valid_to is null or (r.valid_to > ${day} and r.valid_to > r.valid_from))
          join edition e on e.id = r.edition_id and (r.valid_from > o.valid_from or e.imported_at > o.created_at)
          where not exists (
              select 1 from quoted x where x.version_id = o.id and x.act_id = r.act_id and x.lang = r.lang and x.eid = r.eid
            )
            and not exists (
              select 1 from provision p
              where p.act_id = r.act_id and p.lang = r.lang and p.eid = r.eid and p.valid_from < r.valid_from
                and p.valid_to is distinct from p.valid_from
            )
            -- Nor is it a point that has only another number now.
            and not exists (
              select 1 from (select r.*) n join provision w on ${goesOnAs}
              where w.valid_to <= n.valid_from and w.valid_to is distinct from w.valid_from
            )
        ), near as (
          select f.*, n.label as beside
          from fresh f
          join quoted q on q.version_id = f.version_id and q.act_id = f.act_id and q.lang = f.lang
            and (f.parent_eid = q.eid or (f.kind = q.kind and f.parent_eid is not distinct from q.parent_eid))
          join provision n on n.act_id = q.act_id and n.lang = q.lang and n.eid = q.eid
            and n.valid_from <= greatest(f.valid_from, ${day}::date)
            and (n.valid_to is null or n.valid_to > greatest(f.valid_from, ${day}::date))
          where f.parent_eid = q.eid or not exists (
            select 1 from provision m
            where m.act_id = f.act_id and m.lang = f.lang and m.kind = f.kind and m.parent_eid is not distinct from f.parent_eid
              and m.valid_from <= greatest(f.valid_from, ${day}::date)
              and (m.valid_to is null or m.valid_to > greatest(f.valid_from, ${day}::date))
              and m.ord > least(f.ord, n.ord) and m.ord < greatest(f.ord, n.ord)
              and m.id not in (select g.id from fresh g where g.version_id = f.version_id)
          )
        )
        select o.id as version_id, o.article_id, o.lang, o.title, t.act_id, t.valid_from::text as since,
               bool_and(t.valid_from_known) as known,
               array_agg(distinct t.label) as labels, array_agg(distinct t.beside) as beside,
               coalesce(jsonb_agg(distinct t.changed_by) filter (where t.changed_by is not null), '[]'::jsonb) as by,
               (select p.id from (select id, role, disabled_at as gone from "user" union all select id, role, revoked_at from api_key) p
                where p.id = o.submitted_by and p.gone is null and p.role in ('editor', 'admin')) as editor_id
        from near t join own o on o.id = t.version_id
        group by o.id, o.article_id, o.lang, o.title, o.submitted_by, t.act_id, t.valid_from
        order by t.valid_from, o.id, t.act_id limit ${input.limit}`,
  )
  return rows.map((row) => {
    const by = [...new Set(row.by.flatMap((one) => (one === null ? [] : [amendedByLine(one, row.lang)])))]
    return {
      articleId: row.article_id,
      versionId: row.version_id,
      lang: row.lang,
      title: row.title,
      actId: row.act_id,
      since: row.since,
      known: row.known,
      labels: row.labels,
      beside: row.beside,
      by: by.length === 0 ? null : by.join(', '),
      url: diffPath(row.act_id, row.lang, row.since, row.since),
      editorId: row.editor_id,
    }
  })
}
