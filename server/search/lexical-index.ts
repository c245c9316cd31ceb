import type { Lang } from '#server/context.ts'
import type { Translator } from './translation/translator.ts'
import type { ActName } from './look-up.ts'
import type { WordShare } from './word-query.ts'

/** What a passage is of, to filter by. */
export interface LexicalAttributes {
  kind?: string
}

/** A passage as the lexical index holds it. */
export interface LexicalDocument {
  passageId: string
  articleId: string
  lang: Lang
  /** Title of the article. */
  title: string
  /** «п. 8», «п. 3 пп. 4»; the index makes exact tokens of it. */
  label: string
  /** Id of its element in the act, and the act; none for texts of editors. */
  eid?: string | null
  act?: ActName | null
  /** Number of the act that gave its wording; null where it is as first adopted. */
  changedBy?: string | null
  /** Chapter and lead-in of the point: helps to find, is never quoted. */
  context: string
  text: string
  /** In force on days d with validFrom <= d and (validTo is null or d < validTo). */
  validFrom: string
  validTo: string | null
  attributes?: LexicalAttributes
  /** Changes when anything above changes: reconciliation compares it. */
  fingerprint: string
}

export interface LexicalQuery {
  text: string
  /** Only passages in this language. */
  lang?: Lang
  /** Only passages with all of these. */
  attributes?: LexicalAttributes
  asOf: string
  limit: number
  /** The last word may be unfinished (as-you-type). */
  prefix: boolean
  /** Search for the words as typed, however unknown: nothing is rewritten. */
  verbatim?: boolean
  /** Words are also met by what they are in the other language. */
  translator?: Translator
}

/** A query as its words are read. */
export type QueryWords = Pick<LexicalQuery, 'text' | 'prefix' | 'verbatim' | 'translator'>

/** Why something else was searched for: a misspelt word, another keyboard layout, Latin letters. */
export type CorrectionKind = 'typo' | 'layout' | 'transliteration'

export interface LexicalHit {
  passageId: string
  /** Of the passage; an engine that does not know it has none. */
  lang?: Lang
  score: number
}

/** Phrases that a query quotes. */
export interface PhraseResult {
  asked: string[]
  /** Whether any passage has all of them. */
  held: boolean
  /** Only such passages are given. */
  only: boolean
}

export interface LexicalResult {
  hits: LexicalHit[]
  /** All that matched, `limit` aside. */
  total: number
  /** What was searched for instead, when words of the query were unknown; null when nothing was changed. */
  correctedTo: string | null
  /** What was the matter with the query; null when nothing was changed. */
  correctionKind: CorrectionKind | null
  /** The language the query is in, and how much of it the best passage of each language meets, 0…1; an engine that cannot tell has none. */
  reading?: { lang: Lang | null; met: Record<Lang, number> }
  /** What the query quotes; not there when it quotes nothing. */
  phrases?: PhraseResult
  /** Name of the index that answered in place of the one asked, when that one could not. */
  servedBy?: string
}

/** What a score is made of: the gains of the words, times the coverage, and what is added. */
export interface LexicalExplanation {
  words: WordShare[]
  /** What is left for the share of the query that is met: 1 when all of it is. */
  coverage: number
  /** Added because the label is what the query names. */
  named: number
  /** Added because the quoted phrases stand there word for word. */
  phrase: number
}

/** Whether the filters of a query let a passage through: language, attributes and the day. */
export const admits = (query: LexicalFilter, document: Filtered): boolean => {
  if (query.lang !== undefined && document.lang !== query.lang) return false
  if (document.validFrom > query.asOf || (document.validTo !== null && document.validTo <= query.asOf)) return false
  const kind = query.attributes?.kind
  return kind === undefined || document.attributes?.kind === kind
}

export type LexicalFilter = Pick<LexicalQuery, 'lang' | 'asOf' | 'attributes'>

/** What filters ask about. */
export type Filtered = Pick<LexicalDocument, 'lang' | 'validFrom' | 'validTo' | 'attributes'>

/** Proposes passages by their words. The database decides which of them may be seen. */
export interface LexicalIndex {
  readonly name: string
  /** Fingerprints by passage id of all it holds. */
  state(): Promise<ReadonlyMap<string, string>>
  apply(changes: { upsert: readonly LexicalDocument[]; remove: readonly string[] }): Promise<void>
  search(query: LexicalQuery): Promise<LexicalResult>
  /** Prepares a query once; the function it gives marks a text: half-open ranges that match, merged and in order. */
  highlighter(query: Omit<QueryWords, 'prefix'>): (text: string, lang: Lang) => [number, number][]
  /** Why passages stand where they stand; of those that the index does not hold, nothing. */
  explain(query: QueryWords, passageIds: readonly string[]): Promise<ReadonlyMap<string, LexicalExplanation>>
}

/** How an engine is doing, for `/health`. */
export interface EngineHealth {
  /** `degraded`: searches are answered, but not by the engine that was chosen. */
  state: 'ok' | 'degraded'
  /** Who answers now. */
  servedBy: string
  /** Why not the chosen one; null when it is. */
  reason: string | null
}

/** A lexical index as the server runs it: can be made anew while it is searched, and says how it is doing. */
export interface LexicalEngine extends LexicalIndex {
  /** Fills a new index with exactly these documents beside the old one, then switches; searches never see a half of it. */
  rebuild(documents: readonly LexicalDocument[]): Promise<void>
  health(): EngineHealth
}
