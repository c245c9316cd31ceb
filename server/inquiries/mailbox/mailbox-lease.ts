import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { mailbox } from '#server/db/schema/mailbox.ts'
import { inTransaction } from '#server/events/event.ts'

/** How long a process that has died keeps the others waiting. */
export const LEASE_SECONDS = 60

export type MailboxRow = typeof mailbox.$inferSelect

/** Another process reads the mailbox by now. */
export class LeaseLost extends Error {
  constructor() {
    super('another process reads this mailbox')
    this.name = 'LeaseLost'
  }
}

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`

/**
 * Takes, or keeps, the right to read a mailbox: of several processes one has it. The clock is the database's alone, so processes whose clocks differ
 * agree.
 * @returns the mailbox as it stands; null: another process reads it
 */
export async function takeLease(
  ctx: Context,
  input: { mailboxId: string; holder: string },
): Promise<MailboxRow | null> {
  const { mailboxId: id, holder } = input
  await ctx.db
    .insert(mailbox)
    .values({ id, lastUid: 0, state: 'connecting', stateAt: ctx.now() })
    .onConflictDoNothing({ target: mailbox.id })
  const [row] = await ctx.db
    .update(mailbox)
    .set({ holder, heldUntil: inSeconds(LEASE_SECONDS) })
    .where(
      sql`${mailbox.id} = ${id} and (${mailbox.holder} is null or ${mailbox.holder} = ${holder} or ${mailbox.heldUntil} < now())`,
    )
    .returning()
  return row ?? null
}

/** Gives the right back, so that another process need not wait. */
export async function dropLease(ctx: Context, input: { mailboxId: string; holder: string }): Promise<void> {
  await ctx.db
    .update(mailbox)
    .set({ holder: null, heldUntil: null, state: 'stopped', stateAt: ctx.now() })
    .where(sql`${mailbox.id} = ${input.mailboxId} and ${mailbox.holder} = ${input.holder}`)
}

/** The mailbox, locked, in a transaction. @throws LeaseLost when it is another process's */
export async function heldMailbox(ctx: Context, input: { mailboxId: string; holder: string }): Promise<MailboxRow> {
  const [row] = await ctx.db.select().from(mailbox).where(eq(mailbox.id, input.mailboxId)).for('update')
  if (row?.holder !== input.holder) throw new LeaseLost()
  return row
}

/**
 * Says what the mailbox's UIDs mean from now on. Where that has changed, all letters are looked at again: those that are known are told by their message id
 * or their bytes.
 * @returns the UID up to which letters are taken
 */
export async function resumeMailbox(
  ctx: Context,
  input: { mailboxId: string; holder: string; uidValidity: string },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const row = await heldMailbox(tx, input)
    if (row.uidValidity === input.uidValidity) return row.lastUid
    await tx.db
      .update(mailbox)
      .set({ uidValidity: input.uidValidity, lastUid: 0, tryingUid: null, tries: 0 })
      .where(eq(mailbox.id, input.mailboxId))
    return 0
  })
}

/**
 * Writes down that a letter is about to be taken, before it is looked at: a process that dies of it, or is stalled until another one has the mailbox, cannot
 * do so afterwards.
 * @returns how often that was begun, this time too
 * @throws LeaseLost when another process reads the mailbox by now
 */
export async function beginTry(
  ctx: Context,
  input: { mailboxId: string; holder: string; uid: number },
): Promise<number> {
  const { mailboxId, holder, uid } = input
  const [row] = await ctx.db
    .update(mailbox)
    .set({ tryingUid: uid, tries: sql`case when ${mailbox.tryingUid} = ${uid} then ${mailbox.tries} + 1 else 1 end` })
    .where(and(eq(mailbox.id, mailboxId), eq(mailbox.holder, holder)))
    .returning({ tries: mailbox.tries })
  if (row === undefined) throw new LeaseLost()
  return row.tries
}

/** Tells the other processes, and the page, how it stands with the connection. */
export async function tellState(
  ctx: Context,
  input: { mailboxId: string; holder: string; state: 'connecting' | 'connected' | 'failed'; error: string | null },
): Promise<void> {
  const now = ctx.now()
  await ctx.db
    .update(mailbox)
    .set({
      state: input.state,
      stateAt: now,
      ...(input.error === null ? {} : { lastError: input.error, lastErrorAt: now }),
    })
    .where(sql`${mailbox.id} = ${input.mailboxId} and ${mailbox.holder} = ${input.holder}`)
}
