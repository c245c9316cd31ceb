import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import { passportsOf } from './passports-of.ts'

/**
 * What the standards of an act have that no passport knows: rows with an unknown heading, and a second row of one field.
 * @returns warnings with the row's place in the source; nothing of them is left out of the passport. Pure.
 */
export function standardMessages(act: ParsedAct): Message[] {
  const places = new Map(act.provisions.map(({ eid, span }) => [eid, span]))
  return passportsOf(act.provisions, act.lang)
    .flatMap(({ messages }) => messages)
    .flatMap(({ rule, text, eid }): Message[] => {
      const place = places.get(eid)
      if (place === undefined || (rule !== 'row-unknown' && rule !== 'field-repeated')) return []
      return [{ severity: 'warning', rule: `standard-${rule}`, text, place }]
    })
}
