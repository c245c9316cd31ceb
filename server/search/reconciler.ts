import type { Logger } from 'pino'
import type { Reconciliation } from './reconcile-indexes.ts'

/** How keeping the indexes up to date goes. */
export interface ReconcilerState {
  /** `degraded`: the last run failed, so what was published since may not be found. */
  state: 'ok' | 'degraded'
  /** When a run last ended well; null before the first. */
  lastSuccess: Date | null
  /** The last run that failed, if any did since the start. */
  lastFailure: { at: Date; reason: string } | null
}

export interface Reconciler {
  /** Asks for a run soon; several requests while one runs become one more run. */
  request: () => void
  /** Runs now, or joins the run under way, and waits for it. */
  settle: () => Promise<void>
  state: () => ReconcilerState
  stop: () => Promise<void>
}

const LONGEST_REASON = 200
/** A message fit to be shown: of a query that failed what the database said, without the query and its values. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  return line.slice(0, LONGEST_REASON)
}

/**
 * Keeps the indexes following the database: after every change and, in case something was missed, now and then.
 * @param everyMs pause between the unasked runs
 */
export function createReconciler(
  run: () => Promise<Reconciliation>,
  log: Logger,
  everyMs = 60_000,
  now = () => new Date(),
): Reconciler {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let lastSuccess: Date | null = null
  let lastFailure: ReconcilerState['lastFailure'] = null
  let failing = false

  const loop = async (): Promise<void> => {
    do {
      again = false
      try {
        const done = await run()
        lastSuccess = now()
        failing = false
        const { written, removed } = done.lexical
        if (written + removed + done.vectors.embedded + done.vectors.removed > 0) log.info(done, 'indexes reconciled')
      } catch (error) {
        lastFailure = { at: now(), reason: reasonOf(error) }
        failing = true
        log.error({ err: error }, 'reconciling the indexes failed; the next run tries again')
      }
    } while (again && !stopped)
  }
  const start = (): Promise<void> => {
    running ??= loop().finally(() => {
      running = null
    })
    return running
  }
  const request = () => {
    if (stopped) return
    if (running === null) void start()
    else again = true
  }
  const timer = setInterval(request, everyMs)
  timer.unref()
  return {
    request,
    settle: () => {
      request()
      return running ?? Promise.resolve()
    },
    state: () => ({ state: failing ? 'degraded' : 'ok', lastSuccess, lastFailure }),
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
