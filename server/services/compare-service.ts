import { printedDay } from '#ingest/text/printed-day.ts'
import type { ActRequisites, Person, Phone, SubmittedService } from '#ingest/services/submission.ts'
import type { FieldChange, ServiceField, ServiceKind } from '#server/db/schema/services.ts'

/** A service as held, with the people in office. */
export interface HeldService {
  agencyId: string
  agencyAssumed: boolean
  kind: ServiceKind
  name: string
  byLaw: ActRequisites
  changes: readonly ActRequisites[]
  webResources: readonly string[]
  people: readonly (Person & { phones: readonly Phone[]; emails: readonly string[] })[]
}

export const actLine = ({ kind, date, number }: ActRequisites): string =>
  `${kind === null ? '' : `${kind} `}от ${printedDay(date)} № ${number}`
const phoneLine = ({ number, extension }: Phone): string => (extension === null ? number : `${number} вн. ${extension}`)
const contactsLine = (phones: readonly Phone[], emails: readonly string[]): string =>
  [...phones.map(phoneLine), ...emails].join(', ')

/** What a submission says of all its services at once. */
export interface SaidOfAll {
  agencyId: string
  /** Nobody said whose they are. */
  agencyAssumed: boolean
  /** Undefined: nothing is said of it. */
  kind: ServiceKind | undefined
}

type ColumnField = Exclude<ServiceField, 'agency' | 'kind'>

const linesOf = (service: SubmittedService): Record<ColumnField, string> => ({
  name: service.name,
  byLaw: actLine(service.byLaw),
  changes: service.changes.map(actLine).join('; '),
  webResources: service.webResources.join(', '),
  responsible: service.responsible.map(({ name, post }) => `${name}, ${post}`).join('; '),
  contacts: contactsLine(service.phones, service.emails),
})

const heldLines = (held: HeldService): Record<ColumnField, string> =>
  linesOf({
    registryNumber: '',
    name: held.name,
    byLaw: held.byLaw,
    changes: [...held.changes],
    webResources: [...held.webResources],
    responsible: held.people.map(({ name, post }) => ({ name, post })),
    phones: [...(held.people[0]?.phones ?? [])],
    emails: [...(held.people[0]?.emails ?? [])],
  })

/** What a submitted row changes of a service as held (null: all is new), field by field in words. Pure. */
export function compareService(
  held: HeldService | null,
  now: SubmittedService,
  { agencyId, agencyAssumed, kind }: SaidOfAll,
): FieldChange[] {
  const after = linesOf(now)
  const before = held === null ? null : heldLines(held)
  const columns = (Object.keys(after) as ColumnField[]).flatMap((field): FieldChange[] =>
    before !== null && before[field] === after[field]
      ? []
      : [{ field, was: before?.[field] ?? null, now: after[field] }],
  )
  if (held === null) return columns
  const all: FieldChange[] = []
  if (held.agencyId !== agencyId) all.push({ field: 'agency', was: held.agencyId, now: agencyId })
  // The guess was right, and is one no more.
  else if (held.agencyAssumed && !agencyAssumed) all.push({ field: 'agency', was: null, now: agencyId })
  if (kind !== undefined && kind !== held.kind) all.push({ field: 'kind', was: held.kind, now: kind })
  return [...all, ...columns]
}
