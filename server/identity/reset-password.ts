import { and, eq } from 'drizzle-orm'
import { hashPassword } from 'better-auth/crypto'
import type { Context } from '#server/context.ts'
import { account, session, user } from '#server/db/schema/identity.ts'
import { notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { signsInElsewhere } from './identity-conflicts.ts'
import { makePassword } from './make-password.ts'

/**
 * Gives a user who forgot the password a new one, made here; all sessions of the user end.
 * @returns the password: this is the one time it is known
 * @throws DomainError `not-found`; `conflict` for a user who signs in without a password of ours
 */
export async function resetPassword(ctx: Context, input: { id: string }): Promise<{ password: string }> {
  const password = makePassword()
  const hash = await hashPassword(password)
  return inTransaction(ctx, async (tx) => {
    const [found] = await tx.db.select({ id: user.id }).from(user).where(eq(user.id, input.id))
    if (found === undefined) throw notFound('User', input.id)
    const changed = await tx.db
      .update(account)
      .set({ password: hash, updatedAt: tx.now() })
      .where(and(eq(account.userId, found.id), eq(account.providerId, 'credential')))
      .returning({ id: account.id })
    if (changed.length === 0) throw signsInElsewhere()
    await tx.db.delete(session).where(eq(session.userId, found.id))
    await emit(tx, { type: 'user.password-changed', subjectId: found.id, payload: { by: 'administrator' } })
    return { password }
  })
}
