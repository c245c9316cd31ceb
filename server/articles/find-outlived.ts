import { sql } from 'drizzle-orm'
import { amendedByLine } from '#server/acts/act-identity.ts'
import { createStatesReader, followedIn, type FollowedProvisions } from '#server/acts/follow-provisions.ts'
import type { Context, Lang } from '#server/context.ts'
import { collectPages, type Collected } from '#server/db/collect-pages.ts'
import { arrayLiteral, queryRows } from '#server/db/database.ts'
import type { EndedBy } from '#server/db/schema/acts.ts'
import { dayBefore, diffPath } from './source-change.ts'

/**
 * A published text of an act that the act no longer gives: nothing of what it was made from is in force any more, or will be, but for what
 * goes on under another number and stands in another published article.
 */
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
  /** What is gone. */
  labels: string[]
  /** What only has another number now: «п. 5 → п. 4». */
  moved: string[]
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
  /** The day on which the last of its provisions ended, be it before its own first day. */
  last: string
  sources: Source[]
  imported_by: string
}

interface Source {
  eid: string
  label: string
  actId: string
  lang: Lang
  endsOn: string
  by: EndedBy | null
}

/** Versions that are looked at together. Of many it is not known that they have ended, and they stay: those behind them are looked at as well. */
const PAGE = 1_000

/**
 * Texts of ingestion that go on although their law has ended. What people wrote gets a proposed draft instead; where a newer text of
 * the article waits, that one is to be published.
 * @param input.versionId only this one
 * @param input.of only texts of this act in this language
 * @param input.page candidates that are read at once
 */
export async function findOutlived(
  ctx: Context,
  input: { limit: number; versionId?: string; of?: { actId: string; lang: Lang }; page?: number },
): Promise<Collected<OutlivedVersion>> {
  const page = input.page ?? PAGE
  const follow = createFollower(ctx)
  return collectPages<Row, OutlivedVersion>(
    { limit: input.limit, page },
    (after) => candidates(ctx, { ...input, page, after }),
    async (rows) => {
      const found: OutlivedVersion[] = []
      // Act by act, since the states of one are kept; told by their day all the same.
      for (const row of rows.toSorted(byAct)) {
        const told = await outlivedOf(ctx, row, follow)
        if (told !== null) found.push(told)
      }
      return found.toSorted(byEnd)
    },
  )
}

const byAct = (one: Row, other: Row): number =>
  one.act_id.localeCompare(other.act_id) || one.lang.localeCompare(other.lang) || one.last.localeCompare(other.last)

const byEnd = (one: OutlivedVersion, other: OutlivedVersion): number =>
  one.endsOn.localeCompare(other.endsOn) || one.versionId.localeCompare(other.versionId)

/** A page of the versions of which no provision goes on under its number, those that ended first. */
const candidates = (
  ctx: Context,
  input: { page: number; after: Row | null; versionId?: string; of?: { actId: string; lang: Lang } },
): Promise<Row[]> =>
  queryRows<Row>(
    ctx.db,
    sql`select v.id as version_id, v.article_id, a.slug, v.number, v.lang, v.title, v.valid_from::text, a.act_id,
               greatest(v.valid_from, s.ends_on)::text as ends_on, s.ends_on::text as last, s.sources,
               coalesce(
                 -- The text that first told of what ended it; of several ends that which was told last.
                 (select f.imported_by from jsonb_array_elements(s.sources) b
                  cross join lateral (
                    select e.imported_by, e.imported_at from amendment m join edition e on e.id = m.edition_id
                    where m.act_id = a.act_id and m.lang = v.lang
                      and m.by ->> 'date' = b -> 'by' ->> 'date' and m.by ->> 'number' = b -> 'by' ->> 'number'
                    order by e.imported_at limit 1
                  ) f
                  order by f.imported_at desc limit 1),
                 (select e.imported_by from edition e where e.act_id = a.act_id and e.lang = v.lang
                  order by e.imported_at desc limit 1)
               ) as imported_by
        from article_version v
        join article a on a.id = v.article_id
        cross join lateral (
          select max(coalesce(h.valid_to, r.valid_to)) as ends_on,
                 jsonb_agg(jsonb_build_object(
                   'eid', r.eid, 'label', r.label, 'actId', r.act_id, 'lang', r.lang, 'endsOn', coalesce(h.valid_to, r.valid_to),
                   'by', case when h.id is null then r.ended_by else h.ended_by end
                 ) order by r.ord) as sources
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
          and s.ends_on is not null
          and not exists (select 1 from editorial_review w where w.version_id = v.id)
          and not exists (
            select 1 from article_version n
            where n.article_id = v.article_id and n.lang = v.lang and n.number > v.number and n.state = 'draft'
          )
          ${input.versionId === undefined ? sql`` : sql`and v.id = ${input.versionId}`}
          ${input.of === undefined ? sql`` : sql`and a.act_id = ${input.of.actId} and v.lang = ${input.of.lang}`}
          ${input.after === null ? sql`` : sql`and (s.ends_on, v.id) > (${input.after.last}::date, ${input.after.version_id})`}
        order by s.ends_on, v.id limit ${input.page}`,
  )

/** @returns null: it goes on, or nobody here knows that it does not */
async function outlivedOf(ctx: Context, row: Row, follow: Follower): Promise<OutlivedVersion | null> {
  const now = await standingOf(ctx, row, follow)
  if (now === null) return null
  const by = row.sources.flatMap((source) => source.by ?? [])
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
    ...now,
    by: lines.length === 0 ? null : lines.join(', '),
    url: diffPath(row.act_id, row.lang, row.ends_on, row.ends_on),
    importedBy: row.imported_by,
  }
}

type Follower = (source: Source) => Promise<FollowedProvisions>

/** An amendment ends many provisions on one day, and its act is aligned whole: once. */
function createFollower(ctx: Context): Follower {
  const states = createStatesReader(ctx)
  return async (source) => followedIn(await states(source, dayBefore(source.endsOn), null))
}

/** @returns what of a version is gone and what has moved; null: it goes on, or nobody here knows that it does not */
async function standingOf(
  ctx: Context,
  row: Row,
  follow: Follower,
): Promise<Pick<OutlivedVersion, 'labels' | 'moved'> | null> {
  const [labels, moved, elsewhere] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const source of row.sources) {
    const is = (await follow(source)).nowOf(source.eid, source.by)
    // It was changed, and its new text is not held: nobody here knows that it is gone.
    if (is === undefined) return null
    if (is === null || is.status !== 'in-force') labels.add(source.label)
    else if (is.eid === source.eid) return null
    else {
      elsewhere.add(is.id)
      moved.add(`${source.label} → ${is.label}`)
    }
  }
  if (elsewhere.size > 0) {
    const [given] = await queryRows<{ count: number }>(
      ctx.db,
      sql`select count(distinct s.provision_id)::int as count from article_source s join article_version n on n.id = s.version_id
          where s.provision_id = any(${arrayLiteral(elsewhere)}::text[]) and n.article_id <> ${row.article_id}
            and n.lang = ${row.lang} and n.state = 'published' and n.valid_to is null`,
    )
    // Until another article says it to operators, this one does.
    if ((given?.count ?? 0) < elsewhere.size) return null
  }
  return { labels: [...labels], moved: [...moved] }
}
