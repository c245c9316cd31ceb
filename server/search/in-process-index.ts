import { setImmediate } from 'node:timers/promises'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm, termOfConcept, termsOfToken } from './analysis/analyser.ts'
import type { Analysis } from './analysis/analyser.ts'
import { findLawReferences } from './analysis/law-references.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { INVISIBLE } from './analysis/normalise.ts'
import { createRecentMemory } from './analysis/recent-memory.ts'
import { createVocabulary } from './analysis/vocabulary.ts'
import type { LexicalDocument, LexicalIndex, LexicalQuery, LexicalResult } from './lexical-index.ts'
import { createBest } from './best.ts'
import { createPostings } from './postings.ts'
import { prepareQuery, type PreparedQuery } from './prepare-query.ts'

const LANGS: readonly Lang[] = ['ru', 'kk']
const FIELDS = ['title', 'label', 'context', 'text'] as const
/**
 * A word of the title counts like one of the text: the row of a table never names its service, its title does. It counts the same
 * for all rows of that table, so that words of the row decide. The subject is what the passage itself says it is about.
 */
const SETTINGS = [
  { name: 'title', weight: 1, b: 0.3 },
  { name: 'label', weight: 2, b: 0.7 },
  { name: 'context', weight: 0.5, b: 0.3 },
  { name: 'text', weight: 1, b: 0.7 },
  { name: 'subject', weight: 2, b: 0.7 },
]
const K1 = 1.2
/** How much of a score hangs on how much of the query was met. */
const COVERAGE = 0.5
/** «3) Единый контакт-центр – юридическое лицо …»: a passage that defines a term is about it. */
const DEFINED = /^(?:\d+(?:-\d+)?\)\s*)?([^\n.;:]{2,140}?)\s[–—]\s/u
/** A first line of its own is a heading: «Срок оказания государственной услуги». */
const HEADED = /^([^\n]{2,160})\n/u
const subjectOf = (text: string): string => DEFINED.exec(text)?.[1] ?? HEADED.exec(text)?.[1] ?? ''
const MOST_REMEMBERED = 1000
const MOST_FIELDS = 500
/** Documents read in one go. */
const AT_ONCE = 200
/** A passage that holds a quoted phrase word for word stands above those that hold its words apart. */
const PHRASE = 500
/** How many of the best are looked at for a quoted phrase. */
const MOST_PHRASES = 1000
/** Of a passage that was taken out. */
const NO_PERIOD = -1

/** What a passage's label names: «приказ, п. 3» → `§p3` after «приказ». */
interface Label {
  token: string
  prefix: string
}
interface Held {
  document: LexicalDocument
  number: number
  label: Label | null
}
/** A field as the index reads it; a concept counts once for each place it is met in. */
interface Field {
  terms: string[]
  words: Record<Lang, string[]>
}
/** Letters of a prefix that a query must hold, whatever the case ending. */
const SAID = 6

