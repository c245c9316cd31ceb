import MiniSearch from 'minisearch'
import type { Lang } from '#server/context.ts'
import { createAnalyser, termsOfToken } from './analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { findLawReferences } from './analysis/law-references.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { createVocabulary } from './analysis/vocabulary.ts'
import { admits } from './lexical-index.ts'
import type { LexicalDocument, LexicalIndex, LexicalQuery, LexicalResult } from './lexical-index.ts'

const FIELDS = ['title', 'label', 'context', 'text'] as const
const BOOSTS = { title: 0.4, label: 2, context: 0.3, text: 1, term: 1 }
/** «3) Единый контакт-центр – юридическое лицо …»: a passage that defines a term is about it. */
export const DEFINED = /^(?:\d+(?:-\d+)?\)\s*)?([^\n.;:]{2,140}?)\s[–—]\s/u
const BM25 = { k: 1.2, b: 0.7, d: 0 }
/** What each kind of term counts: the stem itself most, then what only resembles or means the same. */
const WEIGHTS = { stem: 1, cut: 0.6, family: 0.4, concept: 0.9, number: 0.9, reference: 3, completion: 0.7 }
const MOST_COMPLETIONS = 12
const MOST_REMEMBERED = 2000

interface Indexed {
  id: string
  title: string
  label: string
  context: string
  text: string
  term: string
}

/** A query word by word: terms with their weights. */
export interface WordTerms {
  terms: Map<string, number>
}

export interface PreparedQuery {
  words: WordTerms[]
  references: string[][]
  correctedTo: string | null
}

/** What a passage's label names: «приказ, п. 3» → `§p3` after «приказ». */
interface Label {
  token: string
  prefix: string
}
/** Letters of a prefix that a query must hold, whatever the case ending. */
const SAID = 6

const weightOf = (term: string): number => {
  if (term.startsWith('_')) return WEIGHTS.cut
  if (term.startsWith('=')) return WEIGHTS.family
  if (term.startsWith('#')) return WEIGHTS.number
  if (term.startsWith('§')) return WEIGHTS.reference
  return WEIGHTS.stem
}

/** All terms of a text as a field of the index holds them; a concept counts once for each place it is met in. */
export const termsOf = (analysis: Analysis): string[] => [
  ...analysis.tokens.flatMap(termsOfToken),
  ...analysis.concepts.map(({ id }) => `~${id}`),
]

/**
 * A lexical index in memory: MiniSearch's BM25+ over our analysis. Holds nothing on disk; reconciliation fills it after a start.
 * A query costs the length of its terms' posting lists, not the number of passages.
 * @param language synonyms and word families; a change of them needs a new index
 * @param vocabulary words of elsewhere, for an index that only highlights
 */
