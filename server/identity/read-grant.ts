import { PERSON_ROLES, type PersonRole } from '#server/context.ts'
import type { Database } from '#server/db/database.ts'
import type { Attempt } from './attempt.ts'
import { checkAgency } from './check-agency.ts'

const isRole = (value: string): value is PersonRole => PERSON_ROLES.some((role) => role === value)

/**
 * Reads the role out of a claim: one of our roles, or `agency:<agencyId>` for a user of an agency.
 * @param claim the value that the OpenID provider sent
 * @returns the grant, or a fault for the person who signs in
 */
export async function readGrant(
  db: Database,
  claim: unknown,
  claimName: string,
): Promise<NonNullable<Attempt['grant']>> {
  if (typeof claim !== 'string' || claim === '')
    return {
      fault: 'role_missing',
      message: `Your account has no role in this system (claim ${claimName}). Ask your administrator.`,
    }
  const [role = '', agencyId = null] = claim.split(':', 2)
  if (!isRole(role))
    return {
      fault: 'role_unknown',
      message: `The role in the claim ${claimName} is not one of: ${PERSON_ROLES.join(', ')}.`,
    }
  const fault = await checkAgency(db, role, agencyId)
  return fault === null
    ? { role, agencyId }
    : { fault: 'agency_unknown', message: `The claim ${claimName} must name a known agency, as agency:<id>.` }
}
