import type { Context } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { event } from '#server/db/schema/events.ts'
import { newId } from '#server/ids.ts'

/** Everything that happens, as one union: history for people and reports, never a queue. */
export type DomainEvent =
  | {
      type: 'edition.imported'
      subjectId: string
      payload: { actId: string; lang: string; date: string; added: number; changed: number; removed: number }
    }
  /** Of an act whose Russian and Kazakh texts were compared. */
  | {
      type: 'language-differences.compared'
      subjectId: string
      payload: { total: number; material: number; added: number }
    }
  | {
      type: 'language-difference.decided'
      subjectId: string
      payload: { actId: string; decision: 'open' | 'dismissed'; reason: string }
    }
  | {
      type: 'sample-questions.loaded'
      subjectId: string
      payload: { lang: string; added: number; removed: number }
    }
  /** Of a question that an editor tied to a provision; the subject is the question. */
  | {
      type: 'sample-question.added' | 'sample-question.removed'
      subjectId: string
      payload: { actId: string; lang: string; eid: string; text: string }
    }
  /** Of a question that an editor said to ask what the act does not say; the subject is the question. */
  | {
      type: 'gap-question.added' | 'gap-question.removed'
      subjectId: string
      payload: { actId: string; lang: string; gap: string; text: string }
    }
  /** Of a known gap that an editor looked at again; the subject is the act. */
  | { type: 'known-gap.confirmed'; subjectId: string; payload: { lang: string; gap: string; questions: number } }
  /** Of an act whose days of publication were given; the subject is the act. */
  | {
      type: 'publication-days.set'
      subjectId: string
      payload: { days: { date: string; number: string; publishedOn: string | null }[]; reason: string | null }
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
  | { type: 'task.changed'; subjectId: string; payload: { key: string; dueOn: string | null } }
  | { type: 'task.assigned'; subjectId: string; payload: { assigneeId: string | null } }
  | { type: 'task.done'; subjectId: string; payload: { kind: string; key: string } }
  | { type: 'article.review-date-set'; subjectId: string; payload: { lang: string; reviewBy: string } }
  /** Of what people look for; the subject is the key of the question. */
  | { type: 'search-query.dismissed'; subjectId: string; payload: { lang: string; reason: string } }
  | { type: 'search-query.reopened'; subjectId: string; payload: { lang: string } }
  /** Of synonyms; the subject is the group. */
  | {
      type: 'synonyms.changed'
      subjectId: string
      payload: { what: string; reason: string; added: string[]; removed: string[] }
    }
  | { type: 'answer.given'; subjectId: string; payload: { status: string } }
  | { type: 'answer.judged'; subjectId: string; payload: { verdict: string; was: string | null } }
  | { type: 'agencies.loaded'; subjectId: string; payload: { count: number } }
  /** Of how a body is reached; the subject is the body. */
  | {
      type: 'agency.contacts-set'
      subjectId: string
      payload: { number: number; source: string; was: string[]; now: string[] }
    }
  | { type: 'user.created'; subjectId: string; payload: { role: string; agencyId: string | null } }
  | {
      type: 'user.changed'
      subjectId: string
      payload: { role?: string; agencyId?: string | null; disabled?: boolean }
    }
  | { type: 'user.signed-in'; subjectId: string; payload: { method: 'password' | 'oidc' } }
  | { type: 'user.sign-in-refused'; subjectId: string; payload: { reason: string } }
  | { type: 'user.password-changed'; subjectId: string; payload: { by: 'owner' | 'administrator' } }
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
  /** Of services (п. 20–27); the subject is the submission, the service or the deadline. */
  | {
      type: 'services.submitted'
      subjectId: string
      payload: { agencyId: string; status: 'accepted' | 'refused'; rows: number; added: number; changed: number }
    }
  /** Somebody sent the number of a service that is only assumed to be another body's; the subject is the service. */
  | {
      type: 'service.takeover-refused'
      subjectId: string
      payload: { agencyId: string; heldBy: string; submissionId: string }
    }
  | { type: 'service.added'; subjectId: string; payload: { agencyId: string; submissionId: string } }
  | { type: 'service.changed'; subjectId: string; payload: { submissionId: string; fields: string[] } }
  | {
      type: 'responsible.appointed'
      subjectId: string
      payload: { personId: string; since: string; replaces: string | null }
    }
  | { type: 'training.recorded'; subjectId: string; payload: { trainingId: string; heldOn: string } }
  | {
      type: 'protocol.signed'
      subjectId: string
      payload: { protocolId: string; signedOn: string; fileSha256: string; visibleFrom: string }
    }
  | { type: 'information.recorded'; subjectId: string; payload: { informationId: string; protection: string } }
  | {
      type: 'update.requested'
      subjectId: string
      payload: { serviceId: string | null; agencyId: string; amendedBy: string; dueOn: string | null }
    }
  | { type: 'update.answered'; subjectId: string; payload: { by: 'submission' | 'text' } }
  | { type: 'update.withdrawn'; subjectId: string; payload: { reason: string } }
  | { type: 'update.reopened'; subjectId: string; payload: { reason: string } }
  | { type: 'deadline.started'; subjectId: string; payload: { point: string; event: string; dueOn: string } }
  | { type: 'deadline.recounted'; subjectId: string; payload: { point: string; event: string; dueOn: string } }
  | { type: 'deadline.reopened'; subjectId: string; payload: { point: string; metOn: string | null } }
  | { type: 'deadline.dropped'; subjectId: string; payload: { point: string; event: string } }
  | {
      type: 'record.annulled'
      subjectId: string
      payload: { kind: string; recordId: string; replacedBy: string | null; reason: string }
    }
  | { type: 'deadline.met'; subjectId: string; payload: { point: string; metOn: string; late: boolean } }
  | { type: 'deadline.resumed'; subjectId: string; payload: { point: string; dueOn: string } }
  /** Of inquiries (п. 7, 8) and the replies to them; the subject is the inquiry. Never what was written, nor by whom. */
  | {
      type: 'inquiry.registered'
      subjectId: string
      payload: { number: string; channel: string; dueOn: string | null }
    }
  | { type: 'inquiry.changed'; subjectId: string; payload: { fields: string[]; status: string } }
  | { type: 'letter.received'; subjectId: string; payload: { letterId: string; isThread: boolean } }
  /** Of a letter that the mailbox brought; the subject is its inquiry, or the letter itself where it is kept apart. */
  | {
      type: 'mailbox.letter-taken'
      subjectId: string
      payload: { mailboxLetterId: string; outcome: string; reason: string | null }
    }
  | {
      type: 'mailbox.letter-settled'
      subjectId: string
      payload: { mailboxLetterId: string; how: 'registered' | 'dismissed' }
    }
  | { type: 'mailbox.letters-forgotten'; subjectId: string; payload: { letters: number } }
  | { type: 'reply.drafted'; subjectId: string; payload: { draftId: string; answers: string[]; refused: number } }
  | {
      type: 'reply.sent'
      subjectId: string
      payload: { draftId: string; letterId: string; isEdited: boolean; knownChanges: string[]; through: string }
    }
  | {
      type: 'reply.failed'
      subjectId: string
      payload: { draftId: string; surelyNotSent: boolean; isRefused: boolean }
    }
  /** Of calls; the subject is the call. */
  | { type: 'call.started'; subjectId: string; payload: { operatorId: string | null } }
  | { type: 'call.ended'; subjectId: string; payload: Record<string, never> }
  | { type: 'call.taken'; subjectId: string; payload: { operatorId: string } }
  | {
      type: 'call-notes.drafted'
      subjectId: string
      payload: { noteId: string; writer: string; fallback: string | null; dropped: number }
    }
  | {
      type: 'call-notes.confirmed'
      subjectId: string
      payload: { noteId: string; inquiryId: string; changed: string[] }
    }
  | { type: 'transcripts.forgotten'; subjectId: string; payload: { calls: number } }
  /** Somebody read personal data: whose, and through which route. */
  | { type: 'personal-data.read'; subjectId: string; payload: { route: string; count: number } }

/** Writes an event in the caller's transaction: no fact without its event. */
export const emit = (ctx: Context, happened: DomainEvent): Promise<void> => emitAll(ctx, [happened])

/** Rows of one statement: well under the parameters that PostgreSQL takes. */
const AT_ONCE = 500

/** Writes many events in few statements. */
export async function emitAll(ctx: Context, happened: readonly DomainEvent[]): Promise<void> {
  for (let from = 0; from < happened.length; from += AT_ONCE)
    await ctx.db.insert(event).values(
      happened.slice(from, from + AT_ONCE).map(({ type, subjectId, payload }) => ({
        id: newId('evt'),
        type,
        subjectId,
        payload,
        actorKind: ctx.actor.kind,
        actorId: ctx.actor.id,
        requestId: ctx.requestId,
        at: ctx.now(),
      })),
    )
}

/** What waits for the commit of a transaction. */
const waiting = new WeakMap<Database, (() => void)[]>()

/** Runs a verb's body in a transaction; what is given to it must use the inner `ctx`. */
export const inTransaction = async <C extends Context, T>(ctx: C, body: (ctx: C) => Promise<T>): Promise<T> => {
  const after: (() => void)[] = []
  const result = await ctx.db.transaction((tx) => {
    waiting.set(tx, after)
    return body({ ...ctx, db: tx })
  })
  // The end of an inner transaction is no commit yet.
  for (const then of after) afterCommit(ctx, then)
  return result
}

/** Runs something once all transactions that the caller is in are committed: at once outside of any, never where they are undone. */
export function afterCommit(ctx: Pick<Context, 'db'>, then: () => void): void {
  const after = waiting.get(ctx.db)
  if (after === undefined) then()
  else after.push(then)
}
