import { eq, sql } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { article } from '#server/db/schema/articles.ts'
import { articleReviewDate, draft, draftRevision, type DraftContent } from '#server/db/schema/editorial.ts'
import { notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { checkAct } from './check-act.ts'
import { currentVersion, factsOf, quotedAct, versionById, type DraftRow } from './queries.ts'

/** Some of the fields; one that is left out keeps what it is. */
export type Proposed = { [Field in keyof DraftContent]?: DraftContent[Field] | undefined }

export type CreateDraftInput =
  | {
      articleId: string
      lang: Lang
      /** The text to begin with: without it the newest published one. */
      fromVersionId?: string | undefined
      /** Changes over that text: what a file, a roll-back or an amendment proposes. */
      content?: Proposed
      /** The version that the text was made from, where it is not the newest published one. */
      baseVersionId?: string | null
      from?: 'version' | 'rollback' | 'file'
      rollbackOf?: string
    }
  | { lang: Lang; content: Proposed; from?: 'file' }

const EMPTY: DraftContent = {
  slug: '',
  title: '',
  body: '',
  actId: null,
  validFrom: null,
  validTo: null,
  reviewBy: null,
  agencyId: null,
  serviceId: null,
}

/**
 * Opens a working draft: of a new article, or of a published one with its text, its end and its provision blocks. Must run in a
 * transaction of the caller's.
 * @throws DomainError `not-found`; `validation-failed` when it names an unknown act
 */
export async function createDraft(ctx: Context, input: CreateDraftInput): Promise<DraftRow> {
  const begun = 'articleId' in input ? await ofArticle(ctx, input) : { content: over(EMPTY, input.content), base: null }
  await checkAct(ctx, begun.content.actId)
  const at = ctx.now()
  const [row] = await ctx.db
    .insert(draft)
    .values({
      id: newId('drf'),
      articleId: 'articleId' in input ? input.articleId : null,
      lang: input.lang,
      ...begun.content,
      baseVersionId: begun.base,
      rollbackOf: ('articleId' in input ? input.rollbackOf : undefined) ?? null,
      state: 'working',
      revision: 1,
      authors: [ctx.actor.id],
      versionId: null,
      createdAt: at,
      createdBy: ctx.actor.id,
      updatedAt: at,
      updatedBy: ctx.actor.id,
    })
    .returning()
  if (row === undefined) throw new Error('a draft was not written')
  await ctx.db
    .insert(draftRevision)
    .values({ draftId: row.id, revision: 1, content: begun.content, at, by: ctx.actor.id })
  await emit(ctx, {
    type: 'draft.created',
    subjectId: row.id,
    payload: {
      articleId: row.articleId,
      lang: row.lang,
      slug: row.slug,
      from: input.from ?? ('articleId' in input ? 'version' : 'new'),
    },
  })
  return row
}

async function ofArticle(
  ctx: Context,
  input: Extract<CreateDraftInput, { articleId: string }>,
): Promise<{ content: DraftContent; base: string | null }> {
  const [known] = await ctx.db.select().from(article).where(eq(article.id, input.articleId))
  if (known === undefined) throw notFound('article', input.articleId)
  const current = await currentVersion(ctx, known.id, input.lang)
  const text = input.fromVersionId === undefined ? current : await versionById(ctx, input.fromVersionId)
  if (input.fromVersionId !== undefined && (text === null || text.articleId !== known.id || text.lang !== input.lang))
    throw notFound('article version', input.fromVersionId)
  const facts = await factsOf(ctx, current?.id ?? null)
  // An earlier text that comes back ends when the article does; any other one when it does itself.
  const { validTo } = input.rollbackOf === undefined ? await factsOf(ctx, text?.id ?? null) : facts
  const [reviewDate] = await ctx.db
    .select()
    .from(articleReviewDate)
    .where(sql`${articleReviewDate.articleId} = ${known.id} and ${articleReviewDate.lang} = ${input.lang}`)
  return {
    base: input.baseVersionId === undefined ? (current?.id ?? null) : input.baseVersionId,
    content: over(
      {
        ...EMPTY,
        slug: known.slug,
        title: text?.title ?? '',
        body: text?.body ?? '',
        actId: known.actId ?? (text === null ? null : await actQuotedBy(ctx, text.id)),
        validTo,
        reviewBy: reviewDate?.reviewBy ?? null,
        agencyId: facts.agencyId,
        serviceId: facts.serviceId,
      },
      input.content ?? {},
    ),
  }
}

const over = (content: DraftContent, proposed: Proposed): DraftContent => ({
  ...content,
  ...Object.fromEntries(Object.entries(proposed).filter(([, value]) => value !== undefined)),
})

async function actQuotedBy(ctx: Context, versionId: string): Promise<string | null> {
  const [row] = await queryRows<{ act_id: string | null }>(ctx.db, sql`select ${quotedAct(versionId)} as act_id`)
  return row?.act_id ?? null
}
