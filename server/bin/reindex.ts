import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { dropOtherEmbedders } from '#server/search/vector-index.ts'
import { commandLine } from './command-line.ts'
import { runCommand } from './run-command.ts'
import { withContext } from './with-context.ts'

/**
 * `npm run reindex`: makes the stored vectors those of what is published, removes those of embedders no longer in use, and says
 * what that took. The lexical index lives in the server's process and is made anew at its start.
 */
await runCommand(async () => {
  const { values } = commandLine('npm run reindex -- [--json] [--data-dir D]', {
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run reindex', prepare: false }, async (ctx) => {
    const done = await reconcileIndexes(
      ctx,
      (count, total) => process.stderr.isTTY && process.stderr.write(`\rembedded ${count} of ${total}`),
    )
    const others = await dropOtherEmbedders(ctx.db, ctx.embedder)
    process.stdout.write(
      values.json === true
        ? `${JSON.stringify({ ...done, vectors: { ...done.vectors, ofOtherEmbeddersRemoved: others } })}\n`
        : `lexical: ${done.lexical.written} written, ${done.lexical.removed} removed, ${done.lexical.kept} kept; vectors: ${done.vectors.embedded} embedded, ${done.vectors.removed} removed, ${others} of other embedders removed\n`,
    )
    return 0
  })
})
