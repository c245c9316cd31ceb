import { sql } from 'drizzle-orm'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Answerer } from '#server/answers/answerer.ts'
import { createChatAnswerer } from '#server/answers/chat/chat-answerer.ts'
import { createLangchainModel } from '#server/answers/chat/langchain-model.ts'
import { createExtractiveAnswerer } from '#server/answers/extractive-answerer.ts'
import { createNextQuestions } from '#server/answers/next-questions/next-questions.ts'
import { readScopeRules } from '#server/answers/scope/read-scope-rules.ts'
import { createSampleQuestions } from '#server/answers/sample-questions/sample-questions.ts'
import type { Config, EmbedderKind } from '#server/config.ts'
import { SYSTEM, type Actor } from '#server/context.ts'
import type { Database, OpenDatabase } from '#server/db/database.ts'
import { refreshStatistics } from '#server/db/refresh-statistics.ts'
import { createIdentity } from '#server/identity/create-identity.ts'
import type { Identity } from '#server/identity/identity.ts'
import { createAssistDesk, type AssistDesk } from '#server/inquiries/calls/assist-desk.ts'
import { forgetTranscripts } from '#server/inquiries/calls/forget-transcripts.ts'
import { forgetApart } from '#server/inquiries/mailbox/forget-apart.ts'
import { createMailboxFollower, type MailboxFollower } from '#server/inquiries/mailbox/follow-mailbox.ts'
import { createChatNoteWriter } from '#server/inquiries/notes/chat-note-writer.ts'
import type { NoteWriter } from '#server/inquiries/notes/note-writer.ts'
import type { InquiryContext } from '#server/inquiries/inquiry-context.ts'
import { createFileMailer } from '#server/mail/file-mailer.ts'
import { createImapMailbox } from '#server/mail/imap-mailbox.ts'
import type { Mailer } from '#server/mail/mailer.ts'
import { createSmtpMailer } from '#server/mail/smtp-mailer.ts'
import { loadAuthSecret } from '#server/identity/load-auth-secret.ts'
import { newId } from '#server/ids.ts'
import { openDatabase } from '#server/open-database.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createCircuitBreaker, type CircuitBreaker } from '#server/search/circuit-breaker.ts'
import { createDatabaseIndex, ensureDatabaseIndex } from '#server/search/database-index.ts'
import type { Embedder } from '#server/search/embedder.ts'
import { createEmbedders, type Embedders } from '#server/search/embedders.ts'
import { createGuardedEmbedder } from '#server/search/guarded-embedder.ts'
import { createGuardedIndex } from '#server/search/guarded-index.ts'
import { createFollowingIndex, type LanguageEngine } from '#server/search/following-index.ts'
import type { EngineHealth } from '#server/search/lexical-index.ts'
import { createMeilisearchIndex } from '#server/search/meilisearch-index.ts'
import { createOnnxEmbedder } from '#server/search/onnx-embedder.ts'
import { createOpenaiEmbedder } from '#server/search/openai-embedder.ts'
import { createIndexSnapshots } from '#server/search/snapshots/index-snapshots.ts'
import { createSwitchingIndex } from '#server/search/switching-index.ts'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { createQueryLog, type QueryLog } from '#server/query-log/create-query-log.ts'
import { readLanguageFiles } from '#server/search/read-language-data.ts'
import { createInProcessIndex, IN_PROCESS_SOURCE } from '#server/search/in-process-index.ts'
import { createLocalEmbedder } from '#server/search/local-embedder.ts'
import { fillLexical, reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { createIndexesOver } from '#server/synonyms/indexes-over.ts'
import { createSynonymBase, type SynonymServices } from '#server/synonyms/synonym-base.ts'
import { createLexiconFollower, type LexiconFollower } from '#server/search/translation/lexicon-follower.ts'
import { readGlossary } from '#server/search/translation/read-glossary.ts'
import { createTranslator } from '#server/search/translation/translator.ts'
import { createScheduler, type Scheduler } from '#server/schedule/create-scheduler.ts'
import { JOBS } from '#server/schedule/jobs.ts'
import { createReconciler, type Reconciler, type ReconcilerState } from '#server/search/reconciler.ts'

const FORGET_EVERY_MS = 6 * 3_600_000
/** How long somebody who changed synonyms waits for searches to follow. */
const FOLLOWED_MS = 8000
const TRANSCRIPTS_EVERY_MS = 10 * 60_000

/** Everything that runs, built once. */
export interface Deps {
  config: Config
  log: Logger
  database: OpenDatabase
  identity: Identity
  reconciler: Reconciler
  /** Does by the clock what nobody has to ask for; it stands until it is started. */
  scheduler: Scheduler
  /** Learns from acts held in both languages how either says things. */
  lexicon: LexiconFollower
  /** The verbs' context for one actor and request. */
  contextFor: (actor: Actor, requestId: string) => InquiryContext
  embedders: Embedders
  queryLog: QueryLog
  synonyms: SynonymServices
  assist: AssistDesk
  /** Reads the mailbox once it is started; null: none is configured. */
  incomingMail: MailboxFollower | null
  /** Which implementation of each replaceable part is in use. */
  adapters: () => Record<'database' | 'lexicalIndex' | 'embedder' | 'answerer' | 'mail' | 'incomingMail', string>
  /** Whether both halves of search are answered by what was chosen for them, and whether their indexes follow what is published. */
  searchHealth: () => { words: EngineHealth; meaning: EngineHealth; indexes: ReconcilerState }
  close: () => Promise<void>
}

/** The configured lexical engine; one that can be away is guarded, with the database's own full text behind it. */
function createLexicalEngine(
  config: Config,
  language: LanguageData,
  options: { db: Database; log: Logger; breaker: CircuitBreaker; onFailure: () => void },
): LanguageEngine {
  const { db, log, breaker, onFailure } = options
  if (config.lexicalIndex.kind === 'in-process')
    return createSwitchingIndex(
      () => createInProcessIndex(language),
      createIndexSnapshots({
        directory: join(config.dataDir, 'search-index'),
        source: IN_PROCESS_SOURCE,
        language,
        log,
      }),
    )
  return createGuardedIndex({
    engine: createMeilisearchIndex({ ...config.lexicalIndex, language }),
    fallback: createDatabaseIndex(db),
    breaker,
    onFailure: (error) => {
      log.warn({ err: error }, 'Meilisearch failed a search; the database answered')
      // It may have been emptied: reconciliation fills it again.
      onFailure()
    },
  })
}

/** The embedders that the configuration allows, each made when it is first used. */
function createConfiguredEmbedders(config: Config, language: LanguageData, log: Logger): Embedders {
  const { first, openai, onnx } = config.embedders
  const breakers = new Map<EmbedderKind, CircuitBreaker>()
  const guarded = (kind: EmbedderKind, embedder: Embedder): Embedder => {
    const breaker = createCircuitBreaker({
      name: embedder.name,
      onChange: (state) => log.warn(state, 'the way to the embedder changed'),
    })
    breakers.set(kind, breaker)
    return createGuardedEmbedder(embedder, breaker)
  }
  return createEmbedders(
    first,
    {
      local: () => createLocalEmbedder(language),
      ...(openai === null ? {} : { openai: () => guarded('openai', createOpenaiEmbedder(openai)) }),
      ...(onnx === null ? {} : { onnx: () => guarded('onnx', createOnnxEmbedder(onnx)) }),
    },
    (kind) => {
      const state = breakers.get(kind)?.state()
      return state === undefined || state.state === 'closed' ? null : state.lastFailure
    },
    (name) =>
      log.warn({ embedder: name }, 'the database names an embedder that is not configured here; another stands in'),
  )
}

/** What speaks by the synonyms: made anew when they change. */
function createSpeakers(language: LanguageData, reading: { db: Database; now: () => Date }) {
  const extractive = createExtractiveAnswerer(language)
  return {
    language,
    extractive,
    nextQuestions: createNextQuestions(extractive),
    sampleQuestions: createSampleQuestions(language, reading),
  }
}

/** The configured chat model as an answerer and a writer of notes, behind one breaker; null when both are extracts. */
function createConfiguredChat({ chat }: Config, log: Logger): { answerer: Answerer; noteWriter: NoteWriter } | null {
  if (chat.kind === 'none') return null
  const guarded = {
    ...chat,
    model: createLangchainModel(chat),
    breaker: createCircuitBreaker({
      name: `chat model ${chat.model}`,
      probeMs: chat.totalMs,
      onChange: (state) => log.warn(state, 'the way to the chat model changed'),
    }),
  }
  return {
    answerer: createChatAnswerer({
      ...guarded,
      onFault: ({ reason, status, message }) =>
        log.warn({ reason, status, fault: message }, 'the chat model failed a question'),
    }),
    noteWriter: createChatNoteWriter(guarded),
  }
}

const createMailer = ({ mail }: Config): Mailer =>
  mail.kind === 'files' ? createFileMailer(mail) : createSmtpMailer(mail)

/**
 * The composition root: from configuration to everything that runs. The only place that names an adapter, but for the database's.
 * @param purpose told to a second process that finds the directory locked
 * @throws DomainError `directory-locked`, `validation-failed` (content)
 */
export async function compose(
  config: Config,
  options: { log: Logger; purpose: string; now?: () => Date },
): Promise<Deps> {
  const { log, now = () => new Date() } = options
  const read = await readLanguageFiles(config.contentDir)
  const scope = await readScopeRules(config.contentDir)
  const translator = createTranslator(read.data, await readGlossary(config.contentDir))
  const database = await openDatabase(config, options.purpose, log)
  try {
    const synonyms = createSynonymBase(read)
    const language = await synonyms.refresh(database.db)
    const engine = {
      db: database.db,
      log,
      breaker: createCircuitBreaker({
        name: 'Meilisearch',
        onChange: (state) => log.warn(state, 'the way to Meilisearch changed'),
      }),
      onFailure: () => reconciler.request(),
    }
    const lexicalIndex = createFollowingIndex(
      language,
      (wanted) => createLexicalEngine(config, wanted, engine),
      (next) => fillLexical({ db: database.db, lexicalIndex: next }, false),
    )
    // Vectors follow the files alone: one word of an editor's must not make all of them anew.
    const embedders = createConfiguredEmbedders(config, read.data, log)
    let speakers = createSpeakers(language, { db: database.db, now })
    const chat = createConfiguredChat(config, log)
    const assist = createAssistDesk({ log })
    const mailer = createMailer(config)
    const mailbox = config.mailbox.kind === 'none' ? null : createImapMailbox(config.mailbox)
    const queryLog = createQueryLog({
      db: database.db,
      analyser: createAnalyser(read.data),
      lexicalIndex,
      translator,
      now,
      log,
      ...config.queryLog,
    })
    const contextFor = (actor: Actor, requestId: string): InquiryContext => ({
      db: database.db,
      actor,
      requestId,
      now,
      log: log.child({ requestId }),
      contentChanged: () => reconciler.request(),
      lexicalIndex,
      embedder: embedders.current(),
      queries: queryLog,
      translator,
      answerer: chat?.answerer ?? speakers.extractive,
      fallbackAnswerer: chat === null ? null : speakers.extractive,
      sampleQuestions: speakers.sampleQuestions,
      scope,
      nextQuestions: speakers.nextQuestions,
      mailer,
      mailboxName: mailbox?.name ?? null,
      assist,
      noteWriter: chat?.noteWriter ?? null,
    })
    const incomingMail =
      mailbox === null || config.mailbox.kind === 'none'
        ? null
        : createMailboxFollower({
            mailbox,
            contextFor: () => contextFor(SYSTEM, newId('req')),
            pollMs: config.mailbox.pollMs,
          })
    let forgotten = 0
    let hushed = 0
    const lexicon = createLexiconFollower(database.db, translator, log)
    const reconciler = createReconciler(async () => {
      if (Date.now() - forgotten > FORGET_EVERY_MS) {
        forgotten = Date.now()
        await queryLog.forget()
        await forgetApart(contextFor(SYSTEM, newId('req')))
      }
      if (now().getTime() - hushed > TRANSCRIPTS_EVERY_MS) {
        hushed = now().getTime()
        await forgetTranscripts(contextFor(SYSTEM, newId('req')), { hours: config.calls.transcriptHours })
      }
      await lexicalIndex.open()
      const spoken = await synonyms.refresh(database.db)
      // An engine that is away does not keep the rest from its work; the next run tries again.
      const followed = lexicalIndex.follow(spoken)
      await followed.catch(() => null)
      if (speakers.language !== spoken) {
        speakers = createSpeakers(spoken, { db: database.db, now })
        void speakers.sampleQuestions
          .prepare(database.db)
          .catch((error: unknown) => log.error({ err: error }, 'sample questions cannot be prepared'))
      }
      if (config.lexicalIndex.kind === 'meilisearch') await ensureDatabaseIndex(database.db)
      await embedders.refresh(database.db)
      lexicon.follow()
      const done = await reconcileIndexes(contextFor(SYSTEM, newId('req')))
      if (config.database.kind === 'pglite') {
        await refreshStatistics(database.db)
        // Nobody else counts the other tables: what was planned while they were small is planned anew.
        await database.db.execute(sql`discard plans`)
      }
      await followed
      return done
    }, log)
    const scheduler = createScheduler(() => contextFor(SYSTEM, newId('req')), JOBS)
    await embedders.refresh(database.db)
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
      scheduler,
      lexicon,
      contextFor,
      embedders,
      queryLog,
      synonyms: {
        ...synonyms,
        settle: async () => {
          await Promise.race([reconciler.settle(), pause(FOLLOWED_MS, null, { ref: false })])
          return lexicalIndex.language() === (await synonyms.refresh(database.db))
        },
        indexOver: createIndexesOver({
          db: database.db,
          live: lexicalIndex,
          create: (wanted) => createSwitchingIndex(() => createInProcessIndex(wanted)),
        }),
      },
      assist,
      incomingMail,
      adapters: () => ({
        database: `${kind} ${version}, pgvector ${vector}`,
        lexicalIndex: lexicalIndex.name,
        embedder: embedders.current().name,
        answerer: (chat?.answerer ?? speakers.extractive).name,
        mail: mailer.delivers ? mailer.name : `${mailer.name}: nothing is sent`,
        incomingMail:
          config.mailbox.kind === 'none'
            ? 'none: letters come by POST /api/v1/inquiries'
            : `IMAP ${config.mailbox.host}:${config.mailbox.port}`,
      }),
      searchHealth: () => ({ words: lexicalIndex.health(), meaning: embedders.health(), indexes: reconciler.state() }),
      close: async () => {
        assist.stop()
        await scheduler.stop()
        await incomingMail?.stop()
        await reconciler.stop()
        await queryLog.settle()
        await lexicalIndex.close()
        await lexicon.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
