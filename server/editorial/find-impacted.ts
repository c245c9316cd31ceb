import { printedDay } from '#ingest/text/printed-day.ts'
import { isDeepStrictEqual } from 'node:util'
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { ArticleBlock } from '#ingest/articles/article-file.ts'
import { amendedByLine } from '#server/acts/act-identity.ts'
import { alignProvisions, wordingOf } from '#server/acts/align-provisions.ts'
import { dayBefore, diffPath } from '#server/articles/source-change.ts'
import { endOfWording, everInForce, goesOnAs, type EndedWording } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { collectPages, type Collected } from '#server/db/collect-pages.ts'
import { queryRows } from '#server/db/database.ts'
import { provision, type ChangedBy } from '#server/db/schema/acts.ts'
import { changeKeyOf, proposeBody, type ProposedBody, type QuotedChange } from './propose-body.ts'
import { quotedAct } from './queries.ts'

/**
 * A published text of people's that quotes a wording which has ended, or ends on a known day, or lacks a provision that is new in its
 * act and that the division of the act puts into this article; with the text that it should get.
 */
export interface ImpactedArticle {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  /** Day on which the first of its wordings ends or ended. */
  since: string
  /** False: the earliest possible day. */
  known: boolean
  /** What says something else than before, or is new; not what only moved. */
  labels: string[]
  by: string | null
  /** Path of the difference in the workspace. */
  url: string
  /** First day of the proposed text; null: as soon as it is published. */
  validFrom: string | null
  proposal: ProposedBody
}

interface Row extends Record<string, unknown> {
  version_id: string
  article_id: string
  lang: Lang
  title: string
  body: string
  valid_from: string
  act_id: string | null
  ends: Ended[] | null
  gained: Gained[] | null
}

/** Texts that are looked at together: of some what seemed new has only moved, and those behind them are looked at as well. */
const PAGE = 1_000

type Ended = Omit<EndedWording, 'movedTo'>

/** A provision that is new in the act and belongs to the article by its division. */
interface Gained {
  eid: string
  label: string
  actId: string
  day: string
  known: boolean
  by: ChangedBy | null
  /** What stands before it in the article as ingestion gives it, the nearest first. */
  after: string[]
}

type ProvisionRow = typeof provision.$inferSelect

/** What stood under the number of `w` has another one when `r` begins: then the number says nothing of who stands under it. */
export const hasMoved = sql`exists (
  select 1 from provision n where ${goesOnAs} and n.valid_from <= r.valid_from and (n.valid_to is null or n.valid_to > r.valid_from)
)`

/**
 * Of a people's text (`v`): the provisions of the newest text that ingestion made for its article since (it waits as a draft) whose
 * numbers were never in the act before the people's text began, or were those of points that have moved, and which that text does not rest on.
 */
const gainedBy = sql`
  select jsonb_agg(jsonb_build_object('eid', r.eid, 'label', r.label, 'actId', r.act_id, 'day', r.valid_from, 'known', r.valid_from_known,
                                      'by', r.changed_by, 'after', b.after) order by r.valid_from, q.ord) as gained
  from (
    select n.id from article_version n
    where n.article_id = v.article_id and n.lang = v.lang and n.number > v.number and n.state = 'draft'
      and not exists (select 1 from editorial_review x where x.version_id = n.id)
    order by n.number desc limit 1
  ) newest
  join article_source q on q.version_id = newest.id
  join provision r on r.id = q.provision_id and r.status = 'in-force'
  -- New since the people's text: by its day, or because it came to be known only then.
  join edition e on e.id = r.edition_id and (r.valid_from > v.valid_from or e.imported_at > v.created_at)
  cross join lateral (
    select coalesce(jsonb_agg(p.eid order by o.ord desc), '[]'::jsonb) as after
    from article_source o join provision p on p.id = o.provision_id where o.version_id = newest.id and o.ord < q.ord
  ) b
  where not exists (
      select 1 from article_source s join provision w on w.id = s.provision_id
      where s.version_id = v.id and w.act_id = r.act_id and w.lang = r.lang and w.eid = r.eid and not ${hasMoved}
    )
    and not exists (
      select 1 from provision w
      where w.act_id = r.act_id and w.lang = r.lang and w.eid = r.eid and w.valid_from < r.valid_from
        and w.valid_to is distinct from w.valid_from and not ${hasMoved}
    )
    -- What is new inside of a provision that the text quotes comes with it.
    and not exists (
      select 1 from article_source s join provision p on p.id = s.provision_id
      where s.version_id = v.id and p.act_id = r.act_id and p.lang = r.lang and r.eid like p.eid || '\\_\\_%'
    )
    and not exists (
      select 1 from article_source s join provision p on p.id = s.provision_id
      where s.version_id = newest.id and p.eid = r.parent_eid
        and not exists (
          select 1 from article_source x join provision y on y.id = x.provision_id
          where x.version_id = v.id and y.eid = p.eid and y.act_id = p.act_id and y.lang = p.lang
        )
    )`

