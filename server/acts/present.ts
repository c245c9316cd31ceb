import { diffWordsWithSpace } from 'diff'
import type { z } from '@hono/zod-openapi'
import type { amendment } from '#server/db/schema/acts.ts'
import { amendedByLine, requisitesLine } from './act-identity.ts'
import type { EditionRow, ProvisionRow } from './queries.ts'
import type { ActSchema, AmendmentSchema, EditionSchema, ProvisionChangeSchema, ProvisionSchema } from './schema.ts'

type AmendmentRow = typeof amendment.$inferSelect

/** An act by its newest edition, the Russian one first. */
export function presentAct(id: string, editions: readonly EditionRow[]): z.infer<typeof ActSchema>[] {
  const main = editions.find((row) => row.lang === 'ru') ?? editions[0]
  if (main === undefined) return []
  return [
    {
      actId: id,
      title: main.title,
      annexTitle: main.annexTitle,
      requisites: requisitesLine(main.requisites),
      registration: main.requisites.registration,
      languages: editions.map((row) => row.lang),
      editionDate: editions.reduce((latest, row) => (row.date > latest ? row.date : latest), main.date),
    },
  ]
}

const presentAmendment = (row: AmendmentRow): z.infer<typeof AmendmentSchema> => ({
  target: row.target,
  targetEids: row.targetEids,
  change: row.change,
  by: row.by,
  inForce: row.inForce,
  onlyLang: row.onlyLang,
  raw: row.raw,
})

export const presentEdition = (
  row: EditionRow,
  amendments: readonly AmendmentRow[],
): z.infer<typeof EditionSchema> => ({
  editionId: row.id,
  lang: row.lang,
  date: row.date,
  sourceName: row.sourceName,
  sourceSha256: row.sourceSha256,
  importedAt: row.importedAt.toISOString(),
  amendments: amendments.map(presentAmendment),
})

export const presentProvision = (row: ProvisionRow, articleIds: string[]): z.infer<typeof ProvisionSchema> => ({
  provisionId: row.id,
  eid: row.eid,
  parentEid: row.parentEid,
  kind: row.kind,
  num: row.num,
  label: row.label,
  heading: row.heading,
  text: row.text,
  raw: row.raw,
  line: row.line,
  status: row.status,
  form: row.form,
  edition: { date: row.wordingDate, amendedBy: row.changedBy === null ? null : amendedByLine(row.changedBy) },
  validFrom: row.validFrom,
  validFromKnown: row.validFromKnown,
  validTo: row.validTo,
  references: row.references.map(({ start, end, targetEids, external }) => ({ start, end, targetEids, external })),
  definition:
    row.definition == null
      ? null
      : { term: row.definition.term, shortForms: row.definition.shortForms, meaning: row.definition.meaning },
  articleIds,
})

const wording = (row: ProvisionRow): string =>
  [row.heading, row.text].filter((part) => part !== null && part !== '').join('\n')

/** What changed between two states of an act, a provision each, in the order of the later one. */
export function presentChanges(
  before: readonly ProvisionRow[],
  after: readonly ProvisionRow[],
): z.infer<typeof ProvisionChangeSchema>[] {
  const old = new Map(before.map((row) => [row.eid, row]))
  const present = new Set(after.map((row) => row.eid))
  const diff = (a: string, b: string) =>
    diffWordsWithSpace(a, b).map((part) => ({
      kind: part.added ? ('added' as const) : part.removed ? ('removed' as const) : ('same' as const),
      text: part.value,
    }))
  return [
    ...after.flatMap((row) => {
      const was = old.get(row.eid)
      if (was?.contentHash === row.contentHash) return []
      const [a, b] = [was === undefined ? null : wording(was), wording(row)]
      return [
        {
          eid: row.eid,
          label: row.label,
          kind: was === undefined ? ('added' as const) : ('changed' as const),
          before: a,
          after: b,
          parts: diff(a ?? '', b),
        },
      ]
    }),
    ...before
      .filter((row) => !present.has(row.eid))
      .map((row) => ({
        eid: row.eid,
        label: row.label,
        kind: 'removed' as const,
        before: wording(row),
        after: null,
        parts: diff(wording(row), ''),
      })),
  ]
}
