import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { commandLine } from './command-line.ts'
import { runCommand } from './run-command.ts'
import { withContext } from './with-context.ts'

/** `npm run reindex`: makes the indexes hold what is published and says what that took. */
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
    process.stdout.write(
      values.json === true
        ? `${JSON.stringify(done)}\n`
        : `lexical: ${done.lexical.written} written, ${done.lexical.removed} removed, ${done.lexical.kept} kept; vectors: ${done.vectors.embedded} embedded, ${done.vectors.removed} removed\n`,
    )
    return 0
  })
})