/**
 * People's texts that an act has left behind, now or on a day to come, each with its proposed text.
 * @param input so many texts at most, or those of one article: of several the one in force first
 */
export async function findImpacted(
  ctx: Context,
  input: { limit: number; page?: number } | { articleId: string; lang: Lang },
): Promise<Collected<ImpactedArticle>> {
  const day = today(ctx)
  const [limit, page] = 'limit' in input ? [input.limit, input.page ?? PAGE] : [PAGE, PAGE]
  // Of an article with several such texts the one in force first.
  const told = new Set<string>()
  return collectPages<Row, ImpactedArticle>(
    { limit, page },
    (after) => candidates(ctx, { day, page, after, of: 'articleId' in input ? input : null }),
    async (rows, wanted) => {
      const found: ImpactedArticle[] = []
      for (const row of rows) {
        if (found.length === wanted) break
        const key = `${row.article_id} ${row.lang}`
        const impact = told.has(key) ? null : await impactOn(ctx, row, day)
        if (impact === null) continue
        told.add(key)
        found.push(impact)
      }
      return found
    },
  )
}

/** A page of texts of which something ends, or for which something seems new. */
const candidates = (
  ctx: Context,
  input: { day: string; page: number; after: Row | null; of: { articleId: string; lang: Lang } | null },
): Promise<Row[]> => {
  const { day, page, after, of } = input
  const asOf = sql`greatest(v.valid_from, ${day}::date)`
  return queryRows<Row>(
    ctx.db,
    sql`select v.id as version_id, v.article_id, v.lang, v.title, v.body, v.valid_from::text,
               coalesce(a.act_id, ${quotedAct(sql`v.id`)}) as act_id, e.ends, g.gained
        from article_version v
        join article a on a.id = v.article_id
        join editorial_review w on w.version_id = v.id
        cross join lateral (
          select jsonb_agg(jsonb_build_object('eid', q.eid, 'label', q.label, 'actId', q.act_id, 'day', q.day, 'by', q.ended_by, 'isOver', q.day <= ${day})
                           order by q.day, q.ord) as ends
          from article_source s cross join lateral (${endOfWording(sql`s.provision_id`, asOf)}) q
          where s.version_id = v.id and (v.valid_to is null or q.day < v.valid_to)
        ) e
        cross join lateral (${gainedBy}) g
        where ${everInForce} and (v.valid_to is null or v.valid_to > ${day}) and (e.ends is not null or g.gained is not null)
          ${of === null ? sql`` : sql`and v.article_id = ${of.articleId} and v.lang = ${of.lang}`}
          ${after === null ? sql`` : sql`and (v.valid_from, v.id) > (${after.valid_from}::date, ${after.version_id})`}
        order by v.valid_from, v.id limit ${page}`,
  )
}

