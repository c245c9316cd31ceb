import { and, eq, inArray, sql } from 'drizzle-orm'
import { amendedByLine } from '#server/acts/act-identity.ts'
import { createStatesReader, type ActStates, type FollowedRow } from '#server/acts/follow-provisions.ts'
import { dayBefore, diffPath } from '#server/articles/source-change.ts'
import { everInForce, goesOnAs } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { collectPages, type Collected } from '#server/db/collect-pages.ts'
import { queryRows } from '#server/db/database.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { hasMoved } from './find-impacted.ts'
import { neighbourKey } from './task-keys.ts'

/**
 * A published text that people wrote of their own accord, without a division of an act that would say where new points belong, and what
 * an amendment added next to points that it quotes.
 */
export interface Neighbours {
  /** Of its task. */
  key: string
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

/** Texts with something that seems new beside what they quote, read together. Most of it may turn out to be old, or decided. */
const PAGE = 1_000

interface Row extends Record<string, unknown> {
  version_id: string
  article_id: string
  lang: Lang
  title: string
  valid_from: string
  act_id: string
  /** What the text quotes of the act. */
  quoted: string[]
  /** What seems new, by day. */
  fresh: { id: string; day: string }[]
  editor_id: string | null
}

/**
 * Finds them by state, one for each text, act and first day of the new points. A point is new where it came, or came to be known, after the
 * text was written, and is no point of before by order and words, whatever stood under its number (decision 0034); it is a neighbour where it
 * stands inside of a quoted provision, or next to one with nothing old between. Whoever publishes the text anew without it has decided so;
 * what an editor has said of that the article needs nothing of it is left out.
 * @param input.page texts that are read at once
 * @returns the earliest first
 */
export async function findNeighbours(
  ctx: Context,
  input: { limit: number; page?: number },
): Promise<Collected<Neighbours>> {
  const day = today(ctx)
  const page = input.page ?? PAGE
  const states = createStatesReader(ctx)
  const { items, truncated } = await collectPages<Row, Neighbours>(
    { limit: input.limit, page },
    (after) => candidates(ctx, { day, page, after }),
    async (rows) => {
      const found: Neighbours[] = []
      for (const row of rows)
        for (const since of [...new Set(row.fresh.map((one) => one.day))].sort()) {
          const near = neighboursOn(
            row,
            // The wordings that it quotes; of what came to be known later, those before the change.
            await states(
              { actId: row.act_id, lang: row.lang },
              [row.valid_from, dayBefore(since)].toSorted()[0] ?? since,
              since > day ? since : day,
            ),
            new Set(row.fresh.flatMap((one) => (one.day === since ? [one.id] : []))),
          )
          if (near !== null)
            found.push({
              ...near,
              key: neighbourKey(row.article_id, row.lang, row.act_id, since),
              since,
              url: diffPath(row.act_id, row.lang, since, since),
            })
        }
      return undecided(ctx, found)
    },
  )
  return { items: items.toSorted((one, other) => one.since.localeCompare(other.since)), truncated }
}

/** A page of texts with what seems new, act by act, since the states of one act are kept, and by the day of the text. */
const candidates = (ctx: Context, input: { day: string; page: number; after: Row | null }): Promise<Row[]> => {
  const { day, page, after } = input
  return queryRows<Row>(
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
          select distinct o.id as version_id, r.act_id, r.id, r.valid_from
          from own o join quoted q on q.version_id = o.id
          join provision r on r.act_id = q.act_id and r.lang = q.lang and r.status = 'in-force'
            and (r.parent_eid = q.eid or (r.kind = q.kind and r.parent_eid is not distinct from q.parent_eid))
            and (r.valid_to is null or (r.valid_to > ${day} and r.valid_to > r.valid_from))
          join edition e on e.id = r.edition_id and (r.valid_from > o.valid_from or e.imported_at > o.created_at)
          -- A number that the text quotes, or that the act had, says nothing where what stood under it has moved.
          where not exists (
              select 1 from article_source s join provision w on w.id = s.provision_id
              where s.version_id = o.id and w.act_id = r.act_id and w.lang = r.lang and w.eid = r.eid and not ${hasMoved}
            )
            and not exists (
              select 1 from provision w
              where w.act_id = r.act_id and w.lang = r.lang and w.eid = r.eid and w.valid_from < r.valid_from
                and w.valid_to is distinct from w.valid_from and not ${hasMoved}
            )
            -- Nor is it a point that has only another number now.
            and not exists (
              select 1 from (select r.*) n join provision w on ${goesOnAs}
              where w.valid_to <= n.valid_from and w.valid_to is distinct from w.valid_from
            )
        )
        select o.id as version_id, o.article_id, o.lang, o.title, o.valid_from::text, f.act_id,
               (select jsonb_agg(q.eid) from quoted q where q.version_id = o.id and q.act_id = f.act_id) as quoted,
               jsonb_agg(jsonb_build_object('id', f.id, 'day', f.valid_from)) as fresh,
               (select p.id from (select id, role, disabled_at as gone from "user" union all select id, role, revoked_at from api_key) p
                where p.id = o.submitted_by and p.gone is null and p.role in ('editor', 'admin')) as editor_id
        from fresh f join own o on o.id = f.version_id
        ${after === null ? sql`` : sql`where (f.act_id, o.lang, o.valid_from, o.id) > (${after.act_id}, ${after.lang}, ${after.valid_from}::date, ${after.version_id})`}
        group by o.id, o.article_id, o.lang, o.title, o.valid_from, o.submitted_by, f.act_id
        order by f.act_id, o.lang, o.valid_from, o.id limit ${page}`,
  )
}

/** Those that no editor has said of that the article needs nothing of them. */
async function undecided(ctx: Context, found: readonly Neighbours[]): Promise<Neighbours[]> {
  if (found.length === 0) return []
  const rows = await ctx.db
    .select({ key: editorialTask.key })
    .from(editorialTask)
    .where(
      and(
        inArray(
          editorialTask.key,
          found.map(({ key }) => key),
        ),
        eq(editorialTask.state, 'done'),
        sql`${editorialTask.detail} ? 'decided'`,
      ),
    )
  const decided = new Set(rows.map(({ key }) => key))
  return found.filter(({ key }) => !decided.has(key))
}

/** @returns what of `fresh` is new and stands beside what the text quotes; null: nothing */
function neighboursOn(
  row: Row,
  { after, pairs }: ActStates,
  fresh: ReadonlySet<string>,
): Omit<Neighbours, 'key' | 'since' | 'url'> | null {
  const old = new Set(pairs.values())
  const quoted = row.quoted.flatMap((eid) => pairs.get(eid) ?? [])
  const isSibling = (one: FollowedRow, other: FollowedRow): boolean =>
    one.kind === other.kind && one.parentEid === other.parentEid
  const isBeside = (one: FollowedRow, other: FollowedRow): boolean => {
    if (one.parentEid === other.eid) return true
    if (!isSibling(one, other)) return false
    const [first, last] = [Math.min(one.ord, other.ord), Math.max(one.ord, other.ord)]
    return !after.some(
      (between) => isSibling(between, one) && between.ord > first && between.ord < last && old.has(between),
    )
  }
  const near = after.flatMap((one) => {
    if (!fresh.has(one.id) || old.has(one)) return []
    const beside = quoted.filter((other) => isBeside(one, other))
    return beside.length === 0 ? [] : [{ one, beside }]
  })
  if (near.length === 0) return null
  const by = [
    ...new Set(near.flatMap(({ one }) => (one.changedBy === null ? [] : [amendedByLine(one.changedBy, row.lang)]))),
  ]
  return {
    articleId: row.article_id,
    versionId: row.version_id,
    lang: row.lang,
    title: row.title,
    actId: row.act_id,
    known: near.every(({ one }) => one.validFromKnown),
    labels: [...new Set(near.map(({ one }) => one.label))],
    beside: [...new Set(near.flatMap(({ beside }) => beside.map(({ label }) => label)))],
    by: by.length === 0 ? null : by.join(', '),
    editorId: row.editor_id,
  }
}
