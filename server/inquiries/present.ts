import type { z } from 'zod'
import { today } from '#server/context.ts'
import type { AttachmentRow } from './attachments/attachment-queries.ts'
import { maskContact, masked } from './mask.ts'
import { withoutNames } from './questions/read-letter.ts'
import type { InquiryRow, LetterRow, Names } from './queries.ts'
import type { LetterSchema, ListedInquirySchema } from './schema.ts'

/** Late: answered, or closed without an answer, after the last day, or neither when it has passed. Pure. */
export const isOverdue = (
  row: Pick<InquiryRow, 'dueOn' | 'answeredOn' | 'status' | 'closedAt'>,
  day: string,
): boolean => {
  const { closedAt } = row
  const closedOn = row.status === 'closed' && closedAt !== null ? today({ now: () => closedAt }) : null
  return row.dueOn !== null && (row.answeredOn ?? closedOn ?? day) > row.dueOn
}

/** What the supervising body reads: personal data and the writer's name, as it is written in the contact, hidden. Pure. */
export const hideFrom =
  (names: readonly string[]) =>
  (text: string): string =>
    withoutNames(masked(text), names, '[имя]')

/** @param shown.contact whole: only for whoever works on it; masked, the name is out of the subject as well */
export function presentListedInquiry(
  row: InquiryRow,
  names: Names,
  shown: { today: string; contact: 'whole' | 'masked' },
): z.infer<typeof ListedInquirySchema> {
  const contact = { name: row.contactName, phone: row.contactPhone, email: row.contactEmail }
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    lang: row.lang,
    asker: row.asker,
    body: row.body,
    region: row.region,
    subject:
      shown.contact === 'whole'
        ? row.subject
        : hideFrom(row.contactName === null ? [] : [row.contactName])(row.subject),
    service: row.serviceId === null ? null : (names.services.get(row.serviceId) ?? null),
    status: row.status,
    operator: row.operatorId === null ? null : { id: row.operatorId, name: names.people.get(row.operatorId) ?? '' },
    contact: shown.contact === 'whole' ? contact : maskContact(contact),
    registeredAt: row.registeredAt.toISOString(),
    registeredOn: row.registeredOn,
    dueOn: row.dueOn,
    overdue: isOverdue(row, shown.today),
    answeredOn: row.answeredOn,
  }
}

/** A letter, for whoever works on it. */
export const presentLetter = (row: LetterRow, attachments: readonly AttachmentRow[]): z.infer<typeof LetterSchema> => ({
  id: row.id,
  direction: row.direction,
  messageId: row.messageId,
  from: { name: row.fromName, address: row.fromAddress },
  to: row.toAddress,
  subject: row.subject,
  text: row.text,
  hidden: row.hiddenText,
  remarks: row.remarks,
  attachments: attachments
    .filter(({ letterId }) => letterId === row.id)
    .map(({ id, name, type, bytes, leftOut }) => ({ id, name, type, bytes, leftOut })),
  at: row.at.toISOString(),
})