/** @returns null where what seemed new in the act has only moved there */
async function impactOn(ctx: Context, row: Row, now: string): Promise<ImpactedArticle | null> {
  const ends = row.ends ?? []
  const candidates = row.gained ?? []
  const stepsOf = (gained: readonly Gained[]) =>
    [
      ...ends.map((end) => ({ ...end, known: end.by?.known ?? true })),
      ...gained.map((one) => ({ ...one, isOver: one.day <= now })),
    ].toSorted((one, other) => one.day.localeCompare(other.day))
  const earliest = stepsOf(candidates)[0]
  if (earliest === undefined) throw new Error('an impacted article without a change')
  const acts = [...new Set([...ends, ...candidates].map(({ actId }) => actId))]
  const quotedOn = [row.valid_from, dayBefore(earliest.day)].toSorted()[0] ?? row.valid_from
  const before = await wordingsOn(ctx, { acts, lang: row.lang, day: quotedOn })
  // What is new on its own day: by the order and the words of the act, and not by numbers alone.
  const gained: Gained[] = []
  // One amendment brings many points on one day, and its act is aligned whole.
  const onDay = new Map<string, Pairs>()
  for (const one of candidates) {
    const key = `${one.actId} ${one.day}`
    let pairs = onDay.get(key)
    if (pairs === undefined) {
      pairs = pairsOf(before, await wordingsOn(ctx, { acts: [one.actId], lang: row.lang, day: one.day }))
      onDay.set(key, pairs)
    }
    if (!pairs.hasComeFrom(one.actId, one.eid)) gained.push(one)
  }
  const steps = stepsOf(gained)
  const over = steps.filter((step) => step.isOver)
  const first = steps[0]
  if (first === undefined) return null
  // What has ended is renewed at once; what ends later, on the first day on which something ends.
  const day = over.length > 0 ? now : first.day
  const isTold = (step: { day: string }): boolean => (over.length > 0 ? step.day <= now : step.day === first.day)
  const [told, come] = [ends.filter(isTold), gained.filter(isTold)]
  const wordings = await wordingsOn(ctx, { acts, lang: row.lang, day })
  const pairs = pairsOf(before, wordings)
  const changes = new Map<string, QuotedChange>(
    told.map((end) => [changeKeyOf(end.actId, end.eid), changeOf(end, { before, wordings, pairs, lang: row.lang })]),
  )
  // What goes along with a moved point moves too, also where its own number says the same words again.
  for (const was of before) {
    const key = changeKeyOf(was.actId, was.eid)
    const is = pairs.nowOf(was.actId, was.eid)
    const isIn = told.some(({ actId, eid }) => actId === was.actId && was.eid.startsWith(`${eid}__`))
    if (isIn && is != null && is.eid !== was.eid && !changes.has(key) && isSaidAlike(was, is))
      changes.set(key, { kind: 'moved', block: blockOf(is, new Map()) })
  }
  const children = childrenOf(wordings)
  const added = new Map<string, ArticleBlock[]>()
  for (const one of wordings)
    if (
      one.parentEid !== null &&
      one.status === 'in-force' &&
      one.validFrom > row.valid_from &&
      !pairs.hasComeFrom(one.actId, one.eid)
    ) {
      const key = changeKeyOf(one.actId, one.parentEid)
      added.set(key, [...(added.get(key) ?? []), blockOf(one, children)])
    }
  const beside = come.flatMap(({ actId, eid, after }) => {
    const own = wordings.find((one) => one.actId === actId && one.eid === eid)
    if (own === undefined) return []
    const before = after.map((one) => changeKeyOf(actId, one))
    return [{ key: changeKeyOf(actId, eid), block: blockOf(own, children), after: before }]
  })
  const by = [
    ...new Set([...told, ...come].flatMap((end) => (end.by === null ? [] : [amendedByLine(end.by, row.lang)]))),
  ]
  const last = steps.findLast(isTold) ?? first
  return {
    articleId: row.article_id,
    versionId: row.version_id,
    lang: row.lang,
    title: row.title,
    since: first.day,
    known: first.known,
    labels: [
      ...new Set(
        [...told.filter(({ actId, eid }) => changes.get(changeKeyOf(actId, eid))?.kind !== 'moved'), ...come].map(
          ({ label }) => label,
        ),
      ),
    ],
    by: by.length === 0 ? null : by.join(', '),
    url: diffPath(first.actId, row.lang, first.day, last.day),
    validFrom: day > now ? day : null,
    proposal: proposeBody({ body: row.body, actId: row.act_id, changes, added, beside }),
  }
}

/** Wordings of acts that are in force on a day, in the order of each act. */
const wordingsOn = (ctx: Context, input: { acts: readonly string[]; lang: Lang; day: string }) =>
  ctx.db
    .select()
    .from(provision)
    .where(
      and(
        inArray(provision.actId, [...input.acts]),
        eq(provision.lang, input.lang),
        lte(provision.validFrom, input.day),
        or(isNull(provision.validTo), gt(provision.validTo, input.day)),
      ),
    )
    .orderBy(provision.ord)

