import type { Lang } from '#server/context.ts'
import type { RankedHit } from '../fuse.ts'
import type { FoundPlace } from './read-places.ts'

/**
 * Folds the Russian and the Kazakh text of one provision into one hit, at the better of their places. The text in the reader's language stands; the
 * other one is its counterpart. Texts in one language never fold, nor does what has no twin among the found. Pure.
 * @param hits best first; those without a place are left out
 * @param reader the language of the query, else of the interface
 * @returns in order
 */
export function foldTwins(
  hits: readonly RankedHit[],
  places: ReadonlyMap<string, FoundPlace>,
  reader: Lang,
): RankedHit[] {
  const ofKey = new Map<string, FoundPlace[]>()
  for (const { passageId } of hits) {
    const place = places.get(passageId)
    if (place !== undefined) ofKey.set(place.twinKey, [...(ofKey.get(place.twinKey) ?? []), place])
  }
  const taken = new Set<string>()
  const standing: RankedHit[] = []
  for (const hit of hits) {
    const place = places.get(hit.passageId)
    if (place === undefined || taken.has(hit.passageId)) continue
    const other = ofKey.get(place.twinKey)?.find(({ passageId, lang }) => lang !== place.lang && !taken.has(passageId))
    if (other === undefined) {
      standing.push(hit)
      continue
    }
    taken.add(place.passageId).add(other.passageId)
    standing.push({ passageId: (place.lang === reader ? place : other).passageId, score: hit.score })
  }
  return standing
}
