import { loadCalendar } from '#server/calendar/load-calendar.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { runsOf } from './runs-of.ts'
import { claimSlot, finishSlot } from './claim-slot.ts'
import type { SlotOf } from './slots.ts'

/** Something that the server does by the clock. It compares state, so that doing it twice does nothing. */
export interface Job {
  name: string
  slotOf: SlotOf
  /** @returns what to write into the log */
  run: (ctx: Context) => Promise<Record<string, number>>
}

export interface SchedulerState {
  /** `degraded`: the last run of some job failed, in whichever process, or the clock itself could not be looked at. */
  state: 'ok' | 'degraded'
  lastSuccess: Date | null
  lastFailure: { at: Date; reason: string } | null
}

export interface Scheduler {
  /** Looks at the clock now and then from here on. */
  start: () => void
  /**
   * Looks at the clock once, and does what is due: one job after the other, each in one process at a time.
   * @returns names of the jobs that ran
   */
  tick: () => Promise<string[]>
  state: () => SchedulerState
  /** Begins nothing more, and waits for the job under way. */
  stop: () => Promise<void>
}

const EVERY_MS = 60_000
const LONGEST_REASON = 200

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  return line.slice(0, LONGEST_REASON)
}

/**
 * The one clock of the server: jobs by slots of days and hours of Almaty, working days alone. Which slots were done is in the database, so that
 * a restart repeats nothing, several processes share the work, and what a process was killed in is done by the next.
 * @param contextFor a context of the system, fresh for each run
 */
export function createScheduler(contextFor: () => Context, jobs: readonly Job[], everyMs = EVERY_MS): Scheduler {
  const holder = newId('req')
  let timer: NodeJS.Timeout | null = null
  let running: Promise<string[]> | null = null
  let stopped = false
  let failing: ReadonlySet<string> = new Set()
  let isBlind = false
  let lastSuccess: Date | null = null
  let lastFailure: SchedulerState['lastFailure'] = null

  async function runJob(ctx: Context, job: Job, slot: string): Promise<boolean> {
    const claim = { job: job.name, slot, holder }
    const attempt = await claimSlot(ctx, claim)
    if (attempt === null) return false
    let failed: string | null = null
    try {
      const done = await job.run(ctx)
      if (Object.values(done).some((count) => count > 0))
        ctx.log.info({ job: job.name, slot, ...done }, 'done by the clock')
    } catch (error) {
      failed = reasonOf(error)
      ctx.log.error({ err: error, job: job.name, slot, attempt }, 'a job of the clock failed')
    }
    await finishSlot(ctx, { ...claim, attempt, error: failed })
    return true
  }

  async function look(): Promise<string[]> {
    const ran: string[] = []
    const calendar = await loadCalendar(contextFor())
    for (const job of jobs) {
      if (stopped) break
      const ctx = contextFor()
      const slot = job.slotOf(ctx.now(), calendar)
      if (slot !== null && (await runJob(ctx, job, slot))) ran.push(job.name)
    }
    await follow()
    return ran
  }

  /** Several processes share the jobs: how each went is what the database says, whoever ran it. */
  async function follow(): Promise<void> {
    const runs = await runsOf(
      contextFor(),
      jobs.map(({ name }) => name),
    )
    const isLater = (at: Date | null, than: Date | null | undefined): at is Date =>
      at !== null && (than == null || at > than)
    failing = new Set(
      runs
        // While it is tried again nobody knows better.
        .filter(({ job, state }) => state === 'failed' || (state === 'running' && failing.has(job)))
        .map(({ job }) => job),
    )
    for (const { job, state, finishedAt, error } of runs) {
      if (state === 'done' && isLater(finishedAt, lastSuccess)) lastSuccess = finishedAt
      if (state === 'failed' && isLater(finishedAt, lastFailure?.at))
        lastFailure = { at: finishedAt, reason: `${job}: ${error ?? ''}` }
    }
  }

  const tick = (): Promise<string[]> => {
    if (stopped) return Promise.resolve([])
    running ??= lookWhole().finally(() => {
      running = null
    })
    return running
  }
  async function lookWhole(): Promise<string[]> {
    try {
      const ran = await look()
      isBlind = false
      return ran
    } catch (error) {
      isBlind = true
      lastFailure = { at: contextFor().now(), reason: reasonOf(error) }
      throw error
    }
  }
  const tickAlone = () => {
    tick().catch((error: unknown) => {
      contextFor().log.error({ err: error }, 'the clock cannot be looked at; the next time tries again')
    })
  }
  return {
    tick,
    start: () => {
      if (stopped || timer !== null) return
      timer = setInterval(tickAlone, everyMs)
      timer.unref()
    },
    state: () => ({ state: failing.size > 0 || isBlind ? 'degraded' : 'ok', lastSuccess, lastFailure }),
    stop: async () => {
      stopped = true
      if (timer !== null) clearInterval(timer)
      await running?.catch(() => null)
    },
  }
}
