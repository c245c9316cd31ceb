import { compose, type Deps } from '#server/compose.ts'
import { SYSTEM } from '#server/context.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { commandConfig } from './command-line.ts'

/**
 * Opens everything for one terminal command and closes it again.
 * @param options.prepare ingest the starter content and bring the indexes up first, so that a command works on a fresh directory
 */
export async function withContext<T>(
  options: { dataDir: string | undefined; purpose: string; prepare: boolean },
  body: (ctx: AnswerContext, deps: Deps) => Promise<T>,
): Promise<T> {
  const config = commandConfig(options.dataDir)
  const deps = await compose(config, { log: createLogger(config.log.level), purpose: options.purpose })
  try {
    const ctx = deps.contextFor(SYSTEM, newId('req'))
    if (options.prepare) {
      await ingestContent(ctx, config.contentDir)
      await deps.reconciler.settle()
      await deps.lexicon.settle()
    }
    return await body(ctx, deps)
  } finally {
    await deps.close()
  }
}
