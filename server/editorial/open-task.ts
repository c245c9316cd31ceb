import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { editorialTask, type TaskKind } from '#server/db/schema/editorial.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'

export interface OpenTaskInput {
  kind: TaskKind
  /** What it is about: at most one open task has it. */
  key: string
  title: string
  lang?: Lang | null
  articleId?: string | null
  draftId?: string | null
  agencyId?: string | null
  versionId?: string | null
  assigneeId?: string | null
  dueOn?: string | null
  detail?: Record<string, string | number>
}

/**
 * Puts a task into the editors' inbox; one that is there already says from now on what this one says: its day and reason may
 * have changed. Whose it is stays. Must run in a transaction of the caller's.
 * @returns its id; null: there was an open one with this key
 */
export async function openTask(ctx: Context, input: OpenTaskInput): Promise<string | null> {
  const [opened] = await ctx.db
    .insert(editorialTask)
    .values({
      id: newId('tsk'),
      kind: input.kind,
      key: input.key,
      title: input.title,
      lang: input.lang ?? null,
      articleId: input.articleId ?? null,
      draftId: input.draftId ?? null,
      agencyId: input.agencyId ?? null,
      versionId: input.versionId ?? null,
      assigneeId: input.assigneeId ?? null,
      dueOn: input.dueOn ?? null,
      detail: input.detail ?? {},
      state: 'open',
      createdAt: ctx.now(),
      createdBy: ctx.actor.id,
    })
    .onConflictDoNothing()
    .returning({ id: editorialTask.id })
  if (opened === undefined) {
    await bringUpToDate(ctx, input)
    return null
  }
  await emit(ctx, { type: 'task.opened', subjectId: opened.id, payload: { kind: input.kind, key: input.key } })
  return opened.id
}

async function bringUpToDate(ctx: Context, input: OpenTaskInput): Promise<void> {
  const open = and(eq(editorialTask.key, input.key), eq(editorialTask.state, 'open'))
  const [task] = await ctx.db.select().from(editorialTask).where(open)
  if (task === undefined) return
  const said = {
    title: input.title,
    versionId: input.versionId ?? null,
    agencyId: input.agencyId ?? null,
    dueOn: input.dueOn ?? null,
    detail: input.detail ?? {},
  }
  const { title, versionId, agencyId, dueOn, detail } = task
  if (isDeepStrictEqual(said, { title, versionId, agencyId, dueOn, detail })) return
  await ctx.db.update(editorialTask).set(said).where(open)
  await emit(ctx, { type: 'task.changed', subjectId: task.id, payload: { key: input.key, dueOn: said.dueOn } })
}
