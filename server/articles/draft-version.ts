import { and, desc, eq, ne } from 'drizzle-orm'
import { parseBody } from '#ingest/articles/article-markdown.ts'
import { passagesOf } from '#ingest/articles/passages-of.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { article, articleSource, articleVersion, passage, type VERSION_STATES } from '#server/db/schema/articles.ts'
import { editorialReview } from '#server/db/schema/editorial.ts'
import { DomainError } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { derivedId, newId, sha256 } from '#server/ids.ts'

export interface DraftVersionInput {
  slug: string
  lang: Lang
  title: string
  /** Markdown without front matter. */
  body: string
  actId: string | null
  ord: number
  /** The provisions it is made from: database id and the chapter they stand in (words that help to find them). */
  sources: readonly { eid: string; provisionId: string; chapter: string }[]
  validFrom: string
  validFromKnown: boolean
  /** `in-review`: people's text, frozen for a review; always a version of its own. */
  state?: 'draft' | 'in-review'
}

export interface DraftVersionResult {
  articleId: string
  versionId: string
  number: number
  /** False: a version says the same, from the same day, from the same provisions; nothing was written. */
  changed: boolean
}

/** An article's id follows from its slug, so that links survive a rebuild. */
export const articleIdOf = (slug: string): string => derivedId('art', slug)

/** Equal for versions that say the same, from the same day, from the same provisions. */
export const versionHash = (input: Pick<DraftVersionInput, 'title' | 'body' | 'validFrom' | 'sources'>): string =>
  sha256(JSON.stringify([input.title, input.body, input.validFrom, input.sources.map((source) => source.provisionId)]))

/** What of an earlier version decides whether the same text needs another one. */
export interface EarlierVersion {
  id: string
  number: number
  contentHash: string
  state: (typeof VERSION_STATES)[number]
  validFrom: string
  validTo: string | null
  publishedAt: Date | null
  /** Id of its review; null where ingestion made it. */
  byPeople: string | null
}

/**
 * The version that stands for a text that ingestion makes: it says the same, and it counts still. A withdrawn text stays withdrawn; one
 * that came to its end may begin again, unless people put theirs in its place. Pure.
 */
export function versionStandingFor(
  earlier: readonly EarlierVersion[],
  hash: string,
  day: string,
): EarlierVersion | undefined {
  const replaced = (number: number) =>
    earlier.some((version) => version.number > number && version.byPeople !== null && version.publishedAt !== null)
  return earlier.find(
    (version) =>
      version.contentHash === hash &&
      version.byPeople === null &&
      (version.state !== 'published' || version.validTo === null || version.validTo > day || replaced(version.number)),
  )
}

/**
 * Writes a new version of an article as a draft, with its passages and sources. Versions are immutable: the same
 * content gives the version that is already there. Must run in a transaction of the caller's.
 * @throws DomainError `validation-failed` with every fault of the Markdown
 */
export async function draftVersion(ctx: Context, input: DraftVersionInput): Promise<DraftVersionResult> {
  const articleId = articleIdOf(input.slug)
  const { blocks, faults } = parseBody(input.body)
  const provisionIds = new Map(input.sources.map((source) => [source.eid, source]))
  const passages = passagesOf(blocks)
  const unknown = passages.flatMap((p) => p.segments).filter((s) => s.eid !== '' && !provisionIds.has(s.eid))
  const all = [
    ...faults.map((fault) => ({ path: `body:${fault.line}`, message: fault.text })),
    ...unknown.map((segment) => ({
      path: segment.eid,
      message: 'статья приводит положение, которого нет среди её источников. Исправьте обозначение блока.',
    })),
    ...(passages.length === 0 ? [{ path: 'body', message: 'в статье нет текста' }] : []),
  ]
  if (all.length > 0)
    throw new DomainError('validation-failed', `Статья ${input.slug}: ошибок ${all.length}.`, { faults: all })

  const hash = versionHash(input)
  await ctx.db
    .insert(article)
    .values({ id: articleId, slug: input.slug, actId: input.actId, ord: input.ord, createdAt: ctx.now() })
    .onConflictDoUpdate({ target: article.id, set: { ord: input.ord }, setWhere: ne(article.ord, input.ord) })
  // Versions of one article are written one after another.
  await ctx.db.select({ id: article.id }).from(article).where(eq(article.id, articleId)).for('update')
  const earlier = await ctx.db
    .select({
      id: articleVersion.id,
      number: articleVersion.number,
      contentHash: articleVersion.contentHash,
      state: articleVersion.state,
      validFrom: articleVersion.validFrom,
      validTo: articleVersion.validTo,
      publishedAt: articleVersion.publishedAt,
      byPeople: editorialReview.versionId,
    })
    .from(articleVersion)
    .leftJoin(editorialReview, eq(editorialReview.versionId, articleVersion.id))
    .where(and(eq(articleVersion.articleId, articleId), eq(articleVersion.lang, input.lang)))
    .orderBy(desc(articleVersion.number))
  const same = input.state === 'in-review' ? undefined : versionStandingFor(earlier, hash, today(ctx))
  if (same !== undefined) return { articleId, versionId: same.id, number: same.number, changed: false }

  const versionId = newId('ver')
  const number = (earlier[0]?.number ?? 0) + 1
  await ctx.db.insert(articleVersion).values({
    id: versionId,
    articleId,
    lang: input.lang,
    number,
    title: input.title,
    body: input.body,
    contentHash: hash,
    state: input.state ?? 'draft',
    validFrom: input.validFrom,
    validFromKnown: input.validFromKnown,
    validTo: null,
    createdAt: ctx.now(),
    createdBy: ctx.actor.id,
  })
  if (input.sources.length > 0)
    await ctx.db
      .insert(articleSource)
      .values(input.sources.map((source, ord) => ({ versionId, ord, provisionId: source.provisionId })))
  await ctx.db.insert(passage).values(
    passages.map((draft, ord) => ({
      id: newId('psg'),
      versionId,
      articleId,
      lang: input.lang,
      ord,
      provisionId: provisionIds.get(draft.eid)?.provisionId ?? null,
      label: draft.label,
      anchor: draft.anchor,
      context: [provisionIds.get(draft.eid)?.chapter ?? '', draft.context].filter((part) => part !== '').join('\n'),
      text: draft.text,
      textHash: sha256(draft.text),
      segments: draft.segments.flatMap((segment) => {
        const source = provisionIds.get(segment.eid)
        return source === undefined ? [] : [{ ...segment, provisionId: source.provisionId }]
      }),
    })),
  )
  await emit(ctx, { type: 'version.drafted', subjectId: versionId, payload: { articleId, number } })
  return { articleId, versionId, number, changed: true }
}
