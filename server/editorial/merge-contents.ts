import type { DraftContent } from '#server/db/schema/editorial.ts'
import { mergeTexts, mergeValues, type MergeRegion } from './merge-texts.ts'

const FIELDS = ['slug', 'title', 'actId', 'validFrom', 'validTo', 'reviewBy', 'agencyId', 'serviceId'] as const

/** A field that both sides changed, each its own way; `base` is null where the text before is not kept. */
export interface FieldConflict {
  field: (typeof FIELDS)[number]
  base: string | null
  mine: string | null
  theirs: string | null
}

export interface MergedContents {
  regions: MergeRegion[]
  /** Where there is a conflict, mine. */
  content: DraftContent
  /** Fields that both sides changed; `body` when a region is in conflict. */
  conflicts: string[]
  /** The same without the body, with what each side says: somebody chooses. */
  fields: FieldConflict[]
}

/**
 * Merges two contents that began as the same one: the body by lines, every other field as a whole.
 * @param base a field that it lacks has no common ground: two that differ are a conflict
 */
export function mergeContents(
  base: Partial<DraftContent> & { body: string },
  mine: DraftContent,
  theirs: DraftContent,
): MergedContents {
  const body = mergeTexts(base.body, mine.body, theirs.body)
  const fields: FieldConflict[] = []
  const content = { ...mine, body: body.text ?? mine.body }
  for (const field of FIELDS) {
    const merged = mergeValues<string | null | undefined>(base[field], mine[field], theirs[field])
    if (merged.conflict) fields.push({ field, base: base[field] ?? null, mine: mine[field], theirs: theirs[field] })
    Object.assign(content, { [field]: merged.value })
  }
  const conflicts = [...fields.map(({ field }) => field), ...(body.text === null ? ['body'] : [])]
  return { regions: body.regions, content, conflicts, fields }
}
