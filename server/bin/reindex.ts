import { EMBEDDER_KINDS } from '#server/config.ts'
import { DomainError } from '#server/errors.ts'
import { fillVectors, reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { switchEmbedder } from '#server/search/switch-embedder.ts'
import { dropOtherEmbedders } from '#server/search/vector-index.ts'
import { commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withContext } from './with-context.ts'

const USAGE = 'npm run reindex -- [--embedder local|openai|onnx | --rebuild] [--json] [--data-dir D]'

/**
 * `npm run reindex`: makes the stored indexes those of what is published, removes vectors of embedders no longer in use, and says what
 * that took. It needs the configuration of the embedder in use: without it, it would take that one's vectors for old ones.
 * `--embedder NAME` changes the embedder instead: its vectors are filled beside those in use, then servers go over to them; the old
 * ones stay until the next plain run. `--rebuild` makes Meilisearch's index anew. The lexical index in memory is each server's own and
 * follows by itself: nothing is done about it here.
 */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    embedder: { type: 'string' },
    rebuild: { type: 'boolean' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`Not understood: ${positionals.join(' ')}\n\nUsage: ${USAGE}`)
  if (values.embedder !== undefined && values.rebuild === true)
    throw new UsageError(`--embedder and --rebuild are two tasks: run one, then the other\n\nUsage: ${USAGE}`)
  const kind = EMBEDDER_KINDS.find((name) => name === values.embedder)
  if (values.embedder !== undefined && kind === undefined)
    throw new DomainError('validation-failed', `--embedder ${values.embedder}: one of ${EMBEDDER_KINDS.join(', ')}`)
  const progress = (count: number, total: number) =>
    process.stderr.isTTY && process.stderr.write(`\rembedded ${count} of ${total}`)
  const say = (result: unknown, line: string) =>
    process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : `${line}\n`)
  return withContext(
    { dataDir: values['data-dir'], purpose: 'npm run reindex', prepare: false },
    async (ctx, { config, embedders }) => {
      if (kind !== undefined) {
        const embedder = embedders.of(kind)
        const { embedded } = await switchEmbedder(ctx, { kind, embedder }, progress)
        say(
          { embedder: embedder.name, embedded },
          `${embedded} texts embedded; servers go over to ${embedder.name} within a minute. Then remove the old vectors: npm run reindex`,
        )
        return 0
      }
      const embedder = embedders.chosen()
      const inMemory = config.lexicalIndex.kind === 'in-process'
      if (inMemory && values.rebuild === true)
        throw new DomainError(
          'validation-failed',
          '--rebuild: the lexical index of this configuration is in the memory of each server, and its snapshot is made anew by itself; it is for Meilisearch (MEILI_URL)',
        )
      const done = inMemory
        ? { lexical: null, vectors: await fillVectors(ctx.db, embedder, progress) }
        : await reconcileIndexes(ctx, progress, { rebuild: values.rebuild === true })
      const others = await dropOtherEmbedders(ctx.db, embedder)
      const { lexical, vectors } = done
      const words =
        lexical === null
          ? 'in the memory of each server, made at its start'
          : `${lexical.written} written, ${lexical.removed} removed, ${lexical.kept} kept`
      say(
        { lexical, vectors: { ...vectors, ofOtherEmbeddersRemoved: others } },
        `lexical: ${words}; vectors: ${vectors.embedded} embedded, ${vectors.removed} removed, ${others} of other embedders removed`,
      )
      return 0
    },
  )
})
