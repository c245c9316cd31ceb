import type { z } from '@hono/zod-openapi'
import type { VisiblePassage } from './visible-passages.ts'
import type { VersionRow } from './queries.ts'
import type { PassageSchema, VersionPhaseSchema, VersionSchema } from './schema.ts'

/** @param day today in Asia/Almaty */
export const phaseOf = (
  row: Pick<VersionRow, 'state' | 'validFrom' | 'validTo'>,
  day: string,
): z.infer<typeof VersionPhaseSchema> =>
  row.state !== 'published'
    ? row.state
    : row.validTo !== null && (row.validTo <= day || row.validTo <= row.validFrom)
      ? 'superseded'
      : row.validFrom > day
        ? 'scheduled'
        : 'published'

/**
 * @param nameOf name of an actor, by id
 * @param day today in Asia/Almaty
 */
export const presentVersion = (
  row: VersionRow,
  nameOf: (actorId: string) => string,
  day: string,
): z.infer<typeof VersionSchema> => ({
  versionId: row.id,
  articleId: row.articleId,
  number: row.number,
  lang: row.lang,
  title: row.title,
  state: row.state,
  phase: phaseOf(row, day),
  validFrom: row.validFrom,
  validFromKnown: row.validFromKnown,
  validTo: row.validTo,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  createdByName: nameOf(row.createdBy),
  publishedAt: row.publishedAt?.toISOString() ?? null,
  publishedBy: row.publishedBy,
  publishedByName: row.publishedBy === null ? null : nameOf(row.publishedBy),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawnReason: row.withdrawnReason,
})

export const presentPassage = (passage: VisiblePassage): z.infer<typeof PassageSchema> => ({
  passageId: passage.passageId,
  label: passage.label,
  anchor: passage.anchor,
  text: passage.text,
  segments: passage.segments.map(({ start, end, eid, label, provisionId, wording }) => ({
    start,
    end,
    eid,
    label,
    provisionId,
    wording,
  })),
  citation: passage.citation,
  languageDifferences: passage.languageDifferences,
  sourceChanged: passage.sourceChanged,
  changesOn: passage.changesOn,
})
