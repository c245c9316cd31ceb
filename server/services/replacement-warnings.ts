import { message } from '#ingest/services/messages.ts'
import type { ParsedSubmission, SubmissionMessage } from '#ingest/services/submission.ts'
import type { Compared } from './submit-services.ts'

/**
 * A warning for each row that puts other people in office: Appendix 1 does not say when they were replaced, and notice under п. 27 runs
 * from that day. A new post of the same person, or one more person, replaces nobody. Pure.
 */
export function replacementWarnings(
  compared: readonly Pick<Compared, 'row' | 'people'>[],
  read: Pick<ParsedSubmission, 'sheet' | 'columns'>,
): SubmissionMessage[] {
  const column = read.columns.find(({ key }) => key === 'responsible') ?? null
  return compared.flatMap(({ row, people }) => {
    const submitted = row.service
    if (submitted === null) return []
    const names = new Set(submitted.responsible.map(({ name }) => name))
    return people.every(({ name }) => names.has(name))
      ? []
      : [
          message(
            'responsible-replaced',
            { number: submitted.registryNumber },
            { sheet: read.sheet, row: row.row, column },
          ),
        ]
  })
}
