import type { DraftContent } from '#server/db/schema/editorial.ts'
import { mergeTexts, mergeValues, type MergeRegion } from './merge-texts.ts'

export interface MergedContents {
  regions: MergeRegion[]
  /** Where there is a conflict, mine. */
  content: DraftContent
  /** Fields that both sides changed; `body` when a region is in conflict. */
  conflicts: string[]
}

const FIELDS = ['slug', 'title', 'actId', 'validFrom', 'validTo', 'reviewBy', 'agencyId', 'serviceId'] as const

/** Merges two contents that began as the same one: the body by lines, every other field as a whole. */
export function mergeContents(base: DraftContent, mine: DraftContent, theirs: DraftContent): MergedContents {
  const body = mergeTexts(base.body, mine.body, theirs.body)
  const conflicts: string[] = []
  const content = { ...mine, body: body.text ?? mine.body }
  for (const field of FIELDS) {
    const merged = mergeValues(base[field], mine[field], theirs[field])
    if (merged.conflict) conflicts.push(field)
    Object.assign(content, { [field]: merged.value })
  }
  if (body.text === null) conflicts.push('body')
  return { regions: body.regions, content, conflicts }
}
