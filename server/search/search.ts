import { today, type Lang } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { FUSION_K, fuseRanks, vectorShare } from './fuse.ts'
import type { CorrectionKind, LexicalExplanation, PhraseResult } from './lexical-index.ts'
import type { Degraded, Explanation, SearchHit, SearchResult } from './schema.ts'
import type { SearchContext } from './search-context.ts'
import { searchAcross, type CrossLanguage } from './translation/search-across.ts'
import { searchVectors } from './vector-index.ts'
import { passagesByIds, type VisiblePassage } from '#server/articles/visible-passages.ts'

export interface SearchInput {
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
}

/** How many candidates each index proposes. */
const CANDIDATES = 50
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
}

/** The query as the lexical index is asked. */
const wordsOf = ({ q, prefix, verbatim }: SearchInput) => ({
  text: q,
  prefix: prefix ?? true,
  ...(verbatim === undefined ? {} : { verbatim }),
})

/** Nearest passages by meaning; null when the embedder does not answer: words are enough to go on with, and the caller says so. */
async function findByMeaning(ctx: SearchContext, text: string, filter: { asOf: string; lang?: Lang }) {
  let vector: number[]
  try {
    vector = await ctx.embedder.embedQuery(text)
  } catch (error) {
    ctx.log.warn({ err: error, embedder: ctx.embedder.name }, 'the embedder did not answer; searching by words alone')
    return null
  }
  return searchVectors(ctx.db, ctx.embedder, { vector, limit: CANDIDATES, ...filter })
}

/** Candidates of both indexes in one order, read back from the database: only what is published and in force remains. */
export async function rankPassages(ctx: SearchContext, input: SearchInput): Promise<Ranking> {
  const asOf = input.asOf ?? today(ctx)
  const filter = { asOf, ...(input.lang === undefined ? {} : { lang: input.lang }) }
  const query = { ...wordsOf(input), limit: CANDIDATES, ...filter }
  const inOwn = await ctx.lexicalIndex.search(query)
  const across = await searchAcross(ctx, query, inOwn)
  const lexical = { ...inOwn, ...across }
  const meant = lexical.correctedTo ?? input.q
  // What is quoted is wanted word for word: nothing that is only near to it.
  const vector = lexical.phrases?.only === true ? [] : await findByMeaning(ctx, meant, filter)
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
  const visible: RankedPassage[] = []
  let gone = 0
  // An index may lag behind: what it proposes is read back, and what is gone makes room for the next.
  for (let from = 0; from < fused.length && visible.length < input.limit; from += READ_AT_ONCE) {
    const batch = fused.slice(from, from + READ_AT_ONCE)
    const scores = new Map(batch.map((hit) => [hit.passageId, hit.score]))
    const read = await passagesByIds(ctx, [...scores.keys()], asOf)
    gone += batch.length - read.length
    for (const passage of read) visible.push({ ...passage, score: scores.get(passage.passageId) ?? 0 })
  }
  return {
    passages: visible.slice(0, input.limit),
    total: Math.max(lexical.total, fused.length) - gone,
    correctedTo: lexical.correctedTo,
    correctionKind: lexical.correctionKind,
    degraded,
    crossLanguage: across?.crossLanguage ?? null,
    phrases: lexical.phrases ?? null,
    places,
  }
}

/** What the scores by words are made of, of passages that the index itself found by words. */
async function explainWords(
  ctx: SearchContext,
  input: SearchInput,
  { passages, places, degraded, crossLanguage }: Ranking,
): Promise<ReadonlyMap<string, LexicalExplanation>> {
  const found = passages.flatMap(({ passageId }) => (places.get(passageId)?.lexical == null ? [] : [passageId]))
  // What stood in for the index has scores of another kind.
  if (found.length === 0 || degraded.some(({ part }) => part === 'words')) return new Map()
  const translated = crossLanguage === null ? {} : { translator: ctx.translator }
  return ctx.lexicalIndex.explain({ ...wordsOf(input), ...translated }, found)
}

/**
 * Finds passages of published articles in force on a day.
 * @returns hits, best first, with ranges of `text` to mark; `total` counts all that matched
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
    const highlights = mark(passage.text, passage.lang)
    const place = ranking.places.get(passage.passageId)
    const matched = highlights.map(([start, end]) => passage.text.slice(start, end).toLowerCase())
    return {
      articleId: passage.articleId,
      versionId: passage.versionId,
      passageId: passage.passageId,
      title: passage.title,
      lang: passage.lang,
      text: passage.text,
      highlights,
      citation: passage.citation,
      languageDifferences: passage.languageDifferences,
      sourceChanged: passage.sourceChanged,
      changesOn: passage.changesOn,
      score: passage.score,
      ...(place === undefined
        ? {}
        : { explain: { ...place, words: words.get(passage.passageId) ?? null, matched: [...new Set(matched)] } }),
    }
  })
  return {
    hits,
    total: ranking.total,
    tookMs: Math.round((performance.now() - started) * 10) / 10,
    queryId: newId('qry'),
    correctedTo: ranking.correctedTo,
    correctionKind: ranking.correctionKind,
    degraded: ranking.degraded,
    crossLanguage: ranking.crossLanguage,
    phrases: ranking.phrases,
  }
}
