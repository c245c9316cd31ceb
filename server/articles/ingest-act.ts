import { and, desc, eq, gt, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import type { ActSource } from '#ingest/acts/parse-source.ts'
import { articlesOfAct } from '#ingest/articles/articles-of-act.ts'
import {
  completePlan,
  defaultPlan,
  type DivisibleAct,
  planGaps,
  type DivisionPlan,
  type Newcomer,
} from '#ingest/articles/division-plan.ts'
import { standardMessages } from '#ingest/passports/standard-messages.ts'
import { actIdOf, actKey } from '#server/acts/act-identity.ts'
import { isSaidAlike } from '#server/acts/compare-wordings.ts'
import { pairProvisions } from '#server/acts/follow-provisions.ts'
import { importEdition, type ImportEditionResult } from '#server/acts/import-edition.ts'
import { updateLanguageDifferences } from '#server/acts/update-language-differences.ts'
import type { NewProvision } from '#server/acts/provision-row.ts'
import { storePublicationDays, type GivenPublicationDay } from '#server/acts/publication-days.ts'
import { SYSTEM, today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { article, articleSource, articleVersion } from '#server/db/schema/articles.ts'
import { provision } from '#server/db/schema/acts.ts'
import { editorialReview } from '#server/db/schema/editorial.ts'
import type { ChangedPoint } from '#server/db/schema/services.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { requestUpdates, type UpdateRequestRow } from '#server/services/request-updates.ts'
import { findOutlived, type OutlivedVersion } from './find-outlived.ts'
import { draftVersion, versionHash, versionStandingFor } from './draft-version.ts'
import { publishVersion } from './publish-version.ts'
import { dayBefore, diffPath } from './source-change.ts'
import { storedVersions, type StoredArticle } from './stored-versions.ts'
import { everInForce } from './visible-passages.ts'

export interface IngestActInput {
  parsed: ParsedAct
  source: ActSource
  /** An editor's division into articles; without one the act is divided by chapter. */
  plan: DivisionPlan | null
  /**
   * `publish`: what the act gives is published, also what waited. `review`: it waits for a second person, and nothing that operators
   * see is changed. Without it what the act gives is published, except that of articles whose text waits already.
   */
  mode?: 'publish' | 'review'
  /** Days of publication that an editor gives with it. */
  publicationDays?: readonly GivenPublicationDay[]
}

export interface IngestActResult {
  actId: string
  changed: boolean
  /** Provisions with a first wording, another wording, and none any more. */
  provisions: { added: number; rewritten: number; removed: number }
  versions: { slug: string; number: number; validFrom: string }[]
  /** Slugs of articles that the act no longer gives. */
  ended: string[]
  /** Of `review`: texts that by this one their act no longer gives. They go on until a second person ends them. */
  endings: OutlivedVersion[]
  /** Slugs of articles whose new text from the act waits for an editor: those that people wrote, and of `review` all. */
  proposed: string[]
  /** Requests to bring information up to date that it opened (п. 26). */
  requests: UpdateRequestRow[]
  messages: Message[]
}

/** Most texts of one act that are looked at for having lost their law. */
const MOST_ENDINGS = 1_000
const START = { line: 1, column: 1, offset: 0 }
/** Something that an editor should know of a text as a whole. */
export const notice = (rule: string, text: string): Message => ({
  severity: 'warning',
  rule,
  text,
  place: { start: START, end: START },
})

const onDay = (rows: readonly NewProvision[], day: string): NewProvision[] =>
  rows.filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo > day))

/** Every element as its newest wording has it, in the order of the act. */
function newestForms({ provisions, title, annexTitle }: ImportEditionResult, lang: Lang): DivisibleAct {
  const newest = new Map<string, NewProvision>()
  for (const row of provisions) {
    const held = newest.get(row.eid)
    if (held === undefined || held.validFrom <= row.validFrom) newest.set(row.eid, row)
  }
  return { lang, title, annexTitle, provisions: [...newest.values()].sort((a, b) => a.ord - b.ord) }
}

