import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { serviceName, serviceNameKey } from '#ingest/passports/passports-of.ts'
import { today, type Context } from '#server/context.ts'
import { edition, provision } from '#server/db/schema/acts.ts'
import { actKey } from './act-key.ts'
import type { ServiceRow } from './queries.ts'

/** Where the standard of a service stands. */
export interface PassportPlace {
  actId: string
  /** Of the table. */
  eid: string
}

const inForce = (day: string) =>
  and(lte(provision.validFrom, day), or(isNull(provision.validTo), gt(provision.validTo, day)))

/** Acts that have the requisites which the agency names. */
async function actsNamed(ctx: Context, wanted: string): Promise<Set<string>> {
  const acts = await ctx.db.selectDistinct({ actId: edition.actId, requisites: edition.requisites }).from(edition)
  return new Set(acts.filter(({ requisites }) => actKey(requisites) === wanted).map(({ actId }) => actId))
}

/**
 * Standards in force today whose own name for the service is the service's name, in either language: the same words, but for case,
 * quotation marks, spaces and look-alike letters. Likeness is no match: a service with another name has none. Where several acts
 * have the name, the one that the agency names as the service's by-law is it; else all are given.
 * @returns by act and place; [] where none matches
 */
export async function passportsOfService(
  ctx: Context,
  service: Pick<ServiceRow, 'name' | 'byLaw'>,
): Promise<PassportPlace[]> {
  const key = serviceNameKey(service.name)
  const tables = await ctx.db
    .select({ actId: provision.actId, eid: provision.eid, heading: provision.heading })
    .from(provision)
    .where(and(eq(provision.kind, 'table'), sql`${provision.cells} ->> 'isStandard' = 'true'`, inForce(today(ctx))))
    .orderBy(asc(provision.actId), asc(provision.ord))
  const places = new Map<string, PassportPlace>()
  for (const { actId, eid, heading } of tables) {
    const name = serviceName(heading ?? '')
    if (name !== null && serviceNameKey(name) === key) places.set(`${actId} ${eid}`, { actId, eid })
  }
  const found = [...places.values()]
  if (new Set(found.map(({ actId }) => actId)).size < 2) return found
  const named = await actsNamed(ctx, actKey(service.byLaw))
  const ofNamed = found.filter(({ actId }) => named.has(actId))
  return ofNamed.length > 0 ? ofNamed : found
}
