import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { createRecentMemory } from './analysis/recent-memory.ts'
import { rememberStem, stemWord } from './analysis/stem-word.ts'
import { createBest } from './best.ts'
import { coverageOf, FIELD_SETTINGS, K1, NAMED, PHRASE } from './bm25.ts'
import { createHighlighter } from './create-highlighter.ts'
import { createQueryReader } from './query-reader.ts'
import { labelName, labelRank, type LabelName } from './label-rank.ts'
import {
  admits,
  countIn,
  noCounts,
  type FacetCounts,
  type Filtered,
  type LexicalAttributes,
  type LexicalExplanation,
} from './lexical-index.ts'
import type { LexicalDocument, LexicalQuery, LexicalResult } from './lexical-index.ts'
import { phrasePattern } from './phrase-pattern.ts'
import { createPostings } from './postings.ts'
import { createFieldMemory, readPassage } from './read-passage.ts'
import { coveredBy } from './score-terms.ts'
import type { StorableIndex } from './snapshots/storable-index.ts'
import { SnapshotFault, type SnapshotPart } from './snapshots/snapshot-file.ts'

const LANGS: readonly Lang[] = ['ru', 'kk']
/** Documents read in one go. */
const AT_ONCE = 200
/** How many of the best are looked at for a quoted phrase. */
const MOST_PHRASES = 1000
/** Of a passage that was taken out. */
const NO_GROUP = -1
const MOST_LABELS = 2000
/** Documents and words in one part of a snapshot. */
const DOCUMENTS_A_PART = 500
const WORDS_A_PART = 10_000

interface Held {
  document: LexicalDocument
  number: number
  label: LabelName | null
}

/** Where the code of this index begins: a snapshot is good for it alone. */
export const IN_PROCESS_SOURCE = fileURLToPath(import.meta.url)

const AttributesSchema = z.object({
  kind: z.string().optional(),
  agency: z.array(z.string()).optional(),
  service: z.array(z.string()).optional(),
})
const toAttributes = ({ kind, agency, service }: z.infer<typeof AttributesSchema>): LexicalAttributes => ({
  ...(kind === undefined ? {} : { kind }),
  ...(agency === undefined ? {} : { agency }),
  ...(service === undefined ? {} : { service }),
})
const attributesMemory = createRecentMemory<LexicalAttributes>(100)
/** The same few objects for all passages. */
const attributesOf = (json: string): LexicalAttributes => {
  const known = attributesMemory.get(json)
  const read = known ?? toAttributes(AttributesSchema.parse(JSON.parse(json)))
  if (known === undefined) attributesMemory.set(json, read)
  return read
}

/**
 * A lexical index in memory: BM25 over our analysis. Reconciliation fills it; a snapshot spares most of that after a start.
 * A query costs the length of its terms' posting lists, not the number of passages.
 * @param language synonyms and word families; a change of them needs a new index
 */
