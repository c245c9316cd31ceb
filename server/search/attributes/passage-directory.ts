import { serviceName, serviceNameKey } from '#ingest/passports/passports-of.ts'
import type { Lang } from '#server/context.ts'
import type { Translated } from '#server/db/schema/agencies.ts'
import type { LexicalAttributes, PassageKind } from '../lexical-index.ts'

/** Provisions of an act whose element ids begin so, and not so. */
export interface Scope {
  actId: string
  prefix: string
  without: readonly string[]
}

/** A place that a passage is of: the provision it cites, or one that its article was made from. */
export interface Place {
  actId: string
  eid: string
}

/** A service by its standard. */
export interface ServiceEntry {
  /** `act_…/app_1__table`, as the address of its passport says it. */
  id: string
  name: Translated
  agencies: readonly string[]
  scopes: readonly Scope[]
}

/** Whose and what passages are: read from acts, their standards, the registry of services and the directory of bodies. */
export interface PassageDirectory {
  agencies: ReadonlyMap<string, Translated>
  services: ReadonlyMap<string, ServiceEntry>
  /** Services of the registry, each with the passports of its name. */
  passportsOf: ReadonlyMap<string, readonly string[]>
  /** Places by kind of passage; of the others nothing is a standard. */
  standards: readonly Scope[]
  scopesOfAgency: ReadonlyMap<string, readonly Scope[]>
  /** @param isAct its article is made from an act */
  attributesOf(isAct: boolean, places: readonly Place[]): LexicalAttributes
}

export interface DirectoryFacts {
  standards: readonly { actId: string; eid: string; lang: Lang; heading: string | null }[]
  /** Who issued an act, in the words of its editions, and its date and number (`actKey` of services). */
  acts: readonly { actId: string; issuer: string; key: string }[]
  agencies: readonly { id: string; name: Translated }[]
  services: readonly { id: string; agencyId: string; isAssumed: boolean; name: string; byLaw: string }[]
}

const TABLE = /table$/u
const ANNEX = /^ann_[^_]+__/u

/**
 * The body that «и.о. Министра юстиции Республики Казахстан» and «Министерство юстиции Республики Казахстан» name alike: the words of its matter,
 * without the office. Null where no ministry is named: likeness is no match.
 */
export const matterOf = (words: string): string | null => {
  const plain = words
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/\([^)]*\)/gu, ' ')
    .replaceAll(/республик[аи] казахстан|қазақстан республикасы\p{L}*|(?<!\p{L})рк(?!\p{L})/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const russian = /минист(?:р|ер)\p{Script=Cyrillic}*\s+(?<matter>.+)$/u.exec(plain)?.groups?.['matter']
  const kazakh = /^(?<matter>.+)\s+министр\p{Script=Cyrillic}*$/u.exec(plain)?.groups?.['matter']
  const matter = (russian ?? kazakh ?? '').trim()
  return matter === '' ? null : matter
}

const within = (scope: Scope, { actId, eid }: Place): boolean =>
  scope.actId === actId && eid.startsWith(scope.prefix) && !scope.without.some((prefix) => eid.startsWith(prefix))

const group = <Key, Value>(pairs: Iterable<readonly [Key, Value]>): Map<Key, Value[]> => {
  const found = new Map<Key, Value[]>()
  for (const [key, value] of pairs) found.set(key, [...(found.get(key) ?? []), value])
  return found
}

/**
 * Makes the directory. A service is known by its standard: the rows of the table are its own, the other provisions of the same annex (an order may
 * confirm the rules of several services, each an annex) are of all services whose standards stand there. A body has the acts that its minister
 * issued, the acts that its services of the registry name as theirs, and the services that have the name of one of its own. Pure.
 */
