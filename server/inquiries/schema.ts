import { z } from '@hono/zod-openapi'
import {
  AnswerSchema,
  AnswerSentenceSchema,
  AnswerStatusSchema,
  ClarificationSchema,
  FallbackReasonSchema,
  FallbackSchema,
  GuidanceSchema,
} from '#server/answers/schema.ts'
import { DiffPartSchema } from '#server/articles/schema.ts'
import { ASKERS, INQUIRY_CHANNELS, INQUIRY_STATUSES, LETTER_REMARKS, SPEAKERS } from '#server/db/schema/inquiries.ts'
import { APART_REASONS, LEFT_OUT } from '#server/db/schema/mailbox.ts'
import { withWords } from '#server/http/describe-issue.ts'
import { CompetenceSchema, DaySchema, LangSchema } from '#server/http/wire.ts'
import { PageQuerySchema } from '#server/http/paging.ts'

/** One line, without what could end a header. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine(
      (text) => !/[\p{Cc}\u2028\u2029]/u.test(text),
      withWords({
        ru: 'Только одна строка, без управляющих знаков',
        kk: 'Басқару белгілерісіз бір жол ғана',
        en: 'One line only, without control characters',
      }),
    )
/** A line of somebody's letter: what slips into headers is no reason to refuse it; a line break is an attempt at a header. */
const headerLine = (longest: number) =>
  z
    .string()
    .overwrite((text) =>
      text
        .replaceAll(/[^\P{Cc}\r\n]+|[\u2028\u2029]+/gu, ' ')
        .replaceAll(/ {2,}/gu, ' ')
        .trim(),
    )
    .max(longest)
    .refine(
      (text) => !/[\r\n]/u.test(text),
      withWords({
        ru: 'Только одна строка, без переводов строки',
        kk: 'Жол ауыстырусыз бір жол ғана',
        en: 'One line only, without line breaks',
      }),
    )
const block = (longest: number) => z.string().trim().max(longest)

const LETTER_CHARACTERS = 50_000
export const REPLY_CHARACTERS = 20_000
const MOST_REFERENCES = 100
const isMessageId = (text: string): boolean => text.length <= 300 && /^<[^<>\s\p{Cc}]+>$/u.test(text)
const MessageId = z
  .string()
  .trim()
  .max(300)
  .refine(
    isMessageId,
    withWords({
      ru: 'Идентификатор письма в угловых скобках, как в заголовке Message-ID',
      kk: 'Хаттың Message-ID тақырыбындағыдай бұрыштық жақшадағы идентификаторы',
      en: 'The identifier of the letter in angle brackets, as in its Message-ID',
    }),
  )

export const ChannelSchema = z.enum(INQUIRY_CHANNELS).openapi('InquiryChannel', { description: 'п. 7' })
export const InquiryStatusSchema = z.enum(INQUIRY_STATUSES).openapi('InquiryStatus')
export const AskerSchema = z.enum(ASKERS).openapi('Asker', { description: 'Persons and state bodies (п. 4)' })

export const ContactFieldsSchema = z.strictObject({
  name: line(200).nullable().default(null),
  phone: line(40)
    .regex(/^[+\d][\d\s()-]{3,}$/u, 'Номер телефона: цифры, пробелы, скобки, дефис')
    .nullable()
    .default(null),
  email: z.email().max(254).nullable().default(null),
})

export const IncomingLetterSchema = z
  .strictObject({
    messageId: MessageId.optional().openapi({
      description:
        'Of the header Message-ID: the same letter, of one sender with the same words and files, is registered once. Default: made of sender, subject and text',
    }),
    inReplyTo: z
      .string()
      .nullable()
      .overwrite((text) => (text !== null && isMessageId(text.trim()) ? text.trim() : null))
      .default(null)
      .openapi({ description: 'What is no message id counts as none' }),
    references: z
      .array(z.string())
      .overwrite((ids) =>
        ids
          .map((id) => id.trim())
          .filter(isMessageId)
          .slice(-MOST_REFERENCES),
      )
      .default([])
      .openapi({ description: 'What is no message id is left out; of more than a hundred the last ones count' }),
    from: z.strictObject({ name: headerLine(200).nullable().default(null), address: z.email().max(254) }),
    subject: headerLine(998).default(''),
    text: z
      .string()
      .overwrite((text) => text.replaceAll(/[^\P{Cc}\r\n\t]/gu, ''))
      .min(1)
      .max(LETTER_CHARACTERS)
      .openapi({ description: 'Plain text of the letter' }),
    receivedAt: z.iso.datetime({ offset: true }).optional(),
    attachments: z
      .array(
        z.strictObject({
          name: headerLine(200).refine(
            (name) => name !== '',
            withWords({ ru: 'Имя файла', kk: 'Файл атауы', en: 'A name of the file' }),
          ),
          type: z
            .string()
            .regex(/^[\w.+-]{1,60}\/[\w.+-]{1,80}$/u, 'Тип файла, например application/pdf')
            .default('application/octet-stream'),
          content: z.base64('Содержимое файла в base64'),
        }),
      )
      .max(100)
      .default([])
      .openapi({
        description:
          'Kept to be downloaded, never interpreted: at most 20, 10 MiB each; of more than that name and size are recorded. A request may have 11 MiB',
      }),
  })
  .openapi('IncomingLetter')

