import type { Table } from '#ingest/acts/act.ts'
import type { Wording } from '#ingest/acts/derive-wordings.ts'
import type { Lang } from '#server/context.ts'
import type { provision } from '#server/db/schema/acts.ts'
import { derivedId, sha256 } from '#server/ids.ts'

export type NewProvision = typeof provision.$inferSelect

/** What a table says; where its cells stood in the source does not make another wording. */
const cellTexts = (table: Table) => table.rows.map((row) => row.cells)

/** The row of a wording. Its id follows from its words and its first day, so the same wording gets the same row. */
export function provisionRow(actId: string, lang: Lang, wording: Wording): NewProvision {
  const { provision: p, change, endedBy } = wording
  const contentHash = sha256(
    JSON.stringify([
      p.kind,
      p.num,
      p.label,
      p.heading,
      p.text,
      p.status,
      p.form,
      ...(p.table === undefined ? [] : [cellTexts(p.table)]),
    ]),
  )
  return {
    id: derivedId('prv', actId, lang, p.eid, wording.validFrom, contentHash),
    actId,
    lang,
    eid: p.eid,
    parentEid: p.parentEid,
    kind: p.kind,
    ord: wording.ord,
    num: p.num,
    label: p.label,
    heading: p.heading,
    text: p.text,
    raw: p.raw,
    line: p.span.start.line,
    status: p.status,
    form: p.form,
    cells: p.table ?? null,
    references: wording.references,
    definition: wording.definition,
    contentHash,
    editionId: wording.editionId,
    changedBy: change === null ? null : { change: change.change, ...change.by },
    wordingDate: wording.wordingDate,
    validFrom: wording.validFrom,
    validFromKnown: wording.validFromKnown,
    validTo: wording.validTo,
    endedBy: endedBy === null ? null : { change: endedBy.change.change, ...endedBy.change.by, known: endedBy.known },
  }
}
