import type { Logger } from 'pino'
import { createExtractiveAnswerer } from '#server/answers/extractive-answerer.ts'
import { createSampleQuestions } from '#server/answers/sample-questions/sample-questions.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { Config } from '#server/config.ts'
import { SYSTEM, type Actor } from '#server/context.ts'
import type { OpenDatabase } from '#server/db/database.ts'
import { openPglite } from '#server/db/open-pglite.ts'
import { openPostgres } from '#server/db/open-postgres.ts'
import { createIdentity } from '#server/identity/create-identity.ts'
import type { Identity } from '#server/identity/identity.ts'
import { loadAuthSecret } from '#server/identity/load-auth-secret.ts'
import { newId } from '#server/ids.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import { createLocalEmbedder } from '#server/search/local-embedder.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { createReconciler, type Reconciler } from '#server/search/reconciler.ts'

/** Everything that runs, built once. */
export interface Deps {
  config: Config
  log: Logger
  database: OpenDatabase
  identity: Identity
  reconciler: Reconciler
  /** The verbs' context for one actor and request. */
  contextFor: (actor: Actor, requestId: string) => AnswerContext
  /** Which implementation of each replaceable part is in use. */
  adapters: Record<'database' | 'lexicalIndex' | 'embedder' | 'answerer', string>
  close: () => Promise<void>
}

/** Opens the configured database. @param purpose told to a second process that finds the directory locked */
export const openDatabase = (config: Config, purpose: string, log?: Logger): Promise<OpenDatabase> =>
  config.database.kind === 'pglite'
    ? openPglite({ directory: config.database.directory, purpose })
    : openPostgres({
        ...config.database,
        onIdleError: (error) => log?.warn({ err: error }, 'an idle database connection was lost'),
      })

/**
 * The composition root: from configuration to everything that runs. The only place that names an adapter.
 * @param purpose told to a second process that finds the directory locked
 * @throws DomainError `directory-locked`, `validation-failed` (content)
 */
export async function compose(
  config: Config,
  options: { log: Logger; purpose: string; now?: () => Date },
): Promise<Deps> {
  const { log, now = () => new Date() } = options
  const language = await readLanguageData(config.contentDir)
  const database = await openDatabase(config, options.purpose, log)
  try {
    const lexicalIndex = createInProcessIndex(language)
    const embedder = createLocalEmbedder(language)
    const answerer = createExtractiveAnswerer(language)
    const sampleQuestions = createSampleQuestions(language)
    const contextFor = (actor: Actor, requestId: string): AnswerContext => ({
      db: database.db,
      actor,
      requestId,
      now,
      log: log.child({ requestId }),
      contentChanged: () => reconciler.request(),
      lexicalIndex,
      embedder,
      answerer,
      sampleQuestions,
    })
    const reconciler = createReconciler(() => reconcileIndexes(contextFor(SYSTEM, newId('req'))), log)
    const identity = createIdentity({
      db: database.db,
      secret: await loadAuthSecret(config),
      publicUrl: config.http.publicUrl,
      oidc: config.auth.oidc,
      trustProxy: config.http.trustProxy,
      now,
      log,
    })
    const { kind, version, vector } = database.describe
    return {
      config,
      log,
      database,
      identity,
      reconciler,
      contextFor,
      adapters: {
        database: `${kind} ${version}, pgvector ${vector}`,
        lexicalIndex: lexicalIndex.name,
        embedder: embedder.name,
        answerer: answerer.name,
      },
      close: async () => {
        await reconciler.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
