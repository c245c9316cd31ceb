import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { gapQuestion } from '#server/db/schema/sample-questions.ts'
import { notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { standsInFile } from '../sample-questions/editors-question.ts'

/**
 * Takes back what an editor said of a question; its event keeps it. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` where a file says it: there it is changed
 */
export async function removeGapQuestion(ctx: Context, input: { id: string }): Promise<void> {
  const [held] = await ctx.db.select().from(gapQuestion).where(eq(gapQuestion.id, input.id)).for('update')
  if (held === undefined) throw notFound('gap question', input.id)
  if (held.file !== null || held.addedBy === null) throw standsInFile(held.file)
  await ctx.db.delete(gapQuestion).where(eq(gapQuestion.id, held.id))
  const { actId, lang, gap, text } = held
  await emit(ctx, { type: 'gap-question.removed', subjectId: held.id, payload: { actId, lang, gap, text } })
}