/** Which provision of one day has become which of another, by order and words (decision 0034). */
interface Pairs {
  /** What it is now; null: it is gone; undefined: nobody knows, since it is not held as of the first day. */
  nowOf: (actId: string, eid: string) => ProvisionRow | null | undefined
  /** Whether it stood in the act before, wherever. */
  hasComeFrom: (actId: string, eid: string) => boolean
}

function pairsOf(before: readonly ProvisionRow[], after: readonly ProvisionRow[]): Pairs {
  const known = new Map<string, ProvisionRow | null>(before.map((row) => [changeKeyOf(row.actId, row.eid), null]))
  const come = new Set<string>()
  for (const actId of new Set(after.map((row) => row.actId))) {
    const [old, now] = [before, after].map((rows) => rows.filter((row) => row.actId === actId))
    const rows = new Map((now ?? []).map((row) => [row.eid, row]))
    for (const [eid, was] of alignProvisions(old ?? [], now ?? [])) {
      known.set(changeKeyOf(actId, was.eid), rows.get(eid) ?? null)
      come.add(changeKeyOf(actId, eid))
    }
  }
  return {
    nowOf: (actId, eid) => known.get(changeKeyOf(actId, eid)),
    hasComeFrom: (actId, eid) => come.has(changeKeyOf(actId, eid)),
  }
}

/** The same but for the number. */
const isSaidAlike = (was: ProvisionRow, is: ProvisionRow): boolean =>
  was.status === is.status &&
  wordingOf(was) === wordingOf(is) &&
  isDeepStrictEqual([was.form, was.cells], [is.form, is.cells])

function changeOf(
  end: Ended,
  input: { before: readonly ProvisionRow[]; wordings: readonly ProvisionRow[]; pairs: Pairs; lang: Lang },
): QuotedChange {
  const { before, wordings, pairs, lang } = input
  const isOf = (row: ProvisionRow) => row.actId === end.actId && row.eid === end.eid
  const paired = pairs.nowOf(end.actId, end.eid)
  const now = paired === undefined ? wordings.find(isOf) : (paired ?? undefined)
  if (now !== undefined && now.status === 'in-force') {
    const was = before.find(isOf)
    const kind = was !== undefined && was.eid !== now.eid && isSaidAlike(was, now) ? 'moved' : 'restated'
    return { kind, block: blockOf(now, new Map()) }
  }
  if (now !== undefined || end.by?.change === 'excluded') return { kind: 'excluded', line: excludedLine(end, lang) }
  const { by } = end
  const isTextHeld = wordings.some(
    (row) =>
      row.actId === end.actId && by !== null && row.changedBy?.date === by.date && row.changedBy.number === by.number,
  )
  return isTextHeld ? { kind: 'gone' } : { kind: 'unheld' }
}

const excludedLine = (end: Ended, lang: Lang): string => {
  const by = end.by === null ? '' : ` (${amendedByLine(end.by, lang)})`
  return lang === 'kk'
    ? `${end.label} – ${printedDay(end.day)} бастап алып тасталды${by}.`
    : `${end.label} – исключено с ${printedDay(end.day)}${by}.`
}

function childrenOf(rows: readonly ProvisionRow[]): ReadonlyMap<string, ProvisionRow[]> {
  const children = new Map<string, ProvisionRow[]>()
  for (const row of rows)
    if (row.parentEid !== null && row.status === 'in-force') {
      const key = changeKeyOf(row.actId, row.parentEid)
      children.set(key, [...(children.get(key) ?? []), row])
    }
  return children
}

/** A provision as ingestion writes it into an article. */
const blockOf = (row: ProvisionRow, children: ReadonlyMap<string, ProvisionRow[]>): ArticleBlock => ({
  eid: row.eid,
  label: row.label,
  heading: row.heading,
  paragraphs: row.form != null ? row.form.footer : row.text === '' ? [] : row.text.split('\n'),
  columns: row.form?.columns ?? [],
  children: (children.get(changeKeyOf(row.actId, row.eid)) ?? []).map((child) => blockOf(child, children)),
})
