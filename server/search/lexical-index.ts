import type { Lang } from '#server/context.ts'
import type { Translator } from './translation/translator.ts'
import type { ActName } from './look-up.ts'
import type { WordShare } from './word-query.ts'

/** A provision of an act, a row of a service standard, a text of an article that is made from no act. */
export const PASSAGE_KINDS = ['act', 'passport', 'article'] as const
export type PassageKind = (typeof PASSAGE_KINDS)[number]

/** What a passage is of, to filter by and to count. */
export interface LexicalAttributes {
  kind?: string
  /** Bodies whose service or act it is, by id of the directory. */
  agency?: readonly string[]
  /** Services whose standard or rules it is of, by id of their passport. */
  service?: readonly string[]
}

/** Only passages of this kind, of any of these bodies, of any of these services. */
export type AttributeFilter = LexicalAttributes

/** What a result is counted by. */
export const FACETS = ['lang', 'kind', 'agency', 'service'] as const
export type Facet = (typeof FACETS)[number]
/** Passages that matched, by value; of each facet as if it were not filtered by, so that another value can be chosen. */
export type FacetCounts = Record<Facet, Map<string, number>>

export const noCounts = (): FacetCounts => ({
  lang: new Map(),
  kind: new Map(),
  agency: new Map(),
  service: new Map(),
})

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
  attributes?: AttributeFilter
  /** Passages that are passed over, as if they were not there: not the reader's to see. */
  except?: ReadonlySet<string>
  asOf: string
  limit: number
  /** Count what matched by facets. */
  facets?: boolean
  /** The last word may be unfinished (as-you-type). */
  prefix: boolean
  /** Search for the words as typed, however unknown: nothing is rewritten. */
  verbatim?: boolean
  /** Words are also met by what they are in the other language. */
  translator?: Translator
}

/** A query as its words are read. */
export type QueryWords = Pick<LexicalQuery, 'text' | 'prefix' | 'verbatim' | 'translator'>

/** Why something else was searched for: a misspelt word, another keyboard layout, Latin letters, Kazakh without its own letters. */
export type CorrectionKind = 'typo' | 'layout' | 'transliteration' | 'letters'

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
  /** All that matched, where it was asked for and the engine can count. */
  facets?: FacetCounts
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

const isAmong = (wanted: readonly string[] | undefined, own: readonly string[] | undefined): boolean =>
  wanted === undefined || wanted.some((value) => own?.includes(value) === true)

/**
 * Whether the filters of a query let a passage through: language, attributes and the day.
 * @param but a facet whose own filter does not count
 */
export const admits = (query: LexicalFilter, document: Filtered, but?: Facet): boolean => {
  if (document.validFrom > query.asOf || (document.validTo !== null && document.validTo <= query.asOf)) return false
  if (but !== 'lang' && query.lang !== undefined && document.lang !== query.lang) return false
  const { kind, agency, service } = query.attributes ?? {}
  const own = document.attributes
  return (
    (but === 'kind' || kind === undefined || own?.kind === kind) &&
    (but === 'agency' || isAmong(agency, own?.agency)) &&
    (but === 'service' || isAmong(service, own?.service))
  )
}

/** Values of a facet that a passage has. */
const valuesOf = ({ lang, attributes }: Pick<Filtered, 'lang' | 'attributes'>, facet: Facet): readonly string[] =>
  facet === 'lang'
    ? [lang]
    : facet === 'kind'
      ? attributes?.kind === undefined
        ? []
        : [attributes.kind]
      : (attributes?.[facet] ?? [])

/** Adds passages that have the same attributes to the counts of the facets whose other filters let them through. */
export const countIn = (counts: FacetCounts, query: LexicalFilter, document: Filtered, times: number): void => {
  for (const facet of FACETS)
    if (admits(query, document, facet))
      for (const value of valuesOf(document, facet)) counts[facet].set(value, (counts[facet].get(value) ?? 0) + times)
}

export type LexicalFilter = Pick<LexicalQuery, 'lang' | 'asOf' | 'attributes' | 'except'>

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
