import type { Lang } from '#server/context.ts'
import { averageLength, rarityOf, saturate, worthOf, type FieldSettings } from './bm25.ts'
import type { SnapshotPart } from './snapshots/snapshot-file.ts'
import { explainTerms, knownShare, type TermCounts } from './score-terms.ts'
import type { Evidence, WordQuery, WordShare } from './word-query.ts'

export interface PostingSettings {
  fields: readonly FieldSettings[]
  /** How fast repetitions of a word stop to count. */
  k1: number
  /** Whose language a term belongs to; null for one that all share. Rarity is reckoned among that language's documents. */
  langOf: (term: string) => Lang | null
}

/** What matched. The arrays are the index's own and hold until its next call. */
export interface Matches {
  documents: Uint32Array
  /** By document. */
  scores: Float64Array
  /** Share of the query that a document meets, 0…1, by document: rare words are more of it. */
  covered: Float64Array
  /** Share of the query that any document meets at all, 0…1. */
  known: number
}

interface Posting {
  documents: number[]
  /** Counts of the term in each field, six bits a field. */
  counts: number[]
  /** Occurrences as they count, of each document; null until they are asked for, and after a change. */
  times: Float64Array | null
}

/** A list as a part of a dump has it: `[from, to)` of arrays that it shares with others. */
interface StoredPosting {
  documents: Uint32Array
  counts: Uint32Array
  from: number
  to: number
}

/** An inverted index of terms, in memory. */
export interface Postings {
  /** Adds a document: terms of each field, in the order of the settings. @returns its number */
  add(lang: Lang, fields: readonly (readonly string[])[]): number
  /** Takes a document out, once; its number will be another's. @param fields the same terms it was added with */
  remove(document: number, lang: Lang, fields: readonly (readonly string[])[]): void
  has(term: string): boolean
  /** All documents that meet a word (soft evidence aside), in no order. Costs the length of the terms' lists, not the number of documents. */
  score(words: readonly WordQuery[]): Matches
  /** What each word of the query did for one document. */
  explain(words: readonly WordQuery[], document: number): WordShare[]
  /** All of it, in parts of some megabytes; it must not be changed meanwhile. */
  dump(): Generator<SnapshotPart>
  /** Takes a part of a dump of one with the same settings, into one that was empty. @returns whether the part was one of it */
  restore(part: SnapshotPart): boolean
}

const BITS = 6
const MOST = (1 << BITS) - 1
const MOST_FIELDS = 5
/** Entries of posting lists in one part of a dump. */
const PART = 250_000
const ALL_LANGS: readonly Lang[] = ['ru', 'kk']
/** Words whose documents are remembered from one keystroke to the next, and how many documents of theirs in all. */
const MOST_WORDS = 64
const MOST_REMEMBERED = 1_000_000
/** How many occurrences are kept as they count: 32 MB of the terms that are asked for. */
const MOST_TIMES = 4_000_000

interface LangStats {
  documents: number
  lengths: number[]
  /** How many documents have the field at all: an average over empty ones would call every heading long. */
  having: number[]
}

/** Documents that meet a word, with what it gives each. */
interface WordGains {
  documents: Uint32Array
  gains: Float64Array
  /** How surely the word is met, 0…1. */
  met: Float32Array
  /** How rare the word is, all its evidence together. */
  rarity: number
}

const EMPTY: WordGains = {
  documents: new Uint32Array(0),
  gains: new Float64Array(0),
  met: new Float32Array(0),
  rarity: 0,
}

const keyOf = ({ evidence }: WordQuery): string =>
  evidence.map(({ kind, weight, terms }) => `${kind} ${weight} ${[...terms].join(' ')}`).join('\n')

/**
 * BM25 with fields over words that may be met in several ways. Terms of one way are pooled as one (the synonym operator of InQuery: Turtle & Croft 1991): their occurrences
 * add up, and the way is as rare as the documents that any of them is in. A word counts once, by the best of its ways: a document does
 * not win by meeting the same word as stem, as synonym and by its first letters. Lengths and rarity are reckoned within a language.
 */
