import type { z } from 'zod'
import type { ComplaintSchema } from '../schema.ts'
import type { listComplaints } from './complaints.ts'

type Complaint = Awaited<ReturnType<typeof listComplaints>>['items'][number]

/** A complaint without who made it. */
export const presentComplaint = ({
  answerId,
  question,
  verdict,
  reason,
  at,
}: Complaint): z.infer<typeof ComplaintSchema> => ({
  answerId,
  question,
  verdict,
  reason,
  at: at.toISOString(),
})
