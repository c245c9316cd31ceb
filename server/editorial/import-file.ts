import { and, desc, eq, isNotNull, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { articleReviewDate, draft, type DraftContent } from '#server/db/schema/editorial.ts'
import { articleIdOf } from '#server/articles/draft-version.ts'
import { readArticleFile, type ArticleFrontMatter, type FileFault } from './article-file.ts'
import { checkDraft } from './check-draft.ts'
import { createDraft } from './create-draft.ts'
import type { Said } from '#server/errors.ts'
import { told, WORDING } from './fault-wordings.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { mergeContents } from './merge-contents.ts'
import { contentOf, currentVersion, draftById, factsOf, revisionOf, versionById } from './queries.ts'
import { sameContent, saveDraft } from './save-draft.ts'

export interface ImportFileInput {
  text: string
}

export type ImportFileResult =
  | { status: 'refused'; faults: FileFault[] }
  | {
      status: 'created' | 'merged' | 'conflict' | 'unchanged'
      draftId: string | null
      articleId: string | null
      slug: string
      conflicts: string[]
      /** Warnings, and errors that the draft must lose before its review. */
      faults: FileFault[]
    }

/** With one line end at its end, as a file has it. */
const closed = (content: DraftContent): DraftContent => ({ ...content, body: content.body.replace(/\n*$/, '\n') })
const sameText = (a: string, b: string): boolean => a.replace(/\n*$/, '') === b.replace(/\n*$/, '')

/**
 * Takes an edited file back: a draft on the version it was made from; where a newer version was published since, both
 * changes in one draft, or, where they contradict each other, a draft that waits for somebody to merge it. A file that
 * nobody edited makes none, however old it is; one that does not say what it was made from is no ground to undo what was
 * published since. A file with faults is refused whole, but for those that the text it was made from has by now. Must run in a transaction of the caller's.
 * @throws DomainError `conflict` when the draft that the file names is under review or closed
 */
export async function importFile(ctx: Context, input: ImportFileInput): Promise<ImportFileResult> {
  const { file, faults, bodyOffset } = readArticleFile(input.text)
  if (file === null) return { status: 'refused', faults }
  const { frontMatter } = file
  const articleId = await articleOf(ctx, frontMatter)
  // Of a file of `content/articles` the days are the act's; an end that the article was given stays.
  const isActs = frontMatter.validFromKnown !== undefined
  const content: DraftContent = {
    slug: frontMatter.slug,
    title: frontMatter.title,
    body: file.body,
    // A file of `content/articles` names its act by number.
    actId: frontMatter.act === null || frontMatter.act.startsWith('act_') ? frontMatter.act : articleId.actId,
    validFrom: isActs ? null : frontMatter.validFrom,
    validTo: isActs ? await endOf(ctx, articleId.id, frontMatter.lang) : frontMatter.validTo,
    reviewBy: frontMatter.reviewBy,
    agencyId: frontMatter.agency,
    serviceId: frontMatter.service,
  }
  const at = (key: string, rule: string, severity: FileFault['severity'], said: Said): FileFault => ({
    line: keyLine(input.text, key),
    column: 1,
    rule,
    severity,
    ...told(said),
  })
  const ground =
    articleId.id === null || frontMatter.draft !== undefined
      ? null
      : await groundOf(ctx, articleId.id, frontMatter, content)
  // Before its faults: the text of an older version may have some by now, and nobody has to mend them.
  if (ground !== null && ground.isUntouched && articleId.faults.length === 0) {
    const { base, current } = ground
    const faults =
      base === null || current === null || base.number >= current.number
        ? []
        : [at('base', 'outdated', 'warning', WORDING.fileOlder(base.number, current.number))]
    return { status: 'unchanged', draftId: null, articleId: articleId.id, slug: content.slug, conflicts: [], faults }
  }
  const outdated =
    ground?.isUnknown === true
      ? at('base', 'outdated', 'error', WORDING.fileGroundless)
      : frontMatter.draft === undefined
        ? null
        : await lostRevision(ctx, frontMatter.draft, frontMatter.revision ?? 1, content).then((said) =>
            said === null ? null : at('revision', 'outdated', 'error', said),
          )
  if (outdated !== null) return { status: 'refused', faults: [...articleId.faults, outdated] }
  const found = await checkDraft(ctx, {
    content,
    lang: frontMatter.lang,
    articleId: articleId.id,
    draftId: frontMatter.draft,
  })
  const all: FileFault[] = [
    ...articleId.faults,
    ...found.faults.map((fault): FileFault => ({
      line: fault.line === null ? keyLine(input.text, fault.path) : fault.line + bodyOffset,
      column: fault.column ?? 1,
      rule: fault.rule,
      severity: fault.severity,
      message: fault.message,
      said: fault.said,
    })),
  ]
  const old = ground?.base == null ? null : await faultsOf(ctx, ground.base, frontMatter.lang, content)
  const isOld = (fault: FileFault): boolean => old?.has(`${fault.rule} ${fault.message}`) === true
  if (all.some((fault) => fault.severity === 'error' && !isOld(fault))) return { status: 'refused', faults: all }
  const taken =
    frontMatter.draft === undefined
      ? await intoArticle(ctx, articleId.id, frontMatter.lang, content, ground)
      : await intoDraft(ctx, frontMatter.draft, frontMatter.revision ?? 1, content)
  const { keptReviewBy, ...result } = taken
  if (keptReviewBy !== undefined)
    all.push(at('reviewBy', 'outdated', 'warning', WORDING.reviewKept(content.reviewBy, keptReviewBy)))
  return { ...result, slug: frontMatter.slug, faults: all }
}

/**
 * Errors in the text that a file was made from: its act has changed since, or what it links to was withdrawn. Whoever edited another place
 * of it did not make them; the draft must lose them before its review.
 */
async function faultsOf(ctx: Context, base: Version, lang: DraftLang, content: DraftContent): Promise<Set<string>> {
  const { articleId } = base
  const { faults } = await checkDraft(ctx, {
    content: { ...content, title: base.title, body: base.body },
    lang,
    articleId,
  })
  return new Set(
    faults.flatMap(({ line, rule, severity, message }) =>
      line !== null && severity === 'error' ? [`${rule} ${message}`] : [],
    ),
  )
}

const KEYS: Record<string, string> = { actId: 'act', agencyId: 'agency', serviceId: 'service' }

/** The line of the file that a field stands in. */
function keyLine(text: string, path: string): number {
  const at = text.split(/\r?\n/).findIndex((line) => line.startsWith(`${KEYS[path] ?? path}:`))
  return at === -1 ? 1 : at + 1
}

async function articleOf(
  ctx: Context,
  frontMatter: ArticleFrontMatter,
): Promise<{ id: string | null; actId: string | null; faults: FileFault[] }> {
  const fault = (said: Said): FileFault => ({ line: 2, column: 1, rule: 'id', severity: 'error', ...told(said) })
  const [known] = await ctx.db
    .select()
    .from(article)
    .where(
      frontMatter.id === undefined
        ? or(eq(article.slug, frontMatter.slug), eq(article.id, articleIdOf(frontMatter.slug)))
        : eq(article.id, frontMatter.id),
    )
  if (frontMatter.id === undefined)
    return known === undefined ||
      frontMatter.draft !== undefined ||
      !(await isSlugTaken(ctx, frontMatter.slug, frontMatter.draft))
      ? { id: null, actId: null, faults: [] }
      : {
          id: known.id,
          actId: known.actId,
          faults: [fault(WORDING.fileKnown(frontMatter.slug, known.id))],
        }
  if (known === undefined) return { id: null, actId: null, faults: [fault(WORDING.fileUnknown(frontMatter.id))] }
  const faults = known.slug === frontMatter.slug ? [] : [fault(WORDING.fileSlug(known.slug))]
  if (frontMatter.base !== null) {
    const base = await versionById(ctx, frontMatter.base)
    if (base === null || base.articleId !== known.id || base.lang !== frontMatter.lang)
      faults.push(fault(WORDING.fileBase(frontMatter.base)))
  }
  return { id: known.id, actId: known.actId, faults }
}

type Taken = Omit<Extract<ImportFileResult, { slug: string }>, 'slug' | 'faults'> & {
  /** The article's date, where it was kept against the file's. */
  keptReviewBy?: string | null
}

type Version = NonNullable<Awaited<ReturnType<typeof versionById>>>

/** What a file of an article was made from. */
interface Ground {
  /** Null: the article has no text in this language, or it is not known which one. */
  base: Version | null
  current: Version | null
  isUntouched: boolean
  isUnknown: boolean
}

async function endOf(ctx: Context, articleId: string | null, lang: DraftLang): Promise<string | null> {
  const current = articleId === null ? null : await currentVersion(ctx, articleId, lang)
  return (await factsOf(ctx, current?.id ?? null)).validTo
}

async function groundOf(
  ctx: Context,
  articleId: string,
  { base: named, lang, validFromKnown }: ArticleFrontMatter,
  content: DraftContent,
): Promise<Ground> {
  const current = await currentVersion(ctx, articleId, lang)
  const isActs = validFromKnown !== undefined
  const says = (version: Version) => content.title === version.title && sameText(content.body, version.body)
  if (named !== null) {
    const base = await versionById(ctx, named)
    const facts = await factsOf(ctx, base?.id ?? null)
    const isUntouched =
      base !== null &&
      says(base) &&
      content.validFrom === null &&
      content.validTo === facts.validTo &&
      content.agencyId === facts.agencyId &&
      content.serviceId === facts.serviceId
    return { base, current, isUntouched, isUnknown: false }
  }
  const published = await ctx.db
    .select()
    .from(articleVersion)
    .where(
      and(
        eq(articleVersion.articleId, articleId),
        eq(articleVersion.lang, lang),
        isNotNull(articleVersion.publishedAt),
      ),
    )
    .orderBy(desc(articleVersion.number))
  const same = content.validFrom === null ? published.find(says) : undefined
  if (
    same !== undefined &&
    (isActs || content.validTo === null || content.validTo === (await factsOf(ctx, same.id)).validTo)
  )
    return { base: same, current, isUntouched: true, isUnknown: false }
  return { base: published[0] ?? null, current, isUntouched: false, isUnknown: published.length > 1 }
}

async function intoArticle(
  ctx: Context,
  articleId: string | null,
  lang: DraftLang,
  content: DraftContent,
  ground: Ground | null,
): Promise<Taken> {
  const same = await sameDraft(ctx, articleId, lang, content)
  if (same !== null) return { status: 'unchanged', draftId: same, articleId, conflicts: [] }
  if (articleId === null || ground === null) {
    const row = await createDraft(ctx, { lang, content, from: 'file' })
    return { status: 'created', draftId: row.id, articleId: null, conflicts: [] }
  }
  const { base, current } = ground
  const create = (text: DraftContent, baseVersionId: string | null) =>
    createDraft(ctx, { articleId, lang, content: text, baseVersionId, from: 'file' })
  if (base === null || current === null || current.id === base.id || current.number < base.number) {
    const row = await create(content, base?.id ?? null)
    return { status: 'created', draftId: row.id, articleId, conflicts: [] }
  }
  const [before, now] = [await factsOf(ctx, base.id), await factsOf(ctx, current.id)]
  const [date] = await ctx.db
    .select({ reviewBy: articleReviewDate.reviewBy })
    .from(articleReviewDate)
    .where(and(eq(articleReviewDate.articleId, articleId), eq(articleReviewDate.lang, lang)))
  const reviewBy = date?.reviewBy ?? null
  const merged = mergeContents({ ...content, title: base.title, body: base.body, ...before }, content, {
    ...content,
    title: current.title,
    body: current.body,
    ...now,
    reviewBy,
  })
  const conflicts = merged.conflicts.filter((field) => field !== 'reviewBy')
  // Editors may set the date without any new version: whether the file's was edited is known only against the base's.
  const isDateKept = content.reviewBy !== reviewBy && merged.conflicts.includes('reviewBy')
  const text = { ...merged.content, reviewBy: isDateKept ? reviewBy : merged.content.reviewBy }
  // With a conflict the draft stays on its old base: the page offers the merge, with both texts whole.
  const row = conflicts.length > 0 ? await create(content, base.id) : await create(text, current.id)
  return {
    status: conflicts.length > 0 ? 'conflict' : 'merged',
    draftId: row.id,
    articleId,
    conflicts,
    ...(isDateKept && conflicts.length === 0 ? { keptReviewBy: reviewBy } : {}),
  }
}

/** A working draft that says just this already: the same file twice makes one draft. */
async function sameDraft(
  ctx: Context,
  articleId: string | null,
  lang: DraftLang,
  content: DraftContent,
): Promise<string | null> {
  const rows = await ctx.db
    .select()
    .from(draft)
    .where(
      and(
        articleId === null ? eq(draft.slug, content.slug) : eq(draft.articleId, articleId),
        eq(draft.lang, lang),
        eq(draft.state, 'working'),
      ),
    )
  return (
    rows.find(
      (row) =>
        row.title === content.title &&
        sameText(row.body, content.body) &&
        row.validFrom === content.validFrom &&
        row.validTo === content.validTo &&
        row.agencyId === content.agencyId &&
        row.serviceId === content.serviceId,
    )?.id ?? null
  )
}
type DraftLang = 'ru' | 'kk'

/** Why a draft's file cannot be taken: the text that it was made from is not kept any more. Null: it can. */
async function lostRevision(
  ctx: Context,
  draftId: string,
  revision: number,
  content: DraftContent,
): Promise<Said | null> {
  const row = await draftById(ctx, draftId)
  if (revision === row.revision || sameContent(closed(content), closed(contentOf(row)))) return null
  return (await revisionOf(ctx, row.id, revision)) === null ? WORDING.fileRevision(revision, row.revision) : null
}

async function intoDraft(ctx: Context, draftId: string, revision: number, content: DraftContent): Promise<Taken> {
  const row = await draftById(ctx, draftId)
  const held = contentOf(row)
  const same = (a: DraftContent, b: DraftContent) => sameContent(closed(a), closed(b))
  const ground = (await revisionOf(ctx, row.id, revision))?.content ?? held
  if (same(content, ground) || same(content, held))
    return { status: 'unchanged', draftId, articleId: row.articleId, conflicts: [] }
  if (row.revision === revision) {
    await saveDraft(ctx, { draftId, revision, content })
    return { status: 'created', draftId, articleId: row.articleId, conflicts: [] }
  }
  const merged = mergeContents(closed(ground), closed(content), closed(held))
  if (merged.conflicts.length === 0) {
    await saveDraft(ctx, { draftId, revision: row.revision, content: merged.content })
    return { status: 'merged', draftId, articleId: row.articleId, conflicts: [] }
  }
  // Nothing of either is lost: the file becomes a draft of its own beside the one that went on.
  const own =
    row.articleId === null
      ? await createDraft(ctx, { lang: row.lang, content, from: 'file' })
      : await createDraft(ctx, {
          articleId: row.articleId,
          lang: row.lang,
          content,
          baseVersionId: row.baseVersionId,
          from: 'file',
        })
  return { status: 'conflict', draftId: own.id, articleId: row.articleId, conflicts: merged.conflicts }
}
