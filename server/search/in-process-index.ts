import type { Lang } from '#server/context.ts'
import { createAnalyser, isSoftTerm, langOfTerm, termsOfToken } from './analysis/analyser.ts'
import type { Analyser, Analysis } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { INVISIBLE } from './analysis/normalise.ts'
import { createVocabulary } from './analysis/vocabulary.ts'
import { labelName, labelRank, type LabelName } from './label-rank.ts'
import { admits } from './lexical-index.ts'
import type { LexicalDocument, LexicalIndex, LexicalQuery, LexicalResult } from './lexical-index.ts'
import { createPostings } from './postings.ts'
import { prepareQuery, type PreparedQuery } from './prepare-query.ts'

const FIELDS = ['title', 'label', 'context', 'text'] as const
export const SETTINGS = [
  { name: 'title', weight: 0.4, b: 0.7 },
  { name: 'label', weight: 2, b: 0.7 },
  { name: 'context', weight: 0.3, b: 0.7 },
  { name: 'text', weight: 1, b: 0.7 },
  { name: 'term', weight: 1, b: 0.7 },
]
export const K1 = 1.2
/** How much of a score hangs on how many of the query's words were met. */
export const COVERAGE = 0.5
/** «3) Единый контакт-центр – юридическое лицо …»: a passage that defines a term is about it. */
const DEFINED = /^(?:\d+(?:-\d+)?\)\s*)?([^\n.;:]{2,140}?)\s[–—]\s/u
const MOST_REMEMBERED = 2000
/** A passage that holds a quoted phrase word for word stands above those that hold its words apart. */
export const PHRASE = 500

interface Held {
  document: LexicalDocument
  number: number
  label: LabelName | null
  words: ReadonlySet<string>
}

/** All terms of a text as a field of the index holds them; a concept counts once for each place it is met in. */
const termsOf = (analysis: Analysis): string[] => [
  ...analysis.tokens.flatMap(termsOfToken),
  ...analysis.concepts.map(({ id }) => `~${id}`),
]

/** Terms of each field of a passage, in the order of the settings, and its words with their language in front. */
export const readPassage = (
  analyser: Analyser,
  document: LexicalDocument,
): { fields: string[][]; words: Set<string> } => {
  const words = new Set<string>()
  const fields = FIELDS.map((field) => {
    const analysis = analyser.analyse(document[field], document.lang)
    for (const token of analysis.tokens)
      if (token.kind === 'word') for (const word of [token.norm, ...token.also]) words.add(`${token.lang}${word}`)
    return termsOf(analysis)
  })
  fields.push(termsOf(analyser.analyse(DEFINED.exec(document.text)?.[1] ?? '', document.lang)))
  return { fields, words }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')

/** Words of a phrase as they stand in a text: any case, ё as е, white space, dashes and quotation marks between them. */
export const phrasePattern = (phrase: string): RegExp =>
  new RegExp(
    (phrase.match(/[\p{L}\d]+/gu) ?? [])
      .map((word) => [...word].map((char) => (/[её]/iu.test(char) ? '[её]' : escaped(char))).join(`[${INVISIBLE}]*`))
      .join('[\\s«»"„“”‐–—-]+') || '(?!)',
    'iu',
  )

/**
 * A lexical index in memory: BM25 over our analysis. Holds nothing on disk; reconciliation fills it after a start.
 * A query costs the length of its terms' posting lists, not the number of passages.
 * @param language synonyms and word families; a change of them needs a new index
 * @param vocabulary words of elsewhere, for an index that only highlights
 */
export const createInProcessIndex = (language: LanguageData, vocabulary = createVocabulary()): LexicalIndex => {
  const analyser = createAnalyser(language)
  for (const word of analyser.vocabulary) vocabulary.add(word, 'ru')
  for (const word of analyser.kazakhVocabulary) vocabulary.add(word, 'kk')
  const postings = createPostings({ fields: SETTINGS, k1: K1, langOf: langOfTerm, isSoft: isSoftTerm })
  const held = new Map<string, Held>()
  const byNumber: (Held | undefined)[] = []

  const read = (document: LexicalDocument) => readPassage(analyser, document)
  /** Words are kept with their language in front: «ru», «kk». */
  const langOf = (word: string): Lang => (word.startsWith('kk') ? 'kk' : 'ru')

  const add = (document: LexicalDocument): void => {
    const { fields, words } = read(document)
    for (const word of words) vocabulary.add(word.slice(2), langOf(word))
    const number = postings.add(document.lang, fields)
    const entry = { document, number, label: labelName(document.label), words }
    held.set(document.passageId, entry)
    byNumber[number] = entry
  }

  const remove = (id: string): void => {
    const entry = held.get(id)
    if (entry === undefined) return
    postings.remove(entry.number, entry.document.lang, read(entry.document).fields)
    for (const word of entry.words) vocabulary.remove(word.slice(2), langOf(word))
    held.delete(id)
    byNumber[entry.number] = undefined
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
  // A keystroke prepares its query twice: to find, and to mark what was found.
  let last: { key: string; prepared: PreparedQuery } | null = null
  const prepare = (query: Pick<LexicalQuery, 'text' | 'prefix' | 'verbatim'>): PreparedQuery => {
    const key = `${String(query.prefix)} ${String(query.verbatim)} ${query.text}`
    if (last?.key !== key) last = { key, prepared: prepareQuery(query, analyser, vocabulary) }
    return last.prepared
  }

  return {
    name: 'in-process',

    async state() {
      return new Map([...held].map(([id, { document }]) => [id, document.fingerprint]))
    },

    async apply({ upsert, remove: removed }) {
      last = null
      for (const id of removed) remove(id)
      for (const document of upsert) {
        remove(document.passageId)
        add(document)
      }
    },

    async search(query: LexicalQuery): Promise<LexicalResult> {
      const prepared = prepare(query)
      const phrases = prepared.phrases.map(phrasePattern)
      const hits: { entry: Held; score: number }[] = []
      for (const { document: number, score, covered } of postings.score(prepared.words)) {
        const entry = byNumber[number]
        if (entry === undefined) continue
        const { document } = entry
        if (!admits(query, document)) continue
        const rank = entry.label === null ? 0 : labelRank(entry.label, prepared.references, query.text)
        hits.push({ entry, score: score * (1 - COVERAGE + COVERAGE * covered) + rank * 1000 })
      }
      if (phrases.length > 0)
        for (const hit of hits) {
          const { title, text } = hit.entry.document
          if (phrases.every((phrase) => phrase.test(text) || phrase.test(title))) hit.score += PHRASE
        }
      hits.sort((left, right) => right.score - left.score || left.entry.number - right.entry.number)
      return {
        hits: hits.slice(0, query.limit).map(({ entry, score }) => ({ passageId: entry.document.passageId, score })),
        total: hits.length,
        correctedTo: prepared.correctedTo,
        correctionKind: prepared.correctionKind,
      }
    },

    highlighter(query) {
      const prepared = prepare({ ...query, prefix: true })
      const wanted = new Set(
        prepared.words.flatMap(({ terms }) => [...terms.keys()]).filter((term) => !/^[_^-]/u.test(term)),
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
