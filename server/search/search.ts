import { sql } from 'drizzle-orm'
import { onceAsked } from '#server/db/once-asked.ts'
import { today, type Lang } from '#server/context.ts'
import { notFound } from '#server/errors.ts'
import { newId } from '#server/ids.ts'
import type { Embedder } from './embedder.ts'
import { FUSION_K, fuseRanks, LOCAL_VECTORS, vectorShare, type RankedHit } from './fuse.ts'
import { exceptCondition } from './attributes/attribute-condition.ts'
import { presentFacets } from './attributes/present-facets.ts'
import { recentDirectory } from './attributes/read-directory.ts'
import { resolveFilter, type NamedFilter, type ResolvedFilter } from './attributes/resolve-filter.ts'
import {
  countIn,
  type CorrectionKind,
  type FacetCounts,
  type LexicalExplanation,
  type LexicalFilter,
  type LexicalResult,
  type PhraseResult,
} from './lexical-index.ts'
import type { Degraded, Explanation, FoundPassage, SearchHit, SearchResult } from './schema.ts'
import type { SearchContext } from './search-context.ts'
import { foldTwins } from './shape/fold-twins.ts'
import { groupByArticle } from './shape/group-by-article.ts'
import { readPlaces, type FoundPlace } from './shape/read-places.ts'
import { counterpartsOf, type Counterpart } from './translation/counterparts.ts'
import { searchAcross, type CrossLanguage } from './translation/search-across.ts'
import { searchVectors } from './vector-index.ts'
import { hiddenPassages, passagesByIds, type VisiblePassage } from '#server/articles/visible-passages.ts'

export interface SearchInput extends NamedFilter {
  q: string
  lang?: Lang | undefined
  asOf?: string | undefined
  limit: number
  /** The last word may be unfinished. */
  prefix?: boolean
  /** The words as typed: nothing is rewritten. */
  verbatim?: boolean | undefined
  /** Say of each hit why it stands where it does. */
  explain?: boolean | undefined
  /** Count what matched by language, kind, body and service. */
  facets?: boolean | undefined
  /**
   * Shape the list for a person who reads it: two texts of one provision are one hit, in the language of the query or else in this one, and no article
   * fills the page. Without it every passage is a hit of its own, as answers and models need them.
   */
  shape?: { reader: Lang } | undefined
  /** Only hits in this article, however many. */
  article?: string | undefined
}

/** How answers rank, whose lists are not shaped. */
interface ForAnswers {
  /** What a caller has to compute beside search: it is called while the database reads passages back. */
  meanwhile?: (() => Promise<unknown>) | undefined
  /** What is asked in this language is not looked for in the other one before that is asked for, by `withOtherLanguage`. */
  ownLanguage?: Lang | undefined
}

/** How many candidates each index proposes. */
const CANDIDATES = 50
/** How many words propose where some are put under others: what is left fills a page. */
const SHAPED_CANDIDATES = 120
/** How many candidates are read back at once: a page of results and a few to spare. */
const READ_AT_ONCE = 24

export interface RankedPassage extends VisiblePassage {
  score: number
}

type Place = Omit<Explanation, 'matched' | 'words'>

export interface Ranking {
  passages: RankedPassage[]
  total: number
  correctedTo: string | null
  correctionKind: CorrectionKind | null
  degraded: Degraded
  /** Quoted phrases, and whether any passage has them; null when none is quoted. */
  phrases: PhraseResult | null
  /** From which language the words of the query were read into which, when the own one had too little. */
  crossLanguage: CrossLanguage | null
  /** By passage; what needs its text or its terms is asked for the page alone. */
  places: ReadonlyMap<string, Place>
  facets: FacetCounts | null
  filter: ResolvedFilter | null
  /** How many hits stand under another one of their article, by that one. */
  under: ReadonlyMap<string, number>
  /** Passages in the reader's language that stand for their text in the other one, which was found. */
  instead: ReadonlyMap<string, string>
  /** The texts in the other language, by passage; of a list that is shaped. */
  counterparts: ReadonlyMap<string, Counterpart>
  /** The list with what stands in the other language alone, and what is near in it: this one, where that was not left for later or there is none. */
  withOtherLanguage: () => Promise<Pick<Ranking, 'passages' | 'crossLanguage' | 'degraded'>>
}

