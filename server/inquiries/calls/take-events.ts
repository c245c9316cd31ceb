import { and, asc, count, desc, eq, gt, isNull, lte, ne } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { user } from '#server/db/schema/identity.ts'
import { call, callSegment } from '#server/db/schema/inquiries.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import type { TelephonyEvent } from '../schema.ts'
import { maskConversation } from './mask-conversation.ts'

/** Stretches of one call; beyond these nothing is kept. */
const MOST_SEGMENTS = 3000

export type Ignored = 'known' | 'late' | 'forgotten' | 'too-many'
type CallRow = typeof call.$inferSelect

/**
 * Takes events of telephony in any order and as often as they are sent: a stretch is what its highest revision says, an end that comes before
 * its beginning makes the call. What is said is masked before it is stored.
 * @returns ids of the calls that changed, and what changed nothing, by its place
 */
export async function takeEvents(
  ctx: Context,
  events: readonly TelephonyEvent[],
): Promise<{ changed: string[]; ignored: { at: number; why: Ignored }[] }> {
  const changed = new Set<string>()
  const ignored: { at: number; why: Ignored }[] = []
  await inTransaction(ctx, async (tx) => {
    for (const [at, event] of events.entries()) {
      const row = await callOfEvent(tx, event)
      const why = await takeOne(tx, row, event)
      if (why === null) changed.add(row.call.id)
      else ignored.push({ at, why })
    }
  })
  return { changed: [...changed], ignored }
}

async function callOfEvent(ctx: Context, event: TelephonyEvent): Promise<{ call: CallRow; isNew: boolean }> {
  const at = new Date(event.at)
  const [made] = await ctx.db
    .insert(call)
    .values({
      id: newId('cal'),
      externalId: event.callId,
      state: 'live',
      startedAt: at,
      heardAt: ctx.now(),
      revision: 0,
    })
    .onConflictDoNothing({ target: call.externalId })
    .returning()
  if (made !== undefined) return { call: made, isNew: true }
  const [held] = await ctx.db.select().from(call).where(eq(call.externalId, event.callId)).for('update')
  if (held === undefined) throw new Error('the call is gone')
  return { call: held, isNew: false }
}

const operatorOf = async (ctx: Context, email: string | undefined): Promise<string | null> => {
  if (email === undefined) return null
  const [found] = await ctx.db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, email.toLowerCase()), isNull(user.disabledAt)))
  return found?.id ?? null
}

async function takeOne(
  ctx: Context,
  { call: row, isNew }: { call: CallRow; isNew: boolean },
  event: TelephonyEvent,
): Promise<Ignored | null> {
  const mine = eq(call.id, row.id)
  const next = { revision: row.revision + 1, heardAt: ctx.now() }
  if (event.type === 'call.started') {
    const operatorId = row.operatorId ?? (await operatorOf(ctx, event.operator))
    const startedAt = new Date(event.at)
    const isEarlier = startedAt < row.startedAt
    if (!isNew && operatorId === row.operatorId && !isEarlier) return 'known'
    await ctx.db
      .update(call)
      .set({ ...next, operatorId, ...(isEarlier ? { startedAt } : {}) })
      .where(mine)
    await emit(ctx, { type: 'call.started', subjectId: row.id, payload: { operatorId } })
    return null
  }
  if (event.type === 'call.ended') {
    if (row.state === 'ended') return 'known'
    await ctx.db
      .update(call)
      .set({ ...next, state: 'ended', endedAt: new Date(event.at) })
      .where(mine)
    await emit(ctx, { type: 'call.ended', subjectId: row.id, payload: {} })
    return null
  }
  if (row.forgottenAt !== null) return 'forgotten'
  const { segment } = event
  const here = and(eq(callSegment.callId, row.id), eq(callSegment.segmentId, segment.id))
  const [held] = await ctx.db.select().from(callSegment).where(here)
  if (held !== undefined) {
    if (segment.revision === held.revision) return 'known'
    if (segment.revision < held.revision || (held.isFinal && !segment.final)) return 'late'
  } else {
    const [total] = await ctx.db.select({ n: count() }).from(callSegment).where(eq(callSegment.callId, row.id))
    if ((total?.n ?? 0) >= MOST_SEGMENTS) return 'too-many'
  }
  const said = { id: segment.id, text: segment.text.replaceAll(/\p{Cc}+/gu, ' ') }
  const beside = await besideOf(ctx, row.id, segment)
  const hidden = maskConversation([...beside.before, said, ...beside.after])
  const masked = hidden.get(segment.id) ?? { text: '', kinds: [] }
  const values = {
    ord: segment.order,
    speaker: segment.speaker,
    text: masked.text,
    revision: segment.revision,
    isFinal: segment.final,
    callRevision: next.revision,
    masked: masked.kinds,
    at: new Date(event.at),
  }
  await ctx.db
    .insert(callSegment)
    .values({ callId: row.id, segmentId: segment.id, ...values })
    .onConflictDoUpdate({ target: [callSegment.callId, callSegment.segmentId], set: values })
  // With this stretch a number may have become whole that began, or ends, in another one.
  for (const one of [...beside.before, ...beside.after]) {
    const now = hidden.get(one.id)
    if (now === undefined || now.text === one.text) continue
    await ctx.db
      .update(callSegment)
      .set({
        text: now.text,
        masked: [...new Set([...one.masked, ...now.kinds])],
        callRevision: next.revision,
      })
      .where(and(eq(callSegment.callId, row.id), eq(callSegment.segmentId, one.id)))
  }
  await ctx.db.update(call).set(next).where(mine)
  return null
}

/** Stretches on either side over which a number may go. */
const BESIDE = 3

/** What the same speaker said before and after a stretch, as it is stored: masked. */
async function besideOf(
  ctx: Context,
  callId: string,
  segment: { id: string; order: number; speaker: 'caller' | 'operator' },
) {
  const facts = { id: callSegment.segmentId, text: callSegment.text, masked: callSegment.masked }
  const others = and(
    eq(callSegment.callId, callId),
    eq(callSegment.speaker, segment.speaker),
    ne(callSegment.segmentId, segment.id),
  )
  const before = await ctx.db
    .select(facts)
    .from(callSegment)
    .where(and(others, lte(callSegment.ord, segment.order)))
    .orderBy(desc(callSegment.ord), desc(callSegment.segmentId))
    .limit(BESIDE)
  const after = await ctx.db
    .select(facts)
    .from(callSegment)
    .where(and(others, gt(callSegment.ord, segment.order)))
    .orderBy(asc(callSegment.ord), asc(callSegment.segmentId))
    .limit(BESIDE)
  return { before: before.toReversed(), after }
}
