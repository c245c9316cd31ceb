import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Context } from '#server/context.ts'
import { account, user } from '#server/db/schema/identity.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { faultsOf } from '#server/http/faults.ts'
import { newId } from '#server/ids.ts'
import { checkAgency } from './check-agency.ts'
import { refusedField } from './identity-refusals.ts'
import { emailTaken } from './identity-conflicts.ts'
import { makePassword } from './make-password.ts'
import { NewUserSchema, type NewUser } from './schema.ts'

/**
 * Makes a user who signs in with e-mail and password.
 * @param input without a password, one is made
 * @returns the user, and the password if it was made here: this is the one time it is known
 * @throws DomainError `validation-failed` (a short password, a bad e-mail, an unknown agency), `conflict` (e-mail taken)
 */
export async function createUser(
  ctx: Context,
  input: NewUser,
): Promise<{ user: typeof user.$inferSelect; password: string | null }> {
  const parsed = NewUserSchema.safeParse(input)
  if (!parsed.success)
    throw new DomainError('validation-failed', 'The user has faults.', {
      faults: faultsOf(parsed.error, 'json'),
      cause: parsed.error,
    })
  const { email, name, role, agencyId, password: given } = parsed.data
  const fault = await checkAgency(ctx.db, role, agencyId)
  if (fault !== null) throw refusedField(fault)
  const made = given === undefined ? makePassword() : null
  // Hashing takes a while, so not within the transaction.
  const hash = await hashPassword(given ?? made ?? '')
  return inTransaction(ctx, async (tx) => {
    const now = tx.now()
    const [row] = await tx.db
      .insert(user)
      // An administrator vouches for the address.
      .values({ id: newId('usr'), email, name, emailVerified: true, role, agencyId, createdAt: now, updatedAt: now })
      .onConflictDoNothing({ target: user.email })
      .returning()
    if (row === undefined) throw emailTaken()
    await tx.db.insert(account).values({
      id: randomUUID(),
      accountId: row.id,
      providerId: 'credential',
      userId: row.id,
      password: hash,
      createdAt: now,
      updatedAt: now,
    })
    await emit(tx, { type: 'user.created', subjectId: row.id, payload: { role, agencyId } })
    return { user: row, password: made }
  })
}
