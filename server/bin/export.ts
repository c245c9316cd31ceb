import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { WRITTEN } from '#server/answers/sample-questions/write-questions-file.ts'
import type { Config } from '#server/config.ts'
import { exportFiles } from '#server/content/export-files.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { readArticleFile } from '#server/editorial/article-file.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { fetchFiles } from './fetch-files.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withDatabase } from './with-database.ts'

const USAGE = `npm run export -- --to DIR [--drafts] [--json] [--data-dir D]
       npm run export -- --to DIR --from URL [--drafts] [--json] < FILE_WITH_THE_KEY`

const ownFiles = (config: Config, drafts: boolean) =>
  withDatabase(config, 'npm run export', async (ctx) => {
    await ingestContent(ctx, config.contentDir)
    return exportFiles(ctx, { contentDir: config.contentDir, drafts })
  })

function addressOf(from: string): string {
  if (URL.canParse(from) && /^https?:$/u.test(new URL(from).protocol)) return from
  throw new UsageError(`--from is no address of a server: ${from}\n\nUsage: ${USAGE}`)
}

/** Never an argument: other people on the machine can read those. */
async function keyFromInput(): Promise<string> {
  const key = process.stdin.isTTY ? '' : (await readText(process.stdin)).trim()
  if (key === '') throw new UsageError(`--from takes an API key from the standard input.\n\nUsage: ${USAGE}`)
  return key
}

/**
 * `npm run export`: writes the published articles in force today, and with `--drafts` the open drafts, as Markdown with
 * front matter below DIR, and the files of `content/questions` with the questions that editors tied to provisions. The same state gives the same bytes. Files of an earlier export that have no article any more go.
 * With `--from` the files are those of a server that runs, by an API key of an editor or administrator on the standard input.
 */
await runCommand(async () => {
  const { values } = commandLine(USAGE, {
    to: { type: 'string' },
    from: { type: 'string' },
    drafts: { type: 'boolean' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const { to } = values
  if (to === undefined || (values.from !== undefined && values['data-dir'] !== undefined))
    throw new UsageError(`Usage: ${USAGE}`)
  const { files, leftOut } =
    values.from === undefined
      ? await ownFiles(commandConfig(values['data-dir']), values.drafts === true)
      : await fetchFiles({
          from: addressOf(values.from),
          key: await keyFromInput(),
          drafts: values.drafts === true,
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
    const { changed, gone, beyond, silentGaps } = leftOut ?? { changed: 0, gone: 0, beyond: 0, silentGaps: 0 }
    if (changed + gone + beyond + silentGaps > 0)
      process.stdout.write(
        `questions left out: ${changed} whose provision reads otherwise by now, ${gone} whose provision is not in force, ${beyond} beyond what a file may hold of a provision or a gap, ${silentGaps} about gaps that nobody has looked at since the act changed\n`,
      )
    process.stdout.write(`${files.length} file(s), ${written.length} written, ${removed.length} removed\n`)
  }
  return 0
})
