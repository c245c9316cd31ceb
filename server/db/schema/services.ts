import {
  boolean,
  customType,
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
import type {
  ActRequisites,
  ColumnKey,
  ParsedSubmission,
  Phone,
  SubmissionMessage,
  SubmittedService,
} from '#ingest/services/submission.ts'

const day = (name: string) => date(name, { mode: 'string' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const by = { actorKind: text('actor_kind').notNull(), actorId: text('actor_id').notNull() }
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Of a service of the state, or of another one in electronic form (п. 33). */
export const SERVICE_KINDS = ['state', 'electronic'] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** Fields of a service that a submission can change. */
export type ServiceField =
  | 'agency'
  | 'kind'
  | 'name'
  | 'byLaw'
  | 'changes'
  | 'webResources'
  | 'responsible'
  | 'contacts'

export interface FieldChange {
  field: ServiceField
  /** As people read it, a kind by its code and an agency by its id; null where there was nothing. */
  was: string | null
  now: string
}

/** A file or a list of rows that an agency sent (Appendix 1), accepted whole or refused whole. Immutable. */
export const serviceSubmission = pgTable(
  'service_submission',
  {
    id: text('id').primaryKey(),
    agencyId: text('agency_id').notNull(),
    kind: text('kind', { enum: SERVICE_KINDS }).notNull(),
    name: text('name').notNull(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    format: text('format'),
    encoding: text('encoding'),
    sheet: text('sheet'),
    columns: jsonb('columns').$type<ParsedSubmission['columns']>().notNull(),
    status: text('status', { enum: ['accepted', 'refused'] }).notNull(),
    messages: jsonb('messages').$type<SubmissionMessage[]>().notNull(),
    unlisted: integer('unlisted').notNull(),
    /** Services of the agency that it does not mention; they stay. */
    absent: jsonb('absent').$type<string[]>().notNull(),
    /** Day of receipt in Almaty. */
    receivedOn: day('received_on').notNull(),
    receivedAt: at('received_at').notNull(),
    ...by,
  },
  (table) => [
    index('service_submission_agency').on(table.agencyId, table.receivedAt),
    index('service_submission_bytes').on(table.agencyId, table.sha256),
  ],
)

export const submissionRow = pgTable(
  'submission_row',
  {
    submissionId: text('submission_id')
      .notNull()
      .references(() => serviceSubmission.id),
    row: integer('row').notNull(),
    raw: jsonb('raw').$type<Record<ColumnKey, string>>().notNull(),
    service: jsonb('service').$type<SubmittedService>(),
    serviceId: text('service_id'),
    /** Against what was held; null in a refused submission. */
    change: text('change', { enum: ['added', 'changed', 'unchanged'] }),
    fields: jsonb('fields').$type<FieldChange[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.submissionId, table.row] })],
)

/** A service as its agency stated it last. */
export const service = pgTable(
  'service',
  {
    id: text('id').primaryKey(),
    agencyId: text('agency_id').notNull(),
    /** Nobody has said whose it is: whoever submits it under its name takes it over. */
    agencyAssumed: boolean('agency_assumed').notNull().default(false),
    kind: text('kind', { enum: SERVICE_KINDS }).notNull(),
    registryNumber: text('registry_number').notNull(),
    name: text('name').notNull(),
    byLaw: jsonb('by_law').$type<ActRequisites>().notNull(),
    changes: jsonb('changes').$type<ActRequisites[]>().notNull(),
    webResources: jsonb('web_resources').$type<string[]>().notNull(),
    submissionId: text('submission_id')
      .notNull()
      .references(() => serviceSubmission.id),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [uniqueIndex('service_registry_number').on(table.agencyId, table.registryNumber)],
)

/** Who answers for the information on a service (п. 20, 27), on [since, until). */
export const responsiblePerson = pgTable(
  'responsible_person',
  {
    id: text('id').primaryKey(),
    serviceId: text('service_id')
      .notNull()
      .references(() => service.id),
    /** From 0: the first of a submission is the responsible person, others stand beside. */
    ord: integer('ord').notNull(),
    name: text('name').notNull(),
    post: text('post').notNull(),
    phones: jsonb('phones').$type<Phone[]>().notNull(),
    emails: jsonb('emails').$type<string[]>().notNull(),
    /** Day of the replacement by notice (п. 27); by Appendix 1, which does not say it, the day of receipt. */
    since: day('since').notNull(),
    until: day('until'),
    replaces: text('replaces'),
    /** Day on which the centre was told. */
    toldOn: day('told_on').notNull(),
    submissionId: text('submission_id'),
    createdAt: at('created_at').notNull(),
    ...by,
  },
  (table) => [index('responsible_person_service').on(table.serviceId, table.since)],
)

/** Training of the centre's staff on a service (п. 21). */
export const serviceTraining = pgTable(
  'service_training',
  {
    id: text('id').primaryKey(),
    serviceId: text('service_id')
      .notNull()
      .references(() => service.id),
    heldOn: day('held_on').notNull(),
    trainer: text('trainer').notNull(),
    trainees: jsonb('trainees').$type<string[]>().notNull(),
    note: text('note'),
    createdAt: at('created_at').notNull(),
    ...by,
  },
  (table) => [index('service_training_service').on(table.serviceId, table.heldOn)],
)

export interface Signatory {
  name: string
  post: string
}

/** The protocol of acceptance, signed by both sides (п. 22), with its file. One a service, beside those that were annulled. */
export const acceptanceProtocol = pgTable(
  'acceptance_protocol',
  {
    id: text('id').primaryKey(),
    serviceId: text('service_id')
      .notNull()
      .references(() => service.id),
    number: text('number'),
    signedOn: day('signed_on').notNull(),
    centreSignatory: jsonb('centre_signatory').$type<Signatory>().notNull(),
    agencySignatory: jsonb('agency_signatory').$type<Signatory>().notNull(),
    fileName: text('file_name').notNull(),
    fileType: text('file_type').notNull(),
    fileSize: integer('file_size').notNull(),
    fileSha256: text('file_sha256').notNull(),
    file: bytes('file').notNull(),
    createdAt: at('created_at').notNull(),
    ...by,
  },
  (table) => [index('acceptance_protocol_service').on(table.serviceId)],
)

export const PROTECTIONS = ['none', 'state-secret', 'commercial-secret', 'other-secret'] as const
export type Protection = (typeof PROTECTIONS)[number]

/** What an agency tells of a service beside Appendix 1 (п. 24, 25). Only `none` may ever be shown or searched. */
export const serviceInformation = pgTable(
  'service_information',
  {
    id: text('id').primaryKey(),
    serviceId: text('service_id')
      .notNull()
      .references(() => service.id),
    text: text('text').notNull(),
    protection: text('protection', { enum: PROTECTIONS }).notNull(),
    createdAt: at('created_at').notNull(),
    ...by,
  },
  (table) => [index('service_information_service').on(table.serviceId, table.createdAt)],
)

export const ANNULLABLE = ['training', 'protocol', 'information'] as const

/**
 * That a record was a mistake: the record itself stays as it was written, and no longer counts. Once a record.
 */
export const recordAnnulment = pgTable(
  'record_annulment',
  {
    id: text('id').primaryKey(),
    serviceId: text('service_id')
      .notNull()
      .references(() => service.id),
    kind: text('kind', { enum: ANNULLABLE }).notNull(),
    recordId: text('record_id').notNull().unique(),
    reason: text('reason').notNull(),
    /** Of information that was marked anew: the record that says it now. */
    replacedBy: text('replaced_by'),
    at: at('at').notNull(),
    ...by,
  },
  (table) => [index('record_annulment_service').on(table.serviceId, table.at)],
)

/** A clock of the Rules: what started it, how long it runs, when it ends. */
export const serviceDeadline = pgTable(
  'service_deadline',
  {
    id: text('id').primaryKey(),
    agencyId: text('agency_id').notNull(),
    serviceId: text('service_id').references(() => service.id),
    kind: text('kind', { enum: SERVICE_KINDS }).notNull(),
    point: text('point', { enum: ['20', '21', '23', '26', '27'] }).notNull(),
    /** Day of the event, and what it was: an act's requisites, or the id of a submission, a person or a protocol. */
    event: day('event').notNull(),
    cause: text('cause').notNull(),
    /** Working days. */
    workingDays: integer('working_days').notNull(),
    /** As the calendar counts it: counted anew when the calendar changes. */
    dueOn: day('due_on').notNull(),
    metOn: day('met_on'),
    metBy: text('met_by'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    index('service_deadline_agency').on(table.agencyId, table.dueOn),
    index('service_deadline_service').on(table.serviceId),
  ],
)

export interface ChangedPoint {
  eid: string
  label: string
}

/**
 * A request to bring information up to date after an act was amended (п. 26): one a service (or, of an article that names only its
 * agency, one an agency) and amending act. Its clock is `deadlineId`.
 */
export const updateRequest = pgTable(
  'update_request',
  {
    id: text('id').primaryKey(),
    /** Of what and because of which act: asked once. */
    key: text('key').notNull().unique(),
    agencyId: text('agency_id').notNull(),
    serviceId: text('service_id').references(() => service.id),
    /** Who answered for the service when it was asked; null: nobody. */
    personId: text('person_id').references(() => responsiblePerson.id),
    /** The act that was amended, and the one that amends it. */
    actId: text('act_id').notNull(),
    act: text('act').notNull(),
    amendedBy: jsonb('amended_by').$type<{ kind: string; date: string; number: string }>().notNull(),
    points: jsonb('points').$type<ChangedPoint[]>().notNull(),
    /** Path of the difference in the workspace. */
    url: text('url').notNull(),
    requestedOn: day('requested_on').notNull(),
    deadlineId: text('deadline_id').references(() => serviceDeadline.id),
    /** By its clock; null where the calendar does not reach. */
    dueOn: day('due_on'),
    state: text('state', { enum: ['open', 'answered', 'withdrawn'] }).notNull(),
    /** «Изменений не требуется», or why it was withdrawn; null: answered by Appendix 1. */
    answer: text('answer'),
    /** Of the answer (п. 25): anything but `none` is for the agency alone. */
    answerProtection: text('answer_protection', { enum: PROTECTIONS }).notNull().default('none'),
    closedOn: day('closed_on'),
    closedBy: text('closed_by'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    index('update_request_agency').on(table.agencyId, table.state),
    index('update_request_deadline').on(table.deadlineId),
  ],
)
