import { sql } from 'drizzle-orm'
import type { Requisites } from '#ingest/acts/act.ts'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { agency } from '#server/db/schema/agencies.ts'
import { service } from '#server/db/schema/services.ts'
import { actKey } from '#server/services/act-key.ts'
import { createDirectory, type PassageDirectory } from './passage-directory.ts'

/** Reads whose and what passages are, as of all wordings that ever were in force. */
export async function readDirectory(db: Database): Promise<PassageDirectory> {
  const standards = await queryRows<{ actId: string; eid: string; lang: Lang; heading: string | null }>(
    db,
    sql`select distinct on (act_id, eid, lang) act_id as "actId", eid, lang, heading from provision
        where kind = 'table' and cells ->> 'isStandard' = 'true' and (valid_to is null or valid_to > valid_from)
        order by act_id, eid, lang, valid_from desc`,
  )
  const acts = await queryRows<{ actId: string; requisites: Pick<Requisites, 'issuer' | 'date' | 'number'> }>(
    db,
    sql`select distinct act_id as "actId", jsonb_build_object('issuer', requisites ->> 'issuer', 'date', requisites ->> 'date', 'number', requisites ->> 'number') as requisites
        from edition order by act_id`,
  )
  const agencies = await db.select({ id: agency.id, name: agency.name }).from(agency).orderBy(agency.id)
  const services = await db
    .select({
      id: service.id,
      agencyId: service.agencyId,
      isAssumed: service.agencyAssumed,
      name: service.name,
      byLaw: service.byLaw,
    })
    .from(service)
    .orderBy(service.id)
  return createDirectory({
    standards,
    acts: acts.map(({ actId, requisites }) => ({ actId, issuer: requisites.issuer, key: actKey(requisites) })),
    agencies,
    services: services.map(({ byLaw, ...row }) => ({ ...row, byLaw: actKey(byLaw) })),
  })
}

const GOOD_FOR_MS = 30_000
const recent = new WeakMap<Database, { at: number; directory: Promise<PassageDirectory> }>()

/**
 * The same, read at most twice a minute: it is asked for at every keystroke, and names of bodies and services change by the month.
 * @param isEnough reads it again at once when what was read lately is not
 */
export async function recentDirectory(
  db: Database,
  isEnough: (directory: PassageDirectory) => boolean = () => true,
): Promise<PassageDirectory> {
  const read = async (): Promise<PassageDirectory> => {
    const directory = readDirectory(db)
    recent.set(db, { at: performance.now(), directory })
    try {
      return await directory
    } catch (error) {
      recent.delete(db)
      throw error
    }
  }
  const known = recent.get(db)
  if (known === undefined || performance.now() - known.at > GOOD_FOR_MS) return read()
  const directory = await known.directory
  return isEnough(directory) ? directory : read()
}
