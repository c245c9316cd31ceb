import type { z } from 'zod'
import { FallbackReasonSchema } from '#server/answers/schema.ts'
import type { Context } from '#server/context.ts'
import type { NoteRow } from '../calls/call-queries.ts'
import { namesFor } from '../queries.ts'
import type { CallNoteSchema } from '../schema.ts'

/** Notes as confirmed, or as proposed while nobody has. */
export async function presentNote(ctx: Context, row: NoteRow): Promise<z.infer<typeof CallNoteSchema>> {
  const fields = row.confirmed ?? row.proposed
  const { services } = await namesFor(ctx, { people: [], services: [fields.serviceId] })
  return {
    id: row.id,
    fields,
    service: fields.serviceId === null ? null : (services.get(fields.serviceId) ?? null),
    writer: row.writer,
    fallback:
      row.fallback === null
        ? null
        : { from: row.fallback.from, reason: FallbackReasonSchema.parse(row.fallback.reason) },
    dropped: row.dropped.length,
    answers: row.answers,
    inquiryId: row.inquiryId,
    changes: row.changes,
  }
}
