import { printedDay } from '#ingest/text/printed-day.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today, type Context } from '#server/context.ts'
import { acceptanceProtocol, type Signatory } from '#server/db/schema/services.ts'
import { conflict, DomainError, type Fault } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId, sha256 } from '#server/ids.ts'
import { termOf } from './deadline-rules.ts'
import { startDeadline } from './deadlines.ts'
import { lockService, lockTerms } from './lock-services.ts'
import { protocolsOf, serviceById, submittedOn, trainingsOf, type ProtocolRow } from './queries.ts'
import { entryFault, type Lang } from './word-fault.ts'

/**
 * Records the protocol by which the centre accepts a service (п. 22): after training, signed by both sides, with its file. From its
 * date the five working days of п. 23 run.
 * @param input.signedOn YYYY-MM-DD, not after today and not before the submission and the training
 * @throws DomainError `not-found`, `validation-failed`, `conflict` (there is one already, or no training before it)
 */
export const signProtocol = (
  ctx: Context,
  input: {
    serviceId: string
    number: string | null
    signedOn: string
    centreSignatory: Signatory
    agencySignatory: Signatory
    file: { name: string; type: string; bytes: Uint8Array }
    lang?: Lang
  },
): Promise<ProtocolRow> =>
  inTransaction(ctx, async (tx) => {
    const { serviceId, signedOn, file, lang = 'ru' } = input
    await lockTerms(tx, 'counts')
    const held = await serviceById(tx, serviceId)
    await lockService(tx, serviceId)
    const submitted = await submittedOn(tx, serviceId)
    const faults: Fault[] = []
    if (signedOn > today(tx)) faults.push(entryFault('json.signedOn', 'day-ahead', lang))
    else if (submitted !== null && signedOn < submitted)
      faults.push(entryFault('json.signedOn', 'protocol-early', lang, { date: printedDay(submitted) }))
    if (file.bytes.length === 0) faults.push(entryFault('json.file.content', 'protocol-file-empty', lang))
    if (input.centreSignatory.name === input.agencySignatory.name)
      faults.push(entryFault('json.agencySignatory', 'same-signatory', lang))
    if (faults.length > 0) throw new DomainError('validation-failed', 'The protocol has faults.', { faults })
    const [first] = await trainingsOf(tx, [serviceId])
    if (first === undefined || first.heldOn > signedOn)
      throw conflict({
        ru: 'Протокол составляется по окончании обучения (п. 22): обучения до этого дня не записано.',
        kk: 'Хаттама оқыту аяқталғаннан кейін жасалады (22-тармақ): бұл күнге дейін оқыту жазылмаған.',
        en: 'The protocol is made after training (п. 22): no training before that day is on record.',
      })
    const [exists] = await protocolsOf(tx, [serviceId])
    if (exists !== undefined) throw signed(exists.signedOn)

    const visibleFrom = termOf(await loadCalendar(tx), '23', signedOn).date
    const id = newId('ptc')
    const fileSha256 = sha256(file.bytes)
    await tx.db.insert(acceptanceProtocol).values({
      id,
      serviceId,
      number: input.number,
      signedOn,
      centreSignatory: input.centreSignatory,
      agencySignatory: input.agencySignatory,
      fileName: file.name,
      fileType: file.type,
      fileSize: file.bytes.length,
      fileSha256,
      file: file.bytes,
      createdAt: tx.now(),
      actorKind: tx.actor.kind,
      actorId: tx.actor.id,
    })
    await emit(tx, {
      type: 'protocol.signed',
      subjectId: serviceId,
      payload: { protocolId: id, signedOn, fileSha256, visibleFrom },
    })
    await startDeadline(tx, {
      agencyId: held.agencyId,
      serviceId,
      kind: held.kind,
      point: '23',
      event: signedOn,
      cause: id,
    })
    const [row] = await protocolsOf(tx, [serviceId])
    if (row === undefined) throw new Error('A protocol was not written')
    return row
  })

/** @param day of the protocol that is there */
const signed = (day: string) =>
  conflict({
    ru: `Протокол уже есть: подписан ${printedDay(day)}. Если в нём ошибка, аннулируйте его.`,
    kk: `Хаттама бар: ${printedDay(day)} қол қойылған. Онда қате болса, күшін жойыңыз.`,
    en: `There is a protocol already, signed on ${printedDay(day)}. If it is wrong, annul it.`,
  })
