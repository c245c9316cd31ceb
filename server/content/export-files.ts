import type { Context } from '#server/context.ts'
import { exportArticles, exportDrafts, type ExportedFile, type ExportPlace } from '#server/editorial/export-articles.ts'
import { exportQuestions, type LeftOut } from './export-questions.ts'

const PARTS = ['articles', 'drafts', 'questions'] as const

/** The last file of a page: its part of the export, and where it stands in that part. */
export interface ExportCursor extends ExportPlace {
  part: (typeof PARTS)[number]
}

export interface ExportPage {
  files: ExportedFile[]
  /** Where the next page goes on; null: this is the last one. */
  next: ExportCursor | null
  /** Editors' questions that no file gets; null on pages before those of questions. */
  leftOut: LeftOut | null
}

/** Characters of text after which a page ends, however few its files are: an article may hold 200,000. */
const MOST_CHARACTERS = 4_000_000

/**
 * The knowledge base as files: published articles in force today that the caller may read, open drafts if wanted, and the files of
 * `content/questions` with the questions that editors tied to provisions. The same state gives the same bytes, over HTTP as by `npm run export`.
 * @param input.page at most so many files after a place, and no more than 4 million characters (one file at least); without it all at once.
 * Pages are read one after another: what changes meanwhile is as each page finds it
 * @throws DomainError `validation-failed` naming every file that questions cannot be written into
 */
export async function exportFiles(
  ctx: Context,
  input: { contentDir: string; drafts: boolean; page?: { limit: number; after: ExportCursor | null } },
): Promise<ExportPage> {
  const limit = input.page?.limit ?? Number.POSITIVE_INFINITY
  const after = input.page?.after ?? null
  const files: ExportedFile[] = []
  let leftOut: LeftOut | null = null
  let characters = 0
  let last: ExportCursor | null = null
  for (const part of PARTS.slice(after === null ? 0 : PARTS.indexOf(after.part))) {
    if (part === 'drafts' && !input.drafts) continue
    const place = after?.part === part ? after : null
    // One more than fits tells whether there is a next page.
    const asked = Number.isFinite(limit) ? { part: { limit: limit - files.length + 1, after: place } } : {}
    let found: (ExportedFile & { place: ExportPlace })[]
    if (part === 'articles') found = await exportArticles(ctx, asked)
    else if (part === 'drafts') found = await exportDrafts(ctx, asked)
    else {
      const questions = await exportQuestions(ctx, { contentDir: input.contentDir })
      leftOut = questions.leftOut
      found = questions.files
        .toSorted((a, b) => (a.path < b.path ? -1 : 1))
        .filter(({ path }) => place === null || path > place.slug)
        .map((file) => ({ ...file, place: { lang: '', slug: file.path, id: '' } }))
    }
    for (const { place: at, path, text } of found) {
      const isFull = files.length >= limit || (input.page !== undefined && characters + text.length > MOST_CHARACTERS)
      if (isFull && last !== null) return { files, next: last, leftOut }
      files.push({ path, text })
      characters += text.length
      last = { part, ...at }
    }
  }
  return { files, next: null, leftOut }
}
