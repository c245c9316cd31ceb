import { message } from '#ingest/services/messages.ts'
import type { ParsedSubmission, SubmissionMessage } from '#ingest/services/submission.ts'

/** A fault for each row whose service is held for another body, at its number. Pure. */
export function heldElsewhere(
  barred: readonly { service: { registryNumber: string }; row: number }[],
  read: Pick<ParsedSubmission, 'sheet' | 'columns'>,
): SubmissionMessage[] {
  const column = read.columns.find(({ key }) => key === 'registryNumber') ?? null
  return barred.map(({ service, row }) =>
    message('service-held-elsewhere', { number: service.registryNumber }, { sheet: read.sheet, row, column }),
  )
}
