import { and, eq } from 'drizzle-orm'
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
import { plainWords } from '../plain-words.ts'
import { openComplaints, openTaskOf } from './complaints.ts'
import { AnswerSentenceSchema, type Feedback, type GivenFeedback } from '../schema.ts'

type AnswerRow = typeof answerTable.$inferSelect

const LONGEST_TITLE = 200

/** The task that feedback on this answer belongs to: of the provision it cites first, else of the question. */
function taskOf(record: AnswerRow): Pick<OpenTaskInput, 'kind' | 'key' | 'title' | 'articleId' | 'versionId'> {
  const cited = z.array(AnswerSentenceSchema).catch([]).parse(record.sentences)[0]?.citations[0]
  if (cited === undefined)
    return {
      kind: 'gap',
      key: `gap:${record.lang}:${sha256(plainWords(record.question)).slice(0, 24)}`,
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

/** Makes the open task say how often and what was said last that nothing has settled; with nothing left to look into it closes. */
async function updateTask(ctx: Context, record: AnswerRow): Promise<void> {
  const task = taskOf(record)
  const held = await openTaskOf(ctx, task.key)
  const { counts, newest } = await openComplaints(ctx, task.key)
  if (newest === null) {
    if (held !== null) await closeTasks(ctx, [task.key])
    return
  }
  // What stands beside a link is of the same complaint: all of them are listed by `listComplaints`.
  const { note: _, ...kept } = held?.detail ?? {}
  const detail = {
    ...kept,
    ...counts,
    question: newest.question.slice(0, LONGEST_TITLE),
    answerId: newest.answerId,
    ...(newest.reason === null ? {} : { note: newest.reason }),
  }
  if (held === null) {
    const opened = await openTask(ctx, { ...task, lang: record.lang, detail })
    // Somebody opened it meanwhile: his complaint counts, too.
    if (opened === null) await updateTask(ctx, record)
  } else await ctx.db.update(editorialTask).set({ detail }).where(eq(editorialTask.id, held.id))
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
    // Whoever complains at once waits here, and counts what the other has said.
    await openTaskOf(tx, taskOf(record).key)
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
    await updateTask(tx, record)
    return { answerId, verdict, reason, changed: true }
  })
}
