import { and, eq, gt, isNull, lte, min, ne, or } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { conflict, DomainError, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'

/** Was, or will be, in force for at least a day. */
const everLasting = or(isNull(articleVersion.validTo), gt(articleVersion.validTo, articleVersion.validFrom))

export interface PublishVersionInput {
  versionId: string
  /**
   * `draft`, a text that ingestion made from an act, or `approved`, one that people wrote and a second person approved
   * (`server/editorial/publish-draft.ts`).
   */
  from?: 'draft' | 'approved'
  /** First day on which it is not in force any more; the next version may end it sooner. */
  validTo?: string | null
}

/**
 * Publishes a version. Operators see it from its `validFrom` on, until the next version that is published for a later day;
 * what was published for these days before ends there. An approved text begins today at the earliest: nobody could read it
 * on days past.
 * Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when it is not in that state any more; `forbidden` to whoever made the draft
 */
export async function publishVersion(ctx: Context, input: PublishVersionInput): Promise<void> {
  const [draft] = await ctx.db
    .select({
      articleId: articleVersion.articleId,
      lang: articleVersion.lang,
      state: articleVersion.state,
      validFrom: articleVersion.validFrom,
      createdBy: articleVersion.createdBy,
    })
    .from(articleVersion)
    .where(eq(articleVersion.id, input.versionId))
  const { from = 'draft', validTo: end = null } = input
  if (draft === undefined) throw notFound('article version', input.versionId)
  if (from === 'draft' && ctx.actor.kind !== 'system' && draft.createdBy === ctx.actor.id)
    throw new DomainError('forbidden', 'Опубликовать этот текст должен другой человек: вы его создали.')
  // Two publications of one article wait for each other, or both would stay open.
  await ctx.db.select({ id: article.id }).from(article).where(eq(article.id, draft.articleId)).for('update')
  const day = today(ctx)
  const validFrom = from === 'approved' && draft.validFrom < day ? day : draft.validFrom
  const [version] = await ctx.db
    .update(articleVersion)
    .set({ state: 'published', validFrom, validTo: end, publishedAt: ctx.now(), publishedBy: ctx.actor.id })
    .where(and(eq(articleVersion.id, input.versionId), eq(articleVersion.state, from)))
    .returning()
  if (version === undefined)
    throw conflict(
      draft.state === 'published'
        ? {
            ru: 'Опубликовать не получилось: версия уже опубликована.',
            kk: 'Жариялау мүмкін болмады: нұсқа жарияланып қойған.',
            en: 'Could not publish: the version is published already.',
          }
        : {
            ru: 'Опубликовать не получилось: эту версию так не публикуют, она должна быть одобрена.',
            kk: 'Жариялау мүмкін болмады: бұл нұсқа алдымен мақұлдануы керек.',
            en: 'Could not publish: this version has to be approved first.',
          },
      { state: draft.state },
    )

  const others = and(
    eq(articleVersion.articleId, version.articleId),
    eq(articleVersion.lang, version.lang),
    eq(articleVersion.state, 'published'),
    ne(articleVersion.id, version.id),
  )
  const [later] = await ctx.db
    .select({ day: min(articleVersion.validFrom) })
    .from(articleVersion)
    .where(and(others, everLasting, gt(articleVersion.validFrom, version.validFrom)))
  if (later?.day != null && (end === null || later.day < end))
    await ctx.db.update(articleVersion).set({ validTo: later.day }).where(eq(articleVersion.id, version.id))
  await ctx.db
    .update(articleVersion)
    .set({ validTo: version.validFrom })
    .where(
      and(
        others,
        lte(articleVersion.validFrom, version.validFrom),
        or(isNull(articleVersion.validTo), gt(articleVersion.validTo, version.validFrom)),
      ),
    )
  await emit(ctx, {
    type: 'version.published',
    subjectId: version.id,
    payload: { articleId: version.articleId, number: version.number, validFrom: version.validFrom },
  })
}