const shared = {
  lang: LangSchema.optional().openapi({ description: 'Default: recognised' }),
  asker: AskerSchema.default('citizen'),
  body: line(300).min(2).nullable().default(null).openapi({ description: 'Name of the state body that asks' }),
  region: line(200).nullable().default(null),
  serviceId: z.string().max(64).nullable().default(null),
}

export const NewInquirySchema = z
  .discriminatedUnion('channel', [
    z.strictObject({ channel: z.literal('e-mail'), letter: IncomingLetterSchema, ...shared }),
    z.strictObject({
      channel: z.literal('call'),
      subject: line(300).min(2),
      content: block(4000).min(2),
      measures: block(4000).nullable().default(null),
      contact: ContactFieldsSchema.default({ name: null, phone: null, email: null }),
      ...shared,
    }),
  ])
  .openapi('NewInquiry')
export type NewInquiry = z.infer<typeof NewInquirySchema>

export const InquiryChangeSchema = z
  .strictObject({
    revision: z.number().int().min(1).openapi({ description: 'Of the inquiry as it was read' }),
    status: z.enum(['in-work', 'answered', 'closed']).optional(),
    take: z.literal(true).optional().openapi({ description: 'The caller answers for it from now on' }),
    asker: AskerSchema.optional(),
    body: line(300).min(2).nullable().optional(),
    region: line(200).nullable().optional(),
    serviceId: z.string().max(64).nullable().optional(),
    subject: line(300).min(2).optional(),
    content: block(4000).min(2).optional(),
    measures: block(4000).nullable().optional(),
  })
  .openapi('InquiryChange')
export type InquiryChange = z.infer<typeof InquiryChangeSchema>

const listed = {
  id: z.string(),
  number: z.string().openapi({ example: '2026-000001' }),
  channel: ChannelSchema,
  lang: LangSchema,
  asker: AskerSchema,
  body: z.string().nullable(),
  region: z.string().nullable(),
  subject: z.string().openapi({ description: 'Personal data is masked' }),
  service: z.object({ id: z.string(), registryNumber: z.string(), name: z.string() }).nullable(),
  status: InquiryStatusSchema,
  operator: z.object({ id: z.string(), name: z.string() }).nullable(),
  contact: z
    .object({ name: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() })
    .openapi({
      description: 'In lists, and for the supervising body, all but the first letter and the last digits is hidden',
    }),
  registeredAt: z.string(),
  registeredOn: DaySchema,
  dueOn: DaySchema.nullable().openapi({ description: 'Of a letter: the last day of two working days (п. 8)' }),
  overdue: z.boolean().openapi({ description: 'Answered after that day, or not answered though it has passed' }),
  answeredOn: DaySchema.nullable(),
}
export const ListedInquirySchema = z.object(listed).openapi('ListedInquiry')

export const AttachmentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string().openapi({ description: 'As the sender declares it' }),
    bytes: z.number().int(),
    leftOut: z
      .enum(LEFT_OUT)
      .nullable()
      .openapi({ description: 'Null: it can be downloaded; otherwise why its content is not kept' }),
  })
  .openapi('Attachment')

export const LetterSchema = z
  .object({
    id: z.string(),
    direction: z.enum(['in', 'out']),
    messageId: z.string(),
    from: z.object({ name: z.string().nullable(), address: z.string() }),
    to: z.string().nullable(),
    subject: z.string(),
    text: z.string(),
    hidden: z
      .string()
      .nullable()
      .openapi({ description: 'Text that the writer’s program does not show; nothing reads it as his words' }),
    remarks: z.array(z.enum(LETTER_REMARKS)).openapi({ description: 'What was done to it on the way in' }),
    attachments: z.array(AttachmentSchema),
    at: z.string(),
  })
  .openapi('Letter')

