import type { z } from '@hono/zod-openapi'
import type { Message } from '#ingest/acts/act.ts'
import { amendmentAnomalies } from '#ingest/acts/amendment-anomalies.ts'
import type { amendment } from '#server/db/schema/acts.ts'
import type { languageDifference } from '#server/db/schema/language-differences.ts'
import { amendedByLine, requisitesLine } from './act-identity.ts'
import { wordingOf } from './align-provisions.ts'
import type { ProvisionChange } from './compare-wordings.ts'
import type { EditionRow, ProvisionRow } from './queries.ts'
import {
  type ActSchema,
  type AmendmentSchema,
  type EditionSchema,
  type ProvisionChangeSchema,
  type ProvisionSchema,
  type ReviewedDifferenceSchema,
} from './schema.ts'

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
      code: main.meta?.actCode ?? null,
      languages: (['ru', 'kk'] as const).filter((lang) => editions.some((row) => row.lang === lang)),
      editionDate: editions.reduce((latest, row) => (row.date > latest ? row.date : latest), main.date),
    },
  ]
}

/** Most messages of one text that are told; a text with more needs mending first. */
const MOST_MESSAGES = 300

const presentAmendment = (row: AmendmentRow, actDate: string): z.infer<typeof AmendmentSchema> => ({
  target: row.target,
  targetEids: row.targetEids,
  change: row.change,
  by: row.by,
  inForce: row.inForce,
  onlyLang: row.onlyLang,
  raw: row.raw,
  anomalies: amendmentAnomalies(row, actDate),
})

/** @param messages what the parser says of its text */
export const presentEdition = (
  row: EditionRow,
  amendments: readonly AmendmentRow[],
  messages: readonly Message[],
): z.infer<typeof EditionSchema> => ({
  editionId: row.id,
  lang: row.lang,
  date: row.date,
  sourceName: row.sourceName,
  sourceSha256: row.sourceSha256,
  importedAt: row.importedAt.toISOString(),
  link: row.meta?.links[row.lang] ?? null,
  amendments: amendments.map((note) => presentAmendment(note, row.requisites.date)),
  messages: messages.slice(0, MOST_MESSAGES).map(({ severity, rule, text, place }) => ({
    severity,
    rule,
    text,
    line: place.start.line,
    column: place.start.column,
  })),
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
  table: row.cells ?? null,
  edition: { date: row.wordingDate, amendedBy: row.changedBy === null ? null : amendedByLine(row.changedBy, row.lang) },
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

/** Differences between two states of an act, one item a provision, in the order of the later state. */
export const presentChanges = (changes: readonly ProvisionChange[]): z.infer<typeof ProvisionChangeSchema>[] =>
  changes.flatMap(({ before, after, kind, parts }) => {
    const row = after ?? before
    if (row === null) return []
    // A note about what is gone stands at what is left, so only a text that is there says who changed it.
    const by = after?.changedBy ?? null
    return [
      {
        eid: row.eid,
        label: row.label,
        kind,
        movedFrom: kind === 'moved' && before !== null ? { eid: before.eid, label: before.label } : null,
        by:
          after === null || by === null
            ? null
            : {
                change: by.change,
                amendedBy: amendedByLine(by, after.lang),
                inForce: after.validFrom,
                inForceKnown: after.validFromKnown,
              },
        before: before === null ? null : wordingOf(before),
        after: after === null ? null : wordingOf(after),
        parts,
      },
    ]
  })

export const presentDifference = (
  row: typeof languageDifference.$inferSelect,
): z.infer<typeof ReviewedDifferenceSchema> => ({
  differenceId: row.id,
  kind: row.kind,
  isMaterial: row.isMaterial,
  ru: { label: row.ru.label, said: row.ru.said.map(({ text }) => text) },
  kk: { label: row.kk.label, said: row.kk.said.map(({ text }) => text) },
  ruEid: row.ru.eid,
  kkEid: row.kk.eid,
  validFrom: row.validFrom,
  validTo: row.validTo,
  decision: row.decision,
  reason: row.reason,
  decidedAt: row.decidedAt?.toISOString() ?? null,
})
