import type { Context } from '#server/context.ts'
import { conflict, notFound } from '#server/errors.ts'
import { addComment } from './add-comment.ts'
import { createDraft } from './create-draft.ts'
import { currentVersion, versionById, type DraftRow } from './queries.ts'

export interface RollBackInput {
  articleId: string
  /** The earlier version whose text comes back. */
  versionId: string
  reason: string
}

/**
 * Opens a draft with the text of an earlier version, to be reviewed and published as a new one: history is never taken
 * back. The reason is its first comment. Must run in a transaction of the caller's.
 * @throws DomainError `not-found`; `conflict` when that version is the newest one already
 */
export async function rollBack(ctx: Context, input: RollBackInput): Promise<DraftRow> {
  const version = await versionById(ctx, input.versionId)
  if (version === null || version.articleId !== input.articleId || version.publishedAt === null)
    throw notFound('article version', input.versionId)
  const current = await currentVersion(ctx, input.articleId, version.lang)
  if (current?.id === version.id)
    throw conflict({
      ru: `Версия ${version.number} и есть последняя: возвращать нечего.`,
      kk: `${version.number}-нұсқа — соңғысы: қайтаратын ештеңе жоқ.`,
      en: `Version ${version.number} is the newest one: there is nothing to bring back.`,
    })
  const row = await createDraft(ctx, {
    articleId: input.articleId,
    lang: version.lang,
    fromVersionId: version.id,
    from: 'rollback',
    rollbackOf: version.id,
  })
  await addComment(ctx, { draftId: row.id, threadId: null, range: null, text: input.reason })
  return row
}
