import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { answer } from './answers.ts'
import { service } from './services.ts'

const day = (name: string) => date(name, { mode: 'string' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const LANGS = ['ru', 'kk'] as const

/** Ways by which the centre is reached (п. 7). */
export const INQUIRY_CHANNELS = ['call', 'e-mail'] as const
export const INQUIRY_STATUSES = ['registered', 'in-work', 'answered', 'closed'] as const
/** Persons and state bodies (п. 4, 34). */
export const ASKERS = ['citizen', 'state-body'] as const
export const SPEAKERS = ['caller', 'operator'] as const

/** The last number of registration of each year. */
export const inquiryCounter = pgTable('inquiry_counter', {
  year: integer('year').primaryKey(),
  last: integer('last').notNull(),
})

/** A question that somebody brought to the centre, with the fields of Appendix 2. */
export const inquiry = pgTable(
  'inquiry',
  {
    id: text('id').primaryKey(),
    /** Number of registration: `2026-000001`. */
    number: text('number').notNull().unique(),
    channel: text('channel', { enum: INQUIRY_CHANNELS }).notNull(),
    lang: text('lang', { enum: LANGS }).notNull(),
    asker: text('asker', { enum: ASKERS }).notNull(),
    /** Name of the state body that asks. */
    body: text('body'),
    region: text('region'),
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    contactEmail: text('contact_email'),
    /** Personal data in subject, content and measures is masked. */
    subject: text('subject').notNull(),
    content: text('content').notNull(),
    serviceId: text('service_id').references(() => service.id),
    status: text('status', { enum: INQUIRY_STATUSES }).notNull(),
    measures: text('measures'),
    operatorId: text('operator_id'),
    /** Grows with each change: two people cannot both win. */
    revision: integer('revision').notNull(),
    registeredAt: at('registered_at').notNull(),
    /** Days in Asia/Almaty. */
    registeredOn: day('registered_on').notNull(),
    /** Last day of the term of п. 8; null for a call, which is answered at once. */
    dueOn: day('due_on'),
    answeredAt: at('answered_at'),
    answeredOn: day('answered_on'),
    closedAt: at('closed_at'),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('inquiry_registered').on(table.registeredAt, table.id),
    index('inquiry_status').on(table.status, table.dueOn),
  ],
)

/** What was done to a letter on the way in. */
export const LETTER_REMARKS = [
  'from-html',
  'from-plain',
  'images-not-loaded',
  'text-cut',
  'letter-cut',
  'no-text',
  'bad-encoding',
] as const
export type LetterRemark = (typeof LETTER_REMARKS)[number]

/** A letter as it came or went. Personal: it is read with an event, and stands in no list. */
export const letter = pgTable(
  'letter',
  {
    id: text('id').primaryKey(),
    inquiryId: text('inquiry_id')
      .notNull()
      .references(() => inquiry.id),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    /** With its angle brackets (RFC 5322, 3.6.4); made of the text where the sender gave none. */
    messageId: text('message_id').notNull().unique(),
    inReplyTo: text('in_reply_to'),
    references: jsonb('references').$type<string[]>().notNull(),
    fromName: text('from_name'),
    fromAddress: text('from_address').notNull(),
    toAddress: text('to_address'),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    /** Text that its writer's program does not show: kept and shown as such, never read as his words. */
    hiddenText: text('hidden_text'),
    /** What was done to it on the way in, by name. */
    remarks: jsonb('remarks').$type<LetterRemark[]>().notNull().default([]),
    at: at('at').notNull(),
  },
  (table) => [index('letter_inquiry').on(table.inquiryId, table.at)],
)

export interface DraftPart {
  /** As found in the letter, personal data masked. */
  question: string
  answerId: string
  status: 'answered' | 'partial' | 'no_answer'
  /** It stays to be answered after this reply. */
  isOpen: boolean
  /** What was asked back; of drafts before it was kept, nothing. */
  clarify?: {
    question: string
    choices: { label: string; within: { actId?: string | undefined; articleId?: string | undefined } }[]
  } | null
}

export interface ReplyChange {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** A reply as it was drafted, and as it was sent. */
export const replyDraft = pgTable(
  'reply_draft',
  {
    id: text('id').primaryKey(),
    inquiryId: text('inquiry_id')
      .notNull()
      .references(() => inquiry.id),
    letterId: text('letter_id')
      .notNull()
      .references(() => letter.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    /** open → sending → sent; `superseded` by a newer draft. */
    state: text('state', { enum: ['open', 'sending', 'sent', 'superseded'] }).notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    parts: jsonb('parts').$type<DraftPart[]>().notNull(),
    /** Questions of the letter beyond the most that are answered at once. */
    unread: integer('unread').notNull(),
    /** Sentences of the letter that speak to a model, masked. */
    leftOut: jsonb('left_out').$type<string[]>().notNull(),
    madeAt: at('made_at').notNull(),
    madeBy: text('made_by').notNull(),
    messageId: text('message_id').notNull(),
    sendingSince: at('sending_since'),
    /** What was sent, and its difference from what was drafted. */
    sentText: text('sent_text'),
    changes: jsonb('changes').$type<ReplyChange[]>(),
    isEdited: boolean('is_edited'),
    /** Labels of sources that had changed since the draft, which the operator knew. */
    knownChanges: jsonb('known_changes').$type<string[]>(),
    sentLetterId: text('sent_letter_id').references(() => letter.id),
    sentAt: at('sent_at'),
    sentBy: text('sent_by'),
    /** How it left: which mailer. */
    sentThrough: text('sent_through'),
  },
  (table) => [index('reply_draft_inquiry').on(table.inquiryId, table.madeAt)],
)

/** A conversation that telephony tells of. */
export const call = pgTable(
  'call',
  {
    id: text('id').primaryKey(),
    /** Telephony's own id. */
    externalId: text('external_id').notNull().unique(),
    state: text('state', { enum: ['live', 'ended'] }).notNull(),
    operatorId: text('operator_id'),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
    /** When something of it came last. */
    heardAt: at('heard_at').notNull(),
    /** Grows with each change of its transcript. */
    revision: integer('revision').notNull(),
    inquiryId: text('inquiry_id').references(() => inquiry.id),
    /** When its transcript was deleted. */
    forgottenAt: at('forgotten_at'),
  },
  (table) => [index('call_state').on(table.state, table.startedAt)],
)

/** What was said, a stretch of one speaker a row. Personal data is masked before it is stored. */
export const callSegment = pgTable(
  'call_segment',
  {
    callId: text('call_id')
      .notNull()
      .references(() => call.id),
    /** Telephony's own id of the stretch. */
    segmentId: text('segment_id').notNull(),
    /** Its place in the conversation. */
    ord: integer('ord').notNull(),
    speaker: text('speaker', { enum: SPEAKERS }).notNull(),
    text: text('text').notNull(),
    /** Of the recognised text: a lower one comes too late. */
    revision: integer('revision').notNull(),
    isFinal: boolean('is_final').notNull(),
    /** The call's own revision at its last change: what is new is found by it. */
    callRevision: integer('call_revision').notNull(),
    /** Kinds of personal data that were masked. */
    masked: jsonb('masked').$type<string[]>().notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.segmentId] })],
)

/** Answers that were put before the operator during a call. */
export const callAnswer = pgTable(
  'call_answer',
  {
    callId: text('call_id')
      .notNull()
      .references(() => call.id),
    answerId: text('answer_id')
      .notNull()
      .references(() => answer.id),
    /** The stretch that completed the question. */
    segmentId: text('segment_id').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.answerId] })],
)