/** The query as the lexical index is asked. */
const wordsOf = ({ q, prefix, verbatim }: SearchInput) => ({
  text: q,
  prefix: prefix ?? true,
  ...(verbatim === undefined ? {} : { verbatim }),
})

/**
 * Whether meaning is not asked for, where words have filled the list: where they say exactly what is meant, what is near to it only follows them, and while
 * somebody types, what counts as little as hashed features moves nothing among the first.
 */
const wordsSuffice = (query: string, hits: number, { fusionWeight }: Embedder, isTyping: boolean): boolean =>
  hits >= CANDIDATES && (vectorShare(query, fusionWeight) === 0 || (isTyping && fusionWeight <= LOCAL_VECTORS))

/** A query as its embedder reads it; null when the embedder does not answer: words are enough to go on with, and the caller says so. */
async function embed(ctx: SearchContext, text: string): Promise<number[] | null> {
  try {
    return await ctx.embedder.embedQuery(text)
  } catch (error) {
    ctx.log.warn({ err: error, embedder: ctx.embedder.name }, 'the embedder did not answer; searching by words alone')
    return null
  }
}

/** Counts of what words matched, and of what came beside it: passages found by meaning alone, or in the other language. */
async function countAll(
  ctx: SearchContext,
  filter: LexicalFilter,
  lexical: Pick<LexicalResult, 'hits' | 'total' | 'facets'>,
  fused: readonly RankedHit[],
  places: ReadonlyMap<string, FoundPlace>,
): Promise<FacetCounts | null> {
  if (lexical.facets === undefined) return null
  // Of more than the candidates it is not known which of the others words met as well.
  if (lexical.total > lexical.hits.length) return lexical.facets
  const met = new Set(lexical.hits.map(({ passageId }) => passageId))
  const directory = await recentDirectory(ctx.db)
  for (const { passageId } of fused) {
    const place = met.has(passageId) ? undefined : places.get(passageId)
    if (place === undefined) continue
    const { lang, isAct, actId, eid, sources } = place
    const attributes = directory.attributesOf(
      isAct,
      actId === null || eid === null ? (sources ?? []) : [{ actId, eid }],
    )
    countIn(lexical.facets, filter, { lang, validFrom: filter.asOf, validTo: null, attributes }, 1)
  }
  return lexical.facets
}

/** Reads hits back in order, as many as are wanted: what an index proposes and the database does not show makes room for the next. */
async function readBack(
  ctx: SearchContext,
  hits: readonly RankedHit[],
  { asOf, limit }: { asOf: string; limit: number },
): Promise<{ passages: RankedPassage[]; gone: number }> {
  const passages: RankedPassage[] = []
  let gone = 0
  for (let from = 0; from < hits.length && passages.length < limit; from += READ_AT_ONCE) {
    const batch = hits.slice(from, from + READ_AT_ONCE)
    const scores = new Map(batch.map((hit) => [hit.passageId, hit.score]))
    const read = await passagesByIds(ctx, [...scores.keys()], asOf)
    gone += batch.length - read.length
    for (const passage of read) passages.push({ ...passage, score: scores.get(passage.passageId) ?? 0 })
  }
  return { passages: passages.slice(0, limit), gone }
}

/**
 * Candidates of both indexes in one order, read back from the database: only what is published and in force remains. Not to be called in a transaction:
 * it asks the database for two things at a time.
 * @throws DomainError `validation-failed` for a body or a service that is not known
 */
