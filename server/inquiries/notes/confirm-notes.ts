import { and, eq, isNull } from 'drizzle-orm'
import { diffWords } from '#server/articles/diff-words.ts'
import { today, type Context } from '#server/context.ts'
import { call, callNote, inquiry, type NoteFields, type ReplyChange } from '#server/db/schema/inquiries.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { newId } from '#server/ids.ts'
import { callById, type NoteRow } from '../calls/call-queries.ts'
import { masked, type ContactFields } from '../mask.ts'
import { checkService } from '../register-inquiry.ts'
import { takeNumber } from '../take-number.ts'
import { CONFIRMED } from './draft-notes.ts'

/** Fields by name, as texts; those that differ with the words between. */
function changesOf(before: NoteFields, after: NoteFields): Record<string, ReplyChange[]> {
  const names = Object.keys(after) as (keyof NoteFields)[]
  return Object.fromEntries(
    names.flatMap((name) =>
      (before[name] ?? '') === (after[name] ?? '') ? [] : [[name, diffWords(before[name] ?? '', after[name] ?? '')]],
    ),
  )
}

/**
 * Registers the inquiry of a call by notes as the operator has confirmed them; what he changed is recorded word by word. Confirmed again, they
 * are refused.
 * @throws DomainError `not-found`, `conflict` (confirmed already), `validation-failed` (no such service)
 */
export async function confirmNotes(
  ctx: Context,
  input: { callId: string; noteId: string; fields: NoteFields; contact: ContactFields },
): Promise<NoteRow> {
  const { callId, noteId, contact } = input
  const held = await callById(ctx, callId)
  const fields: NoteFields = {
    ...input.fields,
    subject: masked(input.fields.subject),
    content: masked(input.fields.content),
    measures: masked(input.fields.measures),
  }
  return inTransaction(ctx, async (tx) => {
    await checkService(tx, fields.serviceId)
    const [note] = await tx.db
      .select()
      .from(callNote)
      .where(and(eq(callNote.id, noteId), eq(callNote.callId, callId)))
      .for('update')
    if (note === undefined) throw notFound('notes', noteId)
    const day = today(tx)
    const now = tx.now()
    const inquiryId = newId('inq')
    const number = await takeNumber(tx, { day })
    await tx.db.insert(inquiry).values({
      id: inquiryId,
      number,
      channel: 'call',
      lang: fields.lang,
      asker: fields.asker,
      body: fields.body,
      region: fields.region,
      contactName: contact.name,
      contactPhone: contact.phone,
      contactEmail: contact.email,
      subject: fields.subject,
      content: fields.content,
      serviceId: fields.serviceId,
      status: 'answered',
      measures: fields.measures === '' ? null : fields.measures,
      operatorId: held.operatorId ?? tx.actor.id,
      revision: 1,
      registeredAt: now,
      registeredOn: day,
      dueOn: null,
      answeredAt: held.endedAt ?? now,
      answeredOn: day,
      updatedAt: now,
    })
    // Of two who confirm, the one that gives the call its inquiry wins.
    const [won] = await tx.db
      .update(call)
      .set({ inquiryId })
      .where(and(eq(call.id, callId), isNull(call.inquiryId)))
      .returning({ id: call.id })
    if (won === undefined) throw new DomainError('conflict', CONFIRMED.ru, { said: CONFIRMED })
    const changes = changesOf(note.proposed, fields)
    const [row] = await tx.db
      .update(callNote)
      .set({ confirmed: fields, changes, inquiryId, confirmedAt: now, confirmedBy: tx.actor.id })
      .where(eq(callNote.id, noteId))
      .returning()
    if (row === undefined) throw new Error('the notes were not confirmed')
    await emit(tx, {
      type: 'inquiry.registered',
      subjectId: inquiryId,
      payload: { number, channel: 'call', dueOn: null },
    })
    await emit(tx, {
      type: 'call-notes.confirmed',
      subjectId: callId,
      payload: { noteId, inquiryId, changed: Object.keys(changes) },
    })
    return row
  })
}
