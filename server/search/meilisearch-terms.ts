import { createAnalyser, termsOfToken, type Analyser } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import { sha256 } from '#server/ids.ts'
import { DEFINED, type PreparedQuery } from './prepare-query.ts'
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
  term: string
  label: string
  text: string
  title: string
  context: string
  /** What only resembles or means the same, of all fields: families, concepts, numbers; five-letter cuts. */
  meaning: string
  cut: string
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
  for (let place = 0; place < 7; place += 1) {
    word += LETTERS.charAt(rest % 26)
    rest = Math.floor(rest / 26)
  }
  return word
}
/** A term as a word of fourteen Latin letters (64 bits): one script, no separators, no diacritics, equal lengths. */
export const opaqueWord = (term: string): string => spell(fnv(term, 0x811c9dc5)) + spell(fnv(term, 0x3243f6a8))
const opaque = (terms: Iterable<string>): string => [...terms].map(opaqueWord).join(' ')

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
    const meaning: string[] = []
    const cut = new Set<string>()
    const own = (text: string): string => {
      const analysed = analyser.analyse(text, document.lang)
      const terms: string[] = []
      for (const token of analysed.tokens) {
        if (token.kind === 'word') for (const word of [token.norm, ...token.also]) words.add(word)
        for (const term of termsOfToken(token)) {
          const kind = kindOf(term)
          if (kind === 'own') terms.push(term)
          else if (kind === 'cut') cut.add(term)
          else meaning.push(term)
        }
      }
      for (const { id } of analysed.concepts) meaning.push(`~${id}`)
      return opaque(terms)
    }
    const name = labelName(document.label)
    const fields = {
      label: own(document.label),
      text: own(document.text),
      title: own(document.title),
      context: own(document.context),
      term: own(DEFINED.exec(document.text)?.[1] ?? ''),
    }
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
      ...fields,
      meaning: opaque(meaning),
      cut: opaque(cut),
    }
  }
}

/** Words of one query there: Meilisearch reads ten at most. */
const MOST_WORDS = 10
const MOST_COMPLETIONS = 4

export interface WordQuery {
  q: string
  weight: number
}

/**
 * A prepared query as queries of words for one federated search. A word of ours is a set of terms, any of which may match, and
 * Meilisearch has no such thing; so each kind of term gets its query, of the word's best term of that kind (or its best of all).
 */
export function wordQueries(prepared: PreparedQuery): WordQuery[] {
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
  const lists: { terms: string[]; weight: number }[] = [
    { terms: prepared.words.map(({ terms }) => best(terms)), weight: 1 },
    { terms: prepared.words.map(({ terms }) => best(terms, 'meaning')), weight: 0.95 },
    { terms: prepared.words.map(({ terms }) => best(terms, 'cut')), weight: 0.85 },
  ]
  // The unfinished word may become several; each stands in its place once.
  const last = prepared.words.at(-1)
  const [first] = lists
  if (last !== undefined && first !== undefined) {
    const others = [...last.terms]
      .filter(([term]) => kindOf(term) === 'own' && term !== first.terms.at(-1))
      .sort((left, right) => right[1] - left[1])
      .slice(0, MOST_COMPLETIONS)
    for (const [term] of others) lists.push({ terms: [...first.terms.slice(0, -1), term], weight: 0.8 })
  }
  const queries = new Map<string, number>()
  for (const { terms, weight } of lists) {
    const distinct = [...new Set(terms)].filter((term) => term !== '')
    for (let at = 0; at < distinct.length; at += MOST_WORDS) {
      const q = opaque(distinct.slice(at, at + MOST_WORDS))
      queries.set(q, Math.max(queries.get(q) ?? 0, weight))
    }
  }
  return [...queries].map(([q, weight]) => ({ q, weight }))
}

/** Texts that meet most rules of both languages; when the analysis changes, their terms do. */
const PROBES = [
  'Ответы на обращения граждан, поступивших на электронную почту, предоставляются в течение двух рабочих дней (п. 8, пп. 4) п. 3, ст. 9); контакт-центр 8 800 080 7777, support@goscorp.kz, № 368/НҚ.',
  'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі; 3-тармақтың 4) тармақшасы, мемлекеттік көрсетілетін қызметтер туралы мәліметтерді ұсынады.',
]

/** Names an analysis by what it makes of the language data and of some texts. */
export function analysisName(language: LanguageData, analyser: Analyser, settings: unknown): string {
  const probed = PROBES.map((text) => analyser.analyse(text).tokens.flatMap(termsOfToken))
  return sha256(JSON.stringify([language, settings, probed])).slice(0, 16)
}
