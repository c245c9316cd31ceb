import { setImmediate } from 'node:timers/promises'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm, termOfConcept, termsOfToken } from './analysis/analyser.ts'
import type { Analyser, Analysis } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { INVISIBLE } from './analysis/normalise.ts'
import { createRecentMemory, type RecentMemory } from './analysis/recent-memory.ts'
import { createVocabulary } from './analysis/vocabulary.ts'
import { labelName, labelRank, type LabelName } from './label-rank.ts'
import { admits, type Filtered } from './lexical-index.ts'
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
export const SETTINGS = [
  { name: 'title', weight: 1, b: 0.3 },
  { name: 'label', weight: 2, b: 0.7 },
  { name: 'context', weight: 0.5, b: 0.3 },
  { name: 'text', weight: 1, b: 0.7 },
  { name: 'subject', weight: 2, b: 0.7 },
]
export const K1 = 1.2
/** How much of a score hangs on how much of the query was met. */
export const COVERAGE = 0.5
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
export const PHRASE = 500
/** How many of the best are looked at for a quoted phrase. */
const MOST_PHRASES = 1000
/** Of a passage that was taken out. */
const NO_GROUP = -1

interface Held {
  document: LexicalDocument
  number: number
  label: LabelName | null
}
/** A field as the index reads it; a concept counts once for each place it is met in. */
interface Field {
  terms: string[]
  words: Record<Lang, string[]>
}
const readField = (analyser: Analyser, text: string, lang: Lang): Field => {
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

/** Passages of an article share their title and often their context: these are remembered, the bodies are not. */
export const createFieldMemory = (): RecentMemory<Field> => createRecentMemory<Field>(MOST_FIELDS)

/** Terms of each field of a passage, in the order of the settings, and its words by language. */
export const readPassage = (
  analyser: Analyser,
  document: LexicalDocument,
  memory: RecentMemory<Field>,
): { fields: string[][]; words: Record<Lang, Set<string>> } => {
  const { lang, text } = document
  const words = { ru: new Set<string>(), kk: new Set<string>() }
  const fields = FIELDS.map((name) => {
    if (name === 'text') return readField(analyser, text, lang)
    const key = lang + document[name]
    const known = memory.get(key)
    const field = known ?? readField(analyser, document[name], lang)
    if (known === undefined) memory.set(key, field)
    return field
  })
  for (const field of fields) for (const own of LANGS) for (const word of field.words[own]) words[own].add(word)
  return { fields: [...fields, readField(analyser, subjectOf(text), lang)].map(({ terms }) => terms), words }
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
  const postings = createPostings({ fields: SETTINGS, k1: K1, langOf: langOfTerm })
  const held = new Map<string, Held>()
  const byNumber: (Held | undefined)[] = []

  // What filters ask about is shared by many passages: a query decides about each group once, not about each passage.
  const groups: Filtered[] = []
  const groupNumbers = new Map<string, number>()
  const groupOf: number[] = []
  const groupNumber = ({ lang, validFrom, validTo, attributes }: LexicalDocument): number => {
    const key = JSON.stringify([lang, validFrom, validTo, attributes?.kind])
    const known =
      groupNumbers.get(key) ?? groups.push({ lang, validFrom, validTo, ...(attributes && { attributes }) }) - 1
    groupNumbers.set(key, known)
    return known
  }

  const fieldMemory = createFieldMemory()
  const read = (document: LexicalDocument) => readPassage(analyser, document, fieldMemory)

  const add = (document: LexicalDocument): void => {
    const { fields, words } = read(document)
    for (const own of LANGS) for (const word of words[own]) vocabulary.add(word, own)
    const number = postings.add(document.lang, fields)
    const entry = { document, number, label: labelName(document.label) }
    held.set(document.passageId, entry)
    byNumber[number] = entry
    groupOf[number] = groupNumber(document)
  }

  const remove = (id: string): void => {
    const entry = held.get(id)
    if (entry === undefined) return
    const { fields, words } = read(entry.document)
    postings.remove(entry.number, entry.document.lang, fields)
    for (const own of LANGS) for (const word of words[own]) vocabulary.remove(word, own)
    held.delete(id)
    byNumber[entry.number] = undefined
    groupOf[entry.number] = NO_GROUP
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
      const isAsked = groups.map((group) => admits(query, group))
      const { documents, scores, covered } = postings.score(prepared.words)
      const best = createBest(phrases.length === 0 ? query.limit : Math.max(query.limit, MOST_PHRASES))
      let total = 0
      for (const number of documents) {
        if (isAsked[groupOf[number] ?? NO_GROUP] !== true) continue
        total += 1
        const score = (scores[number] ?? 0) * (1 - COVERAGE + COVERAGE * (covered[number] ?? 0))
        const label = byNumber[number]?.label ?? null
        const rank = label === null ? 0 : labelRank(label, prepared.references, query.text)
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
