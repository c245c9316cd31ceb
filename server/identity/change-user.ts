import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { session, user } from '#server/db/schema/identity.ts'
import { notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { checkAgency } from './check-agency.ts'
import { refusedField } from './identity-refusals.ts'
import { lastAdministrator } from './identity-conflicts.ts'
import type { UserChange } from './schema.ts'

/**
 * Changes what a user may do. A user who is disabled, or whose role or agency changes, is signed out everywhere.
 * @throws DomainError `not-found`, `validation-failed` (agency), `conflict` (nobody would be left to administer)
 */
export async function changeUser(ctx: Context, input: { id: string } & UserChange): Promise<typeof user.$inferSelect> {
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.db.select().from(user).where(eq(user.id, input.id)).for('update')
    if (before === undefined) throw notFound('User', input.id)
    const role = input.role ?? before.role
    const agencyId = input.agencyId === undefined ? before.agencyId : input.agencyId
    const disabled = input.disabled ?? before.disabledAt !== null
    const payload = {
      ...(role === before.role ? {} : { role }),
      ...(agencyId === before.agencyId ? {} : { agencyId }),
      ...(disabled === (before.disabledAt !== null) ? {} : { disabled }),
    }
    if (Object.keys(payload).length === 0) return before

    const fault = await checkAgency(tx.db, role, agencyId)
    if (fault !== null) throw refusedField(fault)
    if (before.role === 'admin' && before.disabledAt === null && (role !== 'admin' || disabled)) {
      // Locked, so that two administrators cannot remove each other at once.
      const others = await tx.db
        .select({ id: user.id })
        .from(user)
        .where(and(eq(user.role, 'admin'), isNull(user.disabledAt), ne(user.id, before.id)))
        .for('update')
      if (others.length === 0) throw lastAdministrator()
    }

    const [after] = await tx.db
      .update(user)
      .set({ role, agencyId, disabledAt: disabled ? (before.disabledAt ?? tx.now()) : null, updatedAt: tx.now() })
      .where(eq(user.id, before.id))
      .returning()
    if (after === undefined) throw notFound('User', input.id)
    await tx.db.delete(session).where(eq(session.userId, before.id))
    await emit(tx, { type: 'user.changed', subjectId: before.id, payload })
    return after
  })
}
