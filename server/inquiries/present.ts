import type { z } from 'zod'
import { today } from '#server/context.ts'
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

/** @param shown.contact whole: only for whoever works on it */
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
    subject: row.subject,
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

/** @param hidden for the supervising body: what was asked and answered, not by whom; the names to hide */
export function presentLetter(row: LetterRow, hidden: readonly string[] | null): z.infer<typeof LetterSchema> {
  const isMasked = hidden !== null
  const hide = (text: string): string => (isMasked ? withoutNames(masked(text), hidden, '[имя]') : text)
  const address = (text: string): string =>
    isMasked ? (maskContact({ name: null, phone: null, email: text }).email ?? '') : text
  return {
    id: row.id,
    direction: row.direction,
    messageId: row.messageId,
    from: {
      name:
        row.fromName === null
          ? null
          : isMasked
            ? maskContact({ name: row.fromName, phone: null, email: null }).name
            : row.fromName,
      address: address(row.fromAddress),
    },
    to: row.toAddress === null ? null : address(row.toAddress),
    subject: hide(row.subject),
    text: hide(row.text),
    at: row.at.toISOString(),
  }
}
