import { and, asc, desc, eq, gt, isNull, or } from 'drizzle-orm'
import { conflict, notFound } from '#server/errors.ts'
import type { Context } from '#server/context.ts'
import { answer } from '#server/db/schema/answers.ts'
import { call, callAnswer, callNote, callSegment } from '#server/db/schema/inquiries.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { Segment } from '../schema.ts'

export type CallRow = typeof call.$inferSelect
export type NoteRow = typeof callNote.$inferSelect

const MOST_LISTED = 100

/** An operator hears his own calls and those that are nobody's; supervisors and administrators all of them. */
export const isOpenTo = (ctx: Pick<Context, 'actor'>, row: Pick<CallRow, 'operatorId'>): boolean =>
  ctx.actor.role !== 'operator' || row.operatorId === null || row.operatorId === ctx.actor.id

/** A call that the caller may hear. @throws DomainError `not-found`, also for another operator's */
export async function callById(ctx: Context, id: string): Promise<CallRow> {
  const [row] = await ctx.db.select().from(call).where(eq(call.id, id))
  if (row === undefined || !isOpenTo(ctx, row)) throw notFound('call', id)
  return row
}

/** Calls that the caller may hear, newest first. */
export const listCalls = (ctx: Context, input: { state?: 'live' | 'ended' | undefined }): Promise<CallRow[]> =>
  ctx.db
    .select()
    .from(call)
    .where(
      and(
        input.state === undefined ? undefined : eq(call.state, input.state),
        ctx.actor.role === 'operator' ? or(isNull(call.operatorId), eq(call.operatorId, ctx.actor.id)) : undefined,
      ),
    )
    .orderBy(desc(call.startedAt), asc(call.id))
    .limit(MOST_LISTED)

/** What was said, in order. @param since only what changed after this revision of the call */
export async function segmentsOf(ctx: Context, callId: string, since = -1): Promise<Segment[]> {
  const rows = await ctx.db
    .select()
    .from(callSegment)
    .where(and(eq(callSegment.callId, callId), gt(callSegment.callRevision, since)))
    .orderBy(asc(callSegment.ord), asc(callSegment.segmentId))
  return rows.map(({ segmentId, ord, speaker, text, isFinal }) => ({
    id: segmentId,
    order: ord,
    speaker,
    text,
    final: isFinal,
  }))
}

/** Answers that were given during a call, first to last. */
export const answersOf = (ctx: Context, callId: string) =>
  ctx.db
    .select({
      answerId: answer.id,
      question: answer.question,
      status: answer.status,
      lang: answer.lang,
      sentences: answer.sentences,
      segmentId: callAnswer.segmentId,
    })
    .from(callAnswer)
    .innerJoin(answer, eq(answer.id, callAnswer.answerId))
    .where(eq(callAnswer.callId, callId))
    .orderBy(asc(callAnswer.at))

export async function noteOf(ctx: Context, callId: string): Promise<NoteRow | null> {
  const [row] = await ctx.db
    .select()
    .from(callNote)
    .where(eq(callNote.callId, callId))
    .orderBy(desc(callNote.madeAt), desc(callNote.id))
    .limit(1)
  return row ?? null
}

const TAKEN = {
  ru: 'Этот звонок уже ведёт другой оператор.',
  kk: 'Бұл қоңырауды басқа оператор жүргізіп отыр.',
  en: 'Another operator has this call.',
} as const

/** A call that is nobody's becomes the caller's. @throws DomainError `not-found`, `conflict` */
export async function takeCall(ctx: Context, input: { id: string }): Promise<CallRow> {
  const before = await callById(ctx, input.id)
  if (before.operatorId === ctx.actor.id) return before
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db
      .update(call)
      .set({ operatorId: tx.actor.id })
      .where(and(eq(call.id, input.id), isNull(call.operatorId)))
      .returning()
    if (row === undefined) throw conflict(TAKEN)
    await emit(tx, { type: 'call.taken', subjectId: row.id, payload: { operatorId: tx.actor.id } })
    return row
  })
}
