import { bigint, boolean, customType, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { inquiry, letter } from './inquiries.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Why the content of an attachment is not kept. */
export const LEFT_OUT = ['too-large', 'too-many', 'total', 'letter-cut'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** What came with a letter. Nobody interprets it: it is kept to be downloaded. */
export const letterAttachment = pgTable(
  'letter_attachment',
  {
    id: text('id').primaryKey(),
    letterId: text('letter_id')
      .notNull()
      .references(() => letter.id),
    ord: integer('ord').notNull(),
    name: text('name').notNull(),
    /** As the sender declares it; nothing is served as that. */
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256'),
    content: bytes('content'),
    /** Null: the content is kept. */
    leftOut: text('left_out', { enum: LEFT_OUT }),
  },
  (table) => [index('letter_attachment_letter').on(table.letterId, table.ord)],
)

/** A folder of a mailbox that letters are read from, and how far. One process at a time reads it. */
export const mailbox = pgTable('mailbox', {
  /** Account and folder, without a password. */
  id: text('id').primaryKey(),
  /** UIDVALIDITY of RFC 9051, 2.3.1.1; null before the first look. */
  uidValidity: text('uid_validity'),
  /** Letters up to this UID are taken. */
  lastUid: bigint('last_uid', { mode: 'number' }).notNull(),
  /** The letter that is being taken, and how often that was begun: what a process dies of, or is stalled by, is kept apart in the end. */
  tryingUid: bigint('trying_uid', { mode: 'number' }),
  tries: integer('tries').notNull().default(0),
  /** The process that reads, and until when by the database's clock it does so without saying it again. */
  holder: text('holder'),
  heldUntil: at('held_until'),
  /** What the reading process last said of its connection. */
  state: text('state', { enum: ['connecting', 'connected', 'failed', 'stopped'] }).notNull(),
  stateAt: at('state_at').notNull(),
  lastLetterAt: at('last_letter_at'),
  /** The last failure, by name; it stays when the connection is there again. */
  lastError: text('last_error'),
  lastErrorAt: at('last_error_at'),
})

/** What became of a letter of the mailbox. */
const MAILBOX_OUTCOMES = ['registered', 'joined', 'duplicate', 'apart'] as const
/** Why a letter is kept apart. `breaks-reader`: processes that read it were gone, again and again; nobody reads it any more. */
export const APART_REASONS = [
  'bounce',
  'auto-reply',
  'bulk',
  'own',
  'no-sender',
  'unreadable',
  'breaks-reader',
] as const
export type ApartReason = (typeof APART_REASONS)[number]

/** Every letter that was taken from a mailbox: its place there, and what became of it. */
export const mailboxLetter = pgTable(
  'mailbox_letter',
  {
    id: text('id').primaryKey(),
    mailboxId: text('mailbox_id')
      .notNull()
      .references(() => mailbox.id),
    uidValidity: text('uid_validity').notNull(),
    uid: bigint('uid', { mode: 'number' }).notNull(),
    /** SHA-256 of its bytes: the same letter under another UID. */
    digest: text('digest').notNull(),
    bytes: integer('bytes').notNull(),
    outcome: text('outcome', { enum: MAILBOX_OUTCOMES }).notNull(),
    /** Of one kept apart. */
    reason: text('reason', { enum: APART_REASONS }),
    fromName: text('from_name'),
    fromAddress: text('from_address'),
    subject: text('subject').notNull(),
    /** The inquiry that it became or joined, or that a bounce or automatic reply speaks of. */
    inquiryId: text('inquiry_id').references(() => inquiry.id),
    /** Of one kept apart, so that somebody can look at it and register it after all. */
    source: bytes('source'),
    /** False: it is over the bound, and only its beginning was read. */
    isWhole: boolean('is_whole').notNull(),
    receivedAt: at('received_at').notNull(),
    takenAt: at('taken_at').notNull(),
    /** Somebody has looked at it and wants it no more on his list. */
    settledAt: at('settled_at'),
    settledBy: text('settled_by'),
  },
  (table) => [
    uniqueIndex('mailbox_letter_uid').on(table.mailboxId, table.uidValidity, table.uid),
    index('mailbox_letter_digest').on(table.mailboxId, table.digest),
    index('mailbox_letter_apart').on(table.outcome, table.takenAt, table.id),
    index('mailbox_letter_inquiry').on(table.inquiryId),
  ],
)
