import { createAnalyser, type Analyser } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { sha256 } from '#server/ids.ts'
import { DEFINED, termsOf } from './prepare-query.ts'
import type { RankedField } from './score-terms.ts'
import { labelName } from './label-rank.ts'
import type { LexicalAttributes, LexicalDocument } from './lexical-index.ts'

/** A passage as Meilisearch holds it: our terms, each spelt as one opaque word, so that nothing there analyses them again. */
export interface MeilisearchDocument {
  id: string
  passageId: string
  fingerprint: string
  /** Names the analysis and settings that made the terms: a document of others is stale. */
  analysis: string
  /** Normalised words, for spelling and completion. */
  words: string[]
  lang: string
  kind: string | null
  agencyId: string | null
  serviceId: string | null
  /** Days as numbers, 20221004; `validTo` of what is in force for good is 99999999. */
  validFrom: number
  validTo: number
  labelToken: string | null
  labelPrefix: string | null
  /** References above the label: §p3 of §p3s4. */
  labelParents: string[]
  /** Distinct terms of all fields: stems, references, exact strings. */
  own: string
  /** What only means the same: families, concepts, numbers. */
  meaning: string
  /** Five-letter cuts. */
  cut: string
  /** All terms of each field, in order: what the final order is computed from. Not searched. */
  ranked: Record<RankedField, string>
}

const FOR_GOOD = 99_999_999
export const dayNumber = (day: string): number => Number(day.replaceAll('-', ''))

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const fnv = (text: string, seed: number): number => {
  let value = seed
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
const spell = (value: number): string => {
  let rest = value
  let word = ''
  for (let place = 0; place < 6; place += 1) {
    word += LETTERS.charAt(rest % 26)
    rest = Math.floor(rest / 26)
  }
  return word
}
/** A term as a word of twelve Latin letters (56 bits): one script, no separators, no diacritics, equal lengths. */
export const opaqueWord = (term: string): string => spell(fnv(term, 0x811c9dc5)) + spell(fnv(term, 0x3243f6a8))
export const opaque = (terms: Iterable<string>): string => [...terms].map(opaqueWord).join(' ')

const kindOf = (term: string): 'cut' | 'meaning' | 'own' =>
  term.startsWith('_') ? 'cut' : /^[=~#]/u.test(term) ? 'meaning' : 'own'

/** Ids there are of letters, digits, - and _ only. */
export const documentId = (passageId: string): string =>
  /^[\w-]{1,200}$/u.test(passageId) && !passageId.startsWith('x-') ? passageId : `x-${sha256(passageId)}`

/** Makes the documents of one analysis. */
export const createDocumentMaker = (
  language: LanguageData,
  analysis: string,
): ((document: LexicalDocument) => MeilisearchDocument) => {
  const analyser = createAnalyser(language)
  return (document) => {
    const words = new Set<string>()
    const terms = { own: new Set<string>(), meaning: new Set<string>(), cut: new Set<string>() }
    const ranked: Record<RankedField, string> = { title: '', label: '', context: '', text: '', term: '' }
    const read = (field: RankedField, text: string): void => {
      const analysed = analyser.analyse(text, document.lang)
      const found = termsOf(analysed)
      ranked[field] = opaque(found)
      for (const term of found) terms[kindOf(term)].add(term)
      for (const token of analysed.tokens)
        if (token.kind === 'word') for (const word of [token.norm, ...token.also]) words.add(word)
    }
    read('title', document.title)
    read('label', document.label)
    read('context', document.context)
    read('text', document.text)
    read('term', DEFINED.exec(document.text)?.[1] ?? '')
    const name = labelName(document.label)
    const parents: string[] = []
    for (let at = name?.token.lastIndexOf('s') ?? -1; name !== null && at > 0; at = name.token.lastIndexOf('s', at - 1))
      parents.push(name.token.slice(0, at))
    const attributes: LexicalAttributes = document.attributes ?? {}
    return {
      id: documentId(document.passageId),
      passageId: document.passageId,
      fingerprint: document.fingerprint,
      analysis,
      words: [...words],
      lang: document.lang,
      kind: attributes.kind ?? null,
      agencyId: attributes.agencyId ?? null,
      serviceId: attributes.serviceId ?? null,
      validFrom: dayNumber(document.validFrom),
      validTo: document.validTo === null ? FOR_GOOD : dayNumber(document.validTo),
      labelToken: name?.token ?? null,
      labelPrefix: name?.prefix ?? null,
      labelParents: parents,
      own: opaque(terms.own),
      meaning: opaque(terms.meaning),
      cut: opaque(terms.cut),
      ranked,
    }
  }
}

/** Words of one query there: Meilisearch reads ten at most. */
const MOST_WORDS = 10
/** How many of the rarest words a passage may lack and still be proposed. */
const MOST_LACKED = 5
const MOST_COMPLETIONS = 4

/**
 * Words of a query, rarest first, as the queries that propose candidates. Two things Meilisearch lacks are made of several queries.
 * A word of ours is a set of terms, any of which may match: so each kind of term gets its query, of every word's best term of that
 * kind. And a passage may lack any word, while `last` keeps the first one: so there is a query without the rarest word, one
 * without the two rarest, and so on.
 * @param words terms that stand in the index, with weights
 */
export function wordQueries(words: readonly ReadonlyMap<string, number>[]): string[] {
  const best = (terms: ReadonlyMap<string, number>, wanted?: 'cut' | 'meaning'): string => {
    let found: string | null = null
    let weight = -1
    for (const [term, value] of terms) {
      const kind = kindOf(term)
      if (wanted === undefined ? kind === 'cut' : kind !== wanted) continue
      if (value > weight) [found, weight] = [term, value]
    }
    return found ?? (wanted === undefined ? ([...terms.keys()][0] ?? '') : best(terms))
  }
  const queries = new Set<string>()
  const add = (terms: readonly string[], lacked: number): void => {
    for (let from = 0; from < Math.min(terms.length, lacked); from += 1)
      queries.add(opaque([...new Set(terms.slice(from))].slice(0, MOST_WORDS)))
  }
  const own = words.map((terms) => best(terms))
  add(own, MOST_LACKED)
  add(
    words.map((terms) => best(terms, 'meaning')),
    MOST_LACKED,
  )
  add(
    words.map((terms) => best(terms, 'cut')),
    MOST_LACKED,
  )
  // An unfinished word may become several: each of its completions stands once in its place.
  for (const [at, terms] of words.entries()) {
    const completions = [...terms].filter(([term]) => kindOf(term) === 'own').sort((left, right) => right[1] - left[1])
    for (const [term] of completions.slice(1, 1 + MOST_COMPLETIONS)) add(own.with(at, term), 1)
  }
  return [...queries]
}

/** Texts that meet most rules of both languages; when the analysis changes, their terms do. */
const PROBES = [
  'Ответы на обращения граждан, поступивших на электронную почту, предоставляются в течение двух рабочих дней (п. 8, пп. 4) п. 3, ст. 9); контакт-центр 8 800 080 7777, support@goscorp.kz, № 368/НҚ.',
  'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі; 3-тармақтың 4) тармақшасы, мемлекеттік көрсетілетін қызметтер туралы мәліметтерді ұсынады.',
]

/** Names an analysis by what it makes of the language data and of some texts. */
export function analysisName(language: LanguageData, analyser: Analyser, settings: unknown): string {
  const probed = PROBES.map((text) => termsOf(analyser.analyse(text)))
  return sha256(JSON.stringify([language, settings, probed])).slice(0, 16)
}
