import type { Logger } from 'pino'
import type { Reconciliation } from './reconcile-indexes.ts'

export interface Reconciler {
  /** Asks for a run soon; several requests while one runs become one more run. */
  request: () => void
  /** Runs now, or joins the run under way, and waits for it. */
  settle: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * Keeps the indexes following the database: after every change and, in case something was missed, now and then.
 * @param everyMs pause between the unasked runs
 */
export function createReconciler(run: () => Promise<Reconciliation>, log: Logger, everyMs = 60_000): Reconciler {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  const loop = async (): Promise<void> => {
    do {
      again = false
      try {
        const done = await run()
        const { written, removed } = done.lexical
        if (written + removed + done.vectors.embedded + done.vectors.removed > 0) log.info(done, 'indexes reconciled')
      } catch (error) {
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
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
