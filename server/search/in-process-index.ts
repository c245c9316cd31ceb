import { setImmediate } from 'node:timers/promises'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { createBest } from './best.ts'
import { coverageOf, FIELD_SETTINGS, K1, NAMED, PHRASE } from './bm25.ts'
import { createHighlighter } from './create-highlighter.ts'
import { createQueryReader } from './query-reader.ts'
import { labelName, labelRank, type LabelName } from './label-rank.ts'
import { admits, type Filtered, type LexicalExplanation } from './lexical-index.ts'
import type { LexicalDocument, LexicalIndex, LexicalQuery, LexicalResult } from './lexical-index.ts'
import { phrasePattern } from './phrase-pattern.ts'
import { createPostings } from './postings.ts'
import { createFieldMemory, readPassage } from './read-passage.ts'
import { coveredBy } from './score-terms.ts'

const LANGS: readonly Lang[] = ['ru', 'kk']
/** Documents read in one go. */
const AT_ONCE = 200
/** How many of the best are looked at for a quoted phrase. */
const MOST_PHRASES = 1000
/** Of a passage that was taken out. */
const NO_GROUP = -1

interface Held {
  document: LexicalDocument
  number: number
  label: LabelName | null
}

/**
 * A lexical index in memory: BM25 over our analysis. Holds nothing on disk; reconciliation fills it after a start.
 * A query costs the length of its terms' posting lists, not the number of passages.
 * @param language synonyms and word families; a change of them needs a new index
 */
export const createInProcessIndex = (language: LanguageData): LexicalIndex => {
  const analyser = createAnalyser(language)
  const reader = createQueryReader(analyser)
  const { vocabulary } = reader
  const postings = createPostings({ fields: FIELD_SETTINGS, k1: K1, langOf: langOfTerm })
  const held = new Map<string, Held>()
  const byNumber: (Held | undefined)[] = []

  // What filters ask about is shared by many passages: a query decides about each group once, not about each passage.
  const groups: { filtered: Filtered; size: number }[] = []
  const groupNumbers = new Map<string, number>()
  const emptyGroups: number[] = []
  const groupOf: number[] = []
  const groupKey = ({ lang, validFrom, validTo, attributes }: Filtered): string =>
    JSON.stringify([lang, validFrom, validTo, attributes?.kind])
  const enterGroup = ({ lang, validFrom, validTo, attributes }: LexicalDocument): number => {
    const filtered = { lang, validFrom, validTo, ...(attributes && { attributes }) }
    const key = groupKey(filtered)
    // The number of a group that has become empty is given again, so that edits make no more groups than there are.
    const number = groupNumbers.get(key) ?? emptyGroups.pop() ?? groups.length
    groupNumbers.set(key, number)
    groups[number] = { filtered, size: (groups[number]?.size ?? 0) + 1 }
    return number
  }
  const leaveGroup = (number: number): void => {
    const group = groups[number]
    if (group === undefined) return
    group.size -= 1
    if (group.size > 0) return
    groupNumbers.delete(groupKey(group.filtered))
    emptyGroups.push(number)
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
    groupOf[number] = enterGroup(document)
  }

  const remove = (id: string): void => {
    const entry = held.get(id)
    if (entry === undefined) return
    const { fields, words } = read(entry.document)
    postings.remove(entry.number, entry.document.lang, fields)
    for (const own of LANGS) for (const word of words[own]) vocabulary.remove(word, own)
    held.delete(id)
    byNumber[entry.number] = undefined
    leaveGroup(groupOf[entry.number] ?? NO_GROUP)
    groupOf[entry.number] = NO_GROUP
  }

  const named = (document: Held | undefined, references: readonly string[][], text: string): number =>
    document === undefined || document.label === null ? 0 : labelRank(document.label, references, text) * NAMED
  const holds = ({ document }: Held, phrases: readonly RegExp[]): boolean =>
    phrases.length > 0 && phrases.every((phrase) => phrase.test(document.text) || phrase.test(document.title))

  return {
    name: 'in-process',

    async state() {
      return new Map([...held].map(([id, { document }]) => [id, document.fingerprint]))
    },

    async apply({ upsert, remove: removed }) {
      reader.forget()
      for (const id of removed) remove(id)
      for (const [at, document] of upsert.entries()) {
        // Searches go on while a large index is filled: nobody waits for all of it.
        if (at > 0 && at % AT_ONCE === 0) await setImmediate()
        remove(document.passageId)
        add(document)
      }
      reader.forget()
    },

    async search(query: LexicalQuery): Promise<LexicalResult> {
      const prepared = reader.prepare(query)
      const phrases = prepared.phrases.map(phrasePattern)
      const isAsked = groups.map(({ filtered }) => admits(query, filtered))
      const { documents, scores, covered, known } = postings.score(prepared.words)
      const best = createBest(phrases.length === 0 ? query.limit : Math.max(query.limit, MOST_PHRASES))
      let total = 0
      const met: Record<Lang, number> = { ru: 0, kk: 0 }
      for (const number of documents) {
        const group = groupOf[number] ?? NO_GROUP
        if (isAsked[group] !== true) continue
        total += 1
        const lang = groups[group]?.filtered.lang ?? 'ru'
        met[lang] = Math.max(met[lang], known * (covered[number] ?? 0))
        const score = (scores[number] ?? 0) * coverageOf(covered[number] ?? 0)
        best.offer(number, score + named(byNumber[number], prepared.references, query.text))
      }
      const hits = best.take().flatMap(({ number, score }) => {
        const entry = byNumber[number]
        if (entry === undefined) return []
        const { passageId, lang } = entry.document
        return [{ passageId, lang, score: holds(entry, phrases) ? score + PHRASE : score }]
      })
      if (phrases.length > 0) hits.sort((left, right) => right.score - left.score)
      return {
        hits: hits.slice(0, query.limit),
        total,
        correctedTo: prepared.correctedTo,
        correctionKind: prepared.correctionKind,
        reading: { lang: prepared.lang, met },
      }
    },

    highlighter: createHighlighter(analyser, reader.prepare),

    async explain(query, passageIds) {
      const { words, references, phrases } = reader.prepare(query)
      const patterns = phrases.map(phrasePattern)
      const explained = new Map<string, LexicalExplanation>()
      for (const id of passageIds) {
        const entry = held.get(id)
        if (entry === undefined) continue
        const shares = postings.explain(words, entry.number)
        explained.set(id, {
          words: shares,
          coverage: coverageOf(coveredBy(shares)),
          named: named(entry, references, query.text),
          phrase: holds(entry, patterns) ? PHRASE : 0,
        })
      }
      return explained
    },
  }
}
