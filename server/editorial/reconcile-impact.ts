import { printedDay } from '#ingest/text/printed-day.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { lastDayOfTerm } from '#server/calendar/last-day-of-term.ts'
import { RULES_TERMS } from '#server/calendar/rules-terms.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { SYSTEM, today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { draft, editorialTask } from '#server/db/schema/editorial.ts'
import { inTransaction } from '#server/events/event.ts'
import { findOutlived } from '#server/articles/find-outlived.ts'
import { closeTasks } from './close-tasks.ts'
import { createDraft } from './create-draft.ts'
import { findNeighbours } from './find-neighbours.ts'
import { findImpacted, type ImpactedArticle } from './find-impacted.ts'
import { openTask, type OpenTaskInput } from './open-task.ts'
import { contentOf } from './queries.ts'
import { saveDraft } from './save-draft.ts'
import { endingKey, impactKey, nobodyKey, versionKey } from './task-keys.ts'

const MOST = 1_000
/** For what has come into force already: as long as the Rules give the agencies. */
const TERM = RULES_TERMS.update
/** Labels that a task names; a whole act restated is told by its first ones. */
const MOST_LABELS = 20

const labelsOf = (labels: readonly string[]): string =>
  labels.length <= MOST_LABELS
    ? labels.join(', ')
    : `${labels.slice(0, MOST_LABELS).join(', ')} … (+${labels.length - MOST_LABELS})`

/**
 * Makes the inbox say what changed acts ask of editors: people's texts that quote wordings which have ended or will, each with a
 * proposed draft; points that are new beside what people's own texts quote; texts that ingestion made and that wait for a second person,
 * or that their act no longer gives; requests of п. 26 that nobody is there to answer.
 * What was mended closes by itself. Compares state, so a second run writes nothing. Opens a transaction of its own.
 * @param most of each kind at once; of a kind with more nothing closes by itself, since nobody has looked whether it was mended
 */