/** What a call's notes say of it. */
export interface NoteFields {
  lang: 'ru' | 'kk'
  asker: 'citizen' | 'state-body'
  body: string | null
  region: string | null
  serviceId: string | null
  subject: string
  content: string
  measures: string
}

/** Notes of a call as they were proposed, and as an operator confirmed them. */
export const callNote = pgTable(
  'call_note',
  {
    id: text('id').primaryKey(),
    callId: text('call_id')
      .notNull()
      .references(() => call.id),
    proposed: jsonb('proposed').$type<NoteFields>().notNull(),
    /** `extract`, or the model as `provider/model`. */
    writer: text('writer').notNull(),
    /** The model's prompt and its hash; null for an extract. */
    prompt: jsonb('prompt').$type<{ name: string; hash: string } | null>(),
    fallback: jsonb('fallback').$type<{ from: string; reason: string } | null>(),
    /** Sentences of the model that did not hold, and why. */
    dropped: jsonb('dropped').$type<{ text: string; reason: string }[]>().notNull(),
    answers: jsonb('answers').$type<string[]>().notNull(),
    madeAt: at('made_at').notNull(),
    madeBy: text('made_by').notNull(),
    confirmed: jsonb('confirmed').$type<NoteFields | null>(),
    /** Word-level differences by field; only fields that were changed. */
    changes: jsonb('changes').$type<Record<string, ReplyChange[]> | null>(),
    inquiryId: text('inquiry_id').references(() => inquiry.id),
    confirmedAt: at('confirmed_at'),
    confirmedBy: text('confirmed_by'),
  },
  (table) => [
    index('call_note_call').on(table.callId, table.madeAt),
    uniqueIndex('call_note_inquiry').on(table.inquiryId),
  ],
)
