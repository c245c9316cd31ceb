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
import { changeKeys, createPlaceRanker, placeSteps, stepWord, type ActName, type LookUp } from './look-up.ts'
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
/** Documents and words in one part of a snapshot. */
const DOCUMENTS_A_PART = 500
const WORDS_A_PART = 10_000

interface Held {
  document: LexicalDocument
  number: number
}

/** Where the code of this index begins: a snapshot is good for it alone. */
export const IN_PROCESS_SOURCE = fileURLToPath(import.meta.url)

const ActSchema = z.object({
  kind: z.string(),
  number: z.string(),
  registration: z.string().nullable(),
  code: z.string().nullable(),
  signedOn: z.string(),
  title: z.string(),
})
const actMemory = createRecentMemory<ActName>(500)
const actOf = (json: string): ActName | null => {
  if (json === '') return null
  const known = actMemory.get(json)
  const read = known ?? ActSchema.parse(JSON.parse(json))
  if (known === undefined) actMemory.set(json, read)
  return read
}
const actKey = ({ kind, number, signedOn, title }: ActName): string => JSON.stringify([kind, number, signedOn, title])

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

  const placeRanker = createPlaceRanker(analyser)
  // A query that names an act or a chapter is answered by passages that need not hold a word of it.
  const byAct = new Map<string, { act: ActName; documents: Set<number> }>()
  const bySign = new Map<string, Set<number>>()
  /** The chapter it stands in and the act that changed it. */
  const signsOf = (document: LexicalDocument): string[] => [
    ...placeSteps(document).all.filter((step) => /^(?:g|rz)/u.test(step)),
    ...(document.changedBy === undefined || document.changedBy === null
      ? []
      : changeKeys(document.changedBy).map((key) => `№${key}`)),
  ]
  const enterPlace = (document: LexicalDocument, number: number): void => {
    if (document.act !== undefined && document.act !== null) {
      const key = actKey(document.act)
      const known = byAct.get(key)
      if (known === undefined) byAct.set(key, { act: document.act, documents: new Set([number]) })
      else known.documents.add(number)
    }
    for (const sign of signsOf(document)) bySign.set(sign, (bySign.get(sign) ?? new Set()).add(number))
  }
  const leavePlace = (document: LexicalDocument, number: number): void => {
    const key = document.act === undefined || document.act === null ? null : actKey(document.act)
    if (key !== null && byAct.get(key)?.documents.delete(number) === true && byAct.get(key)?.documents.size === 0)
      byAct.delete(key)
    for (const sign of signsOf(document))
      if (bySign.get(sign)?.delete(number) === true && bySign.get(sign)?.size === 0) bySign.delete(sign)
  }
  /** Passages to be looked at whatever words they hold. */
  const lookedUp = (lookUp: LookUp): Set<number> => {
    const ranker = placeRanker({ ...lookUp, places: [] })
    const found = new Set<number>()
    for (const { act, documents } of byAct.values())
      if (ranker.rank({ label: '', lang: 'ru', title: '', act }) > 0) for (const number of documents) found.add(number)
    const signs = [...lookUp.places.flatMap(({ steps }) => steps.map(stepWord)), ...lookUp.acts.map((key) => `№${key}`)]
    for (const sign of signs) for (const number of bySign.get(sign) ?? []) found.add(number)
    return found
  }
  const hold = (document: LexicalDocument, number: number): void => {
    const entry = { document, number }
    enterPlace(document, number)
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
    leavePlace(entry.document, entry.number)
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
          texts(({ eid }) => eid ?? ''),
          texts(({ act }) => (act === undefined || act === null ? '' : JSON.stringify(act))),
          texts(({ changedBy }) => changedBy ?? ''),
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
    const [
      ids = [],
      articles,
      titles,
      labels,
      contexts,
      texts,
      froms,
      tos,
      attributes,
      fingerprints,
      eids,
      acts,
      changes,
    ] = part.texts
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
          eid: eids?.[at] === undefined || eids[at] === '' ? null : (eids[at] ?? null),
          act: actOf(acts?.[at] ?? ''),
          changedBy: changes?.[at] === undefined || changes[at] === '' ? null : (changes[at] ?? null),
        },
        number,
      )
    }
  }

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
      const ranker = prepared.lookUp === null ? null : placeRanker(prepared.lookUp)
      const named = (number: number): number => {
        const entry = byNumber[number]
        return ranker === null || entry === undefined ? 0 : ranker.rank(entry.document) * NAMED
      }
      const inGroup = query.facets === true ? new Uint32Array(groups.length) : null
      const { except } = query
      const isExcepted = (number: number): boolean =>
        except !== undefined && except.size > 0 && except.has(byNumber[number]?.document.passageId ?? '')
      const offer = (number: number, isMet: boolean): void => {
        const group = groupOf[number] ?? NO_GROUP
        if (isExcepted(number)) return
        if (inGroup !== null && group !== NO_GROUP) inGroup[group] = (inGroup[group] ?? 0) + 1
        if (isAsked[group] !== true) return
        total += 1
        const lang = groups[group]?.filtered.lang ?? 'ru'
        const share = isMet ? (covered[number] ?? 0) : 0
        met[lang] = Math.max(met[lang], known * share)
        const score = isMet ? (scores[number] ?? 0) * coverageOf(share) : 0
        best.offer(number, score + named(number))
      }
      for (const number of documents) offer(number, true)
      if (prepared.lookUp !== null) {
        const rest = lookedUp(prepared.lookUp)
        if (rest.size > 0) for (const number of documents) rest.delete(number)
        for (const number of rest) offer(number, false)
      }
      const hits = best.take().flatMap(({ number, score }) => {
        const entry = byNumber[number]
        if (entry === undefined) return []
        const { passageId, lang } = entry.document
        const isWhole = holds(entry, phrases)
        return [{ passageId, lang, score: isWhole ? score + PHRASE : score, isWhole }]
      })
      const whole = phrases.length === 0 ? [] : hits.filter(({ isWhole }) => isWhole)
      const only = prepared.restricts && whole.length > 0
      const shown = only ? whole : hits.toSorted((left, right) => right.score - left.score)
      let facets: FacetCounts | null = null
      // Phrases are looked for among the admitted alone: of another value of a filter it is not known what it holds.
      if (inGroup !== null && !only) {
        facets = noCounts()
        for (const [group, { filtered }] of groups.entries()) {
          const times = inGroup[group] ?? 0
          if (times > 0) countIn(facets, query, filtered, times)
        }
      }
      return {
        hits: shown.slice(0, query.limit).map(({ passageId, lang, score }) => ({ passageId, lang, score })),
        total: only ? whole.length : total,
        ...(phrases.length === 0
          ? {}
          : { phrases: { asked: prepared.phrases.map(({ text }) => text), held: whole.length > 0, only } }),
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
      const { words, lookUp, phrases } = reader.prepare(query)
      const ranker = lookUp === null ? null : placeRanker(lookUp)
      const patterns = phrases.map(phrasePattern)
      const explained = new Map<string, LexicalExplanation>()
      for (const id of passageIds) {
        const entry = held.get(id)
        if (entry === undefined) continue
        const shares = postings.explain(words, entry.number)
        explained.set(id, {
          words: shares,
          coverage: coverageOf(coveredBy(shares)),
          named: ranker === null ? 0 : ranker.rank(entry.document) * NAMED,
          phrase: holds(entry, patterns) ? PHRASE : 0,
        })
      }
      return explained
    },
  }
}
