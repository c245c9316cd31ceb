import { and, asc, desc, eq, inArray, isNotNull, lt, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import {
  draft,
  draftComment,
  draftRevision,
  editorialReview,
  editorialTask,
  type DraftContent,
} from '#server/db/schema/editorial.ts'
import { notFound } from '#server/errors.ts'

export type DraftRow = typeof draft.$inferSelect
export type ReviewRow = typeof editorialReview.$inferSelect
export type CommentRow = typeof draftComment.$inferSelect
export type TaskRow = typeof editorialTask.$inferSelect

/** @throws DomainError `not-found` */
export async function draftById(ctx: Context, id: string): Promise<DraftRow> {
  const [row] = await ctx.db.select().from(draft).where(eq(draft.id, id))
  if (row === undefined) throw notFound('draft', id)
  return row
}

export const contentOf = (row: DraftRow): DraftContent => ({
  slug: row.slug,
  title: row.title,
  body: row.body,
  actId: row.actId,
  validFrom: row.validFrom,
  validTo: row.validTo,
  reviewBy: row.reviewBy,
  agencyId: row.agencyId,
  serviceId: row.serviceId,
})

export interface DraftFilter {
  states?: readonly DraftRow['state'][]
  articleId?: string | undefined
  /** Drafts that this person wrote in. */
  authorId?: string | undefined
  limit: number
  after?: { at: Date; id: string } | undefined
}

/** Drafts, latest saved first. */
export const listDrafts = (ctx: Context, filter: DraftFilter): Promise<DraftRow[]> =>
  ctx.db
    .select()
    .from(draft)
    .where(
      and(
        filter.states === undefined ? undefined : inArray(draft.state, [...filter.states]),
        filter.articleId === undefined ? undefined : eq(draft.articleId, filter.articleId),
        filter.authorId === undefined
          ? undefined
          : sql`${draft.authors} @> ${JSON.stringify([filter.authorId])}::jsonb`,
        filter.after === undefined ? undefined : before(draft.updatedAt, draft.id, filter.after),
      ),
    )
    .orderBy(desc(draft.updatedAt), desc(draft.id))
    .limit(filter.limit)

const before = (
  at: typeof draft.updatedAt | typeof editorialTask.createdAt,
  id: typeof draft.id | typeof editorialTask.id,
  after: { at: Date; id: string },
): SQL | undefined => or(lt(at, after.at), and(eq(at, after.at), lt(id, after.id)))

export const reviewsOf = (ctx: Context, draftId: string): Promise<ReviewRow[]> =>
  ctx.db
    .select()
    .from(editorialReview)
    .where(eq(editorialReview.draftId, draftId))
    .orderBy(desc(editorialReview.submittedAt))

/** @throws DomainError `not-found` */
export async function reviewOf(ctx: Context, versionId: string): Promise<ReviewRow> {
  const [row] = await ctx.db.select().from(editorialReview).where(eq(editorialReview.versionId, versionId))
  if (row === undefined) throw notFound('review', versionId)
  return row
}

export const commentsOf = (ctx: Context, draftId: string): Promise<CommentRow[]> =>
  ctx.db
    .select()
    .from(draftComment)
    .where(eq(draftComment.draftId, draftId))
    .orderBy(asc(draftComment.createdAt), sql`${draftComment.threadId} nulls first`, asc(draftComment.id))

/** The newest version of an article that was published and not withdrawn: what a draft changes. */
export async function currentVersion(ctx: Context, articleId: string, lang: Lang) {
  const [row] = await ctx.db
    .select()
    .from(articleVersion)
    .where(
      and(
        eq(articleVersion.articleId, articleId),
        eq(articleVersion.lang, lang),
        eq(articleVersion.state, 'published'),
        isNotNull(articleVersion.publishedAt),
      ),
    )
    .orderBy(desc(articleVersion.number))
    .limit(1)
  return row ?? null
}

export async function versionById(ctx: Context, id: string) {
  const [row] = await ctx.db.select().from(articleVersion).where(eq(articleVersion.id, id))
  return row ?? null
}

/**
 * What is stated of a version beside its text: whose matter it is and which service it tells of (of people's texts alone), and the
 * day on which it ends.
 */
export async function factsOf(
  ctx: Context,
  versionId: string | null,
): Promise<Pick<DraftContent, 'agencyId' | 'serviceId' | 'reviewBy' | 'validTo'>> {
  const [review] =
    versionId === null
      ? []
      : await ctx.db.select().from(editorialReview).where(eq(editorialReview.versionId, versionId))
  const [end] =
    versionId === null
      ? []
      : await queryRows<{ valid_to: string | null }>(ctx.db, sql`select ${statedEnd(versionId)} as valid_to`)
  return {
    agencyId: review?.agencyId ?? null,
    serviceId: review?.serviceId ?? null,
    reviewBy: review?.reviewBy ?? null,
    validTo: end?.valid_to ?? null,
  }
}

/**
 * The end that somebody gave a version: with its text, or when its law ended. That the next version begins is no such end: it
 * would end a correction of the text too.
 */
export const statedEnd = (versionId: SQLWrapper | string) =>
  sql<string | null>`(select coalesce(w.valid_to, case when not exists (
      select 1 from article_version n
      where n.article_id = v.article_id and n.lang = v.lang and n.id <> v.id and n.state = 'published'
        and n.valid_from = v.valid_to
    ) then v.valid_to end)::text
    from article_version v left join editorial_review w on w.version_id = v.id
    where v.id = ${versionId})`

/** A text of the draft as it was saved; null when it is older than what is kept. */
export async function revisionOf(ctx: Context, draftId: string, revision: number) {
  const [row] = await ctx.db
    .select()
    .from(draftRevision)
    .where(and(eq(draftRevision.draftId, draftId), eq(draftRevision.revision, revision)))
  return row ?? null
}

export const listRevisions = (ctx: Context, draftId: string, limit: number, beforeRevision: number | null) =>
  ctx.db
    .select({ revision: draftRevision.revision, at: draftRevision.at, by: draftRevision.by })
    .from(draftRevision)
    .where(
      and(
        eq(draftRevision.draftId, draftId),
        beforeRevision === null ? undefined : lt(draftRevision.revision, beforeRevision),
      ),
    )
    .orderBy(desc(draftRevision.revision))
    .limit(limit)

export interface TaskFilter {
  state: 'open' | 'done'
  kind?: TaskRow['kind'] | undefined
  assigneeId?: string | undefined
  limit: number
  after?: { at: Date; id: string } | undefined
}

/** Tasks, newest first. */
export const listTasks = (ctx: Context, filter: TaskFilter): Promise<TaskRow[]> =>
  ctx.db
    .select()
    .from(editorialTask)
    .where(
      and(
        eq(editorialTask.state, filter.state),
        filter.kind === undefined ? undefined : eq(editorialTask.kind, filter.kind),
        filter.assigneeId === undefined ? undefined : eq(editorialTask.assigneeId, filter.assigneeId),
        filter.after === undefined ? undefined : before(editorialTask.createdAt, editorialTask.id, filter.after),
      ),
    )
    .orderBy(desc(editorialTask.createdAt), desc(editorialTask.id))
    .limit(filter.limit)

/** The act that most of a version's sources are from, as a value of a query. */
export const quotedAct = (versionId: SQLWrapper | string) =>
  sql<string | null>`(select r.act_id from article_source s join provision r on r.id = s.provision_id
    where s.version_id = ${versionId} group by r.act_id order by count(*) desc, r.act_id limit 1)`
