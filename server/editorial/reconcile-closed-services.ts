import { and, eq, sql } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { editorialReview, editorialTask } from '#server/db/schema/editorial.ts'
import { service } from '#server/db/schema/services.ts'
import { inTransaction } from '#server/events/event.ts'
import { visibilityOf } from '#server/services/view-service.ts'
import { closeTasks } from './close-tasks.ts'
import { openTask } from './open-task.ts'
import { closedServiceKey } from './task-keys.ts'

/**
 * Makes the inbox say which published texts tell of a service that is not open to operators on their day (п. 23): the calendar moved, or
 * the protocol was annulled, after somebody published them. Readers do not get such a text; a task says why, and closes by itself when the
 * service opens. Compares state, so a second run writes nothing. Opens a transaction of its own.
 */
export const reconcileClosedServices = (ctx: Context): Promise<{ opened: number; closed: number }> =>
  inTransaction(ctx, async (tx) => {
    await queryRows(tx.db, sql`select pg_advisory_xact_lock(hashtext('reconcile-closed-services'))`)
    const day = today(tx)
    const texts = await tx.db
      .select({ version: articleVersion, service })
      .from(articleVersion)
      .innerJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
      .innerJoin(service, eq(service.id, editorialReview.serviceId))
      .where(
        and(
          eq(articleVersion.state, 'published'),
          sql`(${articleVersion.validTo} is null or ${articleVersion.validTo} > greatest(${day}::date, ${articleVersion.validFrom}))`,
        ),
      )
    const found = await visibilityOf(tx, [...new Map(texts.map(({ service }) => [service.id, service])).values()])
    const wanted = new Set<string>()
    let opened = 0
    for (const { version, service } of texts) {
      const opens = found.get(service.id)?.visibility.from ?? null
      if (opens !== null && opens <= (version.validFrom > day ? version.validFrom : day)) continue
      const key = closedServiceKey(version.id)
      wanted.add(key)
      const task = await openTask(tx, {
        kind: 'service-closed',
        key,
        title: version.title,
        lang: version.lang,
        articleId: version.articleId,
        versionId: version.id,
        // No term: of a text that is in force already the day of its beginning is past, and nobody is late with it.
        dueOn: null,
        detail: {
          serviceId: service.id,
          service: service.name,
          begins: version.validFrom,
          ...(opens === null ? {} : { opens }),
        },
      })
      if (task !== null) opened += 1
    }
    const held = await tx.db
      .select({ key: editorialTask.key })
      .from(editorialTask)
      .where(and(eq(editorialTask.kind, 'service-closed'), eq(editorialTask.state, 'open')))
    const closed = await closeTasks(
      tx,
      held.map(({ key }) => key).filter((key) => !wanted.has(key)),
    )
    return { opened, closed }
  })
