import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DomainError, type Fault } from '#server/errors.ts'
import { namesOf, sourcePaths } from './content-files.ts'
import { systemCode } from './files.ts'
import { type ArticleFile, renderArticles } from './render-articles.ts'

export interface ArticleFilesResult {
  sources: number
  articles: number
  /** Paths below `content/articles` that were, or are, not what the sources give. */
  different: string[]
  /** Paths there that no source gives. */
  stale: string[]
}

/** Articles of all sources; every refused source is told at once. */
async function articlesOf(paths: readonly string[], contentDir: string): Promise<ArticleFile[]> {
  const made = new Map<string, ArticleFile & { source: string }>()
  const faults: Fault[] = []
  for (const path of paths) {
    const source = basename(path)
    try {
      for (const file of await renderArticles(path, contentDir)) {
        const before = made.get(file.path)
        if (before === undefined) made.set(file.path, { ...file, source })
        else if (before.source !== source)
          faults.push({
            path: source,
            message: `статья ${file.path} получается и из ${before.source}. Оставьте в content/sources одну редакцию акта или дайте актам разные планы статей.`,
          })
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'source-refused') throw error
      faults.push(...error.faults.map((fault) => ({ path: `${source}:${fault.path}`, message: fault.message })))
    }
  }
  if (faults.length > 0)
    throw new DomainError('source-refused', 'Источники базы знаний отклонены, статьи не записаны.', { faults })
  return [...made.values()]
}

async function heldText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/**
 * Compares `content/articles` with what `content/sources` gives.
 * @param input.write make it so; otherwise nothing is written
 * @throws DomainError `source-refused` naming every source that cannot be read or that gives another's article; then nothing is written
 */
export async function updateArticleFiles(input: { contentDir: string; write: boolean }): Promise<ArticleFilesResult> {
  const { contentDir, write } = input
  const paths = await sourcePaths(contentDir)
  const made = await articlesOf(paths, contentDir)
  const directory = join(contentDir, 'articles')
  const wanted = new Set(made.map(({ path }) => path))
  const stale = (await namesOf(directory, { recursive: true })).filter(
    (name) => name.endsWith('.md') && !wanted.has(name),
  )
  const different: string[] = []
  for (const { path, text } of made) {
    const file = join(directory, path)
    if ((await heldText(file)) === text) continue
    different.push(path)
    if (!write) continue
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  if (write) for (const name of stale) await rm(join(directory, name))
  return { sources: paths.length, articles: made.length, different, stale }
}
