import type { Context } from '#server/context.ts'
import type { ServiceKind } from '#server/db/schema/services.ts'
import { readSubmissionFile } from '#server/services/read-submission-file.ts'
import { submitServices } from '#server/services/submit-services.ts'

/** What became of a file of Appendix 1, in the shape of other ingested files. */
export interface IngestedSubmission {
  file: string
  status: 'ingested' | 'unchanged' | 'refused'
  messages: {
    severity: 'error' | 'warning'
    rule: string
    text: string
    place: { start: { line: number; column: number } }
  }[]
  result: null
  submission: { id: string | null; added: number; changed: number; unchanged: number }
}

/** Whose services they are when nobody says: the centre's own, until they are submitted for their agency. */
const CENTRE = 'agc_contact_centre'

/**
 * Takes a file of Appendix 1 in; a place is the row and the column of the table. Of a refused file nothing is stored: whoever sent it
 * from a terminal has its faults before them.
 * @param input.kind of the services; left out, those held stay what they are, and new ones are of the state
 * @returns null when the file is no such submission
 */
export async function ingestSubmission(
  ctx: Context,
  input: { path: string; agencyId: string | undefined; kind?: ServiceKind | undefined },
): Promise<IngestedSubmission | null> {
  const file = await readSubmissionFile(input.path)
  if (file === null) return null
  if (file.bytes === null)
    return {
      file: input.path,
      status: 'refused',
      messages: [
        { severity: 'error', rule: 'unreadable', text: file.reason, place: { start: { line: 1, column: 1 } } },
      ],
      result: null,
      submission: { id: null, added: 0, changed: 0, unchanged: 0 },
    }
  const { name, bytes } = file
  const submit = { name, bytes, agencyId: input.agencyId ?? CENTRE, kind: input.kind }
  const assumed =
    input.agencyId === undefined
      ? [
          {
            severity: 'warning',
            rule: 'agency-assumed',
            text: 'Орган не назван: услуги записываются за Единым контакт-центром. Назовите орган: --agency ID.',
            place: { start: { line: 1, column: 1 } },
          } as const,
        ]
      : []
  const looked = await submitServices(ctx, { ...submit, checkOnly: true })
  const refused = looked.submission.status === 'refused'
  const { outcome, submission, rows } = refused ? looked : await submitServices(ctx, submit)
  const count = (change: string) => rows.filter((row) => row.change === change).length
  const changed = count('added') + count('changed') > 0
  const columnOf = (letter: string | null | undefined): number => (letter ? (letter.codePointAt(0) ?? 64) - 64 : 1)
  return {
    file: input.path,
    status: refused ? 'refused' : outcome === 'same' || !changed ? 'unchanged' : 'ingested',
    messages: [
      ...assumed,
      ...submission.messages.map(({ severity, code, place, reason, mend }) => ({
        severity,
        rule: code,
        text: [place.sheet === null ? '' : `[${place.sheet}]`, place.column?.letter ?? '', reason, mend]
          .filter((part) => part !== '')
          .join(' '),
        place: { start: { line: place.row ?? 1, column: columnOf(place.column?.letter) } },
      })),
    ],
    result: null,
    submission: {
      id: refused ? null : submission.id,
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
    },
  }
}