const labelOf = (document: LexicalDocument): Label | null => {
  const [reference] = findLawReferences(document.label)
  if (reference === undefined) return null
  const prefix = document.label
    .slice(0, reference.start)
    .replace(/[\s,]+$/u, '')
    .toLowerCase()
  return { token: reference.tokens[0] ?? '', prefix }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')

/** Words of a phrase as they stand in a text: any case, ё as е, white space, dashes and quotation marks between them. */
const phrasePattern = (phrase: string): RegExp =>
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
 */
export const createInProcessIndex = (language: LanguageData): LexicalIndex => {
  const analyser = createAnalyser(language)
  const vocabulary = createVocabulary()
  for (const word of analyser.vocabulary) vocabulary.add(word, 'ru')
  for (const word of analyser.kazakhVocabulary) vocabulary.add(word, 'kk')
  const postings = createPostings({ fields: SETTINGS, k1: K1, langOf: langOfTerm })
  const held = new Map<string, Held>()
  const byNumber: (Held | undefined)[] = []

  // Days and languages are few: a query decides about each once, not about each passage.
  const periods: { lang: Lang; from: string; to: string | null }[] = []
  const periodNumbers = new Map<string, number>()
  const periodOf: number[] = []
  const periodNumber = ({ lang, validFrom: from, validTo: to }: LexicalDocument): number => {
    const key = `${lang} ${from} ${to ?? ''}`
    const known = periodNumbers.get(key) ?? periods.push({ lang, from, to }) - 1
    periodNumbers.set(key, known)
    return known
  }

  // Passages of an article share their title and often their context.
  const fieldMemory = createRecentMemory<Field>(MOST_FIELDS)
  const readField = (text: string, lang: Lang): Field => {
    const { tokens, concepts } = analyser.analyse(text, lang)
    const words: Record<Lang, string[]> = { ru: [], kk: [] }
    const terms: string[] = []
    for (const token of tokens) {
      if (token.kind === 'word') {
        words[token.lang].push(token.norm, ...token.also)
      }
      for (const term of termsOfToken(token)) terms.push(term)
    }
    for (const concept of concepts) terms.push(termOfConcept(concept))
    return { terms, words }
  }
  const read = (document: LexicalDocument): { fields: string[][]; words: Record<Lang, Set<string>> } => {
    const { lang, text } = document
    const words = { ru: new Set<string>(), kk: new Set<string>() }
    const fields = FIELDS.map((name) => {
      if (name === 'text') return readField(text, lang)
      const key = lang + document[name]
      const known = fieldMemory.get(key)
      const field = known ?? readField(document[name], lang)
      if (known === undefined) fieldMemory.set(key, field)
      return field
    })
    for (const field of fields) for (const own of LANGS) for (const word of field.words[own]) words[own].add(word)
    return { fields: [...fields, readField(subjectOf(text), lang)].map(({ terms }) => terms), words }
  }

  const add = (document: LexicalDocument): void => {
    const { fields, words } = read(document)
    for (const own of LANGS) for (const word of words[own]) vocabulary.add(word, own)
    const number = postings.add(document.lang, fields)
    const entry = { document, number, label: labelOf(document) }
    held.set(document.passageId, entry)
    byNumber[number] = entry
    periodOf[number] = periodNumber(document)
  }

  const remove = (id: string): void => {
    const entry = held.get(id)
    if (entry === undefined) return
    const { fields, words } = read(entry.document)
    postings.remove(entry.number, entry.document.lang, fields)
    for (const own of LANGS) for (const word of words[own]) vocabulary.remove(word, own)
    held.delete(id)
    byNumber[entry.number] = undefined
    periodOf[entry.number] = NO_PERIOD
  }

  /**
   * Exact label first: 3 when the passage is what the query names, 2 when it is a part of it, 1 when it is around it.
   * «п. 3» is the point of the rules; that of the order only when the query says «приказ».
   */
  const referenceRank = (own: Label | null, references: readonly string[][], query: string): number => {
    if (own === null) return 0
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
  const memory = createRecentMemory<Analysis>(MOST_REMEMBERED)
  const recall = (text: string, lang: Lang): Analysis => {
    const key = `${lang} ${text}`
    const known = memory.get(key)
    const found = known ?? analyser.analyse(text, lang)
    if (known === undefined) memory.set(key, found)
    return found
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
      for (const [at, document] of upsert.entries()) {
        // Searches go on while a large index is filled: nobody waits for all of it.
        if (at > 0 && at % AT_ONCE === 0) await setImmediate()
        remove(document.passageId)
        add(document)
      }
      last = null
    },

    async search(query: LexicalQuery): Promise<LexicalResult> {
      const prepared = prepare(query)
      const phrases = prepared.phrases.map(phrasePattern)
      const isAsked = periods.map(
        ({ lang, from, to }) =>
          (query.lang === undefined || lang === query.lang) && from <= query.asOf && (to === null || query.asOf < to),
      )
      const { documents, scores, covered } = postings.score(prepared.words)
      const best = createBest(phrases.length === 0 ? query.limit : Math.max(query.limit, MOST_PHRASES))
      let total = 0
      for (const number of documents) {
        if (isAsked[periodOf[number] ?? NO_PERIOD] !== true) continue
        total += 1
        const score = (scores[number] ?? 0) * (1 - COVERAGE + COVERAGE * (covered[number] ?? 0))
        const rank =
          prepared.references.length === 0
            ? 0
            : referenceRank(byNumber[number]?.label ?? null, prepared.references, query.text)
        best.offer(number, score + rank * 1000)
      }
      const hits = best.take().flatMap(({ number, score }) => {
        const document = byNumber[number]?.document
        if (document === undefined) return []
        const whole =
          phrases.length > 0 && phrases.every((phrase) => phrase.test(document.text) || phrase.test(document.title))
        return [{ passageId: document.passageId, score: whole ? score + PHRASE : score }]
      })
      if (phrases.length > 0) hits.sort((left, right) => right.score - left.score)
      return {
        hits: hits.slice(0, query.limit),
        total,
        correctedTo: prepared.correctedTo,
        correctionKind: prepared.correctionKind,
      }
    },

    highlighter(query) {
      const prepared = prepare({ ...query, prefix: true })
      const wanted = new Set(
        prepared.words
          .flatMap(({ evidence }) => evidence.flatMap(({ terms }) => [...terms.keys()]))
          .filter((term) => !/^[_^-]/u.test(term)),
      )
      return (text, lang) => {
        const { tokens, concepts } = recall(text, lang)
        const ranges: [number, number][] = []
        for (const token of tokens)
          if (!token.stop && termsOfToken(token).some((term) => wanted.has(term))) ranges.push([token.start, token.end])
        for (const { id, near, from, to } of concepts) {
          const first = tokens[from]
          const last = tokens[to - 1]
          if (wanted.has(termOfConcept({ id, near })) && first !== undefined && last !== undefined)
            ranges.push([first.start, last.end])
        }
        return mergeRanges(ranges)
      }
    },

    explain(query, passageId) {
      const entry = held.get(passageId)
      return entry === undefined ? null : postings.explain(prepare(query).words, entry.number)
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
