import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { draftComment } from '#server/db/schema/editorial.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

export interface ResolveCommentInput {
  draftId: string
  commentId: string
  /** False: it is open again. */
  resolved: boolean
}

/**
 * Resolves a thread of comments, or opens it again. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when somebody did so meanwhile
 */
export async function resolveComment(ctx: Context, input: ResolveCommentInput): Promise<void> {
  const thread = and(
    eq(draftComment.id, input.commentId),
    eq(draftComment.draftId, input.draftId),
    isNull(draftComment.threadId),
  )
  const [changed] = await ctx.db
    .update(draftComment)
    .set(input.resolved ? { resolvedAt: ctx.now(), resolvedBy: ctx.actor.id } : { resolvedAt: null, resolvedBy: null })
    .where(and(thread, input.resolved ? isNull(draftComment.resolvedAt) : isNotNull(draftComment.resolvedAt)))
    .returning({ id: draftComment.id })
  if (changed === undefined) {
    const [known] = await ctx.db.select({ id: draftComment.id }).from(draftComment).where(thread)
    if (known === undefined) throw notFound('comment', input.commentId)
    throw conflict(
      input.resolved
        ? { ru: 'Замечание уже снято.', kk: 'Ескерту алынып тасталған.', en: 'The comment is resolved already.' }
        : { ru: 'Замечание уже открыто.', kk: 'Ескерту ашық тұр.', en: 'The comment is open already.' },
    )
  }
  await emit(ctx, {
    type: input.resolved ? 'comment.resolved' : 'comment.reopened',
    subjectId: changed.id,
    payload: { draftId: input.draftId },
  })
}
