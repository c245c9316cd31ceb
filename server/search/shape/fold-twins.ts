import type { Lang } from '#server/context.ts'
import type { RankedHit } from '../fuse.ts'
import type { FoundPlace } from './read-places.ts'

/**
 * Folds the Russian and the Kazakh text of one provision into one hit, at the better of their places. The text in the reader's language stands; the
 * other one is its counterpart. Texts in one language never fold, nor does what has no twin among the found. Pure.
 * @param hits best first; those without a place are left out
 * @param reader the language of the query, else of the interface
 * @returns in order; `folded` by the passage that stands
 */
export function foldTwins(
  hits: readonly RankedHit[],
  places: ReadonlyMap<string, FoundPlace>,
  reader: Lang,
): { hits: RankedHit[]; folded: Map<string, string> } {
  const ofKey = new Map<string, FoundPlace[]>()
  for (const { passageId } of hits) {
    const place = places.get(passageId)
    if (place !== undefined) ofKey.set(place.twinKey, [...(ofKey.get(place.twinKey) ?? []), place])
  }
  const folded = new Map<string, string>()
  const gone = new Set<string>()
  const standing: RankedHit[] = []
  for (const hit of hits) {
    const place = places.get(hit.passageId)
    if (place === undefined || gone.has(hit.passageId)) continue
    const twins = (ofKey.get(place.twinKey) ?? []).filter(
      ({ passageId }) => !gone.has(passageId) && !folded.has(passageId),
    )
    const other = twins.find(({ lang }) => lang !== place.lang)
    if (other === undefined || folded.has(hit.passageId)) {
      standing.push(hit)
      continue
    }
    const [kept, left] = place.lang === reader ? [place, other] : [other, place]
    folded.set(kept.passageId, left.passageId)
    gone.add(left.passageId)
    gone.add(kept.passageId)
    standing.push({ passageId: kept.passageId, score: hit.score })
  }
  return { hits: standing, folded }
}
