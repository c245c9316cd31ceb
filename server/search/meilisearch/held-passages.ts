import type { Lang } from '#server/context.ts'
import { langOfTerm } from '../analysis/analyser.ts'
import { averageLength, FIELD_SETTINGS, K1, rarityOf } from '../bm25.ts'
import { opaqueWord, wordQueries, type MeilisearchDocument } from '../meilisearch-terms.ts'
import type { PreparedQuery } from '../prepare-query.ts'
import type { QueryReader } from '../query-reader.ts'
import type { RatedWord, TermStatistics } from '../score-terms.ts'
import type { Evidence, WordQuery } from '../word-query.ts'

type Terms = Pick<MeilisearchDocument, 'own' | 'meaning' | 'cut' | 'soft'>
/** What is kept here of a passage that Meilisearch holds: for spelling, completion and the weights of terms. */
interface Known extends Pick<MeilisearchDocument, 'passageId' | 'fingerprint' | 'lang' | 'words' | 'lengths'> {
  /** Numbers of its distinct terms. */
  terms: Uint32Array
}

/** A query as passages are scored by it. */
interface RatedQuery {
  words: RatedWord[]
  statistics: TermStatistics
  /** Our terms, by how Meilisearch spells them. */
  termOf: ReadonlyMap<string, string>
}

/**
 * What is remembered here of the passages that Meilisearch holds: which there are, their words, how often each term stands in them. It follows
 * what is written and read: words that another instance wrote are spelt, weighed and proposed by from the next reading of the state on.
 */
