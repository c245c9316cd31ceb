import { diffWordsWithSpace } from 'diff'
import type { z } from '@hono/zod-openapi'
import type { VisiblePassage } from './visible-passages.ts'
import type { VersionRow } from './queries.ts'
import type { DiffPartSchema, PassageSchema, VersionSchema } from './schema.ts'

/** @param nameOf name of an actor, by id */
export const presentVersion = (
  row: VersionRow,
  nameOf: (actorId: string) => string,
): z.infer<typeof VersionSchema> => ({
  versionId: row.id,
  articleId: row.articleId,
  number: row.number,
  lang: row.lang,
  title: row.title,
  state: row.state,
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
  segments: passage.segments.map(({ start, end, eid, label }) => ({ start, end, eid, label })),
  citation: passage.citation,
  languageDifferences: passage.languageDifferences,
})

/** Word-level difference of two texts, in order. */
export const diffWords = (before: string, after: string): z.infer<typeof DiffPartSchema>[] =>
  diffWordsWithSpace(before, after).map((part) => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value,
  }))
