import type { Meilisearch, MultiSearchParams } from 'meilisearch'
import type { Lang } from '#server/context.ts'
import { FACETS, noCounts, type Facet, type FacetCounts, type LexicalQuery } from '../lexical-index.ts'
import { stepWord, type LookUp } from '../look-up.ts'
import type { MeilisearchDocument } from '../meilisearch-terms.ts'
import type { PreparedQuery } from '../prepare-query.ts'
import type { HeldPassages } from './held-passages.ts'
import { anyOf, indexFilter, quoted } from './index-filter.ts'

/** Requests that the queries of a search are put into: the queries of one request run there one after the other. */
const LANES = 3
/** Fewer queries than this are not worth a second request. */
const A_LANE = 6
/** Passages of one look-up, ranked here; a point and its parts are some dozens. */
const MOST_LOOKED_UP = 200
/** Places of a list that are looked up. */
const MOST_PLACES = 10
/** What the ranking of look-up reads. */
const PLACED = ['passageId', 'fingerprint', 'lang', 'title', 'label', 'eid', 'act', 'changedBy'] as const
export const LANGS: readonly Lang[] = ['ru', 'kk']

/** Asks Meilisearch for candidates: by words, by places that the query names; and for counts of what matched. */
export const createProposer = (options: {
  reader: Meilisearch
  indexUid: string
  proposing: HeldPassages['proposing']
}) => {
  const { reader, indexUid, proposing } = options
  /** The queries by which passages are found that a query names; the words of the query order them where there are more than fit. */
  const lookUpQueries = (lookUp: LookUp, query: LexicalQuery, words: string): MultiSearchParams['queries'] => {
    const inQuotes = (values: readonly string[]): string => values.map(quoted).join(', ')
    const filters: string[][] = []
    for (const { steps } of lookUp.places.slice(0, MOST_PLACES)) {
      const names = steps.map(stepWord)
      const all = names.map((name) => `placeSteps = ${quoted(name)}`)
      const last = names.at(-1)
      if (last !== undefined) filters.push([...all, `placeLast = ${quoted(last)}`], all)
      filters.push([`placeLast IN [${inQuotes(names)}]`])
    }
    if (lookUp.acts.length > 0) filters.push([`actKeys IN [${inQuotes(lookUp.acts)}]`])
    else if (lookUp.saysKind && lookUp.dates.length > 0) filters.push([`actDate IN [${inQuotes(lookUp.dates)}]`])
    const made = filters.flatMap((filter) =>
      (words === '' ? [''] : ['', words]).map((q) => ({
        indexUid,
        q,
        filter: [...indexFilter(query), ...filter],
        limit: MOST_LOOKED_UP,
        matchingStrategy: 'last' as const,
        attributesToRetrieve: [...PLACED],
      })),
    )
    return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
  }

  const proposed = (queries: readonly string[], query: LexicalQuery) =>
    queries.map((q) => ({
      indexUid,
      q,
      filter: indexFilter(query),
      // The words stand rarest first, so the frequent ones are dropped.
      matchingStrategy: 'last' as const,
      attributesToRetrieve: ['passageId', 'fingerprint'],
    }))

  /** The rest comes where look-up asks for it. */
  type Proposal = Pick<MeilisearchDocument, (typeof PLACED)[number]>
  const proposals = async (queries: MultiSearchParams['queries']) => {
    const lanes = Math.min(LANES, Math.ceil(queries.length / A_LANE))
    const found = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        reader.multiSearch<MultiSearchParams, Proposal>({
          queries: queries.filter((_query, at) => at % lanes === lane),
        }),
      ),
    )
    return found.flatMap(({ results }) => results)
  }

  /**
   * Counts what matched. A search is many queries, and those of a language meet its passages; of each language the one that meets most stands for it.
   * Of a facet that is filtered by, a further query counts as if it were not.
   */
  const countFacets = async (prepared: PreparedQuery, query: LexicalQuery): Promise<FacetCounts> => {
    const counts = noCounts()
    const filtered = FACETS.filter((facet) => facet !== 'lang' && query.attributes?.[facet] !== undefined)
    const of = (q: string, lang: Lang, facets: readonly Facet[], but?: Facet) => ({
      indexUid,
      q,
      filter: [...indexFilter(query, but).filter((one) => !one.startsWith('lang ')), anyOf('lang', [lang])],
      matchingStrategy: 'last' as const,
      facets: [...facets],
      limit: 0,
    })
    await Promise.all(
      LANGS.map(async (lang) => {
        const queries = proposing(prepared, [lang])
        if (queries.length === 0) return
        const open = FACETS.filter((facet) => facet !== 'lang' && !filtered.includes(facet))
        const found = await reader.multiSearch<MultiSearchParams>({
          queries: queries.map((q) => of(q, lang, open)),
        })
        const most = found.results.reduce(
          (best, one, at) =>
            (one.estimatedTotalHits ?? 0) > best.total ? { total: one.estimatedTotalHits ?? 0, at } : best,
          { total: 0, at: 0 },
        )
        if (most.total > 0) counts.lang.set(lang, most.total)
        if (query.lang !== undefined && query.lang !== lang) return
        const add = (facet: Facet, distribution: Record<string, Record<string, number>> | undefined): void => {
          for (const [value, times] of Object.entries(distribution?.[facet] ?? {}))
            if (times > 0) counts[facet].set(value, (counts[facet].get(value) ?? 0) + times)
        }
        for (const facet of open) add(facet, found.results[most.at]?.facetDistribution)
        if (filtered.length === 0) return
        const more = await reader.multiSearch<MultiSearchParams>({
          queries: filtered.map((facet) => of(queries[most.at] ?? '', lang, [facet], facet)),
        })
        for (const [at, facet] of filtered.entries()) add(facet, more.results[at]?.facetDistribution)
      }),
    )
    return counts
  }

  return {
    countFacets,
    /** Candidates by words. @param limit of each of the queries; @param places what look-up ranks by is read as well */
    byWords: (queries: readonly string[], query: LexicalQuery, { limit, places }: { limit: number; places: boolean }) =>
      proposals(
        proposed(queries, query).map((one) => ({
          ...one,
          limit,
          ...(places ? { attributesToRetrieve: [...PLACED] } : {}),
        })),
      ),
    /** Candidates by the places and acts that the query names. @param words orders them where there are more than fit */
    byPlace: (lookUp: LookUp, query: LexicalQuery, words: string) => proposals(lookUpQueries(lookUp, query, words)),
  }
}