/** A past reading that is published already, whatever came after it. */
async function hasReadSo(
  ctx: Context,
  made: { slug: string; body: string; title: string; validFrom: string; lang: Lang },
): Promise<boolean> {
  const [row] = await ctx.db
    .select({ id: articleVersion.id })
    .from(articleVersion)
    .innerJoin(article, eq(article.id, articleVersion.articleId))
    .where(
      and(
        eq(article.slug, made.slug),
        eq(articleVersion.lang, made.lang),
        eq(articleVersion.validFrom, made.validFrom),
        eq(articleVersion.body, made.body),
        eq(articleVersion.title, made.title),
        isNotNull(articleVersion.validTo),
        gt(articleVersion.validTo, articleVersion.validFrom),
        eq(articleVersion.state, 'published'),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** Gives articles their places in the plan, in one statement: a new chapter moves all that stand behind it. */
async function writeOrder(
  ctx: Context,
  stored: ReadonlyMap<string, StoredArticle>,
  order: ReadonlyMap<string, number>,
): Promise<void> {
  const moved = [...stored].flatMap(([slug, { ord }]) => {
    const wanted = order.get(slug) ?? ord
    return wanted === ord ? [] : [{ slug, ord: wanted }]
  })
  if (moved.length > 0)
    await ctx.db.execute(
      sql`update article set ord = m.ord from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m(slug text, ord int)
          where article.slug = m.slug`,
    )
}

/**
 * Whether nothing is to be written for an article as it reads from a day on: a version stands for that text, or it is a past reading that
 * was published. It asks nothing but what is known already, since of an amended act most articles are so.
 */
function isSettled(
  held: StoredArticle,
  hash: string,
  validFrom: string,
  now: string,
  mode: IngestActInput['mode'],
): boolean {
  const standing = versionStandingFor(held.versions, hash, now)
  if (standing !== undefined) return mode !== 'publish' || standing.state !== 'draft'
  return (
    validFrom < now &&
    held.versions.some(
      ({ contentHash, state, validTo, ...version }) =>
        contentHash === hash && state === 'published' && validTo !== null && validTo > version.validFrom,
    )
  )
}

/**
 * The days from which the act reads differently: those since the oldest held edition (of what was before, nobody here has
 * read the whole), the latest that has come in any case, and all that have not.
 */
function readingDays(rows: readonly NewProvision[], now: string, heldSince: string): string[] {
  const days = [
    ...new Set(rows.flatMap((row) => [row.validFrom, ...(row.validTo === null ? [] : [row.validTo])])),
  ].sort()
  const past = days.filter((day) => day <= now)
  return [...past.slice(0, -1).filter((day) => day >= heldSince), ...past.slice(-1), ...days.filter((day) => day > now)]
}

/**
 * From a parsed act to published articles, whole or not at all: the edition, the wordings that all held texts give, then
 * a version of each article for today and for every later day on which it will read differently. What reads as before
 * is left alone, so the same text again writes nothing. An article that the act no longer gives comes to its end.
 * @throws DomainError `source-refused` when the text would lose provisions
 */
export const ingestAct = (ctx: Context, input: IngestActInput): Promise<IngestActResult> =>
  inTransaction(ctx, async (tx) => {
    const { parsed, source } = input
    const key = actKey(parsed.requisites)
    const publishedOn = input.plan?.publishedOn ?? {}
    await storePublicationDays(tx, {
      actId: actIdOf(parsed.requisites),
      days: input.publicationDays ?? [],
      reason: null,
    })
    const of = { actId: actIdOf(parsed.requisites), lang: parsed.lang }
    const isReview = input.mode === 'review'
    const before = isReview ? (await findOutlived(tx, { limit: MOST_ENDINGS, of })).items : []
    const imported = await importEdition(tx, { parsed, source, publishedOn })
    const { actId, provisions } = imported
    await updateLanguageDifferences(tx, { actId })
    // Divided as all held texts together say, so that the order of imports does not matter.
    const forms = newestForms(imported, parsed.lang)
    const { plan, newcomers } = completePlan(input.plan ?? defaultPlan(forms, key), forms)
    const messages = [...planMessages(plan, newcomers, parsed), ...standardMessages(parsed)]
    const now = today(ctx)

    const versions: IngestActResult['versions'] = []
    const proposed: string[] = []
    const live = new Set<string>()
    const wordings = wordingsByArticle(provisions, plan)
    const stored = await storedVersions(tx, { slugs: plan.articles.map(({ slug }) => slug), lang: parsed.lang })
    const order = new Map(plan.articles.map(({ slug }, ord) => [slug, ord]))
    await writeOrder(tx, stored, order)
    for (const day of readingDays(provisions, now, imported.heldSince)) {
      const rows = onDay(provisions, day)
      const byEid = new Map(rows.map((row) => [row.eid, row]))
      for (const made of articlesOfAct(rows, plan)) {
        live.add(made.slug)
        const sources = made.eids.flatMap((eid) => {
          const row = byEid.get(eid)
          return row === undefined ? [] : [{ eid, provisionId: row.id, chapter: chapterOf(byEid, eid) }]
        })
        const since = readsSoSince(wordings.get(made.slug) ?? [], day)
        const held = stored.get(made.slug)
        const hash = versionHash({ ...made, ...since, sources })
        if (held !== undefined && isSettled(held, hash, since.validFrom, now, input.mode)) continue
        if (since.validFrom < now && (await hasReadSo(tx, { ...made, ...since, lang: parsed.lang }))) continue
        // From here on what is stored of this article is written: the next day asks the database.
        stored.delete(made.slug)
        const drafted = await draftVersion(tx, {
          slug: made.slug,
          lang: parsed.lang,
          title: made.title,
          body: made.body,
          actId,
          ord: order.get(made.slug) ?? 0,
          sources,
          ...since,
        })
        const waits = !drafted.changed && input.mode === 'publish' && (await isDraft(tx, drafted.versionId))
        if (!drafted.changed && !waits) continue
        // What people wrote is not replaced behind their backs: the act's new text waits for them as a draft.
        if (await isKeptByPeople(tx, drafted.articleId, parsed.lang)) {
          if (drafted.changed) proposed.push(made.slug)
          continue
        }
        const awaitsPerson =
          input.mode === 'review'
            ? !(await isReadAlready(tx, drafted.versionId))
            : input.mode === undefined && (await hasAwaited(tx, drafted))
        if (awaitsPerson) {
          proposed.push(made.slug)
          continue
        }
        // The server publishes: the text was approved before, or the terminal vouches for it.
        await publishVersion({ ...tx, actor: SYSTEM }, { versionId: drafted.versionId })
        versions.push({ slug: made.slug, number: drafted.number, validFrom: since.validFrom })
      }
    }
    const proposedBefore = new Set(before.map(({ versionId }) => versionId))
    const endings = isReview
      ? (await findOutlived(tx, { limit: MOST_ENDINGS, of })).items.filter(
          ({ versionId }) => !proposedBefore.has(versionId),
        )
      : []
    const ended = isReview ? [] : await endOthers(tx, actId, parsed.lang, live, now)
    const requests = await requestUpdatesOf(tx, imported, parsed)
    return {
      actId,
      changed: imported.newText || versions.length > 0 || ended.length > 0 || proposed.length > 0,
      provisions: {
        added: imported.added.length,
        rewritten: imported.rewritten.length,
        removed: imported.removed.length,
      },
      versions,
      ended,
      endings,
      proposed: [...new Set(proposed)],
      requests,
      messages,
    }
  })

const isDraft = async (ctx: Context, versionId: string): Promise<boolean> => {
  const [row] = await ctx.db
    .select({ state: articleVersion.state })
    .from(articleVersion)
    .where(eq(articleVersion.id, versionId))
  return row?.state === 'draft'
}

/**
 * Whether operators read these very words already, or did on the past days that it is about: then only a day is new, and nobody has
 * to approve it.
 */
async function isReadAlready(ctx: Context, versionId: string): Promise<boolean> {
  const [found] = await queryRows<{ id: string }>(
    ctx.db,
    sql`select v.id from article_version v join article_version n on n.article_id = v.article_id and n.lang = v.lang
        where n.id = ${versionId} and v.id <> n.id and v.title = n.title and v.body = n.body and ${everInForce}
          and (v.valid_to is null or v.valid_to > ${today(ctx)}
               or exists (select 1 from article_version p where p.article_id = n.article_id and p.lang = n.lang and p.state = 'published'
                          and p.valid_from > n.valid_from and p.valid_from <= ${today(ctx)}))
        limit 1`,
  )
  return found !== undefined
}

/** Whether a text of the act waits for an editor in this article: then what is newer waits too. */
async function hasAwaited(ctx: Context, made: { articleId: string; versionId: string }): Promise<boolean> {
  const [found] = await queryRows<{ id: string }>(
    ctx.db,
    sql`select v.id from article_version v
        where v.article_id = ${made.articleId} and v.id <> ${made.versionId} and v.state = 'draft'
          and v.lang = (select lang from article_version where id = ${made.versionId})
          and v.number > coalesce((select max(p.number) from article_version p
                where p.article_id = v.article_id and p.lang = v.lang and p.published_at is not null), 0) limit 1`,
  )
  return found !== undefined
}

/** Most points that a request names; a whole act restated is told by its first ones. */
const MOST_POINTS = 60

/**
 * What an amending act did to the provisions of an act, told by their words as well as their numbers: what only moved has not changed,
 * and what stands under its old number now is something else.
 * @returns points as a reader is told of them, changed ones first; and the element ids whose words were changed, as texts of before quote them
 */
function changedBy(
  provisions: readonly NewProvision[],
  by: { date: string; number: string },
): { points: ChangedPoint[]; quoted: string[]; days: string[] } {
  const isBy = (one: { date: string; number: string } | null): boolean =>
    one !== null && one.date === by.date && one.number === by.number
  const dayOf = (row: NewProvision): string | null => (isBy(row.changedBy) ? row.validFrom : row.validTo)
  const touched = provisions.filter((row) => isBy(row.changedBy) || isBy(row.endedBy))
  const days = [...new Set(touched.flatMap((row) => dayOf(row) ?? []))].sort()
  const [changed, moved] = [new Map<string, ChangedPoint>(), new Map<string, ChangedPoint>()]
  const quoted = new Set<string>()
  for (const day of days) {
    const own = new Set(touched.filter((row) => dayOf(row) === day))
    const [before, after] = [onDay(provisions, dayBefore(day)), onDay(provisions, day)]
    const pairs = pairProvisions(before, after)
    const from = new Map([...pairs].map(([eid, is]) => [is, eid]))
    const old = new Map(before.map((row) => [row.eid, row]))
    for (const row of after.filter((one) => own.has(one))) {
      const was = old.get(from.get(row) ?? '')
      // A chapter restated as a whole says most of its points again, word for word.
      const isAlike = was !== undefined && isSaidAlike(was, row)
      const isMoved = was !== undefined && was.eid !== row.eid
      const point = { eid: row.eid, label: isMoved ? `${was.label} → ${row.label}` : row.label }
      if (!isAlike) {
        changed.set(row.eid, point)
        if (was !== undefined) quoted.add(was.eid)
      } else if (isMoved) {
        // What only goes along with its parent is told by that.
        const parent = pairs.get(was.parentEid ?? '')
        if (parent === undefined || parent.eid !== row.parentEid || parent.eid === was.parentEid)
          moved.set(row.eid, point)
      }
    }
    for (const row of before.filter((one) => own.has(one) && !pairs.has(one.eid))) {
      changed.set(row.eid, changed.get(row.eid) ?? { eid: row.eid, label: row.label })
      quoted.add(row.eid)
    }
  }
  return { points: [...changed.values(), ...moved.values()], quoted: [...quoted], days }
}

/** Opens the requests of п. 26 for every act whose changes were not known before. */
async function requestUpdatesOf(
  ctx: Context,
  imported: ImportEditionResult,
  parsed: ParsedAct,
): Promise<UpdateRequestRow[]> {
  const { actId, provisions, newAmendments } = imported
  if (newAmendments.length === 0) return []
  const amendments: Parameters<typeof requestUpdates>[1]['amendments'][number][] = []
  // One after the other: a transaction has one connection.
  for (const by of newAmendments) {
    const { points, quoted, days } = changedBy(provisions, by)
    amendments.push({
      ...by,
      points: points.slice(0, MOST_POINTS),
      url: diffPath(actId, parsed.lang, days[0] ?? by.date, days.at(-1) ?? by.date),
      bound: await articlesBoundTo(ctx, actId, quoted),
    })
  }
  const { kind, date, number } = parsed.requisites
  return requestUpdates(ctx, { actId, act: { kind, date, number }, amendments })
}

/** Services and agencies of published articles that quote these provisions. */
async function articlesBoundTo(ctx: Context, actId: string, eids: readonly string[]) {
  if (eids.length === 0) return []
  const rows = await queryRows<{ service_id: string | null; agency_id: string | null }>(
    ctx.db,
    sql`select distinct w.service_id, w.agency_id
        from editorial_review w join article_version v on v.id = w.version_id
        join article_source s on s.version_id = v.id join provision r on r.id = s.provision_id
        where (w.service_id is not null or w.agency_id is not null) and ${everInForce}
          and (v.valid_to is null or v.valid_to > ${today(ctx)})
          and r.act_id = ${actId} and r.eid = any(${`{${eids.map((eid) => `"${eid}"`).join(',')}}`}::text[])`,
  )
  return rows.map((row) => ({ serviceId: row.service_id, agencyId: row.agency_id }))
}

/** Whether the newest published version of an article was written by people. */
async function isKeptByPeople(ctx: Context, articleId: string, lang: Lang): Promise<boolean> {
  const [newest] = await ctx.db
    .select({ byPeople: editorialReview.versionId })
    .from(articleVersion)
    .leftJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
    .where(
      and(
        eq(articleVersion.articleId, articleId),
        eq(articleVersion.lang, lang),
        isNotNull(articleVersion.publishedAt),
      ),
    )
    .orderBy(desc(articleVersion.number))
    .limit(1)
  return newest !== undefined && newest.byPeople !== null
}

/** All wordings that an article may hold, by its slug: those of what its plan names and of what stands in that. */
function wordingsByArticle(rows: readonly NewProvision[], plan: DivisionPlan): Map<string, NewProvision[]> {
  const slugs = new Map(plan.articles.flatMap(({ slug, provisions }) => provisions.map((eid) => [eid, slug])))
  const own = new Map<string, NewProvision[]>()
  for (const row of rows) {
    const steps = row.eid.split('__')
    const holders = new Set(steps.flatMap((_, i) => slugs.get(steps.slice(0, i + 1).join('__')) ?? []))
    for (const slug of holders) {
      const held = own.get(slug)
      if (held === undefined) own.set(slug, [row])
      else held.push(row)
    }
  }
  return own
}

/** An article reads as it does since the last of its provisions began or ended, not since the act changed elsewhere. */
function readsSoSince(own: readonly NewProvision[], day: string): { validFrom: string; validFromKnown: boolean } {
  const validFrom = own
    .flatMap((row) => [row.validFrom, ...(row.validTo === null ? [] : [row.validTo])])
    .filter((one) => one <= day)
    .reduce((last, one) => (one > last ? one : last), '')
  const begun = own.filter((row) => row.validFrom === validFrom)
  return { validFrom, validFromKnown: begun.length > 0 && begun.every((row) => row.validFromKnown) }
}

function planMessages(plan: DivisionPlan, newcomers: readonly Newcomer[], parsed: ParsedAct): Message[] {
  const { unknown, forgotten } = planGaps(plan, parsed)
  // What a newer held text added is none of this one's business, nor of the file's.
  const held = new Set(parsed.provisions.map(({ eid }) => eid))
  const added = new Set(newcomers.map(({ eid }) => eid))
  const own = newcomers.filter(({ eid }) => held.has(eid))
  return [
    ...own.map(({ eid, slug, after }) =>
      notice(
        'plan-newcomer',
        `${eid} не назван в плане и помещён в статью ${slug} после ${after}; если место не то, внесите его в *.articles.yaml`,
      ),
    ),
    ...forgotten.map((eid) =>
      notice(
        'plan-forgot',
        `${eid} не вошёл ни в одну статью плана и не будет найден поиском; добавьте его в *.articles.yaml`,
      ),
    ),
    ...unknown
      .filter((eid) => !added.has(eid))
      .map((eid) =>
        notice('plan-unknown', `план статей называет ${eid}, которого в этом тексте нет; исправьте *.articles.yaml`),
      ),
  ]
}

function chapterOf(byEid: ReadonlyMap<string, NewProvision>, eid: string): string {
  for (let row = byEid.get(eid); row !== undefined; row = row.parentEid == null ? undefined : byEid.get(row.parentEid))
    if (row.kind === 'chapter') return row.heading ?? ''
  return ''
}

/** Ends the open versions of articles that the act no longer gives: when their law ended, or today when they were divided anew. */
async function endOthers(
  ctx: Context,
  actId: string,
  lang: Lang,
  live: ReadonlySet<string>,
  now: string,
): Promise<string[]> {
  const open = await ctx.db
    .select({
      id: articleVersion.id,
      articleId: article.id,
      slug: article.slug,
      number: articleVersion.number,
      validFrom: articleVersion.validFrom,
    })
    .from(articleVersion)
    .innerJoin(article, eq(article.id, articleVersion.articleId))
    .where(
      and(
        eq(article.actId, actId),
        eq(articleVersion.lang, lang),
        eq(articleVersion.state, 'published'),
        isNull(articleVersion.validTo),
        live.size === 0 ? undefined : notInArray(article.slug, [...live]),
      ),
    )
  for (const version of open) {
    const sources = await ctx.db
      .select({ validTo: provision.validTo })
      .from(articleSource)
      .innerJoin(provision, eq(provision.id, articleSource.provisionId))
      .where(eq(articleSource.versionId, version.id))
    const lawEnds = sources.every((row) => row.validTo !== null)
    const end = lawEnds
      ? sources.reduce((last, row) => ((row.validTo ?? '') > last ? (row.validTo ?? '') : last), version.validFrom)
      : now
    const validTo = end < version.validFrom ? version.validFrom : end
    await ctx.db.update(articleVersion).set({ validTo }).where(eq(articleVersion.id, version.id))
    await emit(ctx, {
      type: 'version.ended',
      subjectId: version.id,
      payload: { articleId: version.articleId, number: version.number, validTo },
    })
  }
  return open.map((version) => version.slug)
}
