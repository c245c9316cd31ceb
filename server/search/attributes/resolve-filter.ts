import type { SQL } from 'drizzle-orm'
import { DomainError, type Fault } from '#server/errors.ts'
import type { Database } from '#server/db/database.ts'
import type { AttributeFilter, PassageKind } from '../lexical-index.ts'
import { attributeCondition } from './attribute-condition.ts'
import type { PassageDirectory } from './passage-directory.ts'
import { recentDirectory } from './read-directory.ts'

/** Filters as a caller names them. */
export interface NamedFilter {
  kind?: PassageKind | undefined
  agency?: string | undefined
  /** Id of its passport, or of the service in the registry. */
  service?: string | undefined
}

export interface ResolvedFilter {
  attributes: AttributeFilter
  /** The same as a condition over `p` (passage). */
  narrowed: SQL
}

const unknownAgency = (id: string): Fault => ({
  path: 'query.agency',
  message: `Органа «${id}» нет в справочнике: возьмите agencyId из /api/v1/agencies.`,
  said: {
    ru: `Органа «${id}» нет в справочнике. Возьмите его из списка органов или снимите фильтр.`,
    kk: `«${id}» органы анықтамалықта жоқ. Оны органдар тізімінен алыңыз немесе сүзгіні алып тастаңыз.`,
    en: `There is no body «${id}» in the directory. Take one of the list of bodies, or drop the filter.`,
  },
})
const unknownService = (id: string): Fault => ({
  path: 'query.service',
  message: `Услуги «${id}» с паспортом в базе знаний нет.`,
  said: {
    ru: `Услуги «${id}» с паспортом в базе знаний нет. Возьмите её из фильтра услуг или снимите фильтр.`,
    kk: `Білім қорында паспорты бар «${id}» қызметі жоқ. Оны қызметтер сүзгісінен алыңыз немесе сүзгіні алып тастаңыз.`,
    en: `There is no service «${id}» with a passport in the knowledge base. Take one of the filter, or drop it.`,
  },
})

const servicesNamed = (directory: PassageDirectory, id: string): readonly string[] | null =>
  directory.services.has(id) ? [id] : (directory.passportsOf.get(id) ?? null)

/**
 * Reads filters by whose and what a passage is.
 * @returns null where nothing is filtered by
 * @throws DomainError `validation-failed` naming every value that is not known
 */
export async function resolveFilter(
  db: Database,
  { kind, agency, service }: NamedFilter,
): Promise<ResolvedFilter | null> {
  if (kind === undefined && agency === undefined && service === undefined) return null
  const directory = await recentDirectory(
    db,
    (known) =>
      (agency === undefined || known.agencies.has(agency)) &&
      (service === undefined || servicesNamed(known, service) !== null),
  )
  const services = service === undefined ? undefined : servicesNamed(directory, service)
  const faults = [
    ...(agency === undefined || directory.agencies.has(agency) ? [] : [unknownAgency(agency)]),
    ...(service === undefined || services !== null ? [] : [unknownService(service)]),
  ]
  if (faults.length > 0) throw new DomainError('validation-failed', 'The filters name what is not there.', { faults })
  const attributes: AttributeFilter = {
    ...(kind === undefined ? {} : { kind }),
    ...(agency === undefined ? {} : { agency: [agency] }),
    ...(services == null ? {} : { service: services }),
  }
  return { attributes, narrowed: attributeCondition(directory, attributes) }
}
