import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { DomainError } from '#server/errors.ts'
import type { EditionRow } from './queries.ts'

/** Characters of texts whose parse is kept in memory: the few acts that are worked on. */
const MOST_KEPT = 3_000_000

const kept = new Map<string, { parsed: ParsedAct; size: number }>()

/** Keeps the parse of an edition, the least recently used going first. A stored text never changes, nor does the parser of a process. */
export function keepParsed(editionId: string, parsed: ParsedAct, size: number): void {
  kept.delete(editionId)
  kept.set(editionId, { parsed, size })
  let total = [...kept.values()].reduce((sum, one) => sum + one.size, 0)
  for (const [oldest, { size }] of kept) {
    if (total <= MOST_KEPT) break
    kept.delete(oldest)
    total -= size
  }
}

/** Editions whose messages are kept: a handful of lines each. */
const MOST_TOLD = 500
const told = new Map<string, Message[]>()

function read(row: EditionRow) {
  const { act, messages } = parseSource(
    { name: row.sourceName, text: row.sourceText, lang: row.lang, meta: row.meta, versionDate: row.versionDate },
    { endConfirmed: true },
  )
  told.delete(row.id)
  told.set(row.id, messages)
  const [oldest] = told.keys()
  if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest)
  return { act, messages }
}

/** What today's parser says of a held text: anomalies of its notes, places not understood. Read once a process. */
export const editionMessages = (row: EditionRow): Message[] => told.get(row.id) ?? read(row).messages

/**
 * A held text, parsed by today's parser, so that a better parser betters what is held.
 * @throws DomainError `source-refused` when today's parser refuses it
 */
export function parseEdition(row: EditionRow): ParsedAct {
  const held = kept.get(row.id)
  const parsed = held?.parsed ?? read(row).act
  if (parsed === null)
    throw new DomainError(
      'source-refused',
      `Хранимая редакция ${row.sourceName} больше не читается этой версией программы.`,
    )
  keepParsed(row.id, parsed, row.sourceText.length)
  return parsed
}
