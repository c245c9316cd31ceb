import { z } from '@hono/zod-openapi'
import { COLUMNS } from '#ingest/services/submission.ts'
import { TermSchema } from '#server/calendar/schema.ts'
import { PROTECTIONS, SERVICE_KINDS } from '#server/db/schema/services.ts'
import { PageQuerySchema } from '#server/http/paging.ts'
import { DaySchema } from '#server/http/wire.ts'

/** Wire shapes of services and what agencies send of them. */

const AgencyIdSchema = z.string().min(1).max(64)
const IdSchema = z.string().min(1).max(64)
const TextSchema = (most: number) => z.string().trim().min(1).max(most)

export const ServiceKindSchema = z
  .enum(SERVICE_KINDS)
  .openapi('ServiceKind', { description: 'A service of the state, or another one in electronic form (п. 33)' })

const ActSchema = z
  .object({
    kind: z.string().nullable(),
    date: DaySchema,
    number: z.string(),
    text: z.string().openapi({ description: 'The words of the sender' }),
  })
  .openapi('ActRequisites')

const PhoneSchema = z.object({ number: z.string(), extension: z.string().nullable() })

export const SubmissionFaultSchema = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    place: z.object({
      sheet: z.string().nullable(),
      row: z.number().int().nullable(),
      column: z
        .object({ key: z.enum(COLUMNS).nullable(), letter: z.string().nullable(), title: z.string() })
        .nullable(),
    }),
    values: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .openapi({ description: 'What the words are made of, with `code`' }),
    reason: z.string().openapi({ description: 'What is wrong, in the language of Accept-Language' }),
    mend: z.string().openapi({ description: 'How to mend it, in the language of Accept-Language' }),
  })
  .openapi('SubmissionFault')

const FieldChangeSchema = z.object({
  field: z.enum(['agency', 'kind', 'name', 'byLaw', 'changes', 'webResources', 'responsible', 'contacts']),
  was: z.string().nullable(),
  now: z.string(),
})

export const SubmissionSummarySchema = z
  .object({
    id: z.string(),
    agencyId: z.string(),
    kind: ServiceKindSchema,
    name: z.string(),
    sha256: z.string(),
    size: z.number().int(),
    format: z.string().nullable(),
    encoding: z.string().nullable(),
    sheet: z.string().nullable(),
    status: z.enum(['accepted', 'refused']),
    errors: z.number().int(),
    warnings: z.number().int(),
    receivedOn: DaySchema,
    receivedAt: z.string(),
  })
  .openapi('ServiceSubmissionSummary')

export const SubmissionSchema = SubmissionSummarySchema.extend({
  columns: z.array(z.object({ key: z.enum(COLUMNS), letter: z.string().nullable(), title: z.string() })),
  rows: z.array(
    z.object({
      row: z.number().int(),
      registryNumber: z.string(),
      name: z.string(),
      serviceId: z.string().nullable(),
      change: z.enum(['added', 'changed', 'unchanged']).nullable(),
      fields: z.array(FieldChangeSchema).openapi({ description: 'What the row changes of the service as it was held' }),
    }),
  ),
  absent: z.array(z.string()).openapi({ description: 'Registry numbers held and not mentioned; they stay' }),
  faults: z.array(SubmissionFaultSchema),
  unlisted: z.number().int().openapi({ description: 'Faults beyond those listed' }),
}).openapi('ServiceSubmission')

export const SubmitResultSchema = z
  .object({
    outcome: z.enum(['accepted', 'refused', 'same', 'checked']).openapi({
      description: '`same`: these bytes were sent before and change nothing; `checked`: nothing is stored',
    }),
    submission: SubmissionSchema,
  })
  .openapi('SubmitResult')

export const SubmitQuerySchema = z.object({
  agencyId: AgencyIdSchema.optional().openapi({ description: 'Whose services; callers of an agency leave it out' }),
  kind: ServiceKindSchema.optional().openapi({
    description: 'Of all its services; left out, those held stay what they are, and new ones are of the state',
  }),
  name: z.string().max(200).optional().openapi({ description: 'Name of the file', example: 'Приложение 1.xlsx' }),
  checkOnly: z.enum(['true', 'false']).default('false').openapi({ description: 'Look and compare, store nothing' }),
})

export const PersonSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    post: z.string(),
    phones: z.array(PhoneSchema),
    emails: z.array(z.string()),
    since: DaySchema,
    until: DaySchema.nullable(),
    replaces: z.string().nullable(),
    toldOn: DaySchema,
    submissionId: z.string().nullable(),
  })
  .openapi('ResponsiblePerson')

export const TrainingSchema = z
  .object({
    id: z.string(),
    heldOn: DaySchema,
    trainer: z.string(),
    trainees: z.array(z.string()),
    note: z.string().nullable(),
  })
  .openapi('ServiceTraining')

