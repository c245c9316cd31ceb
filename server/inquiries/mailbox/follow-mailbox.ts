import { setTimeout as pause } from 'node:timers/promises'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import type { Context } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { MailboxFault, type FetchedLetter, type Mailbox, type MailboxFaultReason } from '#server/mail/mailbox.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { beginTry, dropLease, LEASE_SECONDS, LeaseLost, resumeMailbox, takeLease, tellState } from './mailbox-lease.ts'
import { takeLetter } from './take-letter.ts'

export type MailErrorReason = MailboxFaultReason | 'not-taken' | 'database'

/** How it stands with the mailbox in this process. `standby`: another process reads it. */
export interface FollowerState {
  state: 'stopped' | 'standby' | 'connecting' | 'connected' | 'failed'
  since: Date
  lastLetterAt: Date | null
  lastError: { at: Date; reason: MailErrorReason } | null
}

export interface MailboxFollower {
  name: string
  start: () => void
  state: () => FollowerState
  /** Ends after the letter that is being taken, and gives the mailbox to another process. */
  stop: () => Promise<void>
}

/** Waits between tries, doubled each time; a refused sign-in is not repeated so fast that the server locks the account. */
const FIRST_WAIT_MS = 1000
const REFUSED_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 300_000
/** Times that the taking of one letter may be begun before it is kept apart unread. */
const MOST_TRIES = 3

/** How long to wait after so many failures one after the other. Pure. */
const waitAfter = (failures: number, reason: MailErrorReason): number =>
  Math.min(
    LONGEST_WAIT_MS,
    (reason === 'refused' ? REFUSED_WAIT_MS : FIRST_WAIT_MS) * 2 ** Math.min(Math.max(0, failures - 1), 20),
  )

/**
 * Reads a mailbox for as long as it runs: one process at a time, letter by letter, again after every failure with growing pauses. It never ends by
 * itself and never rejects.
 * @param options.waitMs how long to wait after so many failures; default: from one second to five minutes
 */
export function createMailboxFollower(options: {
  mailbox: Mailbox
  contextFor: () => InquiryContext
  pollMs: number
  waitMs?: (failures: number, reason: MailErrorReason) => number
}): MailboxFollower {
  const { mailbox, contextFor, pollMs } = options
  const waitMs = options.waitMs ?? waitAfter
  const holder = newId('req')
  const id = { mailboxId: mailbox.name, holder }
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let now: FollowerState = { state: 'stopped', since: contextFor().now(), lastLetterAt: null, lastError: null }
  let endSession: (() => Promise<void>) | null = null

  const sleep = (ms: number): Promise<void> =>
    pause(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
  const say = (ctx: Context, state: FollowerState['state'], error: MailErrorReason | null = null): void => {
    const at = ctx.now()
    now = {
      ...now,
      state,
      since: now.state === state ? now.since : at,
      ...(error === null ? {} : { lastError: { at, reason: error } }),
    }
  }

  async function take(ctx: InquiryContext, uidValidity: string, fetched: FetchedLetter): Promise<void> {
    const { uid, source, isWhole, bytes } = fetched
    const receivedAt = fetched.receivedAt ?? ctx.now()
    const letter = { ...id, uidValidity, uid, source, isWhole, bytes, receivedAt }
    try {
      const isHopeless = (await beginTry(ctx, { ...id, uid })) > MOST_TRIES
      const row = await takeLetter(ctx, { ...letter, isHopeless })
      if (row.outcome !== 'duplicate') now = { ...now, lastLetterAt: ctx.now() }
      ctx.log.info({ outcome: row.outcome, reason: row.reason, uid, bytes }, 'a letter came in')
    } catch (error) {
      throw error instanceof LeaseLost ? error : new NotTaken(error)
    }
  }

  async function readMailbox(): Promise<void> {
    const ctx = contextFor()
    say(ctx, 'connecting')
    await tellState(ctx, { ...id, state: 'connecting', error: null })
    const session = await mailbox.open(stopping.signal)
    let isLost = false
    endSession = session.close
    // The right to read is kept while a large letter is on its way, too.
    const renew = async (): Promise<void> => {
      if ((await takeLease(contextFor(), id)) !== null) return
      isLost = true
      await session.close()
    }
    const renewal = setInterval(() => void renew().catch(() => {}), (LEASE_SECONDS * 1000) / 3)
    renewal.unref()
    try {
      let after = await resumeMailbox(ctx, { ...id, uidValidity: session.uidValidity })
      say(ctx, 'connected')
      await tellState(ctx, { ...id, state: 'connected', error: null })
      while (!stopping.signal.aborted) {
        for await (const fetched of session.letters(after)) {
          if (stopping.signal.aborted) return
          await take(contextFor(), session.uidValidity, fetched)
          isConnectedAgain = true
          after = fetched.uid
          const fault = await session.taken(fetched.uid)
          if (fault === null) continue
          say(ctx, 'connected', fault.reason)
          await tellState(ctx, { ...id, state: 'connected', error: fault.reason })
          ctx.log.warn({ reason: fault.reason, fault: fault.message, uid: fetched.uid }, 'a letter is not put away')
        }
        isConnectedAgain = true
        if (stopping.signal.aborted) return
        await session.news(pollMs)
        if (isLost || (await takeLease(contextFor(), id)) === null) throw new LeaseLost()
      }
    } finally {
      clearInterval(renewal)
      endSession = null
      await session.close()
    }
  }

  let isConnectedAgain = false

  async function run(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      const ctx = contextFor()
      try {
        const row = await takeLease(ctx, id)
        if (row === null) {
          say(ctx, 'standby')
          await sleep(Math.min(pollMs, (LEASE_SECONDS * 1000) / 3))
          continue
        }
        now = { ...now, lastLetterAt: now.lastLetterAt ?? row.lastLetterAt }
        isConnectedAgain = false
        await readMailbox()
      } catch (error) {
        if (stopping.signal.aborted) break
        if (error instanceof LeaseLost) {
          say(ctx, 'standby')
          continue
        }
        if (isConnectedAgain) failures = 0
        failures += 1
        const reason = reasonOf(error)
        say(ctx, 'failed', reason)
        const cause = error instanceof NotTaken ? error.cause : error
        // What a letter says does not belong into a log: of our own errors only their name.
        ctx.log.warn(
          {
            reason,
            failures,
            fault: cause instanceof MailboxFault ? cause.message : cause instanceof Error ? cause.name : 'unknown',
          },
          'the mailbox is not read',
        )
        await tellState(ctx, { ...id, state: 'failed', error: reason }).catch(() => {})
        await sleep(waitMs(failures, reason))
      }
    }
    say(contextFor(), 'stopped')
    await dropLease(contextFor(), id).catch(() => {})
  }

  return {
    name: mailbox.name,
    start: () => {
      running ??= run()
    },
    state: () => now,
    stop: async () => {
      stopping.abort()
      await endSession?.()
      await running
    },
  }
}

/** A letter could not be taken; why is the cause. */
class NotTaken extends Error {
  constructor(cause: unknown) {
    super('a letter could not be taken', { cause })
    this.name = 'NotTaken'
  }
}

const reasonOf = (error: unknown): MailErrorReason =>
  error instanceof MailboxFault
    ? error.reason
    : error instanceof DrizzleQueryError || (error instanceof NotTaken && error.cause instanceof DrizzleQueryError)
      ? 'database'
      : error instanceof NotTaken
        ? 'not-taken'
        : 'broken-off'
