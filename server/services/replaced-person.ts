import { printedDay } from '#ingest/text/printed-day.ts'
import type { Context } from '#server/context.ts'
import type { Fault } from '#server/errors.ts'
import { inOffice, peopleOf, type PersonRow } from './queries.ts'
import { entryFault, type Lang } from './word-fault.ts'

/**
 * Who is replaced on a day, of those in office.
 * @returns every fault of the day and the choice; null: nobody is in office
 */
export async function replacedPerson(
  ctx: Context,
  input: { serviceId: string; personId: string | undefined; replacedOn: string; day: string; lang: Lang },
): Promise<{ person: PersonRow | null; faults: Fault[] }> {
  const { serviceId, personId, replacedOn, day, lang } = input
  const faults: Fault[] = []
  if (replacedOn > day) faults.push(entryFault('json.replacedOn', 'day-ahead', lang))
  const office = inOffice(await peopleOf(ctx, [serviceId]), serviceId)
  const person = personId === undefined ? office[0] : office.find(({ id }) => id === personId)
  if (personId === undefined && office.length > 1)
    faults.push(entryFault('json.personId', 'person-unchosen', lang, { count: office.length }))
  else if (person === undefined && office.length > 0)
    faults.push(entryFault('json.personId', 'person-not-in-office', lang))
  else if (person !== undefined && replacedOn < person.since)
    faults.push(entryFault('json.replacedOn', 'before-appointment', lang, { date: printedDay(person.since) }))
  return { person: person ?? null, faults }
}
