import type { Facet, LexicalFilter } from '../lexical-index.ts'
import { dayNumber, documentId } from '../meilisearch-terms.ts'

/** A value as it stands in a filter. */
export const quoted = (value: string): string => `"${value.replaceAll(/["\\]/gu, '\\$&')}"`

export const anyOf = (name: string, values: readonly string[]): string =>
  `${name} IN [${values.map((value) => quoted(value)).join(', ')}]`

/** What a passage must be to be proposed: in force on the day, and what the caller asks for. @param but a facet whose own filter is left out */
export const indexFilter = ({ asOf, lang, attributes = {}, except }: LexicalFilter, but?: Facet): string[] => {
  const day = dayNumber(asOf)
  const { kind, agency, service } = attributes
  const filter = [`validFrom <= ${day}`, `validTo > ${day}`]
  if (except !== undefined && except.size > 0) filter.push(`NOT ${anyOf('id', [...except].map(documentId))}`)
  if (lang !== undefined && but !== 'lang') filter.push(anyOf('lang', [lang]))
  if (kind !== undefined && but !== 'kind') filter.push(anyOf('kind', [kind]))
  if (agency !== undefined && but !== 'agency') filter.push(anyOf('agency', agency))
  if (service !== undefined && but !== 'service') filter.push(anyOf('service', service))
  return filter
}
