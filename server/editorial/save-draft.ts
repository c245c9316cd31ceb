import { and, eq, lte, notInArray, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { draft, draftRevision, editorialReview, type DraftContent } from '#server/db/schema/editorial.ts'
import { DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { checkAct } from './check-act.ts'
import { draftConflict } from './draft-conflict.ts'
import { told, WORDING } from './fault-wordings.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { contentOf, draftById, versionById, type DraftRow } from './queries.ts'

/** Saved texts that are kept of one draft; older ones go, except those that were reviewed. */
const KEPT_REVISIONS = 200

export interface SaveDraftInput {
  draftId: string
  /** The revision that this text was written over. */
  revision: number
  content: DraftContent
  /** The published version it changes from now on: after a merge with a newer one. */
  baseVersionId?: string | null | undefined
}

/**
 * Saves a working draft over the revision it was read at. The same text again writes nothing. Must run in a transaction
 * of the caller's.
 * @throws DomainError `not-found`; `validation-failed` (base, act); `conflict` when somebody saved, submitted or discarded it meanwhile
 */
export async function saveDraft(ctx: Context, input: SaveDraftInput): Promise<DraftRow> {
  const before = await draftById(ctx, input.draftId)
  const base = input.baseVersionId === undefined ? before.baseVersionId : input.baseVersionId
  // The address of an article that somebody knows does not move. Another address of one that was only submitted makes it
  // a new article again; the text that was frozen stays in the review's history.
  const isFixed = before.articleId !== null && (await isSlugTaken(ctx, before.slug, before.id))
  const content = isFixed ? { ...input.content, slug: before.slug } : input.content
  const articleId = content.slug === before.slug ? before.articleId : null
  const isSame = base === before.baseVersionId && sameContent(content, contentOf(before))
  if (isSame && before.state === 'working' && before.revision === input.revision) return before
  if (base !== before.baseVersionId && base !== null) {
    const version = await versionById(ctx, base)
    if (version === null || version.articleId !== before.articleId || version.lang !== before.lang)
      throw new DomainError('validation-failed', 'The base is not a version of this article.', {
        faults: [{ path: 'baseVersionId', ...told(WORDING.notBase) }],
      })
  }
  if (content.actId !== before.actId) await checkAct(ctx, content.actId)
  const me = JSON.stringify([ctx.actor.id])
  const [saved] = await ctx.db
    .update(draft)
    .set({
      ...content,
      articleId,
      baseVersionId: base,
      revision: input.revision + 1,
      authors: sql`case when ${draft.authors} @> ${me}::jsonb then ${draft.authors} else ${draft.authors} || ${me}::jsonb end`,
      updatedAt: ctx.now(),
      updatedBy: ctx.actor.id,
    })
    .where(and(eq(draft.id, input.draftId), eq(draft.revision, input.revision), eq(draft.state, 'working')))
    .returning()
  if (saved === undefined) throw await draftConflict(ctx, input.draftId, 'save')
  await ctx.db.insert(draftRevision).values({
    draftId: saved.id,
    revision: saved.revision,
    content,
    at: ctx.now(),
    by: ctx.actor.id,
  })
  await ctx.db
    .delete(draftRevision)
    .where(
      and(
        eq(draftRevision.draftId, saved.id),
        lte(draftRevision.revision, saved.revision - KEPT_REVISIONS),
        notInArray(
          draftRevision.revision,
          ctx.db
            .select({ revision: editorialReview.revision })
            .from(editorialReview)
            .where(eq(editorialReview.draftId, saved.id)),
        ),
      ),
    )
  await emit(ctx, {
    type: 'draft.saved',
    subjectId: saved.id,
    payload: { revision: saved.revision, baseVersionId: saved.baseVersionId },
  })
  return saved
}

/** Whether two contents say the same, in whatever order their fields were read. */
export const sameContent = (a: DraftContent, b: DraftContent): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const sorted = (content: DraftContent) => Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1))
