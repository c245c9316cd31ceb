import { and, eq } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { gapQuestion } from '#server/db/schema/sample-questions.ts'
import { notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import type { NamedGap } from './schema.ts'

/**
 * Says that an act, as it reads today, is silent still: a gap that fell silent with an amendment speaks again, with all its questions. Must run in a
 * transaction of the caller's.
 * @returns how many questions speak again
 * @throws DomainError `not-found`: no such gap
 */
export async function confirmGap(ctx: Context, { actId, lang, gap }: NamedGap): Promise<number> {
  const confirmed = await ctx.db
    .update(gapQuestion)
    .set({ confirmedOn: today(ctx), confirmedBy: ctx.actor.id })
    .where(and(eq(gapQuestion.actId, actId), eq(gapQuestion.lang, lang), eq(gapQuestion.gap, gap)))
    .returning({ id: gapQuestion.id })
  if (confirmed.length === 0) throw notFound('known gap', gap)
  await emit(ctx, {
    type: 'known-gap.confirmed',
    subjectId: actId,
    payload: { lang, gap, questions: confirmed.length },
  })
  return confirmed.length
}
