import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { scheduleRun } from '#server/db/schema/schedule.ts'

/** A run may take so long; a process that died with one keeps others from it no longer. */
export const LEASE_MS = 15 * 60_000
/** Tries of one slot; the next slot begins anew. */
export const MOST_ATTEMPTS = 5
const FIRST_RETRY_MS = 60_000
const LONGEST_ERROR = 300

export interface Claim {
  job: string
  slot: string
  holder: string
}

/**
 * Takes a slot of a job for one process, in one statement: of several that ask at once one gets it. A slot that is done, is being run, has
 * failed too often or is older than the newest one is not given.
 * @returns which attempt this is; null: not given
 */
export async function claimSlot(ctx: Context, claim: Claim): Promise<number | null> {
  const now = ctx.now()
  const lease = new Date(now.getTime() + LEASE_MS)
  const [row] = await queryRows<{ attempts: number }>(
    ctx.db,
    sql`insert into schedule_run as r (job, slot, state, holder, lease_until, attempts, started_at)
        values (${claim.job}, ${claim.slot}, 'running', ${claim.holder}, ${lease.toISOString()}, 1, ${now.toISOString()})
        on conflict (job) do update set
          slot = excluded.slot, state = 'running', holder = excluded.holder, lease_until = excluded.lease_until,
          attempts = case when r.slot = excluded.slot then r.attempts + 1 else 1 end,
          started_at = excluded.started_at, finished_at = null, retry_at = null, error = null
        where (r.state <> 'running' or r.lease_until <= ${now.toISOString()}::timestamptz)
          and (r.slot < excluded.slot
               or (r.slot = excluded.slot and r.state <> 'done' and r.attempts < ${MOST_ATTEMPTS}
                   and (r.retry_at is null or r.retry_at <= ${now.toISOString()}::timestamptz)))
        returning r.attempts`,
  )
  return row?.attempts ?? null
}

/** Says how a slot went, where it is still this process's. A failed one is tried again after a minute, then two, four, eight. */
export async function finishSlot(
  ctx: Context,
  input: Claim & { attempt: number; error: string | null },
): Promise<void> {
  const now = ctx.now()
  const { job, slot, holder, attempt, error } = input
  await ctx.db
    .update(scheduleRun)
    .set({
      state: error === null ? 'done' : 'failed',
      finishedAt: now,
      retryAt: error === null ? null : new Date(now.getTime() + FIRST_RETRY_MS * 2 ** (attempt - 1)),
      error: error === null ? null : error.slice(0, LONGEST_ERROR),
    })
    .where(and(eq(scheduleRun.job, job), eq(scheduleRun.slot, slot), eq(scheduleRun.holder, holder)))
}
