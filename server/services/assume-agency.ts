import { inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { service } from '#server/db/schema/services.ts'

/** The centre's own entry in the directory of agencies. */
export const CENTRE = 'agc_contact_centre'

/**
 * Whose services are when nobody says: of the agency that holds their registry numbers, otherwise of the centre, until they are
 * submitted for their agency by a supervisor (`mayTakeOver`).
 * @param input.numbers of the registry, as submitted
 * @returns their agency; several, where each holds some of the numbers
 */
export async function assumeAgency(ctx: Context, input: { numbers: readonly string[] }): Promise<string[]> {
  const held = await ctx.db
    .selectDistinct({ agencyId: service.agencyId, agencyAssumed: service.agencyAssumed })
    .from(service)
    .where(inArray(service.registryNumber, [...input.numbers]))
    .orderBy(service.agencyId)
  const of = (isAssumed: boolean) =>
    held.filter(({ agencyAssumed }) => agencyAssumed === isAssumed).map(({ agencyId }) => agencyId)
  const stated = of(false)
  if (stated.length > 0) return stated
  const [assumed, another] = of(true)
  return [assumed === undefined || another !== undefined ? CENTRE : assumed]
}