export const createInProcessIndex = (language: LanguageData): StorableIndex => {
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
    JSON.stringify([lang, validFrom, validTo, attributes?.kind, attributes?.agency, attributes?.service])
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

  const labels = createRecentMemory<{ name: LabelName | null }>(MOST_LABELS)
  /** «п. 8» is the label of many passages. */
  const nameOf = (label: string): LabelName | null => {
    const known = labels.get(label)
    if (known !== undefined) return known.name
    const name = labelName(label)
    labels.set(label, { name })
    return name
  }
  const hold = (document: LexicalDocument, number: number): void => {
    const entry = { document, number, label: nameOf(document.label) }
    held.set(document.passageId, entry)
    byNumber[number] = entry
    groupOf[number] = enterGroup(document)
  }
  const add = (document: LexicalDocument): void => {
    const { fields, words } = read(document)
    for (const own of LANGS) for (const word of words[own]) vocabulary.add(word, own)
    hold(document, postings.add(document.lang, fields))
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

  function* dumpDocuments(): Generator<SnapshotPart> {
    const all = [...held.values()]
    for (let from = 0; from < all.length; from += DOCUMENTS_A_PART) {
      const part = all.slice(from, from + DOCUMENTS_A_PART)
      const texts = (of: (document: LexicalDocument) => string) => part.map(({ document }) => of(document))
      yield {
        kind: 'documents',
        numbers: [
          Uint32Array.from(part, ({ number }) => number),
          Uint32Array.from(part, ({ document }) => LANGS.indexOf(document.lang)),
        ],
        texts: [
          texts(({ passageId }) => passageId),
          texts(({ articleId }) => articleId),
          texts(({ title }) => title),
          texts(({ label }) => label),
          texts(({ context }) => context),
          texts(({ text }) => text),
          texts(({ validFrom }) => validFrom),
          texts(({ validTo }) => validTo ?? ''),
          texts(({ attributes }) => (attributes === undefined ? '' : JSON.stringify(attributes))),
          texts(({ fingerprint }) => fingerprint),
        ],
      }
    }
  }
  function* dumpWords(): Generator<SnapshotPart> {
    const all = [...vocabulary.entries()]
    for (let from = 0; from < all.length; from += WORDS_A_PART) {
      const part = all.slice(from, from + WORDS_A_PART)
      yield {
        kind: 'words',
        numbers: LANGS.map((lang) => Uint32Array.from(part, (entry) => entry[lang])),
        texts: [
          part.map(({ word }) => word),
          // Stemming is dearer than reading; where a word is in no passage of a language its stem there is not asked for.
          ...LANGS.map((lang) => part.map((entry) => (entry[lang] > 0 ? stemWord(entry.word, lang) : ''))),
        ],
      }
    }
  }
  const restoreWords = ({ numbers: [ru, kk], texts: [words = [], ...stems] }: SnapshotPart): void => {
    for (const [at, word] of words.entries())
      for (const [own, lang] of LANGS.entries()) {
        const stem = stems[own]?.[at] ?? ''
        if (stem !== '') rememberStem(word, lang, stem)
      }
    for (const [at, word] of words.entries()) vocabulary.set(word, { ru: ru?.[at] ?? 0, kk: kk?.[at] ?? 0 })
  }
  const restoreDocuments = (part: SnapshotPart, shared: (text: string) => string): void => {
    const [numbers = [], langs = []] = part.numbers
    const [ids = [], articles, titles, labels, contexts, texts, froms, tos, attributes, fingerprints] = part.texts
    for (const [at, passageId] of ids.entries()) {
      const [lang, number, validTo, kept] = [LANGS[langs[at] ?? 0], numbers[at], tos?.[at], attributes?.[at]]
      if (lang === undefined || number === undefined) throw new SnapshotFault('a document of it lacks something')
      const of = (list: readonly string[] | undefined): string => shared(list?.[at] ?? '')
      hold(
        {
          passageId,
          articleId: of(articles),
          lang,
          title: of(titles),
          label: of(labels),
          context: of(contexts),
          text: texts?.[at] ?? '',
          validFrom: of(froms),
          validTo: validTo === undefined || validTo === '' ? null : shared(validTo),
          ...(kept === undefined || kept === '' ? {} : { attributes: attributesOf(kept) }),
          fingerprint: fingerprints?.[at] ?? '',
        },
        number,
      )
    }
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
      const inGroup = query.facets === true ? new Uint32Array(groups.length) : null
      for (const number of documents) {
        const group = groupOf[number] ?? NO_GROUP
        if (inGroup !== null && group !== NO_GROUP) inGroup[group] = (inGroup[group] ?? 0) + 1
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
      let facets: FacetCounts | null = null
      if (inGroup !== null) {
        facets = noCounts()
        for (const [group, { filtered }] of groups.entries()) {
          const times = inGroup[group] ?? 0
          if (times > 0) countIn(facets, query, filtered, times)
        }
      }
      return {
        hits: hits.slice(0, query.limit),
        total,
        correctedTo: prepared.correctedTo,
        correctionKind: prepared.correctionKind,
        reading: { lang: prepared.lang, met },
        ...(facets === null ? {} : { facets }),
      }
    },

    highlighter: createHighlighter(analyser, reader.prepare),

    async *dump() {
      yield { kind: 'sizes', numbers: [Uint32Array.of(held.size)], texts: [] }
      for (const parts of [postings.dump(), dumpWords(), dumpDocuments()])
        for (const part of parts) {
          yield part
          await setImmediate()
        }
    },

    async restore(parts) {
      let size = 0
      // Titles, days and kinds are the same for many.
      const texts = new Map<string, string>()
      const shared = (text: string): string => {
        const known = texts.get(text)
        if (known === undefined) texts.set(text, text)
        return known ?? text
      }
      for await (const part of parts) {
        if (part.kind === 'sizes') size = part.numbers[0]?.[0] ?? 0
        else if (part.kind === 'words') restoreWords(part)
        else if (part.kind === 'documents') restoreDocuments(part, shared)
        else if (!postings.restore(part)) throw new SnapshotFault(`a part of it is «${part.kind}»`)
      }
      if (held.size !== size) throw new SnapshotFault(`it holds ${held.size} passages and says ${size}`)
      reader.forget()
    },

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
