import type { Context } from '#server/context.ts'
import type { ServiceKind } from '#server/db/schema/services.ts'
import { assumeAgency, CENTRE } from '#server/services/assume-agency.ts'
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

type Message = IngestedSubmission['messages'][number]

/** Of the file as a whole. */
const ofFile = (severity: Message['severity'], rule: string, text: string): Message => ({
  severity,
  rule,
  text,
  place: { start: { line: 1, column: 1 } },
})

/** What became of a file of which nothing is stored. */
const refusedFile = (file: string, message: Message): IngestedSubmission => ({
  file,
  status: 'refused',
  messages: [message],
  result: null,
  submission: { id: null, added: 0, changed: 0, unchanged: 0 },
})

/**
 * Takes a file of Appendix 1 in; a place is the row and the column of the table. Of a refused file nothing is stored: whoever sent it
 * from a terminal has its faults before them.
 * @param input.agencyId whose the services are; left out, of the agency that holds their numbers, otherwise of the centre until their
 * agency submits them
 * @param input.kind of the services; left out, those held stay what they are, and new ones are of the state
 * @returns null when the file is no such submission
 */
export async function ingestSubmission(
  ctx: Context,
  input: { path: string; agencyId: string | undefined; kind?: ServiceKind | undefined },
): Promise<IngestedSubmission | null> {
  const file = await readSubmissionFile(input.path)
  if (file === null) return null
  if (file.bytes === null) return refusedFile(input.path, ofFile('error', 'unreadable', file.reason))
  const submit = { name: file.name, bytes: file.bytes, kind: input.kind }
  const isAssumed = input.agencyId === undefined
  const look = (agencyId: string) =>
    submitServices(ctx, { ...submit, agencyId, agencyAssumed: isAssumed, checkOnly: true })
  // Numbers tell whose the services are when nobody does, and are known once the file has been read.
  const first = await look(input.agencyId ?? CENTRE)
  const numbers = first.rows.flatMap(({ service }) => service?.registryNumber ?? [])
  const [agencyId = CENTRE, ...others] = isAssumed ? await assumeAgency(ctx, { numbers }) : [input.agencyId]
  const looked = agencyId === first.submission.agencyId ? first : await look(agencyId)
  const refused = looked.submission.status === 'refused'
  if (!refused && others.length > 0)
    return refusedFile(
      input.path,
      ofFile(
        'error',
        'agency-ambiguous',
        `Орган не назван, а услуги с этими номерами ведут разные органы: ${[agencyId, ...others].join(', ')}. Назовите орган: --agency ID.`,
      ),
    )
  const assumed = !isAssumed
    ? []
    : [
        ofFile(
          'warning',
          'agency-assumed',
          agencyId === CENTRE
            ? 'Орган не назван: услуги записываются за Единым контакт-центром, пока их не представит их орган. Назовите орган: --agency ID.'
            : `Орган не назван: услуги с этими номерами ведёт ${agencyId}, за ним они и записываются. Назовите орган: --agency ID.`,
        ),
      ]
  const { outcome, submission, rows } = refused
    ? looked
    : await submitServices(ctx, { ...submit, agencyId, agencyAssumed: isAssumed })
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
