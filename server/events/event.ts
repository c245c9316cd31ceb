import type { Context } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { newId } from '#server/ids.ts'

/** Everything that happens, as one union: history for people and reports, never a queue. */
export type DomainEvent =
  | {
      type: 'edition.imported'
      subjectId: string
      payload: { actId: string; lang: string; date: string; added: number; changed: number; removed: number }
    }
  | { type: 'version.drafted'; subjectId: string; payload: { articleId: string; number: number } }
  | { type: 'version.published'; subjectId: string; payload: { articleId: string; number: number; validFrom: string } }
  | { type: 'version.ended'; subjectId: string; payload: { articleId: string; number: number; validTo: string } }
  | {
      type: 'version.extended'
      subjectId: string
      payload: { articleId: string; number: number; validTo: string | null }
    }
  | { type: 'version.withdrawn'; subjectId: string; payload: { articleId: string; number: number; reason: string } }
  /** Of editorial work; the subject is the draft, the comment, the task or the article. */
  | {
      type: 'draft.created'
      subjectId: string
      payload: { articleId: string | null; lang: string; slug: string; from: 'new' | 'version' | 'rollback' | 'file' }
    }
  | { type: 'draft.saved'; subjectId: string; payload: { revision: number; baseVersionId: string | null } }
  | { type: 'draft.submitted'; subjectId: string; payload: { versionId: string; number: number; revision: number } }
  | { type: 'draft.recalled'; subjectId: string; payload: { versionId: string } }
  | { type: 'draft.approved'; subjectId: string; payload: { versionId: string; note: string | null } }
  | { type: 'draft.changes-requested'; subjectId: string; payload: { versionId: string; note: string } }
  | { type: 'draft.published'; subjectId: string; payload: { versionId: string; validFrom: string } }
  | { type: 'draft.discarded'; subjectId: string; payload: { reason: string | null } }
  | { type: 'comment.added'; subjectId: string; payload: { draftId: string; threadId: string | null } }
  | { type: 'comment.resolved'; subjectId: string; payload: { draftId: string } }
  | { type: 'comment.reopened'; subjectId: string; payload: { draftId: string } }
  | { type: 'task.opened'; subjectId: string; payload: { kind: string; key: string } }
  | { type: 'task.assigned'; subjectId: string; payload: { assigneeId: string | null } }
  | { type: 'task.done'; subjectId: string; payload: { kind: string; key: string } }
  | { type: 'article.review-date-set'; subjectId: string; payload: { lang: string; reviewBy: string } }
  | { type: 'answer.given'; subjectId: string; payload: { status: string } }
  | { type: 'agencies.loaded'; subjectId: string; payload: { count: number } }
  | { type: 'user.created'; subjectId: string; payload: { role: string; agencyId: string | null } }
  | {
      type: 'user.changed'
      subjectId: string
      payload: { role?: string; agencyId?: string | null; disabled?: boolean }
    }
  | { type: 'user.signed-in'; subjectId: string; payload: { method: 'password' | 'oidc' } }
  | { type: 'user.sign-in-refused'; subjectId: string; payload: { reason: string } }
  | { type: 'user.signed-out'; subjectId: string; payload: Record<string, never> }
  | { type: 'key.created'; subjectId: string; payload: { role: string; agencyId: string | null; name: string } }
  | { type: 'key.revoked'; subjectId: string; payload: Record<string, never> }
  /** Of the calendar; the subject is the day. */
  | {
      type: 'calendar.day-set'
      subjectId: string
      payload: { kind: string; was: string; reason: string; decree: string | null }
    }
  | { type: 'calendar.day-cleared'; subjectId: string; payload: { kind: string; was: string; reason: string } }
  /** Somebody read personal data: whose, and through which route. */
  | { type: 'personal-data.read'; subjectId: string; payload: { route: string; count: number } }

/** Writes an event in the caller's transaction: no fact without its event. */
export async function emit(ctx: Context, happened: DomainEvent): Promise<void> {
  await ctx.db.insert(event).values({
    id: newId('evt'),
    type: happened.type,
    subjectId: happened.subjectId,
    payload: happened.payload,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    requestId: ctx.requestId,
    at: ctx.now(),
  })
}

/** Runs a verb's body in a transaction; what is given to it must use the inner `ctx`. */
export const inTransaction = <C extends Context, T>(ctx: C, body: (ctx: C) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => body({ ...ctx, db: tx }))
