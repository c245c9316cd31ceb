import { and, eq, or } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { article } from '#server/db/schema/articles.ts'
import { draft, type DraftContent } from '#server/db/schema/editorial.ts'
import { articleIdOf } from '#server/articles/draft-version.ts'
import { readArticleFile, type ArticleFrontMatter, type FileFault } from './article-file.ts'
import { checkDraft } from './check-draft.ts'
import { createDraft } from './create-draft.ts'
import { mergeContents } from './merge-contents.ts'
import { contentOf, currentVersion, draftById, revisionOf, versionById } from './queries.ts'
import { saveDraft } from './save-draft.ts'

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

const sameText = (a: string, b: string): boolean => a.replace(/\n*$/, '') === b.replace(/\n*$/, '')

/**
 * Takes an edited file back: a draft on the version it was made from; where a newer version was published since, both
 * changes in one draft, or, where they contradict each other, a draft that waits for somebody to merge it. A file with
 * faults is refused whole. Must run in a transaction of the caller's.
 * @throws DomainError `conflict` when the draft that the file names is under review or closed
 */
export async function importFile(ctx: Context, input: ImportFileInput): Promise<ImportFileResult> {
  const { file, faults, bodyOffset } = readArticleFile(input.text)
  if (file === null) return { status: 'refused', faults }
  const { frontMatter } = file
  const articleId = await articleOf(ctx, frontMatter)
  const content: DraftContent = {
    slug: frontMatter.slug,
    title: frontMatter.title,
    body: file.body,
    // A file of `content/articles` names its act by number.
    actId: frontMatter.act === null || frontMatter.act.startsWith('act_') ? frontMatter.act : articleId.actId,
    validFrom: frontMatter.validFromKnown === undefined ? frontMatter.validFrom : null,
    validTo: frontMatter.validTo,
    reviewBy: frontMatter.reviewBy,
    agencyId: frontMatter.agency,
    serviceId: frontMatter.service,
  }
  const found = await checkDraft(ctx, { content, lang: frontMatter.lang, articleId: articleId.id })
  const all: FileFault[] = [
    ...articleId.faults,
    ...found.faults.map((fault): FileFault => ({
      line: fault.line === null ? keyLine(input.text, fault.path) : fault.line + bodyOffset,
      column: fault.column ?? 1,
      rule: fault.rule,
      severity: fault.severity,
      message: fault.message,
    })),
  ]
  if (all.some((fault) => fault.severity === 'error')) return { status: 'refused', faults: all }
  const taken =
    frontMatter.draft === undefined
      ? await intoArticle(ctx, articleId.id, frontMatter, content)
      : await intoDraft(ctx, frontMatter.draft, frontMatter.revision ?? 1, content)
  return { ...taken, slug: frontMatter.slug, faults: all }
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
  const fault = (message: string): FileFault => ({ line: 2, column: 1, rule: 'id', severity: 'error', message })
  const [known] = await ctx.db
    .select()
    .from(article)
    .where(
      frontMatter.id === undefined
        ? or(eq(article.slug, frontMatter.slug), eq(article.id, articleIdOf(frontMatter.slug)))
        : eq(article.id, frontMatter.id),
    )
  if (frontMatter.id === undefined)
    return known === undefined || frontMatter.draft !== undefined
      ? { id: null, actId: null, faults: [] }
      : {
          id: known.id,
          actId: known.actId,
          faults: [fault(`Статья «${frontMatter.slug}» уже есть: добавьте в сведения id: ${known.id} и base`)],
        }
  if (known === undefined)
    return { id: null, actId: null, faults: [fault(`Статьи ${frontMatter.id} нет в базе знаний`)] }
  const faults = known.slug === frontMatter.slug ? [] : [fault(`Адрес статьи не меняется: верните slug: ${known.slug}`)]
  if (frontMatter.base !== null) {
    const base = await versionById(ctx, frontMatter.base)
    if (base === null || base.articleId !== known.id || base.lang !== frontMatter.lang)
      faults.push(fault(`Версии ${frontMatter.base} у этой статьи нет: верните base, с которой файл был выгружен`))
  }
  return { id: known.id, actId: known.actId, faults }
}

type Taken = Omit<Extract<ImportFileResult, { slug: string }>, 'slug' | 'faults'>

async function intoArticle(
  ctx: Context,
  articleId: string | null,
  frontMatter: ArticleFrontMatter,
  content: DraftContent,
): Promise<Taken> {
  const { lang } = frontMatter
  if (articleId === null) {
    const same = await sameDraft(ctx, null, lang, content)
    if (same !== null) return { status: 'unchanged', draftId: same, articleId: null, conflicts: [] }
    const row = await createDraft(ctx, { lang, content, from: 'file' })
    return { status: 'created', draftId: row.id, articleId: null, conflicts: [] }
  }
  const current = await currentVersion(ctx, articleId, lang)
  const base = frontMatter.base === null ? current : await versionById(ctx, frontMatter.base)
  const saysNothingNew =
    base !== null &&
    content.title === base.title &&
    sameText(content.body, base.body) &&
    content.validFrom === null &&
    content.validTo === null
  if (saysNothingNew) return { status: 'unchanged', draftId: null, articleId, conflicts: [] }
  const same = await sameDraft(ctx, articleId, lang, content)
  if (same !== null) return { status: 'unchanged', draftId: same, articleId, conflicts: [] }
  const create = (text: DraftContent, baseVersionId: string | null) =>
    createDraft(ctx, { articleId, lang, content: text, baseVersionId, from: 'file' })
  if (base === null || current === null || current.id === base.id || current.number < base.number) {
    const row = await create(content, base?.id ?? null)
    return { status: 'created', draftId: row.id, articleId, conflicts: [] }
  }
  const merged = mergeContents({ ...content, title: base.title, body: base.body }, content, {
    ...content,
    title: current.title,
    body: current.body,
  })
  // With a conflict the draft stays on its old base: the page offers the merge, with both texts whole.
  const row = merged.conflicts.length > 0 ? await create(content, base.id) : await create(merged.content, current.id)
  return {
    status: merged.conflicts.length > 0 ? 'conflict' : 'merged',
    draftId: row.id,
    articleId,
    conflicts: merged.conflicts,
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
  return rows.find((row) => row.title === content.title && sameText(row.body, content.body))?.id ?? null
}
type DraftLang = 'ru' | 'kk'

async function intoDraft(ctx: Context, draftId: string, revision: number, content: DraftContent): Promise<Taken> {
  const row = await draftById(ctx, draftId)
  const held = contentOf(row)
  const same = (a: DraftContent, b: DraftContent) =>
    JSON.stringify({ ...a, body: '' }) === JSON.stringify({ ...b, body: '' }) && sameText(a.body, b.body)
  const ground = (await revisionOf(ctx, row.id, revision))?.content ?? held
  if (same(content, ground) || same(content, held))
    return { status: 'unchanged', draftId, articleId: row.articleId, conflicts: [] }
  if (row.revision === revision) {
    await saveDraft(ctx, { draftId, revision, content })
    return { status: 'created', draftId, articleId: row.articleId, conflicts: [] }
  }
  const merged = mergeContents(ground, content, held)
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
