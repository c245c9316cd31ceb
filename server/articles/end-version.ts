import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { articleVersion } from '#server/db/schema/articles.ts'
import { conflict, DomainError, type Said } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { findOutlived } from './find-outlived.ts'

const NOT_YOU: Said = {
  ru: 'Завершить действие этого текста должен другой человек: редакцию акта загрузили вы.',
  kk: 'Бұл мәтіннің қолданылуын басқа адам аяқтауы керек: актінің редакциясын сіз жүктегенсіз.',
  en: 'Somebody else has to end this text: you imported the edition of the act.',
}

const NOT_OUTLIVED: Said = {
  ru: 'Завершить не получилось: положения этой версии действуют, либо её срок уже определён.',
  kk: 'Аяқтау мүмкін болмады: бұл нұсқаның ережелері қолданыста немесе оның мерзімі белгіленіп қойған.',
  en: 'Could not end it: the provisions of this version are in force, or its end is set already.',
}

const NO_DAY: Said = {
  ru: 'Завершить пока нельзя: день, когда положения утрачивают силу, зависит от дня официального опубликования, а он не указан. Укажите его на странице акта, раздел «Дни официального опубликования».',
  kk: 'Әзірге аяқтауға болмайды: ережелердің күші жойылатын күн ресми жарияланған күнге байланысты, ал ол көрсетілмеген. Оны актінің бетінде, «Ресми жарияланған күндер» бөлімінде көрсетіңіз.',
  en: 'It cannot be ended yet: the day on which its provisions end depends on the day of official publication, which is missing. Give it on the page of the act, under “Days of official publication”.',
}

/**
 * Ends a published text whose act no longer gives it, on the day on which its law ended. Whoever imported the text of the act that ended
 * it has proposed this, so somebody else approves it. Two who end at once wait for each other, and the second one is told.
 * Must run in a transaction of the caller's.
 * @returns the first day on which it is not in force any more
 * @throws DomainError `conflict` when it is not published, has an end already, its law goes on, or nobody knows yet on which day that
 * ends; `forbidden` to whoever imported
 */
export async function endVersion(ctx: Context, input: { versionId: string }): Promise<{ validTo: string }> {
  const details = { versionId: input.versionId }
  await ctx.db.execute(
    sql`select a.id from article a where a.id = (select v.article_id from article_version v where v.id = ${input.versionId}) for update`,
  )
  const [outlived] = (await findOutlived(ctx, { limit: 1, versionId: input.versionId })).items
  if (outlived === undefined) throw conflict(NOT_OUTLIVED, details)
  if (ctx.actor.kind !== 'system' && outlived.importedBy === ctx.actor.id)
    throw new DomainError('forbidden', NOT_YOU.ru, { said: NOT_YOU })
  // An end on the earliest possible day would take away law that may be in force.
  if (!outlived.known) throw conflict(NO_DAY, details)
  const { endsOn, articleId, number } = outlived
  const [ended] = await ctx.db
    .update(articleVersion)
    .set({ validTo: endsOn })
    .where(
      and(
        eq(articleVersion.id, input.versionId),
        eq(articleVersion.state, 'published'),
        isNull(articleVersion.validTo),
      ),
    )
    .returning({ id: articleVersion.id })
  if (ended === undefined) throw conflict(NOT_OUTLIVED, details)
  await emit(ctx, {
    type: 'version.ended',
    subjectId: input.versionId,
    payload: { articleId, number, validTo: endsOn },
  })
  return { validTo: endsOn }
}