export const createPostings = ({ fields, k1, langOf }: PostingSettings): Postings => {
  if (fields.length > MOST_FIELDS) throw new Error(`at most ${MOST_FIELDS} fields`)
  const lists = new Map<string, Posting>()
  /** Lists of a dump, as they came: most terms are never asked for, so each is taken apart when it first is. */
  const stored = new Map<string, StoredPosting>()
  const listOf = (term: string): Posting | undefined => {
    const known = lists.get(term)
    if (known !== undefined) return known
    const packed = stored.get(term)
    if (packed === undefined) return undefined
    const { documents, counts, from, to } = packed
    const list = { documents: [...documents.subarray(from, to)], counts: [...counts.subarray(from, to)], times: null }
    stored.delete(term)
    lists.set(term, list)
    return list
  }
  const langs: Lang[] = []
  /** Length of each field of each document, field by field. */
  const lengths: number[] = []
  const stats: Record<Lang, LangStats> = {
    ru: { documents: 0, lengths: fields.map(() => 0), having: fields.map(() => 0) },
    kk: { documents: 0, lengths: fields.map(() => 0), having: fields.map(() => 0) },
  }
  const width = fields.length
  const free: number[] = []
  let scores = new Float64Array(0)
  let covered = new Float64Array(0)
  let pooled = new Float64Array(0)
  let best = new Float64Array(0)
  let extra = new Float64Array(0)
  let sure = new Float32Array(0)
  /** Documents met by an evidence, by a word, by its soft evidence, by a query; each once. */
  let pooledIn = new Uint32Array(0)
  let touched = new Uint32Array(0)
  let touchedSoftly = new Uint32Array(0)
  let found = new Uint32Array(0)
  /** What one occurrence is worth, by document and field; null after a change. */
  let worths: Float32Array | null = null
  const remembered = new Map<string, WordGains>()
  let rememberedSize = 0

  const counted: Posting[] = []
  let timesKept = 0

  const forgetTimes = (): void => {
    for (const list of counted) list.times = null
    counted.length = 0
    timesKept = 0
  }
  const changed = (): void => {
    worths = null
    forgetTimes()
    remembered.clear()
    rememberedSize = 0
  }
  const averageOf = (lang: Lang, field: number): number =>
    averageLength(stats[lang].lengths[field] ?? 0, stats[lang].having[field] ?? 0)
  const worthByDocument = (): Float32Array => {
    if (worths !== null) return worths
    const made = new Float32Array(langs.length * width)
    for (const [field, settings] of fields.entries()) {
      const worth = { ru: worthOf(settings, averageOf('ru', field)), kk: worthOf(settings, averageOf('kk', field)) }
      for (let document = 0; document < langs.length; document += 1) {
        const at = document * width + field
        made[at] = worth[langs[document] ?? 'ru'](lengths[at] ?? 0)
      }
    }
    worths = made
    return made
  }
  const makeRoom = (): void => {
    if (scores.length >= langs.length) return
    const size = Math.max(64, langs.length * 2)
    scores = new Float64Array(size)
    covered = new Float64Array(size)
    pooled = new Float64Array(size)
    best = new Float64Array(size)
    extra = new Float64Array(size)
    sure = new Float32Array(size)
    pooledIn = new Uint32Array(size)
    touched = new Uint32Array(size)
    touchedSoftly = new Uint32Array(size)
    found = new Uint32Array(size)
  }

  const count = (lang: Lang, terms: readonly (readonly string[])[], sign: 1 | -1): void => {
    const own = stats[lang]
    own.documents += sign
    for (const [field, list] of terms.entries()) {
      own.lengths[field] = (own.lengths[field] ?? 0) + sign * list.length
      if (list.length > 0) own.having[field] = (own.having[field] ?? 0) + sign
    }
  }
  /** Where a list, which is in the order of numbers, has the document or would have it. */
  const firstNotBelow = (documents: readonly number[], document: number): number => {
    let low = 0
    let high = documents.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((documents[middle] ?? 0) < document) low = middle + 1
      else high = middle
    }
    return low
  }
  const amongWhom = (term: string): number => {
    const lang = langOf(term)
    return lang === null ? stats.ru.documents + stats.kk.documents : stats[lang].documents
  }
  /** How often the term of a list stands in each of its documents, each field by its worth. */
  const timesIn = (list: Posting): Float64Array => {
    if (list.times !== null) return list.times
    const worth = worthByDocument()
    const { documents, counts } = list
    const times = new Float64Array(documents.length)
    for (let at = 0; at < documents.length; at += 1) {
      let field = (documents[at] ?? 0) * width
      let sum = 0
      for (let rest = counts[at] ?? 0; rest > 0; rest >>>= BITS) {
        const here = rest & MOST
        if (here > 0) sum += here * (worth[field] ?? 0)
        field += 1
      }
      times[at] = sum
    }
    if (timesKept + times.length > MOST_TIMES) forgetTimes()
    list.times = times
    counted.push(list)
    timesKept += times.length
    return times
  }

  /** Pools the terms of an evidence in `pooled` and `pooledIn`. @returns how many documents are met, and among how many */
  const pool = ({ terms }: Evidence): { met: number; among: number } => {
    let met = 0
    let among = 0
    for (const [term, share] of terms) {
      const list = listOf(term)
      if (list === undefined || share <= 0) continue
      among = Math.max(among, amongWhom(term))
      const { documents } = list
      const times = timesIn(list)
      for (let at = 0; at < documents.length; at += 1) {
        const document = documents[at] ?? 0
        const before = pooled[document] ?? 0
        if (before === 0) pooledIn[met++] = document
        pooled[document] = before + share * (times[at] ?? 0)
      }
    }
    return { met, among }
  }

  /** Adds the terms of a soft evidence up in `extra` and `touchedSoftly`. @returns how many documents are touched now */
  const addSoftly = ({ weight, terms }: Evidence, touchedBefore: number): number => {
    let softly = touchedBefore
    for (const [term, share] of terms) {
      const list = listOf(term)
      if (list === undefined) continue
      const { documents } = list
      const rare = weight * share * rarityOf(documents.length, amongWhom(term))
      if (rare <= 0) continue
      const times = timesIn(list)
      for (let at = 0; at < documents.length; at += 1) {
        const document = documents[at] ?? 0
        const before = extra[document] ?? 0
        if (before === 0) touchedSoftly[softly++] = document
        extra[document] = before + rare * saturate(times[at] ?? 0, k1)
      }
    }
    return softly
  }

  const gainsOf = (word: WordQuery): WordGains => {
    const key = keyOf(word)
    const known = remembered.get(key)
    if (known !== undefined) {
      // The last used is the last to go.
      remembered.delete(key)
      remembered.set(key, known)
      return known
    }
    let many = 0
    let softly = 0
    let among = 0
    /** Documents that meet the word, a doubtful one as a part of one. */
    let having = 0
    for (const evidence of word.evidence) {
      const { weight } = evidence
      if (evidence.soft) {
        softly = addSoftly(evidence, softly)
        continue
      }
      const { met, among: here } = pool(evidence)
      among = Math.max(among, here)
      const certainty = Math.min(weight, 1)
      for (let at = 0; at < met; at += 1) {
        const document = pooledIn[at] ?? 0
        const gain = weight * saturate(pooled[document] ?? 0, k1)
        pooled[document] = 0
        const before = best[document] ?? 0
        if (gain > before) {
          if (before === 0) touched[many++] = document
          best[document] = gain
        }
        const surely = sure[document] ?? 0
        if (certainty > surely) {
          having += certainty - surely
          sure[document] = certainty
        }
      }
    }
    const rarity = rarityOf(having, among)
    for (let at = 0; at < many; at += 1) best[touched[at] ?? 0] = (best[touched[at] ?? 0] ?? 0) * rarity
    for (let at = 0; at < softly; at += 1) {
      const document = touchedSoftly[at] ?? 0
      if ((best[document] ?? 0) === 0) touched[many++] = document
    }
    const documents = touched.slice(0, many)
    const gains = new Float64Array(many)
    const met = new Float32Array(many)
    for (let at = 0; at < many; at += 1) {
      const document = documents[at] ?? 0
      gains[at] = (best[document] ?? 0) + (extra[document] ?? 0)
      met[at] = sure[document] ?? 0
      best[document] = 0
      sure[document] = 0
    }
    for (let at = 0; at < softly; at += 1) extra[touchedSoftly[at] ?? 0] = 0
    const gained: WordGains = many === 0 ? EMPTY : { documents, gains, met, rarity }
    remembered.set(key, gained)
    rememberedSize += many
    for (const [oldest, { documents }] of remembered) {
      if (remembered.size <= MOST_WORDS && rememberedSize <= MOST_REMEMBERED) break
      remembered.delete(oldest)
      rememberedSize -= documents.length
    }
    return gained
  }

  return {
    add(lang, terms) {
      changed()
      // A number that became free is given again, so that the arrays are as long as the most documents there ever were.
      const document = free.pop() ?? langs.length
      langs[document] = lang
      for (const [field] of fields.entries()) lengths[document * width + field] = terms[field]?.length ?? 0
      count(lang, terms, 1)
      for (const [field, list] of terms.entries()) {
        const shift = field * BITS
        for (const term of list) {
          const own = listOf(term)
          if (own === undefined) {
            lists.set(term, { documents: [document], counts: [1 << shift], times: null })
            continue
          }
          const end = own.documents.length
          const at = (own.documents[end - 1] ?? -1) < document ? end : firstNotBelow(own.documents, document)
          if (own.documents[at] === document) {
            const packed = own.counts[at] ?? 0
            if (((packed >>> shift) & MOST) < MOST) own.counts[at] = packed + (1 << shift)
          } else {
            own.documents.splice(at, 0, document)
            own.counts.splice(at, 0, 1 << shift)
          }
        }
      }
      return document
    },

    remove(document, lang, terms) {
      changed()
      count(lang, terms, -1)
      for (const term of new Set(terms.flat())) {
        const list = listOf(term)
        const at = list === undefined ? -1 : firstNotBelow(list.documents, document)
        if (list === undefined || list.documents[at] !== document) continue
        list.documents.splice(at, 1)
        list.counts.splice(at, 1)
        if (list.documents.length === 0) lists.delete(term)
      }
      free.push(document)
    },

    has: (term) => lists.has(term) || stored.has(term),

    score(words) {
      makeRoom()
      let many = 0
      const all = words.map(gainsOf)
      const whole = all.reduce((sum, { rarity }) => sum + rarity, 0)
      // The arrays are handed out: what the last query left in them goes first.
      scores.fill(0)
      covered.fill(0)
      for (const { documents: met, gains, met: surely, rarity } of all) {
        const part = whole === 0 ? 0 : rarity / whole
        for (let at = 0; at < met.length; at += 1) {
          const document = met[at] ?? 0
          scores[document] = (scores[document] ?? 0) + (gains[at] ?? 0)
          const here = part * (surely[at] ?? 0)
          if (here === 0) continue
          const before = covered[document] ?? 0
          if (before === 0) found[many++] = document
          covered[document] = before + here
        }
      }
      const rated = words.map(({ unfinished = false }, at) => ({ unfinished, rarity: all[at]?.rarity ?? 0 }))
      return {
        documents: found.subarray(0, many),
        scores,
        covered,
        known: knownShare(rated, stats.ru.documents + stats.kk.documents),
      }
    },

    explain(words, document) {
      makeRoom()
      const lang = langs[document] ?? 'ru'
      const counts = fields.map(() => new Map<string, number>())
      for (const { evidence } of words)
        for (const { terms } of evidence)
          for (const term of terms.keys()) {
            const list = listOf(term)
            const at = list === undefined ? -1 : firstNotBelow(list.documents, document)
            if (list === undefined || list.documents[at] !== document) continue
            for (const [field, own] of counts.entries()) {
              const times = ((list.counts[at] ?? 0) >>> (field * BITS)) & MOST
              if (times > 0) own.set(term, times)
            }
          }
      const passage: TermCounts = {
        lang,
        fields: counts.map((own, field) => ({ counts: own, length: lengths[document * width + field] ?? 0 })),
      }
      const rated = words.map((word) => ({ ...word, rarity: gainsOf(word).rarity }))
      return explainTerms(rated, passage, {
        fields,
        k1,
        rarityOf: (term) => rarityOf(listOf(term)?.documents.length ?? 0, amongWhom(term)),
        averages: {
          ru: fields.map((_, field) => averageOf('ru', field)),
          kk: fields.map((_, field) => averageOf('kk', field)),
        },
      })
    },

    *dump() {
      const counted = ALL_LANGS.map((lang) => [stats[lang].documents, ...stats[lang].lengths, ...stats[lang].having])
      yield {
        kind: 'postings',
        numbers: [
          Uint32Array.from(langs, (lang) => ALL_LANGS.indexOf(lang)),
          Uint32Array.from(lengths),
          Uint32Array.from(free),
          ...counted.map((list) => Uint32Array.from(list)),
        ],
        texts: [],
      }
      let terms: string[] = []
      let own: { documents: ArrayLike<number>; counts: ArrayLike<number> }[] = []
      let size = 0
      const part = (): SnapshotPart => {
        const documents = new Uint32Array(size)
        const counts = new Uint32Array(size)
        let at = 0
        for (const list of own) {
          documents.set(list.documents, at)
          counts.set(list.counts, at)
          at += list.documents.length
        }
        const sizes = Uint32Array.from(own, (list) => list.documents.length)
        return { kind: 'terms', numbers: [sizes, documents, counts], texts: [terms] }
      }
      // A search between two parts takes a stored list apart: by their names none is missed and none comes twice.
      for (const term of [...lists.keys(), ...stored.keys()]) {
        const packed = stored.get(term)
        const list =
          packed === undefined
            ? lists.get(term)
            : {
                documents: packed.documents.subarray(packed.from, packed.to),
                counts: packed.counts.subarray(packed.from, packed.to),
              }
        if (list === undefined) continue
        terms.push(term)
        own.push(list)
        size += list.documents.length
        if (size < PART) continue
        yield part()
        terms = []
        own = []
        size = 0
      }
      if (own.length > 0) yield part()
    },

    restore({ kind, numbers, texts }) {
      if (kind === 'postings') {
        changed()
        const [ownLangs = [], ownLengths = [], ownFree = [], ...counted] = numbers
        for (const lang of ownLangs) langs.push(ALL_LANGS[lang] ?? 'ru')
        for (const length of ownLengths) lengths.push(length)
        for (const number of ownFree) free.push(number)
        for (const [at, lang] of ALL_LANGS.entries()) {
          const [documents = 0, ...rest] = counted[at] ?? []
          stats[lang] = { documents, lengths: rest.slice(0, width), having: rest.slice(width) }
        }
        return true
      }
      if (kind !== 'terms') return false
      const [sizes, documents, counts] = numbers
      if (sizes === undefined || documents === undefined || counts === undefined) return false
      let from = 0
      for (const [index, term] of (texts[0] ?? []).entries()) {
        const to = from + (sizes[index] ?? 0)
        stored.set(term, { documents, counts, from, to })
        from = to
      }
      return true
    },
  }
}
