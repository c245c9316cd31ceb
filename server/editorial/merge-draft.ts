import { SYSTEM, type Context } from '#server/context.ts'
import type { DraftContent } from '#server/db/schema/editorial.ts'
import { conflict } from '#server/errors.ts'
import { mergeContents, type MergedContents } from './merge-contents.ts'
import { findImpacted } from './find-impacted.ts'
import { contentOf, currentVersion, draftById, factsOf, revisionOf, versionById, type DraftRow } from './queries.ts'

export interface MergeDraftInput {
  draftId: string
  /**
   * `draft`: my text, written over `revision`, with what somebody else saved meanwhile. `published`: the draft (or my text
   * of it) with a version that was published since its base. `proposal`: the same with the text that a changed act asks for.
   */
  with: 'draft' | 'published' | 'proposal'
  revision: number
  mine: DraftContent
}

export interface DraftMergeResult extends MergedContents {
  /** To save the result with. */
  revision: number
  baseVersionId: string | null
  theirs: { by: string; at: Date }
}

/**
 * Prepares a three-way merge; nothing is written. The result is saved like any other text, over the revision and with the
 * base that are given back.
 * @throws DomainError `not-found`; `conflict` when there is nothing to merge with
 */
export async function mergeDraft(ctx: Context, input: MergeDraftInput): Promise<DraftMergeResult> {
  const row = await draftById(ctx, input.draftId)
  const base = row.baseVersionId === null ? null : await versionById(ctx, row.baseVersionId)
  if (input.with === 'draft') {
    const ground = (await revisionOf(ctx, row.id, input.revision))?.content ??
      // Older than what is kept: the published text is common ground too, only further back; of the other fields none is.
      { body: base?.body ?? '' }
    return {
      ...mergeContents(ground, input.mine, contentOf(row)),
      revision: row.revision,
      baseVersionId: row.baseVersionId,
      theirs: { by: row.updatedBy, at: row.updatedAt },
    }
  }
  if (input.with === 'proposal') return mergeProposal(ctx, row, input.mine)
  const current = row.articleId === null ? null : await currentVersion(ctx, row.articleId, row.lang)
  if (current === null || current.id === row.baseVersionId)
    throw conflict({
      ru: 'Объединять не с чем: новой версии статьи нет.',
      kk: 'Біріктіретін ештеңе жоқ: мақаланың жаңа нұсқасы жоқ.',
      en: 'There is nothing to merge with: the article has no newer version.',
    })
  const published = async (version: typeof base): Promise<DraftContent> => {
    const { agencyId, serviceId, validTo } = await factsOf(ctx, version?.id ?? null)
    return {
      ...input.mine,
      title: version?.title ?? input.mine.title,
      body: version?.body ?? '',
      agencyId,
      serviceId,
      validTo,
    }
  }
  return {
    ...mergeContents(await published(base), input.mine, await published(current)),
    revision: row.revision,
    baseVersionId: current.id,
    theirs: { by: current.publishedBy ?? current.createdBy, at: current.publishedAt ?? current.createdAt },
  }
}

/** The proposed text over the published one that it was made from; all fields but the first day are the draft's. */
async function mergeProposal(ctx: Context, row: DraftRow, mine: DraftContent): Promise<DraftMergeResult> {
  const [item] =
    row.articleId === null ? [] : (await findImpacted(ctx, { articleId: row.articleId, lang: row.lang })).items
  const version = item === undefined ? null : await versionById(ctx, item.versionId)
  if (item === undefined || version === null)
    throw conflict({
      ru: 'Объединять не с чем: акт этого текста не меняет.',
      kk: 'Біріктіретін ештеңе жоқ: акт бұл мәтінді өзгертпейді.',
      en: 'There is nothing to merge with: the act does not change this text.',
    })
  const { validFrom, proposal } = item
  const merged = mergeContents({ ...mine, validFrom: null, body: version.body }, mine, {
    ...mine,
    validFrom: validFrom ?? mine.validFrom,
    body: proposal.body,
  })
  return {
    ...merged,
    revision: row.revision,
    baseVersionId: row.baseVersionId,
    theirs: { by: SYSTEM.id, at: ctx.now() },
  }
}