export async function rankPassages(ctx: SearchContext, input: SearchInput & ForAnswers): Promise<Ranking> {
  const asOf = input.asOf ?? today(ctx)
  const resolved = await resolveFilter(ctx.db, input)
  const inLang = { asOf, ...(input.lang === undefined ? {} : { lang: input.lang }) }
  // Search knows no editor, whoever asks: what it finds is told to callers.
  const except = new Set(await hiddenPassages({ db: ctx.db, now: ctx.now }, asOf))
  const filter = { ...inLang, except, ...(resolved === null ? {} : { attributes: resolved.attributes }) }
  const counting = input.facets === true
  const isShaped = input.shape !== undefined || input.article !== undefined
  const limit = isShaped ? SHAPED_CANDIDATES : CANDIDATES
  const query = { ...wordsOf(input), limit, ...filter, ...(counting ? { facets: true } : {}) }
  const inOwn = await ctx.lexicalIndex.search(query)
  const meant = inOwn.correctedTo ?? input.q
  const suffice = (hits: number): boolean =>
    inOwn.phrases?.only === true || wordsSuffice(meant, hits, ctx.embedder, wordsOf(input).prefix)
  const isLater = !isShaped && input.ownLanguage !== undefined && inOwn.reading?.lang === input.ownLanguage
  let embedded: Promise<number[] | null> | null = null
  /** Nearest passages by meaning; null when the embedder does not answer. */
  const byMeaning = async (lang = input.lang) => {
    const vector = await (embedded ??= embed(ctx, meant))
    return vector === null
      ? null
      : searchVectors(ctx.db, ctx.embedder, {
          vector,
          asOf,
          limit: CANDIDATES,
          ...(lang === undefined ? {} : { lang }),
          narrowed: sql`${resolved === null ? sql`` : resolved.narrowed} ${exceptCondition(except)}`,
        })
  }
  const nearIn = isLater ? (input.lang ?? input.ownLanguage) : input.lang
  const isEnough = suffice(inOwn.hits.length)
  // The other language is searched while the database looks for what is near.
  const [near, across] = await Promise.all([
    isEnough ? [] : byMeaning(nearIn),
    isLater ? null : onceAsked(() => searchAcross(ctx, query, inOwn)),
  ])
  const lexical: LexicalResult = { ...inOwn, ...across }
  const crossLanguage = across === null || 'servedBy' in across ? null : across.crossLanguage
  // The other language may have filled the list, or taken the place of the own one with less.
  const vector = suffice(lexical.hits.length) ? [] : isEnough ? await byMeaning(nearIn) : near
  const degraded: Degraded = []
  if (lexical.servedBy !== undefined) degraded.push({ part: 'words', servedBy: lexical.servedBy })
  if (vector === null) degraded.push({ part: 'meaning', servedBy: null })
  else if (ctx.embedder.standsInFor !== undefined) degraded.push({ part: 'meaning', servedBy: ctx.embedder.name })
  const fused = fuseRanks(meant, lexical.hits, vector ?? [], ctx.embedder.fusionWeight)
  const places = new Map<string, Place>()
  if (input.explain === true) {
    const weights = { lexical: 1, vector: vectorShare(meant, ctx.embedder.fusionWeight), k: FUSION_K }
    for (const { passageId } of fused) places.set(passageId, { lexical: null, vector: null, weights })
    for (const [index, { passageId, score }] of lexical.hits.entries())
      places.set(passageId, { lexical: { rank: index + 1, score }, vector: null, weights })
    for (const [index, { passageId, score }] of (vector ?? []).entries())
      places.set(passageId, {
        lexical: places.get(passageId)?.lexical ?? null,
        vector: { rank: index + 1, similarity: score },
        weights,
      })
  }
  const found =
    isShaped || counting
      ? await readPlaces(
          ctx.db,
          fused.map(({ passageId }) => passageId),
        )
      : null
  const facets = found === null || !counting ? null : await countAll(ctx, filter, inOwn, fused, found)
  const matched = Math.max(lexical.total, fused.length)
  const common = {
    correctedTo: lexical.correctedTo,
    correctionKind: lexical.correctionKind,
    degraded,
    crossLanguage,
    phrases: lexical.phrases ?? null,
    places,
    facets,
    filter: resolved,
  }
  if (!isShaped || found === null) {
    const [{ passages, gone }] = await Promise.all([
      readBack(ctx, fused, { asOf, limit: input.limit }),
      input.meanwhile === undefined ? null : onceAsked(input.meanwhile),
    ])
    return {
      ...common,
      passages,
      total: matched - gone,
      under: new Map(),
      instead: new Map(),
      counterparts: new Map(),
      withOtherLanguage: async () => {
        const later = isLater ? await onceAsked(() => searchAcross(ctx, query, inOwn)) : null
        const before = { passages, crossLanguage, degraded }
        if (later === null) return before
        if ('servedBy' in later)
          return { ...before, degraded: [...degraded, { part: 'words', servedBy: later.servedBy }] }
        const isNearAsked = !suffice(later.hits.length)
        const elsewhere = isNearAsked && input.lang === undefined ? await byMeaning(later.crossLanguage.to) : []
        const nearest = [...(isNearAsked ? (vector ?? []) : []), ...(elsewhere ?? [])]
        const isNew = elsewhere === null && !degraded.some(({ part }) => part === 'meaning')
        const best = nearest.toSorted((left, right) => right.score - left.score).slice(0, CANDIDATES)
        const both = fuseRanks(meant, later.hits, best, ctx.embedder.fusionWeight)
        return {
          passages: (await readBack(ctx, both, { asOf, limit: input.limit })).passages,
          crossLanguage: later.crossLanguage,
          degraded: isNew ? [...degraded, { part: 'meaning', servedBy: null }] : degraded,
        }
      },
    }
  }
  const seen = fused.filter(({ passageId }) => found.has(passageId))
  const spoken = inOwn.reading?.lang ?? input.shape?.reader
  // Whoever asks for one language has said which of two texts is wanted.
  const reader = input.lang === undefined && input.shape !== undefined ? spoken : undefined
  // Of all at once: a query costs its planning, whatever it is asked of.
  const counterparts = await counterpartsOf(
    ctx,
    seen.flatMap(({ passageId }) => found.get(passageId) ?? []),
    asOf,
  )
  const { hits: standing, instead } =
    reader === undefined
      ? { hits: seen, instead: new Map<string, string>() }
      : await inLanguageOf(ctx, foldTwins(seen, found, reader), { reader, counterparts, found })
  for (const [passageId, was] of instead) {
    const place = places.get(was)
    if (place !== undefined) places.set(passageId, place)
  }
  const { hits, under } =
    input.article === undefined
      ? groupByArticle(meant, standing, found)
      : {
          hits: standing.filter(({ passageId }) => found.get(passageId)?.articleId === input.article),
          under: new Map<string, number>(),
        }
  const { passages, gone } = await readBack(ctx, hits, { asOf, limit: input.limit })
  const came = passages.filter(({ passageId }) => instead.has(passageId))
  if (came.length > 0)
    for (const [passageId, counterpart] of await counterpartsOf(
      ctx,
      came.flatMap(({ passageId }) => found.get(passageId) ?? []),
      asOf,
    ))
      counterparts.set(passageId, counterpart)
  return {
    ...common,
    passages,
    total: (input.article === undefined ? matched - (fused.length - standing.length) : hits.length) - gone,
    under,
    instead,
    counterparts,
    withOtherLanguage: () => Promise.resolve({ passages, crossLanguage, degraded }),
  }
}

