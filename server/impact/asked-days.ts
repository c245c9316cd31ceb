import { desc, eq } from 'drizzle-orm'
import type { ParsedAct } from '#ingest/acts/act.ts'
import { askedPublicationDays, type AskedPublicationDay } from '#ingest/acts/asked-publication-days.ts'
import type { DivisionPlan } from '#ingest/articles/division-plan.ts'
import { actKey } from '#server/acts/act-identity.ts'
import { publicationDaysOf } from '#server/acts/publication-days.ts'
import type { Context } from '#server/context.ts'
import { amendment, edition } from '#server/db/schema/acts.ts'
import { notFound } from '#server/errors.ts'

/**
 * The acts whose day of publication decides what is in force of this one, by its texts in every language, each with the day that is
 * known: what an editor gave, before what files of `content/` say. The page shows this list, and days are checked against it.
 * @param plans all division plans; those of the act count
 * @param extra a text of the act that is not stored yet
 * @throws DomainError `not-found` where no text of the act is held and none is given
 */
export async function askedDays(
  ctx: Context,
  actId: string,
  plans: readonly DivisionPlan[],
  extra?: Pick<ParsedAct, 'requisites' | 'amendments' | 'lang'>,
): Promise<AskedPublicationDay[]> {
  const rows = await ctx.db
    .select({ id: edition.id, lang: edition.lang, requisites: edition.requisites })
    .from(edition)
    .where(eq(edition.actId, actId))
    .orderBy(desc(edition.date), desc(edition.importedAt), edition.id)
  if (rows.length === 0 && extra === undefined) throw notFound('act', actId)
  const notes = await ctx.db.select().from(amendment).where(eq(amendment.actId, actId))
  const texts = [
    ...(extra === undefined ? [] : [extra]),
    ...rows.map((row) => ({ ...row, amendments: notes.filter((note) => note.editionId === row.id) })),
  ]
  const own = new Set(texts.map(({ requisites, lang }) => `${actKey(requisites)} ${lang}`))
  const files = plans.filter((plan) => own.has(`${plan.act} ${plan.lang}`)).map(({ publishedOn }) => publishedOn)
  return askedPublicationDays(texts, Object.assign({}, ...files, await publicationDaysOf(ctx, actId)))
}
