import { EMBEDDER_KINDS } from '#server/config.ts'
import { DomainError } from '#server/errors.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { switchEmbedder } from '#server/search/switch-embedder.ts'
import { dropOtherEmbedders } from '#server/search/vector-index.ts'
import { commandLine } from './command-line.ts'
import { runCommand } from './run-command.ts'
import { withContext } from './with-context.ts'

/**
 * `npm run reindex`: makes the indexes those of what is published, removes vectors of embedders no longer in use, and says what
 * that took. `--embedder NAME` changes the embedder instead: its vectors are filled beside those in use, then servers go over to
 * them; the old ones stay until the next plain run. `--rebuild` makes the lexical index anew (Meilisearch; the one in memory is made
 * anew at every start anyway).
 */
await runCommand(async () => {
  const { values } = commandLine(
    'npm run reindex -- [--embedder local|openai|onnx] [--rebuild] [--json] [--data-dir D]',
    {
      embedder: { type: 'string' },
      rebuild: { type: 'boolean' },
      json: { type: 'boolean' },
      'data-dir': { type: 'string' },
    },
  )
  const kind = EMBEDDER_KINDS.find((name) => name === values.embedder)
  if (values.embedder !== undefined && kind === undefined)
    throw new DomainError('validation-failed', `--embedder ${values.embedder}: one of ${EMBEDDER_KINDS.join(', ')}`)
  const progress = (count: number, total: number) =>
    process.stderr.isTTY && process.stderr.write(`\rembedded ${count} of ${total}`)
  const say = (result: unknown, line: string) =>
    process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${line}\n`)
  return withContext(
    { dataDir: values['data-dir'], purpose: 'npm run reindex', prepare: false },
    async (ctx, { embedders }) => {
      if (kind !== undefined) {
        const embedder = embedders.of(kind)
        const { embedded } = await switchEmbedder(ctx, { kind, embedder }, progress)
        say(
          { embedder: embedder.name, embedded },
          `${embedded} texts embedded; servers go over to ${embedder.name} within a minute. Then remove the old vectors: npm run reindex`,
        )
        return 0
      }
      const done = await reconcileIndexes(ctx, progress, { rebuild: values.rebuild === true })
      const others = await dropOtherEmbedders(ctx.db, ctx.embedder)
      say(
        { ...done, vectors: { ...done.vectors, ofOtherEmbeddersRemoved: others } },
        `lexical: ${done.lexical.written} written, ${done.lexical.removed} removed, ${done.lexical.kept} kept; vectors: ${done.vectors.embedded} embedded, ${done.vectors.removed} removed, ${others} of other embedders removed`,
      )
      return 0
    },
  )
})
