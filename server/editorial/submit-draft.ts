import { and, eq } from 'drizzle-orm'
import { articleIdOf, draftVersion } from '#server/articles/draft-version.ts'
import { today, type Context } from '#server/context.ts'
import { article } from '#server/db/schema/articles.ts'
import { draft, editorialReview } from '#server/db/schema/editorial.ts'
import { conflict, DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { checkAssignee } from './check-assignee.ts'
import { checkBase } from './check-base.ts'
import { checkDraft } from './check-draft.ts'
import { closeTasks } from './close-tasks.ts'
import { notDone } from './doing.ts'
import { draftConflict } from './draft-conflict.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { openTask } from './open-task.ts'
import { contentOf } from './queries.ts'
import { changesKey, reviewKey } from './task-keys.ts'

export interface SubmitDraftInput {
  draftId: string
  /** The revision that is meant. */
  revision: number
  /** For the reviewer. */
  note: string | null
  /** Who is asked; null: anybody. */
  reviewerId: string | null
}

/**
 * Freezes a working draft as a version under review. Whoever submits answers for the text like those who wrote it. Must
 * run in a transaction of the caller's.
 * @returns id of the frozen version
 * @throws DomainError `validation-failed` with every fault; `conflict` when it changed meanwhile or its base is outdated
 */
export async function submitDraft(ctx: Context, input: SubmitDraftInput): Promise<string> {
  const [row] = await ctx.db
    .update(draft)
    .set({ state: 'in-review' })
    .where(and(eq(draft.id, input.draftId), eq(draft.revision, input.revision), eq(draft.state, 'working')))
    .returning()
  if (row === undefined) throw await draftConflict(ctx, input.draftId, 'submit')
  await checkBase(ctx, row, 'submit')
  const content = contentOf(row)
  const { faults, sources } = await checkDraft(ctx, {
    content,
    lang: row.lang,
    articleId: row.articleId,
    draftId: row.id,
  })
  const errors = faults.filter((fault) => fault.severity === 'error')
  if (errors.length > 0)
    throw new DomainError('validation-failed', `Черновик не готов к рецензии: ошибок ${errors.length}.`, {
      faults: errors.map(({ path, message, said }) => ({ path, message, said })),
    })

  const [known] = row.articleId === null ? [] : await ctx.db.select().from(article).where(eq(article.id, row.articleId))
  const day = today(ctx)
  const { articleId, versionId, number } = await draftVersion(ctx, {
    slug: known?.slug ?? row.slug,
    lang: row.lang,
    title: row.title.trim(),
    body: row.body,
    // Not the act's own article: ingestion would end it as one that the act does not give.
    actId: known?.actId ?? null,
    ord: known?.ord ?? 0,
    sources,
    // When it begins is settled on publication; until then the version names the earliest day.
    validFrom: row.validFrom ?? day,
    validFromKnown: true,
    state: 'in-review',
  })
  // Two new articles with one address, submitted at once: the second would become a version of the first, or its translation.
  if (row.articleId === null && (await isSlugTaken(ctx, row.slug, row.id)))
    throw conflict(
      notDone('submit', {
        ru: `статью с адресом «${row.slug}» только что создал другой: возьмите другой адрес.`,
        kk: `«${row.slug}» мекенжайлы мақаланы басқа адам жаңа ғана жасады: басқа мекенжай алыңыз.`,
        en: `somebody else has just made an article with the address «${row.slug}»: take another one.`,
      }),
    )
  if (articleId !== (row.articleId ?? articleIdOf(row.slug))) throw new Error('a draft went to another article')
  const authors = [...new Set([...row.authors, ctx.actor.id])]
  if (input.reviewerId !== null) await checkAssignee(ctx, { assigneeId: input.reviewerId, path: 'reviewerId', authors })
  await ctx.db.update(draft).set({ articleId, versionId, authors }).where(eq(draft.id, row.id))
  await ctx.db.insert(editorialReview).values({
    versionId,
    draftId: row.id,
    revision: row.revision,
    authors,
    baseVersionId: row.baseVersionId,
    validFrom: row.validFrom,
    validTo: row.validTo,
    reviewBy: row.reviewBy,
    agencyId: row.agencyId,
    serviceId: row.serviceId,
    note: input.note,
    submittedAt: ctx.now(),
    submittedBy: ctx.actor.id,
  })
  await emit(ctx, {
    type: 'draft.submitted',
    subjectId: row.id,
    payload: { versionId, number, revision: row.revision },
  })
  await closeTasks(ctx, [changesKey(row.id)])
  await openTask(ctx, {
    kind: 'review-requested',
    key: reviewKey(row.id),
    title: row.title,
    lang: row.lang,
    articleId,
    draftId: row.id,
    versionId,
    assigneeId: input.reviewerId,
    detail: input.note === null ? {} : { note: input.note },
  })
  return versionId
}
