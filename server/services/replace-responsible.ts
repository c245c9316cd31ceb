import { and, eq, isNull } from 'drizzle-orm'
import { readContacts } from '#ingest/services/read-contacts.ts'
import { message } from '#ingest/services/messages.ts'
import { today, type Context } from '#server/context.ts'
import { responsiblePerson } from '#server/db/schema/services.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { meetReplacements, startDeadline } from './deadlines.ts'
import { lockService, lockServices, lockTerms } from './lock-services.ts'
import { serviceById, type PersonRow } from './queries.ts'
import { replacedPerson } from './replaced-person.ts'
import { wordFault, type Lang } from './word-fault.ts'

/**
 * Puts a new responsible person in the place of one in office, and counts the five working days of п. 27 from the replacement to
 * today, when the centre is told. A clock that the centre started when it heard of the replacement is met, with the day that it heard.
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
    await lockTerms(tx, 'counts')
    const held = await serviceById(tx, serviceId)
    // Appendix 1 compares with who is in office, and a clock may be starting.
    await lockServices(tx, held.agencyId)
    await lockService(tx, serviceId)
    const day = today(tx)
    const { phones, emails, findings } = readContacts(input.contacts)
    const faults = findings
      .map(({ code, values }) => message(code, values))
      .filter(({ severity }) => severity === 'error')
      .map((fault) => wordFault(fault, lang))
      .map(({ reason, mend }) => ({ path: 'json.contacts', message: `${reason} ${mend}` }))
    const found = await replacedPerson(tx, { serviceId, personId: input.personId, replacedOn, day, lang })
    const before = found.person
    faults.push(...found.faults)
    if (faults.length > 0) throw new DomainError('validation-failed', 'The replacement has faults.', { faults })

    // By a conditional update: of two replacements of a person at once the second finds nobody.
    const ended = await tx.db
      .update(responsiblePerson)
      .set({ until: replacedOn })
      .where(and(eq(responsiblePerson.id, before?.id ?? ''), isNull(responsiblePerson.until)))
      .returning({ id: responsiblePerson.id })
    if (before === null || ended.length === 0) throw new DomainError('conflict', 'Nobody is in office to be replaced.')
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
    // The centre may have heard of it before: then that clock is met.
    const met = await meetReplacements(tx, { replaced: [before.id], metOn: day, metBy: person.id })
    if (met > 0) return person
    await startDeadline(tx, {
      agencyId: held.agencyId,
      serviceId,
      kind: held.kind,
      point: '27',
      event: replacedOn,
      cause: before.id,
      metOn: day,
      metBy: person.id,
    })
    return person
  })