export const ReplyPartSchema = z
  .object({
    question: z.string(),
    answerId: z.string(),
    status: AnswerStatusSchema,
    sentences: z.array(AnswerSentenceSchema),
    guidance: GuidanceSchema.nullable(),
    competence: CompetenceSchema.nullable(),
    isOpen: z.boolean().openapi({ description: 'It stays to be answered after this reply' }),
    clarify: ClarificationSchema.nullable().openapi({ description: 'What the reply asks back, since several fit' }),
    answerer: z.string().openapi({ description: 'Whose sentences these are' }),
    model: z
      .object({ name: z.string() })
      .nullable()
      .openapi({ description: 'The chat model that was configured; null: none' }),
    fallback: FallbackSchema.nullable(),
    leftOut: z.array(z.string()).openapi({
      description: 'Sentences of the question that the chat model was not told, since they read like orders to it',
    }),
    quarantined: z
      .number()
      .int()
      .openapi({ description: 'How many passages it was not shown, since they read like orders to it' }),
  })
  .openapi('ReplyPart')

export const ChangedSourceSchema = z
  .object({ label: z.string(), actTitle: z.string(), url: z.string() })
  .openapi('ChangedSource', { description: 'Cited by the draft and not in force any more' })

export const ReplyDraftSchema = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'sending', 'sent', 'superseded']),
    lang: LangSchema,
    subject: z.string(),
    text: z.string(),
    parts: z.array(ReplyPartSchema).openapi({ description: 'What each question of the letter was answered with' }),
    unread: z
      .number()
      .int()
      .openapi({ description: 'Questions of the letter beyond the most that are answered at once' }),
    leftOut: z
      .array(z.string())
      .openapi({ description: 'Sentences of the letter that speak to a model; they were not asked' }),
    changedSources: z.array(ChangedSourceSchema),
    madeAt: z.string(),
    sent: z
      .object({
        text: z.string(),
        changes: z.array(DiffPartSchema).openapi({ description: 'Word by word, from the draft to what was sent' }),
        isEdited: z.boolean(),
        knownChanges: z.array(z.string()),
        at: z.string(),
        by: z.string(),
        through: z.string(),
      })
      .nullable(),
  })
  .openapi('ReplyDraft')

export const InquirySchema = z
  .object({
    ...listed,
    content: z.string().openapi({ description: 'Personal data is masked' }),
    measures: z.string().nullable(),
    revision: z.number().int(),
    letters: z.array(LetterSchema).openapi({ description: 'None for the supervising body' }),
    mailReports: z
      .array(z.object({ id: z.string(), reason: z.enum(APART_REASONS), subject: z.string(), at: z.string() }))
      .openapi({
        description:
          'Letters of programs that speak of our replies, such as that one did not arrive; none for the supervising body',
      }),
    draft: ReplyDraftSchema.nullable().openapi({ description: 'The newest one that is not superseded' }),
    call: z.object({ id: z.string(), answers: z.array(z.string()) }).nullable(),
    delivery: z
      .object({ delivers: z.boolean(), from: z.string() })
      .openapi({ description: 'False: replies are kept in a directory and go nowhere' }),
  })
  .openapi('Inquiry')

export const RegisteredInquirySchema = InquirySchema.extend({
  isNew: z.boolean().openapi({ description: 'False: this letter was registered before' }),
}).openapi('RegisteredInquiry')

export const InquiryListQuerySchema = PageQuerySchema.extend({
  channel: ChannelSchema.optional(),
  status: InquiryStatusSchema.optional(),
  state: z.enum(['open', 'overdue', 'mine']).optional().openapi({
    description: 'open: neither answered nor closed; overdue: open after its term; mine: the caller answers for it',
  }),
  q: line(200).min(1).optional().openapi({ description: 'Words of its subject, or its number' }),
})

export const SendReplySchema = z
  .strictObject({
    draftId: z.string().max(64),
    text: block(REPLY_CHARACTERS).min(10),
    acceptChanged: z.boolean().default(false).openapi({
      description: 'The operator was shown that sources have changed since the draft, and sends nevertheless',
    }),
    sendAgain: z.boolean().default(false).openapi({
      description:
        'A try ended without the server’s word; the operator takes it on himself that the letter may arrive twice',
    }),
    answersAll: z.boolean().default(false).openapi({
      description: 'The operator has answered what the draft leaves open: the inquiry does not stay in work',
    }),
    arrived: z.boolean().default(false).openapi({
      description:
        'A try ended without the server’s word; the operator knows that the letter has arrived: it is recorded, and nothing is sent',
    }),
  })
  .openapi('SendReply')