export const reconcileImpact = (
  ctx: Context,
  { most = MOST }: { most?: number } = {},
): Promise<{ opened: number; closed: number }> =>
  inTransaction(ctx, async (tx) => {
    await queryRows(tx.db, sql`select pg_advisory_xact_lock(hashtext('reconcile-impact'))`)
    const day = today(tx)
    const calendar = await loadCalendar(tx)
    const open = await tx.db
      .select()
      .from(editorialTask)
      .where(and(eq(editorialTask.kind, 'impact'), eq(editorialTask.state, 'open')))
    const held = new Map(open.map((task) => [task.key, task]))
    const wanted = new Map<string, OpenTaskInput>()
    /** Due on the day of entry into force; where it has come, in five working days from the day on which it was first seen. */
    const withTerm = (task: OpenTaskInput, on: string): OpenTaskInput => {
      if (on > day) return { ...task, dueOn: on }
      const before = held.get(task.key)
      const from = before === undefined || before.dueOn === null ? day : before.detail['from']
      // It came into force while it waited, and keeps that day.
      if (typeof from !== 'string') return { ...task, dueOn: before?.dueOn ?? on }
      const { date } = lastDayOfTerm(calendar, { event: from, term: TERM })
      return { ...task, dueOn: date, detail: { ...task.detail, from, workingDays: TERM.length } }
    }
    const want = (task: OpenTaskInput): unknown => wanted.set(task.key, task)

    const impacted = await findImpacted(tx, { limit: most })
    const versions = await waitingVersions(tx, most)
    const outlived = await findOutlived(tx, { limit: most })
    const neighbours = await findNeighbours(tx, { limit: most })
    const nobody = await unansweredByAnybody(tx, most)
    for (const item of impacted.items) {
      const key = impactKey(item.articleId, item.lang)
      const draftId = held.has(key)
        ? await refreshProposal(tx, item, held.get(key)?.draftId ?? null)
        : await propose(tx, item)
      want(withTerm(taskOf(item, key, draftId), item.since))
    }
    for (const one of versions.items) {
      const key = versionKey(one.versionId)
      want(
        withTerm(
          {
            ...about(one, key),
            detail: {
              mode: 'version',
              points: labelsOf(one.labels),
              since: one.validFrom,
              known: one.validFromKnown ? 1 : 0,
              madeBy: one.createdBy,
              ...(one.baseVersionId === null ? {} : { baseVersionId: one.baseVersionId }),
            },
          },
          one.validFrom,
        ),
      )
    }
    for (const one of outlived.items) {
      const key = endingKey(one.versionId)
      want(
        withTerm(
          {
            ...about(one, key),
            detail: {
              mode: 'ending',
              points: labelsOf(one.labels),
              ...(one.moved.length === 0 ? {} : { moved: labelsOf(one.moved) }),
              since: one.endsOn,
              known: one.known ? 1 : 0,
              url: one.url,
              madeBy: one.importedBy,
              ...(one.by === null ? {} : { by: one.by }),
            },
          },
          one.endsOn,
        ),
      )
    }
    for (const { key, ...one } of neighbours.items)
      want(
        withTerm(
          {
            ...about(one, key),
            assigneeId: one.editorId,
            detail: {
              mode: 'neighbour',
              points: labelsOf(one.labels),
              beside: labelsOf(one.beside),
              since: one.since,
              known: one.known ? 1 : 0,
              url: one.url,
              ...(one.by === null ? {} : { by: one.by }),
            },
          },
          one.since,
        ),
      )
    for (const one of nobody.items)
      want({
        kind: 'impact',
        key: nobodyKey(one.id),
        title: one.name ?? one.agencyId,
        dueOn: one.dueOn,
        detail: {
          mode: 'nobody',
          points: labelsOf(one.points),
          url: one.url,
          by: one.by,
          // Its clock runs from the date of the amending act (п. 26).
          ...(one.dueOn === null ? {} : { from: one.amendedOn, workingDays: TERM.length }),
          ...(one.serviceId === null ? {} : { serviceId: one.serviceId }),
        },
      })
    let opened = 0
    for (const task of wanted.values()) if ((await openTask(tx, task)) !== null) opened += 1
    const truncated = new Set<unknown>(
      Object.entries({
        proposal: impacted,
        version: versions,
        ending: outlived,
        neighbour: neighbours,
        nobody,
      }).flatMap(([mode, found]) => (found.truncated ? [mode] : [])),
    )
    const mended = [...held.values()].filter(({ key, detail }) => !wanted.has(key) && !truncated.has(detail['mode']))
    const closed = await closeTasks(
      tx,
      mended.map(({ key }) => key),
    )
    return { opened, closed }
  })

/** What every task about a text names. */
const about = (
  { title, lang, articleId, versionId }: Pick<ImpactedArticle, 'title' | 'lang' | 'articleId' | 'versionId'>,
  key: string,
) => ({ kind: 'impact' as const, key, title, lang, articleId, versionId })

const taskOf = (item: ImpactedArticle, key: string, draftId: string | null): OpenTaskInput => {
  const { moved, replaced, excluded, added, paraphrased, unheld } = item.proposal
  const listed = { moved, replaced, excluded, added, paraphrased, unheld }
  return {
    ...about(item, key),
    draftId,
    detail: {
      mode: 'proposal',
      points: labelsOf(item.labels),
      since: item.since,
      known: item.known ? 1 : 0,
      url: item.url,
      ...(item.by === null ? {} : { by: item.by }),
      ...Object.fromEntries(
        Object.entries(listed).flatMap(([name, labels]) => (labels.length === 0 ? [] : [[name, labelsOf(labels)]])),
      ),
    },
  }
}

/** The proposal is the server's: whoever submits it answers for it, and a second person approves. */
const bySystem = (ctx: Context): Context => ({ ...ctx, actor: SYSTEM })

/** A draft with the proposed text; where somebody is at work on the article already, that draft, untouched. */
async function propose(ctx: Context, item: ImpactedArticle): Promise<string> {
  const [own] = await ctx.db
    .select({ id: draft.id })
    .from(draft)
    .where(
      and(
        eq(draft.articleId, item.articleId),
        eq(draft.lang, item.lang),
        inArray(draft.state, ['working', 'in-review', 'approved']),
      ),
    )
    .limit(1)
  if (own !== undefined) return own.id
  const made = await createDraft(bySystem(ctx), {
    articleId: item.articleId,
    lang: item.lang,
    fromVersionId: item.versionId,
    content: { body: item.proposal.body, validFrom: item.validFrom },
  })
  return made.id
}

