import { and, count, desc, eq, gt, lt, lte, max, ne, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { answer } from '#server/db/schema/answers.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { answerFeedback } from '#server/db/schema/feedback.ts'
import { notFound } from '#server/errors.ts'
import { decodeCursor, page } from '#server/http/paging.ts'

type TaskRow = typeof editorialTask.$inferSelect

/** The open task of a key, locked: complaints about one thing are counted one after another. */
export async function openTaskOf(ctx: Context, key: string): Promise<TaskRow | null> {
  const [task] = await ctx.db
    .select()
    .from(editorialTask)
    .where(and(eq(editorialTask.key, key), eq(editorialTask.state, 'open')))
    .for('update')
  return task ?? null
}

/** Complaints of a task: what was said of its key since the task before it was done, as long as nobody changed his mind to «right». */
async function complaintsSince(ctx: Context, key: string, until: Date | null) {
  const [before] = await ctx.db
    .select({ doneAt: max(editorialTask.doneAt) })
    .from(editorialTask)
    .where(
      and(
        eq(editorialTask.key, key),
        eq(editorialTask.state, 'done'),
        until === null ? undefined : lt(editorialTask.doneAt, until),
      ),
    )
  const settled = before?.doneAt ?? null
  return and(
    eq(answerFeedback.taskKey, key),
    ne(answerFeedback.verdict, 'right'),
    settled === null ? undefined : gt(answerFeedback.changedAt, settled),
    until === null ? undefined : lte(answerFeedback.changedAt, until),
  )
}

const ORDER = [desc(answerFeedback.changedAt), desc(answerFeedback.answerId), desc(answerFeedback.personId)] as const
const COLUMNS = {
  answerId: answerFeedback.answerId,
  personId: answerFeedback.personId,
  question: answer.question,
  verdict: answerFeedback.verdict,
  reason: answerFeedback.reason,
  at: answerFeedback.changedAt,
}

/** How many complaints of each kind are open for a key, and the newest; `newest` is null where there are none. */
export async function openComplaints(ctx: Context, key: string) {
  const open = await complaintsSince(ctx, key, null)
  const given = await ctx.db
    .select({ verdict: answerFeedback.verdict, times: count() })
    .from(answerFeedback)
    .where(open)
    .groupBy(answerFeedback.verdict)
  const [newest] = await ctx.db
    .select(COLUMNS)
    .from(answerFeedback)
    .innerJoin(answer, eq(answer.id, answerFeedback.answerId))
    .where(open)
    .orderBy(...ORDER)
    .limit(1)
  const times = (verdict: string): number => given.find((one) => one.verdict === verdict)?.times ?? 0
  return {
    counts: { wrong: times('wrong'), incomplete: times('incomplete'), gap: times('gap') },
    newest: newest ?? null,
  }
}

/**
 * Everything that people complained of in the answers of an editors' task, newest first: of an open task what is open, of one that is
 * done what it settled. Who said it is not told.
 * @throws DomainError `not-found`; `bad-request` for a cursor that is not ours
 */
export async function listComplaints(
  ctx: Context,
  input: { taskId: string; limit: number; cursor?: string | undefined },
) {
  const [task] = await ctx.db.select().from(editorialTask).where(eq(editorialTask.id, input.taskId))
  if (task === undefined) throw notFound('task', input.taskId)
  const [at, answerId, personId] =
    input.cursor === undefined ? [] : decodeCursor(input.cursor, ['instant', 'text', 'text'])
  const last = at === undefined ? null : { at: new Date(at), answerId: String(answerId), personId: String(personId) }
  const rows = await ctx.db
    .select(COLUMNS)
    .from(answerFeedback)
    .innerJoin(answer, eq(answer.id, answerFeedback.answerId))
    .where(
      and(
        await complaintsSince(ctx, task.key, task.doneAt),
        last === null
          ? undefined
          : or(
              lt(answerFeedback.changedAt, last.at),
              and(
                eq(answerFeedback.changedAt, last.at),
                or(
                  lt(answerFeedback.answerId, last.answerId),
                  and(eq(answerFeedback.answerId, last.answerId), lt(answerFeedback.personId, last.personId)),
                ),
              ),
            ),
      ),
    )
    .orderBy(...ORDER)
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.at.toISOString(), row.answerId, row.personId])
}
