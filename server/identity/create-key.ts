import { randomBytes } from 'node:crypto'
import type { Context } from '#server/context.ts'
import { apiKey } from '#server/db/schema/identity.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { faultsOf } from '#server/http/faults.ts'
import { newId, sha256 } from '#server/ids.ts'
import { checkAgency } from './check-agency.ts'
import { refusedField } from './identity-refusals.ts'
import { NewKeySchema, type NewKey } from './schema.ts'

/**
 * Makes an API key for a program.
 * @returns the key, which is stored nowhere, and its record
 * @throws DomainError `validation-failed` (a missing name, an unknown agency, the role agency without one)
 */
export async function createKey(
  ctx: Context,
  input: NewKey,
): Promise<{ key: string; apiKey: typeof apiKey.$inferSelect }> {
  const parsed = NewKeySchema.safeParse(input)
  if (!parsed.success)
    throw new DomainError('validation-failed', 'The key has faults.', {
      faults: faultsOf(parsed.error, 'json'),
      cause: parsed.error,
    })
  const { name, role, agencyId } = parsed.data
  const fault = await checkAgency(ctx.db, role, agencyId)
  if (fault !== null) throw refusedField(fault)
  const key = `blm_${randomBytes(32).toString('base64url')}`
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db
      .insert(apiKey)
      .values({
        id: newId('key'),
        name,
        role,
        agencyId,
        hash: sha256(key),
        hint: key.slice(0, 8),
        createdAt: tx.now(),
        createdBy: tx.actor.id,
      })
      .returning()
    if (row === undefined) throw new Error('the key was not stored')
    await emit(tx, { type: 'key.created', subjectId: row.id, payload: { role, agencyId, name } })
    return { key, apiKey: row }
  })
}