const SignatorySchema = z.object({ name: z.string(), post: z.string() })

export const ProtocolSchema = z
  .object({
    id: z.string(),
    number: z.string().nullable(),
    signedOn: DaySchema,
    centreSignatory: SignatorySchema,
    agencySignatory: SignatorySchema,
    file: z.object({ name: z.string(), type: z.string(), size: z.number().int(), sha256: z.string() }),
  })
  .openapi('AcceptanceProtocol')

export const AnnulledSchema = z
  .object({
    kind: z.enum(['training', 'protocol']),
    training: TrainingSchema.nullable(),
    protocol: ProtocolSchema.nullable(),
    reason: z.string(),
    at: z.string(),
    by: z.string().openapi({ description: 'Name of who annulled it' }),
  })
  .openapi('AnnulledRecord')

export const VisibilityReasonSchema = z.enum([
  'training-awaited',
  'training-overdue',
  'protocol-awaited',
  'term-running',
  'visible',
])

export const VisibilitySchema = z
  .object({
    visible: z.boolean(),
    from: DaySchema.nullable(),
    reason: VisibilityReasonSchema,
    explanation: z.object({ ru: z.string(), kk: z.string(), en: z.string() }),
  })
  .openapi('ServiceVisibility')

export const DeadlineSchema = z
  .object({
    id: z.string(),
    agencyId: z.string(),
    serviceId: z.string().nullable(),
    point: z.string().openapi({ example: 'п. 21' }),
    duty: z.string().openapi({ description: 'In the language of Accept-Language' }),
    event: z.object({ date: DaySchema, what: z.string(), cause: z.string() }),
    workingDays: z.number().int(),
    dueOn: DaySchema.openapi({ description: 'Until the end of this day; of п. 23 the day on which advice starts' }),
    metOn: DaySchema.nullable(),
    metBy: z.string().nullable(),
    state: z.enum(['open', 'overdue', 'met', 'met-late']),
  })
  .openapi('ServiceDeadline')

export const DeadlineWithCountSchema = DeadlineSchema.extend({
  term: TermSchema.openapi({ description: 'Counted now, day by day' }),
  moved: z.boolean().openapi({ description: 'The calendar has changed since: counted now it ends on another day' }),
}).openapi('ServiceDeadlineWithCount')

export const ListedDeadlineSchema = DeadlineSchema.extend({
  service: z.object({ id: z.string(), registryNumber: z.string(), name: z.string() }).nullable(),
}).openapi('ListedServiceDeadline')

export const InformationSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    protection: z.enum(PROTECTIONS),
    at: z.string(),
  })
  .openapi('ServiceInformation')

export const ServiceSummarySchema = z
  .object({
    id: z.string(),
    agencyId: z.string(),
    agencyAssumed: z.boolean().openapi({
      description: 'Nobody has said whose it is: the agency that submits it takes it over',
    }),
    kind: ServiceKindSchema,
    registryNumber: z.string(),
    name: z.string(),
    visibility: VisibilitySchema,
  })
  .openapi('ServiceSummary')

export const ListedServiceSchema = ServiceSummarySchema.extend({
  nextDeadline: DeadlineSchema.nullable().openapi({ description: 'The clock that presses most; null for operators' }),
}).openapi('ListedService')

export const ServiceListQuerySchema = PageQuerySchema.extend({
  id: z.string().max(64).optional().openapi({ description: 'This one alone, without the people who answer for it' }),
  agencyId: z.string().max(64).optional(),
  state: VisibilityReasonSchema.optional().openapi({ description: 'Only services that stand so today' }),
  q: z.string().trim().min(1).max(200).optional().openapi({ description: 'A part of the name or number' }),
})

export const ServiceSchema = ServiceSummarySchema.extend({
  visibilityCount: TermSchema.nullable().openapi({ description: 'How the day of п. 23 was counted' }),
  details: z
    .object({
      byLaw: ActSchema,
      changes: z.array(ActSchema),
      webResources: z.array(z.string()),
      responsible: z.array(PersonSchema).openapi({ description: 'In office' }),
      information: z.array(InformationSchema),
      passports: z.array(z.object({ actId: z.string(), eid: z.string() })).openapi({
        description: 'Standards in force today that bear the name of the service: places of GET /acts/{id}/passports',
      }),
    })
    .nullable()
    .openapi({ description: 'Null for operators until the service is visible (п. 23)' }),
  preparation: z
    .object({
      submissionId: z.string(),
      trainings: z.array(TrainingSchema),
      protocol: ProtocolSchema.nullable(),
      annulled: z.array(AnnulledSchema).openapi({ description: 'Records that were a mistake, the last one first' }),
      deadlines: z.array(DeadlineSchema),
    })
    .nullable()
    .openapi({ description: 'Null for operators' }),
}).openapi('Service')

