import { updateArticleFiles } from '#server/content/update-article-files.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'

const USAGE = 'npm run content -- build|check'

/** `npm run content`: writes content/articles anew from content/sources, or checks that it is what they give. */
await runCommand(async () => {
  const { positionals } = commandLine(USAGE, {})
  const [verb] = positionals
  if (verb !== 'build' && verb !== 'check') throw new UsageError(`Usage: ${USAGE}`)
  const { contentDir } = commandConfig(undefined)
  const write = verb === 'build'
  const { sources, articles, different, stale } = await updateArticleFiles({ contentDir, write })
  for (const path of different) process.stdout.write(`${write ? 'written' : 'differs'}: ${path}\n`)
  for (const path of stale) process.stdout.write(`${write ? 'removed' : 'has no source'}: ${path}\n`)
  process.stdout.write(
    `${articles} articles from ${sources} source(s), ${different.length} ${write ? 'written' : 'different'}\n`,
  )
  return !write && different.length + stale.length > 0 ? 1 : 0
})