export type SendReply = z.infer<typeof SendReplySchema>

/** Telephony. */

const TelephonyCallId = z.string().min(1).max(200)
const Instant = z.iso.datetime({ offset: true })
const Speaker = z.enum(SPEAKERS)

export const TelephonyEventSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('call.started'),
      callId: TelephonyCallId,
      at: Instant,
      operator: z
        .email()
        .max(254)
        .optional()
        .openapi({ description: 'E-mail of the operator as a user of this system' }),
    }),
    z.strictObject({
      type: z.literal('transcript'),
      callId: TelephonyCallId,
      at: Instant,
      segment: z.strictObject({
        id: z.string().min(1).max(100).openapi({ description: 'The same for all versions of one stretch' }),
        order: z.number().int().min(0).max(100_000).openapi({ description: 'Its place in the conversation' }),
        speaker: Speaker,
        text: z.string().max(2000),
        revision: z.number().int().min(0).max(1_000_000).openapi({
          description: 'Grows with each version of its text; a lower one that comes later changes nothing',
        }),
        final: z.boolean().openapi({ description: 'Its text changes no more' }),
      }),
    }),
    z.strictObject({ type: z.literal('call.ended'), callId: TelephonyCallId, at: Instant }),
  ])
  .openapi('TelephonyEvent')
export type TelephonyEvent = z.infer<typeof TelephonyEventSchema>

export const TelephonyEventsSchema = z
  .union([TelephonyEventSchema, z.strictObject({ events: z.array(TelephonyEventSchema).min(1).max(200) })])
  .openapi('TelephonyEvents', { description: 'One event, or many in the order in which they happened' })

export const TakenEventsSchema = z
  .object({
    taken: z.number().int(),
    ignored: z
      .array(z.object({ at: z.number().int(), why: z.enum(['known', 'late', 'forgotten', 'too-many']) }))
      .openapi({
        description:
          'By place in the request: nothing new, too late, of a call whose transcript is deleted, or beyond the limit of a call',
      }),
  })
  .openapi('TakenTelephonyEvents')

export const SegmentSchema = z
  .object({
    id: z.string(),
    order: z.number().int(),
    speaker: Speaker,
    text: z.string().openapi({ description: 'Personal data is masked' }),
    final: z.boolean(),
  })
  .openapi('TranscriptSegment')
export type Segment = z.infer<typeof SegmentSchema>

export const ListedCallSchema = z
  .object({
    id: z.string(),
    state: z.enum(['live', 'ended']),
    operator: z.object({ id: z.string(), name: z.string() }).nullable(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    inquiryId: z.string().nullable(),
    isForgotten: z.boolean().openapi({ description: 'Its transcript is deleted' }),
  })
  .openapi('ListedCall')

export const NoteFieldsSchema = z
  .strictObject({
    lang: LangSchema,
    asker: AskerSchema,
    body: line(300).min(2).nullable().default(null),
    region: line(200).nullable().default(null),
    serviceId: z.string().max(64).nullable().default(null),
    subject: line(300).min(2),
    content: block(4000).min(2),
    measures: block(4000),
  })
  .openapi('CallNoteFields')

export const CallNoteSchema = z
  .object({
    id: z.string(),
    fields: NoteFieldsSchema,
    service: z.object({ id: z.string(), registryNumber: z.string(), name: z.string() }).nullable(),
    writer: z.string().openapi({ description: '`extract`: the caller’s own sentences; else the model' }),
    fallback: z
      .object({ from: z.string(), reason: FallbackReasonSchema })
      .nullable()
      .openapi({ description: 'Not null: the model failed, and the extract stands in its place' }),
    dropped: z.number().int().openapi({ description: 'Sentences of the model that the transcript does not bear' }),
    answers: z.array(z.string()),
    inquiryId: z.string().nullable(),
    changes: z.record(z.string(), z.array(DiffPartSchema)).nullable(),
  })
  .openapi('CallNote')

export const CallSchema = ListedCallSchema.extend({
  segments: z.array(SegmentSchema),
  answers: z.array(
    AnswerSchema.pick({ answerId: true, status: true, lang: true, sentences: true }).extend({ question: z.string() }),
  ),
  note: CallNoteSchema.nullable(),
}).openapi('Call')

export const ConfirmNotesSchema = z
  .strictObject({
    noteId: z.string().max(64),
    fields: NoteFieldsSchema,
    contact: ContactFieldsSchema.default({ name: null, phone: null, email: null }),
  })
  .openapi('ConfirmCallNotes')

export type { ApartLetter } from './mailbox/mailbox-schema.ts'