export const ReplacementSchema = z
  .strictObject({
    personId: IdSchema.optional().openapi({ description: 'Who is replaced; may be left out where one is in office' }),
    replacedOn: DaySchema,
    name: TextSchema(200),
    post: TextSchema(300),
    contacts: TextSchema(2000).openapi({ example: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz' }),
  })
  .openapi('ResponsibleReplacement')

export const NewTrainingSchema = z
  .strictObject({
    heldOn: DaySchema,
    trainer: TextSchema(300),
    trainees: z.array(TextSchema(200)).min(1).max(200),
    note: TextSchema(2000).nullable().default(null),
  })
  .openapi('NewServiceTraining')

const NewSignatorySchema = z.strictObject({ name: TextSchema(200), post: TextSchema(300) })

/** Characters of base 64 that eight megabytes take. */
const LARGEST_FILE = Math.ceil((8 * 1024 * 1024) / 3) * 4

export const NewProtocolSchema = z
  .strictObject({
    number: TextSchema(50).nullable().default(null),
    signedOn: DaySchema,
    centreSignatory: NewSignatorySchema,
    agencySignatory: NewSignatorySchema,
    file: z.strictObject({
      name: TextSchema(200),
      type: z.enum(['application/pdf', 'image/jpeg', 'image/png', 'application/octet-stream']),
      content: z.base64().min(1).max(LARGEST_FILE).openapi({ description: 'Base 64, 8 MiB at most' }),
    }),
  })
  .openapi('NewAcceptanceProtocol')

export const NewInformationSchema = z
  .strictObject({
    text: TextSchema(20_000),
    protection: z
      .enum(PROTECTIONS)
      .openapi({ description: 'Anything but `none` is never shown to operators or searched (п. 25)' }),
  })
  .openapi('NewServiceInformation')

/** What was recorded by mistake, and why. */
export const AnnulmentSchema = z
  .strictObject({
    kind: z.enum(['training', 'protocol']),
    recordId: IdSchema,
    reason: TextSchema(500).min(3),
  })
  .openapi('NewAnnulment')

export const InformationMarkSchema = z
  .strictObject({
    protection: z
      .enum(PROTECTIONS)
      .nullable()
      .openapi({ description: 'The mark from now on (п. 25); null: the information is withdrawn' }),
    reason: TextSchema(500).min(3),
  })
  .openapi('InformationMark')

const ClockOfAgencySchema = z.strictObject({
  agencyId: AgencyIdSchema,
  serviceId: IdSchema.nullable().default(null),
  kind: ServiceKindSchema.default('state'),
})

export const NewClockSchema = z
  .discriminatedUnion('point', [
    ClockOfAgencySchema.extend({
      point: z.enum(['20', '26']),
      act: TextSchema(1000).openapi({ example: 'приказ от 12.05.2023 № 302' }),
    }),
    ClockOfAgencySchema.extend({
      point: z.literal('27'),
      replacedOn: DaySchema.openapi({ description: 'Day on which the responsible person was replaced' }),
      personId: IdSchema.optional().openapi({
        description: 'Who was replaced; may be left out where one is in office',
      }),
    }),
  ])
  .openapi('NewClock')

export const UpdateRequestSchema = z
  .object({
    requestId: z.string(),
    agencyId: z.string(),
    service: z
      .object({ id: z.string(), registryNumber: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Null: asked of the agency, for an article that names no service' }),
    person: z
      .object({ name: z.string(), post: z.string() })
      .nullable()
      .openapi({ description: 'Who answered for the service when it was asked; null: nobody' }),
    actId: z.string(),
    act: z.string().openapi({ example: 'приказ от 26.01.2016 № 83' }),
    amendedBy: z.string(),
    points: z.array(z.object({ eid: z.string(), label: z.string() })),
    url: z.string().openapi({ description: 'Path of the difference in the workspace' }),
    requestedOn: DaySchema,
    dueOn: DaySchema.nullable().openapi({
      description: 'By the clock of п. 26; null where the calendar does not reach',
    }),
    isOverdue: z.boolean(),
    state: z.enum(['open', 'answered', 'withdrawn']),
    answer: z.string().nullable().openapi({ description: 'Null of an answered one: Appendix 1 was submitted anew' }),
    answerProtection: z
      .enum(PROTECTIONS)
      .openapi({ description: 'Anything but `none`: the answer is shown to its agency alone (п. 25)' }),
    closedOn: DaySchema.nullable(),
    history: z
      .array(
        z.object({
          what: z.enum(['requested', 'answered', 'withdrawn', 'reopened']),
          at: z.iso.datetime(),
          by: z.string().nullable().openapi({ description: 'Null: the system, or not told to an agency' }),
          reason: z.string().nullable(),
        }),
      )
      .openapi({ description: 'Oldest first, the last 50' }),
  })
  .openapi('UpdateRequest')