/** A proposal that nobody has touched follows the act; any other draft is its authors'. */
async function refreshProposal(ctx: Context, item: ImpactedArticle, draftId: string | null): Promise<string | null> {
  if (draftId === null) return null
  const [row] = await ctx.db.select().from(draft).where(eq(draft.id, draftId))
  const isOurs = row !== undefined && row.state === 'working' && row.authors.every((id) => id === SYSTEM.id)
  if (!isOurs) return draftId
  const content = { ...contentOf(row), body: item.proposal.body, validFrom: item.validFrom }
  await saveDraft(bySystem(ctx), { draftId, revision: row.revision, content })
  return draftId
}

/** Texts that ingestion made for articles that it keeps, newer than what is published: they wait for a second person. */
async function waitingVersions(ctx: Context, most: number) {
  const rows = await queryRows<{
    version_id: string
    article_id: string
    lang: Lang
    title: string
    valid_from: string
    valid_from_known: boolean
    created_by: string
    base_version_id: string | null
    labels: string[] | null
  }>(
    ctx.db,
    sql`select v.id as version_id, v.article_id, v.lang, v.title, v.valid_from::text, v.valid_from_known, v.created_by,
               b.id as base_version_id,
               (select array_agg(distinct r.label) from article_source s join provision r on r.id = s.provision_id
                where (s.version_id = v.id and r.valid_from = v.valid_from)
                   or (s.version_id = b.id and r.valid_to = v.valid_from and r.valid_to > r.valid_from)) as labels
        from article_version v
        left join lateral (
          select p.id, p.number from article_version p
          where p.article_id = v.article_id and p.lang = v.lang and p.published_at is not null
          order by p.number desc limit 1
        ) b on true
        where v.state = 'draft' and not exists (select 1 from editorial_review w where w.version_id = v.id or w.version_id = b.id)
          and not exists (
            select 1 from article_version n
            where n.article_id = v.article_id and n.lang = v.lang and n.number > v.number
              and (n.valid_from = v.valid_from or n.body = v.body) and n.state in ('draft', 'published')
          )
        order by v.valid_from, v.id limit ${most + 1}`,
  )
  const items = rows.slice(0, most).map((row) => ({
    versionId: row.version_id,
    articleId: row.article_id,
    lang: row.lang,
    title: row.title,
    validFrom: row.valid_from,
    validFromKnown: row.valid_from_known,
    createdBy: row.created_by,
    baseVersionId: row.base_version_id,
    labels: row.labels ?? [],
  }))
  return { items, truncated: rows.length > most }
}

/** Open requests of п. 26 for which no responsible person is in office. */
async function unansweredByAnybody(ctx: Context, most: number) {
  const rows = await queryRows<{
    id: string
    agency_id: string
    service_id: string | null
    name: string | null
    due_on: string | null
    url: string
    amended_by: { kind: string; date: string; number: string }
    points: { label: string }[]
  }>(
    ctx.db,
    sql`select u.id, u.agency_id, u.service_id, s.name, u.due_on::text, u.url, u.amended_by, u.points
        from update_request u left join service s on s.id = u.service_id
        where u.state = 'open'
          and not exists (select 1 from responsible_person p where p.service_id = u.service_id and p.until is null)
        order by u.due_on, u.id limit ${most + 1}`,
  )
  const items = rows.slice(0, most).map((row) => ({
    id: row.id,
    agencyId: row.agency_id,
    serviceId: row.service_id,
    name: row.name,
    dueOn: row.due_on,
    url: row.url,
    amendedOn: row.amended_by.date,
    by: `${row.amended_by.kind} № ${row.amended_by.number} от ${printedDay(row.amended_by.date)}`,
    points: row.points.map(({ label }) => label),
  }))
  return { items, truncated: rows.length > most }
}
