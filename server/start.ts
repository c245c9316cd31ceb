import { serve, type ServerType } from '@hono/node-server'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { compose, type Deps } from './compose.ts'
import type { Config } from './config.ts'
import { ingestContent } from './content/ingest-content.ts'
import { SYSTEM } from './context.ts'
import { followGate } from './gate/follow-gate.ts'
import { DomainError } from './errors.ts'
import { ensureDemoUsers, type DemoSignIn } from './identity/ensure-demo-users.ts'
import { newId } from './ids.ts'

export interface RunningServer {
  url: string
  deps: Deps
  demo: DemoSignIn[]
  /** Stops taking requests, lets those under way finish, then closes the database. */
  stop: () => Promise<void>
}

/** How long requests under way may take once the server is told to stop. */
const GRACE_MS = 10_000

const listen = (options: Parameters<typeof serve>[0]): Promise<{ server: ServerType; port: number }> =>
  new Promise((resolve, reject) => {
    const server = serve(options, (info) => resolve({ server, port: info.port }))
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new DomainError(
              'unavailable',
              `Cannot listen on ${options.hostname}:${options.port}: ${error.code === 'EACCES' ? 'this user may not open that port' : 'the port is taken'}. Choose another with PORT, e.g. PORT=8415 npm start.`,
              { cause: error },
            )
          : error,
      ),
    )
  })

/**
 * Starts everything: database, starter content, indexes, HTTP.
 * @param progress told of each step as it begins
 * @throws DomainError when the directory is locked or the content is refused; a system error when the port is taken
 */
export async function startServer(
  config: Config,
  options: {
    log: Logger
    progress?: (step: 'database' | 'content' | 'indexes' | 'listening') => void
    now?: () => Date
  },
): Promise<RunningServer> {
  const progress = options.progress ?? (() => {})
  progress('database')
  const deps = await compose(config, {
    log: options.log,
    purpose: 'npm start',
    ...(options.now === undefined ? {} : { now: options.now }),
  })
  try {
    const ctx = deps.contextFor(SYSTEM, newId('req'))
    progress('content')
    await ingestContent(ctx, config.contentDir)
    // A release may bring another calendar.
    await followGate(ctx, async () => {})
    // A client of a chat model takes a moment to load: not the first caller's.
    void ctx.answerer
      .prepare?.()
      .catch((error: unknown) => options.log.error({ err: error }, 'the client of the chat model does not load'))
    void ctx.sampleQuestions
      .prepare(ctx.db)
      .catch((error: unknown) => options.log.error({ err: error }, 'sample questions cannot be prepared'))
    const demo = config.demo ? await ensureDemoUsers(ctx, config) : []
    progress('indexes')
    await deps.reconciler.settle()
    let stopping = false
    const app = createApp(deps, { isStopping: () => stopping })
    deps.incomingMail?.start()
    progress('listening')
    const { server, port } = await listen({ fetch: app.fetch, hostname: config.http.host, port: config.http.port })
    deps.scheduler.start()
    const host = config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host
    return {
      url: config.http.publicUrl ?? `http://${host}:${port}`,
      deps,
      demo,
      stop: async () => {
        stopping = true
        // Its streams would hold the server until they are cut off.
        deps.assist.stop()
        await Promise.all([
          deps.incomingMail?.stop(),
          new Promise<void>((resolve) => {
            const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE_MS)
            server.close(() => {
              clearTimeout(timer)
              resolve()
            })
            if ('closeIdleConnections' in server) server.closeIdleConnections()
          }),
        ])
        await deps.close()
      },
    }
  } catch (error) {
    await deps.close()
    throw error
  }
}
