import { desc, eq } from 'drizzle-orm'
import { join } from 'node:path'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { actKey } from '#server/acts/act-identity.ts'
import { publicationDayFaults, storePublicationDays, type GivenPublicationDay } from '#server/acts/publication-days.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import { planFor, readPlans } from '#server/content/read-plans.ts'
import { today, type Context } from '#server/context.ts'
import { edition } from '#server/db/schema/acts.ts'
import { reconcileImpact } from '#server/editorial/reconcile-impact.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { askedDays } from './asked-days.ts'

export interface SetPublicationDaysInput {
  actId: string
  days: readonly GivenPublicationDay[]
  reason: string
  contentDir: string
}

/**
 * Stores days of publication and derives the act's wordings anew in every language. An article that reads as before only gets its days;
 * a text that operators do not read yet waits for a second person.
 * @returns slugs of the articles whose text waits
 * @throws DomainError `not-found`; `validation-failed` with every fault
 */
export async function setPublicationDays(ctx: Context, input: SetPublicationDaysInput): Promise<string[]> {
  const { actId, days, reason } = input
  const plans = await readPlans(join(input.contentDir, 'sources'))
  const asked = await askedDays(ctx, actId, plans)
  const faults = publicationDayFaults(days, today(ctx), asked)
  if (faults.length > 0) throw new DomainError('validation-failed', 'Days of publication have faults.', { faults })
  const proposed = await inTransaction(ctx, async (tx) => {
    await storePublicationDays(tx, { actId, days, reason })
    const rows = await tx.db.select().from(edition).where(eq(edition.actId, actId)).orderBy(desc(edition.date))
    const waiting: string[] = []
    for (const lang of ['ru', 'kk'] as const) {
      const row = rows.find((one) => one.lang === lang)
      if (row === undefined) continue
      const source = {
        name: row.sourceName,
        text: row.sourceText,
        lang: row.lang,
        meta: row.meta,
        versionDate: row.versionDate,
      }
      const { act: parsed } = parseSource(source, { endConfirmed: true })
      if (parsed === null)
        throw new DomainError(
          'source-refused',
          `Хранимая редакция ${row.sourceName} больше не читается этой версией программы.`,
        )
      const plan = planFor(plans, actKey(parsed.requisites), lang)
      waiting.push(...(await ingestAct(tx, { parsed, source, plan, mode: 'review' })).proposed)
    }
    return waiting
  })
  ctx.contentChanged()
  await reconcileImpact(ctx)
  return proposed
}
