import type { Lang } from '#server/context.ts'

/** A field of a document and how it counts. */
export interface FieldSettings {
  name: string
  weight: number
  /** How much a long field counts less, 0…1. */
  b: number
}

export interface PostingSettings {
  fields: readonly FieldSettings[]
  /** How fast repetitions of a term stop to count. */
  k1: number
  /** Whose language a term belongs to; null for one that all share. Rarity is reckoned among that language's documents. */
  langOf: (term: string) => Lang | null
  /** True for a term that adds to a score and finds nothing by itself. */
  isSoft: (term: string) => boolean
}

export interface WeightedTerm {
  term: string
  weight: number
}

/** What is asked for: words, each a set of terms it may be met by. */
export interface WordQuery {
  terms: ReadonlyMap<string, number>
}

export interface Scored {
  /** Number of the document, as `add` gave it. */
  document: number
  score: number
  /** Share of the query's words that were met, 0…1. */
  covered: number
}

interface Posting {
  documents: number[]
  /** Counts of the term in each field, six bits a field. */
  counts: number[]
  /** In how many documents each field has it. */
  having: number[]
}

/** An inverted index of terms, in memory. */
export interface Postings {
  /** Adds a document: terms of each field, in the order of the settings. @returns its number */
  add(lang: Lang, fields: readonly (readonly string[])[]): number
  /** Takes a document out. @param fields the same terms it was added with */
  remove(document: number, lang: Lang, fields: readonly (readonly string[])[]): void
  has(term: string): boolean
  /** All documents that meet a word (soft terms aside), in no order. Costs the length of the terms' lists, not the number of documents. */
  score(words: readonly WordQuery[]): Scored[]
}

const BITS = 6
const MOST = (1 << BITS) - 1
const MOST_FIELDS = 5

interface LangStats {
  documents: number
  lengths: number[]
}

/**
 * BM25 (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009), field by field: a term has its own rarity and its own
 * normal length in each field, so that a word among the few that definitions define counts as the rare thing it is there. Lengths
 * and rarity are reckoned within a language: Kazakh passages do not dilute Russian ones.
 */
