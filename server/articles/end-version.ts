import { and, eq, isNull } from 'drizzle-orm'
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

/**
 * Ends a published text whose act no longer gives it, on the day on which its law ended. Whoever imported the text of the act that ended
 * it has proposed this, so somebody else approves it.
 * Must run in a transaction of the caller's.
 * @returns the first day on which it is not in force any more
 * @throws DomainError `conflict` when it is not published, has an end already, or its law goes on; `forbidden` to whoever imported
 */
export async function endVersion(ctx: Context, input: { versionId: string }): Promise<{ validTo: string }> {
  const [outlived] = await findOutlived(ctx, { limit: 1, versionId: input.versionId })
  if (outlived === undefined)
    throw conflict(
      {
        ru: 'Завершить не получилось: положения этой версии действуют, либо её срок уже определён.',
        kk: 'Аяқтау мүмкін болмады: бұл нұсқаның ережелері қолданыста немесе оның мерзімі белгіленіп қойған.',
        en: 'Could not end it: the provisions of this version are in force, or its end is set already.',
      },
      { versionId: input.versionId },
    )
  if (ctx.actor.kind !== 'system' && outlived.importedBy === ctx.actor.id)
    throw new DomainError('forbidden', NOT_YOU.ru, { said: NOT_YOU })
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
  if (ended === undefined) throw new Error(`version ${input.versionId} changed while it was being ended`)
  await emit(ctx, {
    type: 'version.ended',
    subjectId: input.versionId,
    payload: { articleId, number, validTo: endsOn },
  })
  return { validTo: endsOn }
}
