import type { z } from '@hono/zod-openapi'
import { namesOf } from '#server/events/names-of.ts'
import { and, eq } from 'drizzle-orm'
import { SYSTEM, today, type Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { isOutdated } from './check-base.ts'
import { locateComment } from './anchor-comment.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { isOverdue } from './list-stale.ts'
import { isDeadlinePoint, pointLabel } from '#server/services/deadline-rules.ts'
import { endsByItself } from './finish-task.ts'
import { isOneOf } from './people.ts'
import {
  commentsOf,
  contentOf,
  currentVersion,
  reviewsOf,
  versionById,
  type DraftRow,
  type TaskRow,
} from './queries.ts'
import { impactKey } from './task-keys.ts'
import type { DraftItemSchema, DraftView, TaskSchema } from './schema.ts'

type NameOf = (id: string) => string
const person = (nameOf: NameOf, id: string) => ({ id, name: nameOf(id) })

export const presentDraftItem = (row: DraftRow, nameOf: NameOf): z.infer<typeof DraftItemSchema> => ({
  draftId: row.id,
  articleId: row.articleId,
  lang: row.lang,
  slug: row.slug,
  title: row.title,
  state: row.state,
  revision: row.revision,
  authors: row.authors.map((id) => person(nameOf, id)),
  updatedAt: row.updatedAt.toISOString(),
  updatedBy: person(nameOf, row.updatedBy),
  isRollback: row.rollbackOf !== null,
  versionId: row.versionId,
})

/** Names of everybody that these drafts mention. */
export const draftPeople = (ctx: Context, rows: readonly DraftRow[]): Promise<NameOf> =>
  namesOf(
    ctx,
    rows.flatMap((row) => [row.updatedBy, ...row.authors]),
  )

const WRITERS = new Set(['editor', 'admin'])

/** A draft with everything its page shows, and what the caller may do with it. */
export async function presentDraft(ctx: Context, row: DraftRow): Promise<DraftView> {
  const reviews = await reviewsOf(ctx, row.id)
  const comments = await commentsOf(ctx, row.id)
  const nameOf = await namesOf(ctx, [
    row.updatedBy,
    ...row.authors,
    ...reviews.flatMap((review) => [review.submittedBy, review.decidedBy]),
    ...comments.flatMap((comment) => [comment.createdBy, comment.resolvedBy]),
  ])
  const base = row.baseVersionId === null ? null : await versionById(ctx, row.baseVersionId)
  const current = row.articleId === null ? null : await currentVersion(ctx, row.articleId, row.lang)
  const writes = WRITERS.has(ctx.actor.role ?? '')
  const isAuthor = await isOneOf(ctx, ctx.actor, row.authors)
  return {
    ...presentDraftItem(row, nameOf),
    content: contentOf(row),
    base: base === null ? null : { versionId: base.id, number: base.number, title: base.title, body: base.body },
    current: current === null ? null : { versionId: current.id, number: current.number },
    isOutdated: row.state !== 'published' && row.state !== 'discarded' && (await isOutdated(ctx, row)),
    impact: await impactOf(ctx, row),
    isSlugFixed: row.articleId !== null && (await isSlugTaken(ctx, row.slug, row.id)),
    reviews: reviews.map((review) => ({
      versionId: review.versionId,
      revision: review.revision,
      submittedAt: review.submittedAt.toISOString(),
      submittedBy: person(nameOf, review.submittedBy),
      note: review.note,
      decision: review.decision,
      decidedAt: review.decidedAt?.toISOString() ?? null,
      decidedBy: review.decidedBy === null ? null : person(nameOf, review.decidedBy),
      decisionNote: review.decisionNote,
    })),
    comments: comments.map((comment) => ({
      commentId: comment.id,
      threadId: comment.threadId,
      quote: comment.anchor?.quote ?? null,
      place: comment.anchor == null ? null : locateComment(row.body, comment.anchor),
      text: comment.text,
      createdAt: comment.createdAt.toISOString(),
      createdBy: person(nameOf, comment.createdBy),
      resolvedAt: comment.resolvedAt?.toISOString() ?? null,
      resolvedBy: comment.resolvedBy === null ? null : person(nameOf, comment.resolvedBy),
    })),
    may: {
      edit: writes && row.state === 'working',
      submit: writes && row.state === 'working',
      decide: row.state === 'in-review' && !isAuthor,
      recall:
        writes && (row.state === 'in-review' || row.state === 'approved') && (isAuthor || ctx.actor.role === 'admin'),
      publish: writes && row.state === 'approved',
      discard: writes && row.state === 'working',
    },
  }
}

/** The point whose term a task is about: that of an agency's clock, or п. 26, by which editors have as long as agencies. */
function pointOf({ kind, detail }: TaskRow, lang: Parameters<typeof pointLabel>[2]): string | null {
  // Due on the day of entry into force, it has no term that is counted.
  if (kind === 'impact') return typeof detail['from'] === 'string' ? pointLabel('26', 'state', lang) : null
  const { point, serviceKind } = detail
  if (kind !== 'deadline' || !isDeadlinePoint(point)) return null
  return pointLabel(point, serviceKind === 'electronic' ? 'electronic' : 'state', lang)
}

/** What a task says in the words of the server, in the language of the interface; what was stored before there were others, as it is. */
function detailIn({ detail }: TaskRow, lang: Parameters<typeof pointLabel>[2]): TaskRow['detail'] {
  const { first, firstKk, firstEn, ...rest } = detail
  const said = { ru: first, kk: firstKk, en: firstEn }[lang ?? 'ru'] ?? first
  return said === undefined ? rest : { ...rest, first: said }
}

/** Tasks as their page shows them. @param lang of the interface */
export async function presentTasks(
  ctx: Context,
  rows: readonly TaskRow[],
  lang: Parameters<typeof pointLabel>[2],
): Promise<z.infer<typeof TaskSchema>[]> {
  const nameOf = await namesOf(
    ctx,
    rows.flatMap((row) => [row.createdBy, row.assigneeId, row.doneBy]),
  )
  const day = today(ctx)
  return rows.map((row) => ({
    taskId: row.id,
    kind: row.kind,
    title: row.title,
    detail: detailIn(row, lang),
    articleId: row.articleId,
    draftId: row.draftId,
    versionId: row.versionId,
    lang: row.lang,
    assignee: row.assigneeId === null ? null : person(nameOf, row.assigneeId),
    dueOn: row.dueOn,
    isOverdue: row.state === 'open' && row.dueOn !== null && isOverdue(row.detail['reason'], row.dueOn, day),
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    createdBy: person(nameOf, row.createdBy),
    doneAt: row.doneAt?.toISOString() ?? null,
    doneBy: row.doneBy === null ? null : person(nameOf, row.doneBy),
    endsByItself: endsByItself(row),
    point: pointOf(row, lang),
  }))
}

/** What changed under the article of an open draft, by the task that says so. */
async function impactOf(ctx: Context, row: DraftRow): Promise<DraftView['impact']> {
  if (row.articleId === null || row.state === 'published' || row.state === 'discarded') return null
  const [task] = await ctx.db
    .select({ detail: editorialTask.detail })
    .from(editorialTask)
    .where(and(eq(editorialTask.key, impactKey(row.articleId, row.lang)), eq(editorialTask.state, 'open')))
  if (task === undefined) return null
  const { points, since, url, by } = task.detail
  return {
    points: String(points ?? ''),
    since: String(since ?? ''),
    url: String(url ?? ''),
    by: by === undefined ? null : String(by),
    isProposal: row.createdBy === SYSTEM.id,
  }
}