/**
 * Where only the text in the other language was found of two, the one in the reader's language takes its place.
 * @param input.found gets the places of what comes in
 * @returns in the same order; `instead`: what came, by what it came for
 */
async function inLanguageOf(
  ctx: SearchContext,
  hits: readonly RankedHit[],
  {
    reader,
    counterparts,
    found,
  }: { reader: Lang; counterparts: ReadonlyMap<string, Counterpart>; found: Map<string, FoundPlace> },
): Promise<{ hits: RankedHit[]; instead: Map<string, string> }> {
  const ownOf = ({ passageId }: RankedHit): string | undefined =>
    found.get(passageId)?.lang === reader ? undefined : counterparts.get(passageId)?.passageId
  const owns = hits.flatMap((hit) => ownOf(hit) ?? [])
  if (owns.length === 0) return { hits: [...hits], instead: new Map() }
  const coming = await readPlaces(ctx.db, owns)
  for (const [id, place] of coming) found.set(id, place)
  const instead = new Map<string, string>()
  const taken = new Set(hits.map(({ passageId }) => passageId))
  const standing = hits.flatMap((hit) => {
    const own = ownOf(hit)
    if (own === undefined) return hit
    if (taken.has(own)) return []
    taken.add(own)
    instead.set(own, hit.passageId)
    return { passageId: own, score: hit.score }
  })
  return { hits: standing, instead }
}

