import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { standsInFile } from './editors-question.ts'

/**
 * Takes back a question that an editor said; its event keeps it. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` where a file says it: there it is changed
 */
export async function removeSampleQuestion(ctx: Context, input: { id: string }): Promise<void> {
  const [held] = await ctx.db.select().from(sampleQuestion).where(eq(sampleQuestion.id, input.id)).for('update')
  if (held === undefined) throw notFound('sample question', input.id)
  if (held.file !== null || held.addedBy === null) throw standsInFile(held.file)
  await ctx.db.delete(sampleQuestion).where(eq(sampleQuestion.id, held.id))
  const { actId, lang, eid, text } = held
  await emit(ctx, { type: 'sample-question.removed', subjectId: held.id, payload: { actId, lang, eid, text } })
}
