import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { draftComment } from '#server/db/schema/editorial.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { anchorAt } from './anchor-comment.ts'
import { told, WORDING } from './fault-wordings.ts'
import { draftById, revisionOf } from './queries.ts'

/** A quote in a comment is a passage, not the article. */
const LONGEST_QUOTE = 2_000

export interface AddCommentInput {
  draftId: string
  /** The comment that this answers; null: it begins a thread. */
  threadId: string | null
  /** Of the body as it stood at a revision, in UTF-16 units; null: about the whole text, or an answer. */
  range: { start: number; end: number; revision: number } | null
  text: string
}

/**
 * Comments on a passage of a draft, on all of it, or answers a comment. Must run in a transaction of the caller's.
 * @returns id of the comment
 * @throws DomainError `not-found`; `validation-failed` when the range is not in that text
 */
export async function addComment(ctx: Context, input: AddCommentInput): Promise<string> {
  const row = await draftById(ctx, input.draftId)
  if (input.threadId !== null) {
    const [thread] = await ctx.db
      .select({ id: draftComment.id })
      .from(draftComment)
      .where(and(eq(draftComment.id, input.threadId), eq(draftComment.draftId, row.id), isNull(draftComment.threadId)))
    if (thread === undefined) throw notFound('comment', input.threadId)
  }
  const { range } = input
  const body =
    range === null || range.revision === row.revision
      ? row.body
      : (await revisionOf(ctx, row.id, range.revision))?.content.body
  if (
    range !== null &&
    (body === undefined ||
      range.end > body.length ||
      range.start >= range.end ||
      range.end - range.start > LONGEST_QUOTE)
  )
    throw new DomainError('validation-failed', 'The range is not in the text.', {
      faults: [{ path: 'range', ...told(WORDING.range(LONGEST_QUOTE)) }],
    })
  const id = newId('cmt')
  await ctx.db.insert(draftComment).values({
    id,
    draftId: row.id,
    threadId: input.threadId,
    revision: range?.revision ?? row.revision,
    anchor: range === null || body === undefined ? null : anchorAt(body, range.start, range.end),
    text: input.text,
    createdAt: ctx.now(),
    createdBy: ctx.actor.id,
    resolvedAt: null,
    resolvedBy: null,
  })
  await emit(ctx, { type: 'comment.added', subjectId: id, payload: { draftId: row.id, threadId: input.threadId } })
  return id
}
