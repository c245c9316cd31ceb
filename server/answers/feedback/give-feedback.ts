import { and, eq, gte, ne } from 'drizzle-orm'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { z } from 'zod'
import type { Context } from '#server/context.ts'
import { answer as answerTable } from '#server/db/schema/answers.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { answerFeedback } from '#server/db/schema/feedback.ts'
import { closeTasks } from '#server/editorial/close-tasks.ts'
import { openTask, type OpenTaskInput } from '#server/editorial/open-task.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { sha256 } from '#server/ids.ts'
import { AnswerSentenceSchema, type Feedback, type GivenFeedback } from '../schema.ts'

type AnswerRow = typeof answerTable.$inferSelect

const LONGEST_TITLE = 200

/** The same question, however it was typed, is one. */
const plain = (question: string): string =>
  question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The task that feedback on this answer belongs to: of the provision it cites first, else of the question. */
function taskOf(record: AnswerRow): Pick<OpenTaskInput, 'kind' | 'key' | 'title' | 'articleId' | 'versionId'> {
  const cited = z.array(AnswerSentenceSchema).catch([]).parse(record.sentences)[0]?.citations[0]
  if (cited === undefined)
    return {
      kind: 'gap',
      key: `gap:${record.lang}:${sha256(plain(record.question)).slice(0, 24)}`,
      title: record.question.slice(0, LONGEST_TITLE),
      articleId: null,
      versionId: null,
    }
  return {
    kind: 'feedback',
    key: `feedback:${record.lang}:${cited.articleId}:${cited.eid}`,
    title: `${cited.label}, ${cited.actTitle}`.slice(0, LONGEST_TITLE),
    articleId: cited.articleId,
    versionId: cited.versionId,
  }
}

/** Makes the open task say how often and what was said since it was opened; with nothing left to look into it closes. */
async function updateTask(ctx: Context, record: AnswerRow, reason: string | null): Promise<void> {
  const task = taskOf(record)
  const open = and(eq(editorialTask.key, task.key), eq(editorialTask.state, 'open'))
  const [held] = await ctx.db.select().from(editorialTask).where(open).for('update')
  const given = await ctx.db
    .select({ verdict: answerFeedback.verdict })
    .from(answerFeedback)
    .where(
      and(
        eq(answerFeedback.taskKey, task.key),
        ne(answerFeedback.verdict, 'right'),
        // What a task that is done has settled is not counted again.
        held === undefined ? eq(answerFeedback.answerId, record.id) : gte(answerFeedback.changedAt, held.createdAt),
      ),
    )
  if (given.length === 0) {
    if (held !== undefined) await closeTasks(ctx, [task.key])
    return
  }
  const count = (verdict: string): number => given.filter((one) => one.verdict === verdict).length
  const detail = {
    ...held?.detail,
    wrong: count('wrong'),
    incomplete: count('incomplete'),
    gap: count('gap'),
    question: record.question.slice(0, LONGEST_TITLE),
    answerId: record.id,
    ...(reason === null ? {} : { note: reason }),
  }
  if (held === undefined) await openTask(ctx, { ...task, lang: record.lang, detail })
  else await ctx.db.update(editorialTask).set({ detail }).where(eq(editorialTask.id, held.id))
}

/**
 * Says what an answer was worth: one word a person and answer, which may be changed; said again it changes nothing. Wrong,
 * incomplete and missing answers become a task for editors, at most one open one a cited provision or question.
 * @throws DomainError `not-found`; `bad-request`: wrong or incomplete without a reason, or `gap` of a whole answer
 */
export async function giveFeedback(ctx: Context, input: GivenFeedback & { answerId: string }): Promise<Feedback> {
  const { answerId, verdict } = input
  // Written while the caller speaks: what it says of him stays out of the task.
  const reason = input.reason === undefined ? null : maskPersonalData(input.reason).text
  return inTransaction(ctx, async (tx) => {
    const [record] = await tx.db.select().from(answerTable).where(eq(answerTable.id, answerId))
    if (record === undefined) throw notFound('answer', answerId)
    if (verdict === 'gap' && record.status === 'answered')
      throw new DomainError('bad-request', 'Это ответ, а не пробел: отметьте «неверно» или «неполно».')
    if (record.status === 'no_answer' && verdict === 'incomplete')
      throw new DomainError(
        'bad-request',
        'Ответа не было: отметьте «нужен ответ» или, если отказ ошибочен, «неверно».',
      )
    const now = tx.now()
    const mine = and(eq(answerFeedback.answerId, answerId), eq(answerFeedback.personId, tx.actor.id))
    const [before] = await tx.db.select().from(answerFeedback).where(mine).for('update')
    if (before?.verdict === verdict && before.reason === reason) return { answerId, verdict, reason, changed: false }
    await tx.db
      .insert(answerFeedback)
      .values({
        answerId,
        personId: tx.actor.id,
        verdict,
        reason,
        taskKey: taskOf(record).key,
        at: now,
        changedAt: now,
      })
      .onConflictDoUpdate({
        target: [answerFeedback.answerId, answerFeedback.personId],
        set: { verdict, reason, changedAt: now },
      })
    await emit(tx, {
      type: 'answer.judged',
      subjectId: answerId,
      payload: { verdict, was: before?.verdict ?? null },
    })
    await updateTask(tx, record, verdict === 'right' ? null : reason)
    return { answerId, verdict, reason, changed: true }
  })
}
