import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { renderArticles } from '#server/content/render-articles.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'

const USAGE = 'npm run content -- build|check'

/** `npm run content`: writes content/articles anew from content/sources, or checks that it is what they give. */
await runCommand(async () => {
  const { positionals } = commandLine(USAGE, {})
  const [verb] = positionals
  if (verb !== 'build' && verb !== 'check') throw new UsageError(`Usage: ${USAGE}`)
  const { contentDir } = commandConfig(undefined)
  const sources = (await readdir(join(contentDir, 'sources'))).filter((name) => name.endsWith('.txt')).sort()
  const made = (
    await Promise.all(sources.map((name) => renderArticles(join(contentDir, 'sources', name), contentDir)))
  ).flat()
  const articles = join(contentDir, 'articles')
  const held = (await readdir(articles, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.md'))
  const stale = held.filter((name) => !made.some((file) => file.path === name))
  let different = 0
  for (const { path, text } of made) {
    const file = join(articles, path)
    if ((await readFile(file, 'utf8').catch(() => null)) === text) continue
    different += 1
    process.stdout.write(`${verb === 'build' ? 'written' : 'differs'}: ${path}\n`)
    if (verb === 'build') {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
  }
  for (const name of stale) {
    process.stdout.write(`${verb === 'build' ? 'removed' : 'has no source'}: ${name}\n`)
    if (verb === 'build') await rm(join(articles, name))
  }
  process.stdout.write(
    `${made.length} articles from ${sources.length} source(s), ${different} ${verb === 'build' ? 'written' : 'different'}\n`,
  )
  return verb === 'check' && different + stale.length > 0 ? 1 : 0
})