export const createInProcessIndex = (language: LanguageData, vocabulary = createVocabulary()): LexicalIndex => {
  const analyser = createAnalyser(language)
  for (const word of analyser.vocabulary) vocabulary.add(word)
  const documents = new Map<string, LexicalDocument>()
  const labels = new Map<string, Label>()
  const wordsOf = new Map<string, Set<string>>()
  // Fields are analysed before they reach MiniSearch, so that the passage's language is known: it gets the terms, joined.
  const mini = new MiniSearch<Indexed>({
    fields: [...FIELDS, 'term'],
    tokenize: (terms) => (terms === '' ? [] : terms.split('\n')),
    processTerm: (term) => term,
    autoVacuum: true,
  })

  const add = (document: LexicalDocument): void => {
    const words = new Set<string>()
    const entry: Indexed = { id: document.passageId, title: '', label: '', context: '', text: '', term: '' }
    for (const field of FIELDS) {
      const analysis = analyser.analyse(document[field], document.lang)
      entry[field] = termsOf(analysis).join('\n')
      for (const token of analysis.tokens)
        if (token.kind === 'word') for (const word of [token.norm, ...token.also]) words.add(word)
    }
    entry.term = termsOf(analyser.analyse(DEFINED.exec(document.text)?.[1] ?? '', document.lang)).join('\n')
    for (const word of words) vocabulary.add(word)
    mini.add(entry)
    documents.set(document.passageId, document)
    wordsOf.set(document.passageId, words)
    const [reference] = findLawReferences(document.label)
    if (reference !== undefined)
      labels.set(document.passageId, {
        token: reference.tokens[0] ?? '',
        prefix: document.label
          .slice(0, reference.start)
          .replace(/[\s,]+$/u, '')
          .toLowerCase(),
      })
  }

  const remove = (id: string): void => {
    if (!documents.has(id)) return
    mini.discard(id)
    for (const word of wordsOf.get(id) ?? []) vocabulary.remove(word)
    documents.delete(id)
    wordsOf.delete(id)
    labels.delete(id)
  }

  /**
   * Exact label first: 3 when the passage is what the query names, 2 when it is a part of it, 1 when it is around it.
   * «п. 3» is the point of the rules; that of the order only when the query says «приказ».
   */
  const referenceRank = (id: string, references: readonly string[][], query: string): number => {
    const own = labels.get(id)
    if (own === undefined) return 0
    const named = own.prefix === '' ? 0 : query.toLowerCase().includes(own.prefix.slice(0, SAID)) ? 0.5 : -0.5
    let rank = 0
    for (const tokens of references) {
      const at = tokens.indexOf(own.token)
      if (at === 0) rank = Math.max(rank, 3 + named)
      else if (tokens[0] !== undefined && own.token.startsWith(`${tokens[0]}s`)) rank = Math.max(rank, 2 + named)
      else if (at > 0) rank = Math.max(rank, 1 + named)
    }
    return rank
  }

  // The same passages are marked at every keystroke. Bounded; nothing but speed hangs on it.
  const memory = new Map<string, Analysis>()
  const recall = (text: string, lang: Lang): Analysis => {
    const key = `${lang} ${text}`
    const known = memory.get(key) ?? analyser.analyse(text, lang)
    if (memory.size >= MOST_REMEMBERED) memory.clear()
    memory.set(key, known)
    return known
  }

  return {
    name: 'in-process',

    async state() {
      return new Map([...documents].map(([id, { fingerprint }]) => [id, fingerprint]))
    },

    async apply({ upsert, remove: removed }) {
      for (const id of removed) remove(id)
      for (const document of upsert) {
        remove(document.passageId)
        add(document)
      }
    },

    async search(query: LexicalQuery): Promise<LexicalResult> {
      const prepared = prepareQuery(query, analyser, vocabulary)
      const boosts = new Map<string, number>()
      for (const { terms } of prepared.words)
        for (const [term, weight] of terms) boosts.set(term, Math.max(boosts.get(term) ?? 0, weight))
      if (boosts.size === 0) return { hits: [], total: 0, correctedTo: null }
      const terms = [...boosts.keys()]
      const results = mini.search(terms.join('\n'), {
        boost: BOOSTS,
        bm25: BM25,
        boostTerm: (term) => boosts.get(term) ?? 1,
        filter: ({ id }) => {
          const document = documents.get(String(id))
          return document !== undefined && admits(query, document)
        },
      })
      const hits = results.map(({ id, score, queryTerms }) => {
        const matched = new Set(queryTerms)
        const covered = prepared.words.filter((word) => [...word.terms.keys()].some((term) => matched.has(term))).length
        // MiniSearch multiplies by the number of matched terms; one word is several terms here, so words are counted instead.
        const own = (score / (queryTerms.length || 1)) * (0.5 + (0.5 * covered) / prepared.words.length)
        return {
          passageId: String(id),
          score: own,
          rank: prepared.references.length === 0 ? 0 : referenceRank(String(id), prepared.references, query.text),
        }
      })
      hits.sort((left, right) => right.rank - left.rank || right.score - left.score)
      return {
        hits: hits
          .slice(0, query.limit)
          .map(({ passageId, score, rank }) => ({ passageId, score: score + rank * 1000 })),
        total: hits.length,
        correctedTo: prepared.correctedTo,
      }
    },

    highlighter(query) {
      const prepared = prepareQuery({ ...query, prefix: true }, analyser, vocabulary)
      const wanted = new Set(
        prepared.words.flatMap(({ terms }) => [...terms.keys()]).filter((term) => !term.startsWith('_')),
      )
      return (text, lang) => {
        const { tokens, concepts } = recall(text, lang)
        const ranges: [number, number][] = []
        for (const token of tokens)
          if (!token.stop && termsOfToken(token).some((term) => wanted.has(term))) ranges.push([token.start, token.end])
        for (const { id, from, to } of concepts) {
          const first = tokens[from]
          const last = tokens[to - 1]
          if (wanted.has(`~${id}`) && first !== undefined && last !== undefined) ranges.push([first.start, last.end])
        }
        return mergeRanges(ranges)
      }
    },
  }
}

