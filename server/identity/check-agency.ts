import { eq } from 'drizzle-orm'
import type { Role } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import { agency } from '#server/db/schema/agencies.ts'
import type { Fault, Said } from '#server/errors.ts'
import { agencyNeeded, agencyUnknown } from './identity-refusals.ts'

const faultOf = (said: Said): Fault => ({ path: 'agencyId', message: said.en, said })

/**
 * Says what is wrong with a role and agency together: a caller of an agency needs one, and it must be in the directory. An
 * empty directory is one not loaded yet, against which nothing can be checked.
 * @returns the fault, or null
 */
export async function checkAgency(db: Database, role: Role, agencyId: string | null): Promise<Fault | null> {
  if (agencyId === null) return role === 'agency' ? faultOf(agencyNeeded) : null
  const [known] = await db.select({ id: agency.id }).from(agency).where(eq(agency.id, agencyId))
  if (known !== undefined) return null
  const [any] = await db.select({ id: agency.id }).from(agency).limit(1)
  return any === undefined ? null : faultOf(agencyUnknown(agencyId))
}
