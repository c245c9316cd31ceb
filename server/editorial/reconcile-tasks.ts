import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { inTransaction } from '#server/events/event.ts'
import { closeTasks } from './close-tasks.ts'
import { findBrokenReferences } from './find-broken-references.ts'
import { listStale } from './list-stale.ts'
import { openTask, type OpenTaskInput } from './open-task.ts'
import { reconcileDeadlines } from './reconcile-deadlines.ts'
import { reconcileClosedServices } from './reconcile-closed-services.ts'
import { reconcileImpact } from './reconcile-impact.ts'
import { brokenKey, staleKey } from './task-keys.ts'

/** How far ahead reminders look. */
const DAYS_AHEAD = 14
const MOST = 1_000

/**
 * Makes the inbox say what acts changed, which clocks of agencies run out, which texts wait for a service to open, and what is stale or broken today: opens what is
 * missing and closes what was mended. Compares state, so
 * a second run writes nothing. Opens a transaction of its own.
 */
export async function reconcileTasks(ctx: Context): Promise<{ opened: number; closed: number }> {
  const wanted = new Map<string, OpenTaskInput>()
  const impact = await reconcileImpact(ctx)
  const clocks = await reconcileDeadlines(ctx)
  const shut = await reconcileClosedServices(ctx)
  const impacted = new Set(
    (
      await ctx.db
        .select({ articleId: editorialTask.articleId, lang: editorialTask.lang })
        .from(editorialTask)
        .where(and(eq(editorialTask.kind, 'impact'), eq(editorialTask.state, 'open')))
    ).map((task) => `${task.articleId} ${task.lang}`),
  )
  for (const item of await listStale(ctx, { days: DAYS_AHEAD, limit: MOST })) {
    // A task of its own says it, with the new text.
    if (
      (item.reason === 'source-changed' || item.reason === 'proposed') &&
      impacted.has(`${item.articleId} ${item.lang}`)
    )
      continue
    const key = staleKey(item.articleId, item.lang)
    // The most urgent reason speaks.
    if (!wanted.has(key))
      wanted.set(key, {
        kind: 'stale',
        key,
        title: item.title,
        lang: item.lang,
        articleId: item.articleId,
        versionId: item.versionId,
        dueOn: item.dueOn,
        detail: { reason: item.reason },
      })
  }
  const broken = await findBrokenReferences(ctx, { limit: MOST })
  for (const item of broken.items) {
    // That a provision is gone, the task of the changed act says too, with the new text.
    if (item.rule === 'provision-missing' && impacted.has(`${item.articleId} ${item.lang}`)) continue
    const key = brokenKey(item.articleId, item.lang)
    const before = wanted.get(key)
    wanted.set(key, {
      kind: 'broken-reference',
      key,
      title: item.title,
      lang: item.lang,
      articleId: item.articleId,
      versionId: item.versionId,
      detail: {
        // The first fault, in every language of the interface.
        ...(before?.detail ?? {
          first: item.message,
          ...(item.said === undefined ? {} : { firstKk: item.said.kk, firstEn: item.said.en }),
        }),
        count: Number(before?.detail?.['count'] ?? 0) + 1,
      },
    })
  }
  return inTransaction(ctx, async (tx) => {
    const open = await tx.db
      .select({ key: editorialTask.key })
      .from(editorialTask)
      .where(and(inArray(editorialTask.kind, ['stale', 'broken-reference']), eq(editorialTask.state, 'open')))
    let opened = 0
    for (const task of wanted.values()) if ((await openTask(tx, task)) !== null) opened += 1
    // A list that was cut short says nothing of what it left out.
    const mended = open.map((task) => task.key).filter((key) => !wanted.has(key))
    const closed = broken.truncated || wanted.size >= MOST ? 0 : await closeTasks(tx, mended)
    return {
      opened: opened + impact.opened + clocks.opened + shut.opened,
      closed: closed + impact.closed + clocks.closed + shut.closed,
    }
  })
}