const mergeRanges = (ranges: [number, number][]): [number, number][] => {
  const merged: [number, number][] = []
  for (const [start, end] of ranges.sort((left, right) => left[0] - right[0] || left[1] - right[1])) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

type Vocabulary = ReturnType<typeof createVocabulary>

export const prepareQuery = (
  query: Pick<LexicalQuery, 'text' | 'prefix' | 'exact'>,
  analyser: Analyser,
  vocabulary: Vocabulary,
): PreparedQuery => {
  const original = analyser.analyse(query.text)
  const unfinished = query.prefix ? unfinishedWord(query.text, original.tokens) : null
  const isKnown = (token: AnalysedToken, index: number): boolean =>
    query.exact === true ||
    token.kind !== 'word' ||
    token.stop ||
    token.families.length > 0 ||
    token.number !== null ||
    [...token.stems, token.norm].some((form) => vocabulary.knows(form)) ||
    original.concepts.some(({ from, to }) => from <= index && index < to) ||
    (token === unfinished && vocabulary.completions(token.norm, 1).length > 0)

  let correctedTo: string | null = null
  const corrections = original.tokens.flatMap((token, index) => {
    const better = isKnown(token, index) ? null : vocabulary.correct(token.norm)
    return better === null ? [] : [{ token, better }]
  })
  if (corrections.length > 0) {
    correctedTo = query.text
    for (const { token, better } of corrections.reverse())
      correctedTo = correctedTo.slice(0, token.start) + better + correctedTo.slice(token.end)
  }
  const analysis = correctedTo === null ? original : analyser.analyse(correctedTo)

  const words: WordTerms[] = []
  const references: string[][] = []
  const allStop = analysis.tokens.every((token) => token.stop)
  for (const [index, token] of analysis.tokens.entries()) {
    const concepts = analysis.concepts.filter(({ from, to }) => from <= index && index < to)
    const last = correctedTo === null && token === unfinishedOf(analysis.tokens, unfinished)
    if (token.stop && !allStop && concepts.length === 0 && !last) continue
    const terms = new Map<string, number>()
    if (!token.stop || allStop) for (const term of termsOfToken(token)) terms.set(term, weightOf(term))
    for (const { id, weight } of concepts)
      terms.set(`~${id}`, Math.max(terms.get(`~${id}`) ?? 0, WEIGHTS.concept * weight))
    if (last)
      for (const completion of vocabulary.completions(token.norm, MOST_COMPLETIONS)) {
        const completed = analyser.analyse(completion, token.lang)
        for (const term of completed.tokens.flatMap(termsOfToken))
          if (!terms.has(term) && !term.startsWith('_')) terms.set(term, WEIGHTS.completion * weightOf(term))
        if (token.norm.length >= 3)
          for (const { id, weight } of completed.concepts)
            if (!terms.has(`~${id}`)) terms.set(`~${id}`, WEIGHTS.concept * weight * WEIGHTS.completion)
      }
    if (token.kind === 'reference') references.push([token.norm, ...token.also])
    if (terms.size > 0) words.push({ terms })
  }
  return { words, references, correctedTo }
}

/** The last word, when nothing stands behind it: it may be going on. */
const unfinishedWord = (text: string, tokens: readonly AnalysedToken[]): AnalysedToken | null => {
  const last = tokens.at(-1)
  return last !== undefined && last.kind === 'word' && last.end === text.length ? last : null
}
const unfinishedOf = (tokens: readonly AnalysedToken[], unfinished: AnalysedToken | null): AnalysedToken | null =>
  unfinished === null ? null : (tokens.at(-1) ?? null)
