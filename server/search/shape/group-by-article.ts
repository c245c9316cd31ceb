import { findLawReferences } from '../analysis/law-references.ts'
import type { RankedHit } from '../fuse.ts'
import type { FoundPlace } from './read-places.ts'

/**
 * Hits of an article that keep their places. One or two words say little of what is meant, so breadth is shown; the answer to more words often stands in
 * one article, so only what would take more than six tenths of a page is put away (measured: nDCG@10 of the domain cases stays as it is).
 */
const MOST_OF_ARTICLE = { short: 2, long: 6 } as const
const SHORT_QUERY_WORDS = 2
/** A list of so many hits is looked through at once: nothing of it is put away. */
const SHORT_LIST = 10

/** Whether a label is what the query names, all of it: «ст. 9» names the article, not each of its points. */
const namesWholly = (references: readonly string[]): ((label: string) => boolean) => {
  const wanted = references.toSorted().join(' ')
  return (label) =>
    wanted !== '' &&
    findLawReferences(label)
      .flatMap(({ tokens }) => tokens[0] ?? [])
      .toSorted()
      .join(' ') === wanted
}

/**
 * Puts hits of an article beyond the second (of a longer query: beyond the sixth) under its first one, so that one article does not fill the page. What the query names (a look-up of «п. 8») stays
 * where it is, and so does a list that is short. Pure.
 * @param query as it was searched for
 * @param hits best first
 * @returns those that stand, in order, and how many stand under which of them
 */
export function groupByArticle(
  query: string,
  hits: readonly RankedHit[],
  places: ReadonlyMap<string, FoundPlace>,
): { hits: RankedHit[]; under: Map<string, number> } {
  const under = new Map<string, number>()
  if (hits.length <= SHORT_LIST) return { hits: [...hits], under }
  const isNamed = namesWholly(findLawReferences(query).flatMap(({ tokens }) => tokens[0] ?? []))
  const most = query.trim().split(/\s+/u).length <= SHORT_QUERY_WORDS ? MOST_OF_ARTICLE.short : MOST_OF_ARTICLE.long
  const seen = new Map<string, { first: string; shown: number }>()
  const standing = hits.filter(({ passageId }) => {
    const place = places.get(passageId)
    if (place === undefined) return true
    const article = seen.get(place.articleId)
    if (article === undefined) {
      seen.set(place.articleId, { first: passageId, shown: 1 })
      return true
    }
    if (article.shown < most || isNamed(place.label)) {
      article.shown += 1
      return true
    }
    under.set(article.first, (under.get(article.first) ?? 0) + 1)
    return false
  })
  return { hits: standing, under }
}
