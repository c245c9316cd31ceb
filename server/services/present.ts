import type { z } from 'zod'
import { presentTerm } from '#server/calendar/present.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import type { serviceInformation } from '#server/db/schema/services.ts'
import { DEADLINE_RULES, deadlineState, pointLabel, termOf } from './deadline-rules.ts'
import type { DeadlineRow } from './deadlines.ts'
import type { Visibility } from './explain-visibility.ts'
import type {
  PersonRow,
  ProtocolRow,
  ServiceRow,
  SubmissionRecord,
  SubmissionRowRecord,
  TrainingRow,
} from './queries.ts'
import type {
  DeadlineSchema,
  DeadlineWithCountSchema,
  InformationSchema,
  ListedDeadlineSchema,
  ListedServiceSchema,
  PersonSchema,
  ProtocolSchema,
  ServiceSchema,
  ServiceSummarySchema,
  SubmissionSchema,
  SubmissionSummarySchema,
  TrainingSchema,
  VisibilitySchema,
} from './schema.ts'
import type { ServiceView } from './view-service.ts'
import { wordFault, type Lang } from './word-fault.ts'

export function presentSubmissionSummary(row: SubmissionRecord): z.infer<typeof SubmissionSummarySchema> {
  const { id, agencyId, kind, name, sha256, size, format, encoding, sheet, status, messages, receivedOn } = row
  const errors = messages.filter(({ severity }) => severity === 'error').length
  return {
    id,
    agencyId,
    kind,
    name,
    sha256,
    size,
    format,
    encoding,
    sheet,
    status,
    errors,
    warnings: messages.length - errors,
    receivedOn,
    receivedAt: row.receivedAt.toISOString(),
  }
}

export const presentSubmission = (
  submission: SubmissionRecord,
  rows: readonly SubmissionRowRecord[],
  lang: Lang,
): z.infer<typeof SubmissionSchema> => ({
  ...presentSubmissionSummary(submission),
  columns: submission.columns,
  rows: rows.map(({ row, raw, service, serviceId, change, fields }) => ({
    row,
    registryNumber: service?.registryNumber ?? raw.registryNumber.slice(0, 64),
    name: service?.name ?? raw.name.slice(0, 1000),
    serviceId,
    change,
    fields,
  })),
  absent: submission.absent,
  faults: submission.messages.map((fault) => ({ ...fault, ...wordFault(fault, lang) })),
  unlisted: submission.unlisted,
})

export const presentPerson = (row: PersonRow): z.infer<typeof PersonSchema> => ({
  id: row.id,
  name: row.name,
  post: row.post,
  phones: row.phones,
  emails: row.emails,
  since: row.since,
  until: row.until,
  replaces: row.replaces,
  toldOn: row.toldOn,
  submissionId: row.submissionId,
})

export const presentTraining = ({
  id,
  heldOn,
  trainer,
  trainees,
  note,
}: TrainingRow): z.infer<typeof TrainingSchema> => ({
  id,
  heldOn,
  trainer,
  trainees,
  note,
})

export const presentProtocol = (row: ProtocolRow): z.infer<typeof ProtocolSchema> => ({
  id: row.id,
  number: row.number,
  signedOn: row.signedOn,
  centreSignatory: row.centreSignatory,
  agencySignatory: row.agencySignatory,
  file: { name: row.fileName, type: row.fileType, size: row.fileSize, sha256: row.fileSha256 },
})

const presentVisibility = ({ visible, from, reason, explanation }: Visibility): z.infer<typeof VisibilitySchema> => ({
  visible,
  from,
  reason,
  explanation,
})

export const presentInformation = (row: typeof serviceInformation.$inferSelect): z.infer<typeof InformationSchema> => ({
  id: row.id,
  text: row.text,
  protection: row.protection,
  at: row.createdAt.toISOString(),
})

export function presentDeadline(row: DeadlineRow, today: string, lang: Lang): z.infer<typeof DeadlineSchema> {
  const rule = DEADLINE_RULES[row.point]
  return {
    id: row.id,
    agencyId: row.agencyId,
    serviceId: row.serviceId,
    point: pointLabel(row.point, row.kind, lang),
    duty: rule.duty[lang],
    event: { date: row.event, what: rule.event[lang], cause: row.cause },
    workingDays: row.workingDays,
    dueOn: row.dueOn,
    metOn: row.metOn,
    metBy: row.metBy,
    state: deadlineState(row, today),
  }
}

export function presentDeadlineWithCount(
  row: DeadlineRow,
  calendar: WorkingCalendar,
  today: string,
  lang: Lang,
): z.infer<typeof DeadlineWithCountSchema> {
  const term = termOf(calendar, row.point, row.event)
  return { ...presentDeadline(row, today, lang), term: presentTerm(term, lang), moved: term.date !== row.dueOn }
}

/** A clock as a list of many services' clocks shows it. */
export const presentListedDeadline = (
  row: DeadlineRow & { registryNumber: string | null; name: string | null },
  today: string,
  lang: Lang,
): z.infer<typeof ListedDeadlineSchema> => ({
  ...presentDeadline(row, today, lang),
  service:
    row.serviceId === null || row.registryNumber === null || row.name === null
      ? null
      : { id: row.serviceId, registryNumber: row.registryNumber, name: row.name },
})

/** A service in a list with the clock that presses most; operators are told of no clocks. */
export function presentListedService(
  row: ServiceRow,
  found: { visibility: Visibility; deadlines: readonly DeadlineRow[] },
  input: { today: string; lang: Lang; mayReadPreparation: boolean },
): z.infer<typeof ListedServiceSchema> {
  const next = input.mayReadPreparation
    ? found.deadlines.find((one) => ['open', 'overdue'].includes(deadlineState(one, input.today)))
    : undefined
  return {
    ...presentServiceSummary(row, found.visibility),
    nextDeadline: next === undefined ? null : presentDeadline(next, input.today, input.lang),
  }
}

export const presentServiceSummary = (
  row: ServiceRow,
  visibility: Visibility,
): z.infer<typeof ServiceSummarySchema> => ({
  id: row.id,
  agencyId: row.agencyId,
  agencyAssumed: row.agencyAssumed,
  kind: row.kind,
  registryNumber: row.registryNumber,
  name: row.name,
  visibility: presentVisibility(visibility),
})

export const presentService = (view: ServiceView, today: string, lang: Lang): z.infer<typeof ServiceSchema> => ({
  ...presentServiceSummary(view.service, view.visibility),
  visibilityCount: view.visibility.term === null ? null : presentTerm(view.visibility.term, lang),
  details: view.mayReadDetails
    ? {
        byLaw: view.service.byLaw,
        changes: view.service.changes,
        webResources: view.service.webResources,
        responsible: view.people.map(presentPerson),
        information: view.information.map(presentInformation),
        passports: view.passports,
      }
    : null,
  preparation: view.mayReadPreparation
    ? {
        submissionId: view.service.submissionId,
        trainings: view.trainings.map(presentTraining),
        protocol: view.protocol === null ? null : presentProtocol(view.protocol),
        annulled: view.annulled.flatMap(({ annulment: { kind, reason, at }, training, protocol, by }) =>
          kind === 'information'
            ? []
            : [
                {
                  kind,
                  training: training === null ? null : presentTraining(training),
                  protocol: protocol === null ? null : presentProtocol(protocol),
                  reason,
                  at: at.toISOString(),
                  by,
                },
              ],
        ),
        deadlines: view.deadlines.map((row) => presentDeadline(row, today, lang)),
      }
    : null,
})
