import { and, eq, isNull } from 'drizzle-orm'
import { readContacts } from '#ingest/services/read-contacts.ts'
import { message } from '#ingest/services/messages.ts'
import { today, type Context } from '#server/context.ts'
import { responsiblePerson } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { startDeadline } from './deadlines.ts'
import { printedDay } from './printed-day.ts'
import { inOffice, peopleOf, serviceById, type PersonRow } from './queries.ts'
import { entryFault, wordFault, type Lang } from './word-fault.ts'

/**
 * Puts a new responsible person in the place of one in office, and counts the five working days of п. 27 from the replacement to
 * today, when the centre is told.
 * @param input.replacedOn YYYY-MM-DD, not after today
 * @param input.personId whom of those in office; may be left out where one is
 * @param input.contacts telephones and e-mail as people write them
 * @param input.lang of what is said about them
 * @throws DomainError `not-found`, `validation-failed`, `conflict` (nobody in office)
 */
export const replaceResponsible = (
  ctx: Context,
  input: {
    serviceId: string
    replacedOn: string
    name: string
    post: string
    contacts: string
    personId?: string | undefined
    lang?: Lang
  },
): Promise<PersonRow> =>
  inTransaction(ctx, async (tx) => {
    const { serviceId, replacedOn, name, post, lang = 'ru' } = input
    const held = await serviceById(tx, serviceId)
    const day = today(tx)
    const { phones, emails, findings } = readContacts(input.contacts)
    const faults = findings
      .map(({ code, values }) => message(code, values))
      .filter(({ severity }) => severity === 'error')
      .map((fault) => wordFault(fault, lang))
      .map(({ reason, mend }) => ({ path: 'json.contacts', message: `${reason} ${mend}` }))
    if (replacedOn > day) faults.push(entryFault('json.replacedOn', 'day-ahead', lang))
    const office = inOffice(await peopleOf(tx, [serviceId]), serviceId)
    const before = input.personId === undefined ? office[0] : office.find(({ id }) => id === input.personId)
    if (input.personId === undefined && office.length > 1)
      faults.push(entryFault('json.personId', 'person-unchosen', lang, { count: office.length }))
    else if (before === undefined && office.length > 0)
      faults.push(entryFault('json.personId', 'person-not-in-office', lang))
    else if (before !== undefined && replacedOn < before.since)
      faults.push(entryFault('json.replacedOn', 'before-appointment', lang, { date: printedDay(before.since) }))
    if (faults.length > 0) throw new DomainError('validation-failed', 'The replacement has faults.', { faults })

    // By a conditional update: of two replacements of a person at once the second finds nobody.
    const ended = await tx.db
      .update(responsiblePerson)
      .set({ until: replacedOn })
      .where(and(eq(responsiblePerson.id, before?.id ?? ''), isNull(responsiblePerson.until)))
      .returning({ id: responsiblePerson.id })
    if (before === undefined || ended.length === 0)
      throw new DomainError('conflict', 'Nobody is in office to be replaced.')
    const [person] = await tx.db
      .insert(responsiblePerson)
      .values({
        id: newId('rsp'),
        serviceId,
        ord: before.ord,
        name,
        post,
        phones,
        emails,
        since: replacedOn,
        replaces: before.id,
        toldOn: day,
        createdAt: tx.now(),
        actorKind: tx.actor.kind,
        actorId: tx.actor.id,
      })
      .returning()
    if (person === undefined) throw new Error('A person was not written')
    await emit(tx, {
      type: 'responsible.appointed',
      subjectId: serviceId,
      payload: { personId: person.id, since: replacedOn, replaces: before.id },
    })
    await startDeadline(tx, {
      agencyId: held.agencyId,
      serviceId,
      kind: held.kind,
      point: '27',
      event: replacedOn,
      cause: person.id,
      metOn: day,
      metBy: person.id,
    })
    return person
  })
