import type { Database } from '#server/db/database.ts'
import type { Translated } from '#server/db/schema/agencies.ts'
import type { Lang } from '#server/context.ts'
import { PASSAGE_KINDS, type AttributeFilter, type FacetCounts } from '../lexical-index.ts'
import type { Facets } from '../schema.ts'
import { recentDirectory } from './read-directory.ts'

const LANGS: readonly Lang[] = ['ru', 'kk']

/** Only values that the wire knows. */
const among = <Value extends string>(known: readonly Value[], counted: readonly { value: string; count: number }[]) =>
  counted.flatMap(({ value, count }) => {
    const own = known.find((one) => one === value)
    return own === undefined ? [] : [{ value: own, count }]
  })

/** Values of one facet that are told, the most frequent first. */
const MOST_VALUES = 50

/** Counts as they are told, with the names of bodies and services; what is filtered by is told even where nothing is left of it. */
export async function presentFacets(db: Database, counts: FacetCounts, filter: AttributeFilter): Promise<Facets> {
  const directory = await recentDirectory(
    db,
    ({ agencies, services }) =>
      [...counts.agency.keys()].every((id) => agencies.has(id)) &&
      [...counts.service.keys()].every((id) => services.has(id)),
  )
  const told = (of: ReadonlyMap<string, number>, chosen: readonly string[] = []) => {
    const sorted = [...of].sort(([one, times], [other, more]) => more - times || one.localeCompare(other))
    const missing = chosen.filter((value) => !of.has(value)).map((value) => [value, 0] as const)
    const [head, rest] = [sorted.slice(0, MOST_VALUES), sorted.slice(MOST_VALUES)]
    return [...head, ...rest.filter(([value]) => chosen.includes(value)), ...missing].map(([value, count]) => ({
      value,
      count,
    }))
  }
  const named = (values: { value: string; count: number }[], nameOf: (value: string) => Translated | undefined) =>
    values.flatMap((one) => {
      const name = nameOf(one.value)
      return name === undefined ? [] : [{ ...one, name }]
    })
  return {
    lang: among(LANGS, told(counts.lang)),
    kind: among(PASSAGE_KINDS, told(counts.kind, filter.kind === undefined ? [] : [filter.kind])),
    agency: named(told(counts.agency, filter.agency), (id) => directory.agencies.get(id)),
    service: named(told(counts.service, filter.service), (id) => directory.services.get(id)?.name),
  }
}
