import type { z } from 'zod'
import type { TermSchema } from '#server/calendar/schema.ts'
import type {
  DeadlineSchema,
  ListedDeadlineSchema,
  ListedServiceSchema,
  PersonSchema,
  ServiceSchema,
  SubmissionFaultSchema,
  SubmissionSchema,
  SubmissionSummarySchema,
  SubmitResultSchema,
  UpdateRequestSchema,
  VisibilitySchema,
} from '#server/services/schema.ts'

export type Term = z.infer<typeof TermSchema>
export type Deadline = z.infer<typeof DeadlineSchema>
export type ListedDeadline = z.infer<typeof ListedDeadlineSchema>
export type ListedService = z.infer<typeof ListedServiceSchema>
export type Person = z.infer<typeof PersonSchema>
export type Service = z.infer<typeof ServiceSchema>
export type SubmissionFault = z.infer<typeof SubmissionFaultSchema>
export type Submission = z.infer<typeof SubmissionSchema>
export type SubmissionSummary = z.infer<typeof SubmissionSummarySchema>
export type SubmitResult = z.infer<typeof SubmitResultSchema>
export type UpdateRequest = z.infer<typeof UpdateRequestSchema>
export type Visibility = z.infer<typeof VisibilitySchema>
export type VisibilityReason = Visibility['reason']
export type ServiceKind = Service['kind']
