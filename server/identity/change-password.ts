import { and, eq, ne } from 'drizzle-orm'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { Context } from '#server/context.ts'
import { account, session } from '#server/db/schema/identity.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { passwordChangedMeanwhile, signsInElsewhere } from './identity-conflicts.ts'
import { samePassword, wrongPassword } from './identity-refusals.ts'

/**
 * A person changes the password. Every other session of theirs ends: whoever knew the old one is out.
 * @param input.keepSession token of the session that asks, which goes on
 * @throws DomainError `conflict` (signs in elsewhere, without a password here, or somebody changed it meanwhile),
 *   `validation-failed` (the current password is wrong, or the new one is the same)
 */
export async function changePassword(
  ctx: Context,
  input: { userId: string; currentPassword: string; newPassword: string; keepSession: string | null },
): Promise<void> {
  const ofUser = and(eq(account.userId, input.userId), eq(account.providerId, 'credential'))
  const [held] = await ctx.db.select({ password: account.password }).from(account).where(ofUser)
  if (held === undefined || held.password === null) throw signsInElsewhere()
  if (!(await verifyPassword({ hash: held.password, password: input.currentPassword }))) throw wrongPassword()
  if (input.newPassword === input.currentPassword) throw samePassword()
  const hash = await hashPassword(input.newPassword)
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.db
      .update(account)
      .set({ password: hash, updatedAt: tx.now() })
      .where(and(ofUser, eq(account.password, held.password ?? '')))
      .returning({ id: account.id })
    if (changed.length === 0) throw passwordChangedMeanwhile()
    await tx.db
      .delete(session)
      .where(
        input.keepSession === null
          ? eq(session.userId, input.userId)
          : and(eq(session.userId, input.userId), ne(session.token, input.keepSession)),
      )
    await emit(tx, { type: 'user.password-changed', subjectId: input.userId, payload: { by: 'owner' } })
  })
}