export const createPostings = ({ fields, k1, langOf, isSoft }: PostingSettings): Postings => {
  if (fields.length > MOST_FIELDS) throw new Error(`at most ${MOST_FIELDS} fields`)
  const lists = new Map<string, Posting>()
  const langs: Lang[] = []
  /** Length of each field of each document, field by field. */
  const lengths: number[] = []
  const stats: Record<Lang, LangStats> = {
    ru: { documents: 0, lengths: fields.map(() => 0) },
    kk: { documents: 0, lengths: fields.map(() => 0) },
  }
  const weights = fields.map(({ weight }) => weight)
  const bases = fields.map(({ b }) => 1 - b)
  const width = fields.length
  let scores = new Float64Array(0)
  let coverage = new Float64Array(0)
  let lastWord = new Int32Array(0)

  const countsOf = (terms: readonly (readonly string[])[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const [field, list] of terms.entries()) {
      const shift = field * BITS
      for (const term of list) {
        const packed = counts.get(term) ?? 0
        if (((packed >>> shift) & MOST) < MOST) counts.set(term, packed + (1 << shift))
      }
    }
    return counts
  }
  const count = (lang: Lang, terms: readonly (readonly string[])[], sign: 1 | -1): void => {
    const own = stats[lang]
    own.documents += sign
    for (const [field, list] of terms.entries()) own.lengths[field] = (own.lengths[field] ?? 0) + sign * list.length
  }
  const countHaving = ({ having }: Posting, packed: number, sign: 1 | -1): void => {
    for (let field = 0; field < width; field += 1)
      if (((packed >>> (field * BITS)) & MOST) > 0) having[field] = (having[field] ?? 0) + sign
  }
  /** Where a document stands in a list, which is in the order of numbers. */
  const placeOf = (documents: readonly number[], document: number): number => {
    let low = 0
    let high = documents.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((documents[middle] ?? 0) < document) low = middle + 1
      else high = middle
    }
    return documents[low] === document ? low : -1
  }

  return {
    add(lang, terms) {
      const document = langs.length
      langs.push(lang)
      for (const [field] of fields.entries()) lengths.push(terms[field]?.length ?? 0)
      count(lang, terms, 1)
      for (const [term, packed] of countsOf(terms)) {
        const list = lists.get(term)
        const own = list ?? { documents: [], counts: [], having: fields.map(() => 0) }
        if (list === undefined) lists.set(term, own)
        own.documents.push(document)
        own.counts.push(packed)
        countHaving(own, packed, 1)
      }
      return document
    },

    remove(document, lang, terms) {
      count(lang, terms, -1)
      for (const term of countsOf(terms).keys()) {
        const list = lists.get(term)
        const at = list === undefined ? -1 : placeOf(list.documents, document)
        if (list === undefined || at < 0) continue
        list.documents.splice(at, 1)
        const [packed = 0] = list.counts.splice(at, 1)
        countHaving(list, packed, -1)
        if (list.documents.length === 0) lists.delete(term)
      }
    },

    has: (term) => lists.has(term),

    score(words) {
      if (scores.length < langs.length) {
        const size = Math.max(64, langs.length * 2)
        scores = new Float64Array(size)
        coverage = new Float64Array(size)
        lastWord = new Int32Array(size)
      }
      const touched: number[] = []
      // Normalisation by length: 1 / (1 - b + b · length / average), per language and field.
      const slopes = new Map<Lang, number[]>()
      for (const lang of ['ru', 'kk'] as const) {
        const own = stats[lang]
        slopes.set(
          lang,
          fields.map(({ b }, field) => {
            const average = own.documents === 0 ? 0 : (own.lengths[field] ?? 0) / own.documents
            return average === 0 ? 0 : b / average
          }),
        )
      }
      const russian = slopes.get('ru') ?? []
      const kazakh = slopes.get('kk') ?? []
      for (const [number, { terms }] of words.entries()) {
        const stamp = number + 1
        const met: { list: Posting; gains: number[]; soft: boolean }[] = []
        for (const [term, weight] of terms) {
          const list = lists.get(term)
          if (list === undefined) continue
          const lang = langOf(term)
          const among = lang === null ? stats.ru.documents + stats.kk.documents : stats[lang].documents
          const rarity = (having: number): number => Math.log(1 + (Math.max(among - having, 0) + 0.5) / (having + 0.5))
          met.push({
            list,
            soft: isSoft(term),
            gains: list.having.map((having, field) =>
              having === 0 ? 0 : weight * (weights[field] ?? 0) * rarity(having) * (k1 + 1),
            ),
          })
        }
        for (const { list, gains, soft } of met) {
          const { documents, counts } = list
          for (let at = 0; at < documents.length; at += 1) {
            const document = documents[at] ?? 0
            const packed = counts[at] ?? 0
            const slope = langs[document] === 'kk' ? kazakh : russian
            const from = document * width
            let gain = 0
            for (let field = 0; field < width; field += 1) {
              const times = (packed >>> (field * BITS)) & MOST
              if (times > 0)
                gain +=
                  ((gains[field] ?? 0) * times) /
                  (times + k1 * ((bases[field] ?? 1) + (slope[field] ?? 0) * (lengths[from + field] ?? 0)))
            }
            const own = scores[document] ?? 0
            if (own === 0) touched.push(document)
            scores[document] = own + gain
            if (!soft && lastWord[document] !== stamp) {
              lastWord[document] = stamp
              coverage[document] = (coverage[document] ?? 0) + 1
            }
          }
        }
      }
      const found: Scored[] = []
      for (const document of touched) {
        const met = coverage[document] ?? 0
        if (met > 0) found.push({ document, score: scores[document] ?? 0, covered: met / words.length })
        scores[document] = 0
        coverage[document] = 0
        lastWord[document] = 0
      }
      return found
    },
  }
}
