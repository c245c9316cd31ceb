import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WRITTEN } from '#server/answers/sample-questions/write-questions-file.ts'
import { exportQuestions } from '#server/content/export-questions.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { readArticleFile } from '#server/editorial/article-file.ts'
import { exportArticles, exportDrafts } from '#server/editorial/export-articles.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withDatabase } from './with-database.ts'

const USAGE = 'npm run export -- --to DIR [--drafts] [--json] [--data-dir D]'

/**
 * `npm run export`: writes the published articles in force today, and with `--drafts` the open drafts, as Markdown with
 * front matter below DIR, and the files of `content/questions` with the questions that editors tied to provisions. The same state gives the same bytes. Files of an earlier export that have no article any more go.
 */
await runCommand(async () => {
  const { values } = commandLine(USAGE, {
    to: { type: 'string' },
    drafts: { type: 'boolean' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const { to } = values
  if (to === undefined) throw new UsageError(`Usage: ${USAGE}`)
  const config = commandConfig(values['data-dir'])
  const { files, leftOut } = await withDatabase(config, 'npm run export', async (ctx) => {
    await ingestContent(ctx, config.contentDir)
    const questions = await exportQuestions(ctx, config)
    return {
      files: [
        ...(await exportArticles(ctx, {})),
        ...(values.drafts === true ? await exportDrafts(ctx) : []),
        ...questions.files,
      ],
      leftOut: questions.leftOut,
    }
  })
  const written: string[] = []
  for (const { path, text } of files) {
    const file = join(to, path)
    if ((await readFile(file, 'utf8').catch(() => null)) === text) continue
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    written.push(path)
  }
  const removed: string[] = []
  for (const kind of values.drafts === true ? ['articles', 'drafts'] : ['articles']) {
    const held = await readdir(join(to, kind), { recursive: true }).catch(() => [])
    for (const name of held.filter((one) => one.endsWith('.md'))) {
      const path = join(kind, name)
      if (files.some((file) => file.path === path)) continue
      // A file that no export wrote is an editor's new article: it stays.
      const front = readArticleFile(await readFile(join(to, path), 'utf8')).file?.frontMatter
      if (front?.published === undefined && front?.draft === undefined) continue
      await rm(join(to, path))
      removed.push(path)
    }
  }
  for (const name of await readdir(join(to, 'questions')).catch(() => [])) {
    const path = join('questions', name)
    if (!name.endsWith('.yaml') || files.some((file) => file.path === path)) continue
    // Of an earlier export, and nobody has taken it into the content.
    if (!(await readFile(join(to, path), 'utf8')).startsWith(WRITTEN)) continue
    await rm(join(to, path))
    removed.push(path)
  }
  if (values.json === true)
    process.stdout.write(`${JSON.stringify({ files: files.length, written, removed, questionsLeftOut: leftOut })}\n`)
  else {
    for (const path of written) process.stdout.write(`written: ${path}\n`)
    for (const path of removed) process.stdout.write(`removed: ${path}\n`)
    const { changed, gone, beyond } = leftOut
    if (changed + gone + beyond > 0)
      process.stdout.write(
        `questions left out: ${changed} whose provision reads otherwise by now, ${gone} whose provision is not in force, ${beyond} beyond what a file may hold of a provision\n`,
      )
    process.stdout.write(`${files.length} file(s), ${written.length} written, ${removed.length} removed\n`)
  }
  return 0
})