/** What the scores by words are made of, of passages that the index itself found by words. */
async function explainWords(
  ctx: SearchContext,
  input: SearchInput,
  { passages, places, degraded, crossLanguage, instead }: Ranking,
): Promise<ReadonlyMap<string, LexicalExplanation>> {
  const found = passages.flatMap(({ passageId }) =>
    // The words of a query were met in the text that it stands for.
    places.get(passageId)?.lexical == null || instead.has(passageId) ? [] : [passageId],
  )
  // What stood in for the index has scores of another kind.
  if (found.length === 0 || degraded.some(({ part }) => part === 'words')) return new Map()
  const translated = crossLanguage === null ? {} : { translator: ctx.translator }
  return ctx.lexicalIndex.explain({ ...wordsOf(input), ...translated }, found)
}

/** A passage as a hit shows it. */
const shown = (passage: VisiblePassage, mark: (text: string, lang: Lang) => [number, number][]): FoundPassage => ({
  articleId: passage.articleId,
  versionId: passage.versionId,
  passageId: passage.passageId,
  title: passage.title,
  lang: passage.lang,
  text: passage.text,
  highlights: mark(passage.text, passage.lang),
  citation: passage.citation,
  languageDifferences: passage.languageDifferences,
  sourceChanged: passage.sourceChanged,
  changesOn: passage.changesOn,
})

/**
 * Finds passages of published articles in force on a day.
 * @returns hits, best first, with ranges of `text` to mark; `total` counts all that matched
 * @throws DomainError `validation-failed` for a body or a service that is not known
 */
export async function search(ctx: SearchContext, input: SearchInput): Promise<SearchResult> {
  const started = performance.now()
  const ranking = await rankPassages(ctx, input)
  const mark = ctx.lexicalIndex.highlighter({
    text: ranking.correctedTo ?? input.q,
    ...(input.verbatim === undefined ? {} : { verbatim: input.verbatim }),
    ...(ranking.crossLanguage === null ? {} : { translator: ctx.translator }),
  })
  const words = await explainWords(ctx, input, ranking)
  const hits = ranking.passages.map((passage): SearchHit => {
    const hit = shown(passage, mark)
    const place = ranking.places.get(passage.passageId)
    const matched = hit.highlights.map(([start, end]) => passage.text.slice(start, end).toLowerCase())
    return {
      ...hit,
      score: passage.score,
      counterpart: ranking.counterparts.get(passage.passageId) ?? null,
      moreInArticle: ranking.under.get(passage.passageId) ?? 0,
      ...(place === undefined
        ? {}
        : { explain: { ...place, words: words.get(passage.passageId) ?? null, matched: [...new Set(matched)] } }),
    }
  })
  return {
    hits,
    total: ranking.total,
    facets:
      ranking.facets === null ? null : await presentFacets(ctx.db, ranking.facets, ranking.filter?.attributes ?? {}),
    tookMs: Math.round((performance.now() - started) * 10) / 10,
    queryId: newId('qry'),
    correctedTo: ranking.correctedTo,
    correctionKind: ranking.correctionKind,
    degraded: ranking.degraded,
    crossLanguage:
      ranking.crossLanguage === null ? null : { from: ranking.crossLanguage.from, to: ranking.crossLanguage.to },
    phrases: ranking.phrases,
  }
}

/**
 * One passage as a hit shows it: the text of a provision in the other language, say, in the place of the one that was found.
 * @param input.q what to mark in it, read into its language where it is in the other one
 * @throws DomainError `not-found` when it may not be seen on the day
 */
export async function findPassage(
  ctx: SearchContext,
  input: { passageId: string; q?: string | undefined; asOf?: string | undefined },
): Promise<FoundPassage> {
  const [passage] = await passagesByIds(ctx, [input.passageId], input.asOf ?? today(ctx))
  if (passage === undefined) throw notFound('passage', input.passageId)
  const mark =
    input.q === undefined || input.q === ''
      ? () => []
      : ctx.lexicalIndex.highlighter({ text: input.q, translator: ctx.translator })
  return shown(passage, mark)
}