export function createDirectory(facts: DirectoryFacts): PassageDirectory {
  const agencies = new Map(facts.agencies.map(({ id, name }) => [id, name]))
  const agencyOfMatter = new Map<string, string>()
  for (const { id, name } of facts.agencies)
    for (const words of [name.ru, name.kk]) {
      const matter = matterOf(words)
      if (matter !== null) agencyOfMatter.set(matter, id)
    }
  const stated = facts.services.filter(({ isAssumed, agencyId }) => !isAssumed && agencies.has(agencyId))
  const agenciesOfLaw = group(stated.map(({ byLaw, agencyId }) => [byLaw, agencyId] as const))
  const agenciesOfName = group(stated.map(({ name, agencyId }) => [serviceNameKey(name), agencyId] as const))
  const registered = group(facts.services.map(({ name, id }) => [serviceNameKey(name), id] as const))

  const tables = group(facts.standards.map((one) => [`${one.actId}/${one.eid}`, one] as const))
  const rowsOf = (eid: string): string[] => [eid.replace(TABLE, 'row_'), eid]
  const rowsInAct = group(facts.standards.map(({ actId, eid }) => [actId, eid] as const))
  const services = new Map<string, ServiceEntry>()
  const passportsOf = new Map<string, string[]>()
  for (const [id, texts] of tables) {
    const [first] = texts
    if (first === undefined) continue
    const { actId, eid } = first
    const nameIn = (lang: Lang): string | null => serviceName(texts.find((one) => one.lang === lang)?.heading ?? '')
    const [ru, kk] = [nameIn('ru'), nameIn('kk')]
    const name = ru ?? kk
    if (name === null) continue
    const keys = [ru, kk].flatMap((one) => (one === null ? [] : serviceNameKey(one)))
    const annex = ANNEX.exec(eid)?.[0] ?? ''
    const allRows = [...new Set(rowsInAct.get(actId) ?? [])].flatMap(rowsOf)
    services.set(id, {
      id,
      name: { ru: name, kk: kk ?? name, en: name },
      agencies: [...new Set(keys.flatMap((key) => agenciesOfName.get(key) ?? []))],
      scopes: [
        ...rowsOf(eid).map((prefix) => ({ actId, prefix, without: [] })),
        { actId, prefix: annex, without: annex === '' ? [...allRows, 'ann_'] : allRows },
      ],
    })
    for (const key of keys)
      for (const service of registered.get(key) ?? [])
        passportsOf.set(service, [...new Set([...(passportsOf.get(service) ?? []), id])])
  }

  const scopesOfAgency = new Map<string, Scope[]>()
  const give = (agencyId: string, scopes: readonly Scope[]): void => {
    scopesOfAgency.set(agencyId, [...(scopesOfAgency.get(agencyId) ?? []), ...scopes])
  }
  const given = new Set<string>()
  for (const { actId, issuer, key } of facts.acts) {
    const issued = agencyOfMatter.get(matterOf(issuer) ?? '')
    for (const agencyId of [...(issued === undefined ? [] : [issued]), ...(agenciesOfLaw.get(key) ?? [])]) {
      if (given.has(`${agencyId} ${actId}`)) continue
      given.add(`${agencyId} ${actId}`)
      give(agencyId, [{ actId, prefix: '', without: [] }])
    }
  }
  for (const { agencies: own, scopes } of services.values()) for (const agencyId of own) give(agencyId, scopes)

  const standards = [...tables.values()].flatMap(([first]) =>
    first === undefined ? [] : rowsOf(first.eid).map((prefix) => ({ actId: first.actId, prefix, without: [] })),
  )
  // Few acts have anything to say of their passages, and most passages of an act are of the same.
  const ofAct = <Value>(entries: Iterable<readonly [Value, readonly Scope[]]>) =>
    group([...entries].flatMap(([value, scopes]) => scopes.map((scope) => [scope.actId, { value, scope }] as const)))
  const agencyScopes = ofAct(scopesOfAgency)
  const serviceScopes = ofAct([...services].map(([id, { scopes }]) => [id, scopes] as const))
  const standardScopes = ofAct([['passport', standards] as const])
  const meeting = (
    scopes: ReadonlyMap<string, { value: string; scope: Scope }[]>,
    places: readonly Place[],
  ): string[] =>
    [
      ...new Set(
        places.flatMap((place) =>
          (scopes.get(place.actId) ?? []).flatMap(({ value, scope }) => (within(scope, place) ? [value] : [])),
        ),
      ),
    ].sort()

  return {
    agencies,
    services,
    passportsOf,
    standards,
    scopesOfAgency,
    attributesOf(isAct, places) {
      const kind: PassageKind = !isAct ? 'article' : meeting(standardScopes, places).length > 0 ? 'passport' : 'act'
      const [agency, service] = [meeting(agencyScopes, places), meeting(serviceScopes, places)]
      return {
        kind,
        ...(agency.length === 0 ? {} : { agency }),
        ...(service.length === 0 ? {} : { service }),
      }
    },
  }
}