export const createHeldPassages = (queryReader: QueryReader) => {
  // Spelling, completion and marks need the words that are there; they follow what the index holds.
  const { vocabulary } = queryReader
  const known = new Map<string, Known>()
  /** How many passages each language has, how long their fields are in all, and how many have the field at all. */
  const statistics: Record<Lang, { passages: number; lengths: number[]; having: number[] }> = {
    ru: { passages: 0, lengths: FIELD_SETTINGS.map(() => 0), having: FIELD_SETTINGS.map(() => 0) },
    kk: { passages: 0, lengths: FIELD_SETTINGS.map(() => 0), having: FIELD_SETTINGS.map(() => 0) },
  }
  // In how many passages each term stands. Asking Meilisearch would cost a query for each of some fifty terms of a search.
  const numberOf = new Map<string, number>()
  const holding: number[] = []
  const numbersOf = ({ own, meaning, cut, soft }: Terms): Uint32Array => {
    const terms = [own, meaning, cut, soft].flatMap((words) => (words === '' ? [] : words.split(' ')))
    return Uint32Array.from(terms, (term) => {
      const number = numberOf.get(term) ?? numberOf.size
      numberOf.set(term, number)
      return number
    })
  }
  const toKnown = (document: Omit<Known, 'terms'> & Terms): Known => {
    const { passageId, fingerprint, lang, words, lengths } = document
    return { passageId, fingerprint, lang, words, lengths, terms: numbersOf(document) }
  }
  const count = ({ lang, lengths, terms }: Known, sign: 1 | -1): void => {
    const own = statistics[lang]
    own.passages += sign
    own.lengths = own.lengths.map((sum, field) => sum + sign * (lengths[field] ?? 0))
    own.having = own.having.map((sum, field) => sum + ((lengths[field] ?? 0) > 0 ? sign : 0))
    for (const number of terms) holding[number] = (holding[number] ?? 0) + sign
    queryReader.forget()
  }
  const langOfWord = (word: string): Lang => (word.startsWith('kk') ? 'kk' : 'ru')
  const learn = (passage: Known): void => {
    forget(passage.passageId)
    for (const word of passage.words) vocabulary.add(word.slice(2), langOfWord(word))
    known.set(passage.passageId, passage)
    count(passage, 1)
  }
  const forget = (passageId: string): void => {
    const passage = known.get(passageId)
    if (passage === undefined) return
    for (const word of passage.words) vocabulary.remove(word.slice(2), langOfWord(word))
    known.delete(passageId)
    count(passage, -1)
  }
  const holdingOf = (term: string): number => holding[numberOf.get(opaqueWord(term)) ?? -1] ?? 0

  /** Passages of the term's language; all where languages share it. */
  const amongWhom = (term: string): number => {
    const lang = langOfTerm(term)
    return lang === null ? known.size : statistics[lang].passages
  }
  const rarityOfTerm = (term: string): number => rarityOf(holdingOf(term), amongWhom(term))

  /**
   * How rare each word is: among the passages that meet it in any way, a doubtful one as a part of one. One pass over the numbers of
   * all terms, some milliseconds for ten thousand passages.
   */
  const raritiesOf = (words: readonly WordQuery[]): number[] => {
    /** By number of a term, where it counts: places in `uses`, from 1. */
    const placeOf = new Uint32Array(numberOf.size)
    const uses: { word: number; certainty: number }[][] = [[]]
    const among = words.map(() => 0)
    const isThere = words.map(() => false)
    for (const [word, { evidence }] of words.entries())
      for (const { weight, terms, soft } of evidence)
        for (const term of terms.keys()) {
          const number = numberOf.get(opaqueWord(term))
          if (number === undefined || (holding[number] ?? 0) === 0) continue
          isThere[word] = true
          if (soft) continue
          among[word] = Math.max(among[word] ?? 0, amongWhom(term))
          const place = placeOf[number] === 0 ? uses.push([]) - 1 : (placeOf[number] ?? 0)
          placeOf[number] = place
          uses[place]?.push({ word, certainty: Math.min(weight, 1) })
        }
    const having = words.map(() => 0)
    const sure = words.map(() => 0)
    for (const { terms } of known.values()) {
      let met = false
      for (const number of terms) {
        const place = placeOf[number] ?? 0
        if (place === 0) continue
        met = true
        for (const { word, certainty } of uses[place] ?? []) sure[word] = Math.max(sure[word] ?? 0, certainty)
      }
      if (!met) continue
      for (const word of words.keys()) having[word] = (having[word] ?? 0) + (sure[word] ?? 0)
      sure.fill(0)
    }
    return words.map((_, word) => (isThere[word] === true ? rarityOf(having[word] ?? 0, among[word] ?? 0) : 0))
  }

  /** Words of a query as passages are scored by them: their terms spelt as Meilisearch holds them. */
  const rate = (prepared: PreparedQuery): RatedQuery => {
    const termOf = new Map<string, string>()
    const rated = raritiesOf(prepared.words)
    const words = prepared.words.map(({ evidence, ...word }, at): RatedWord => ({
      ...word,
      rarity: rated[at] ?? 0,
      evidence: evidence.map((one): Evidence => {
        const spelt = new Map<string, number>()
        for (const [term, share] of one.terms) {
          const opaque = opaqueWord(term)
          spelt.set(opaque, share)
          termOf.set(opaque, term)
        }
        return { ...one, terms: spelt }
      }),
    }))
    const averagesOf = ({ lengths, having }: { lengths: readonly number[]; having: readonly number[] }): number[] =>
      lengths.map((sum, field) => averageLength(sum, having[field] ?? 0))
    return {
      words,
      termOf,
      statistics: {
        fields: FIELD_SETTINGS,
        k1: K1,
        rarityOf: (opaque) => rarityOfTerm(termOf.get(opaque) ?? ''),
        averages: { ru: averagesOf(statistics.ru), kk: averagesOf(statistics.kk) },
      },
    }
  }

  /** The queries that propose candidates: of terms that the index holds, all while nothing is known of it yet. */
  const proposing = (prepared: PreparedQuery, langs: readonly Lang[]): string[] => {
    const there = prepared.words.map(({ evidence, ...word }): WordQuery => ({
      ...word,
      evidence: evidence.map((one): Evidence => ({
        ...one,
        terms: new Map([...one.terms].filter(([term]) => known.size === 0 || holdingOf(term) > 0)),
      })),
    }))
    return wordQueries(there, langs, (term, weight) => weight * rarityOfTerm(term))
  }

  return {
    /** How many passages there are. */
    size: () => known.size,
    ids: (): string[] => [...known.keys()],
    fingerprintOf: (passageId: string): string | undefined => known.get(passageId)?.fingerprint,
    toKnown,
    learn,
    forget,
    rate,
    proposing,
  }
}
export type HeldPassages = ReturnType<typeof createHeldPassages>
