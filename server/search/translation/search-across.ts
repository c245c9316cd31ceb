import type { Lang } from '#server/context.ts'
import { FUSION_K } from '../fuse.ts'
import type { LexicalHit, LexicalQuery, LexicalResult } from '../lexical-index.ts'
import { TRANSLATED } from '../prepare-query.ts'
import type { SearchContext } from '../search-context.ts'
import { withoutCounterpart } from './counterparts.ts'
import { NO_TRANSLATION } from './translator.ts'

/** From which language a query was read into which. */
export interface CrossLanguage {
  from: Lang
  to: Lang
  /** How much of the query the best passage of that language holds by translations, 0…1. */
  met: number
}

export interface AcrossResult {
  /** Own passages and those of the other language in one order; the scores are of places. */
  hits: LexicalHit[]
  total: number
  crossLanguage: CrossLanguage
}

/** The engine was away by then: what stood in for it knows no translations, and whoever asked is told. */
export interface AcrossAway {
  servedBy: string
}

/**
 * The own language finds too little when no passage of it meets this much of the query: then a word is asked for that it does not
 * have, or not together with the rest.
 */
const ENOUGH = 0.95
/**
 * What the best passage of the other language must score against the best own one, both by the translated query. Where the own language
 * held the answer the other one came to 0.4 at most, once aside; where it did not, to more than that in all cases but one.
 */
const LEAST_AGAINST_OWN = 0.42
const CANDIDATES = 100
/** Passages of the other language looked at. */
const MOST_FOREIGN = 24

const other: Record<Lang, Lang> = { ru: 'kk', kk: 'ru' }

/**
 * Searches what stands in the other language alone, by translations of the query's words, when the own language finds too little.
 * Provisions that the own language has as well never come in its place, so a query that its language answers loses nothing to their
 * translations. Own passages keep their order; those of the other language go between them by turns, or before them by as much as they
 * score better (reciprocal ranks, weighted).
 * @param query what was asked; its `lang` is what the caller wants to read, where that was said
 * @param own what it found
 * @returns null when the own language has enough, the other one adds nothing, or the engine could not tell from the beginning
 */
export async function searchAcross(
  ctx: SearchContext,
  query: LexicalQuery,
  own: LexicalResult,
): Promise<AcrossResult | AcrossAway | null> {
  // Counts are of what its own words found.
  const { facets: _counted, ...uncounted } = query
  const { lang: asked, ...unfiltered } = uncounted
  const spoken = own.reading?.lang ?? null
  if (
    ctx.translator === NO_TRANSLATION ||
    own.reading === undefined ||
    own.servedBy !== undefined ||
    own.phrases?.only === true ||
    spoken === null
  )
    return null
  const wanted = asked ?? spoken
  if (own.reading.met[wanted] >= ENOUGH) return null
  const read = { from: spoken, to: other[spoken] }
  if (wanted !== spoken) {
    // Asked in one language for texts in the other: there is nothing to put together.
    const found = await ctx.lexicalIndex.search({ ...uncounted, translator: ctx.translator })
    if (found.servedBy !== undefined) return { servedBy: found.servedBy }
    return found.hits.length === 0
      ? null
      : { hits: found.hits, total: found.total, crossLanguage: { ...read, met: found.reading?.met[wanted] ?? 0 } }
  }
  const found = await ctx.lexicalIndex.search({ ...unfiltered, limit: CANDIDATES, translator: ctx.translator })
  if (found.servedBy !== undefined) return { servedBy: found.servedBy }
  const foreign = found.hits.filter(({ lang }) => lang === read.to).slice(0, MOST_FOREIGN)
  const alone = await withoutCounterpart(
    ctx,
    foreign.map(({ passageId }) => passageId),
    { lang: wanted, asOf: query.asOf },
  )
  const added = foreign.filter(({ passageId }) => alone.has(passageId))
  const [bestForeign] = added
  if (bestForeign === undefined) return null
  const bestOwn = found.hits.find(({ lang }) => lang === wanted)?.score ?? 0
  // What a passage scores lower for being met by translations alone is no matter between the lists.
  const against = bestOwn === 0 ? Infinity : bestForeign.score / TRANSLATED / bestOwn
  if (against < LEAST_AGAINST_OWN) return null
  const weight = Math.max(against, 1)

  const isAdded = new Set(added.map(({ passageId }) => passageId))
  const kept = own.hits.filter(({ passageId }) => !isAdded.has(passageId))
  const isOwn = ({ lang }: LexicalHit): boolean => lang === wanted
  const placed = [
    ...kept
      .filter(isOwn)
      .map((hit, rank) => ({ hit, place: (FUSION_K + rank + 1) * (weight === Infinity ? 1e6 : weight) })),
    ...added.map((hit, rank) => ({ hit, place: FUSION_K + rank + 1 })),
  ].sort((left, right) => left.place - right.place)
  return {
    hits: [...placed.map(({ hit }) => hit), ...kept.filter((hit) => !isOwn(hit))],
    total: own.total + added.filter(({ passageId }) => !own.hits.some((hit) => hit.passageId === passageId)).length,
    crossLanguage: { ...read, met: found.reading?.met[read.to] ?? 0 },
  }
}
