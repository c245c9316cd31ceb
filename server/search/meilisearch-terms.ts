import type { Lang } from '#server/context.ts'
import { sha256 } from '#server/ids.ts'
import { createAnalyser, isSoftTerm, langOfTerm } from './analysis/analyser.ts'
import type { LanguageData } from './analysis/language-data.ts'
import type { LexicalAttributes, LexicalDocument } from './lexical-index.ts'
import { actKeys, changeKeys, placeSteps, type ActName } from './look-up.ts'
import { createFieldMemory, readPassage } from './read-passage.ts'
import type { WordQuery } from './word-query.ts'

/** A passage as Meilisearch holds it: our terms, each spelt as one opaque word, so that nothing there analyses them again. */
export interface MeilisearchDocument {
  id: string
  passageId: string
  fingerprint: string
  /** Names the analysis and settings that made the terms: a document of others is stale. */
  analysis: string
  /** Normalised words with their language in front («ru», «kk»), for spelling and completion. */
  words: string[]
  lang: Lang
  /** As they stand, for phrases in quotes. Not searched. */
  title: string
  text: string
  kind: string | null
  agency: string[]
  service: string[]
  /** Days as numbers, 20221004; `validTo` of what is in force for good is 99999999. */
  validFrom: number
  validTo: number
  label: string
  eid: string | null
  act: ActName | null
  changedBy: string | null
  /** Steps of the place that the label names («st5», «p2»), chapters around it too; and the last one. */
  placeSteps: string[]
  placeLast: string | null
  /** Numbers of the act and of the one that changed the place; day of the act. */
  actKeys: string[]
  actDate: string | null
  /** Distinct terms of all fields: stems, references, exact strings. */
  own: string
  /** What only means the same: families, concepts, numbers. */
  meaning: string
  /** Five-letter cuts. */
  cut: string
  /** What only adds to a score. Not searched. */
  soft: string
  /** All terms of each field, fields and terms in order: what the final order is computed from. Not searched. */
  ranked: string[]
  /** How many terms each field has. */
  lengths: number[]
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

type TermKind = 'own' | 'meaning' | 'cut' | 'soft'
const kindOf = (term: string): TermKind =>
  isSoftTerm(term) ? 'soft' : /^[_-]/u.test(term) ? 'cut' : /^[=~≈#]/u.test(term) ? 'meaning' : 'own'

/** Ids there are of letters, digits, - and _ only. */
export const documentId = (passageId: string): string =>
  /^[\w-]{1,200}$/u.test(passageId) && !passageId.startsWith('x-') ? passageId : `x-${sha256(passageId)}`

/** Makes documents, but for the name of the analysis. */
const createDraftMaker = (
  language: LanguageData,
): ((document: LexicalDocument) => Omit<MeilisearchDocument, 'analysis'>) => {
  const analyser = createAnalyser(language)
  const memory = createFieldMemory()
  return (document) => {
    const { fields, words } = readPassage(analyser, document, memory)
    const terms: Record<TermKind, Set<string>> = { own: new Set(), meaning: new Set(), cut: new Set(), soft: new Set() }
    for (const term of fields.flat()) terms[kindOf(term)].add(term)
    const place = placeSteps(document)
    const act = document.act ?? null
    const attributes: LexicalAttributes = document.attributes ?? {}
    return {
      id: documentId(document.passageId),
      passageId: document.passageId,
      fingerprint: document.fingerprint,
      words: (['ru', 'kk'] as const).flatMap((lang) => [...words[lang]].map((word) => lang + word)),
      lang: document.lang,
      title: document.title,
      text: document.text,
      kind: attributes.kind ?? null,
      agency: [...(attributes.agency ?? [])],
      service: [...(attributes.service ?? [])],
      validFrom: dayNumber(document.validFrom),
      validTo: document.validTo === null ? FOR_GOOD : dayNumber(document.validTo),
      label: document.label,
      eid: document.eid ?? null,
      act,
      changedBy: document.changedBy ?? null,
      placeSteps: place.all,
      placeLast: place.last,
      actKeys: [
        ...(act === null ? [] : actKeys(act)),
        ...(document.changedBy === undefined || document.changedBy === null ? [] : changeKeys(document.changedBy)),
      ],
      actDate: act?.signedOn ?? null,
      own: opaque(terms.own),
      meaning: opaque(terms.meaning),
      cut: opaque(terms.cut),
      soft: opaque(terms.soft),
      ranked: fields.map(opaque),
      lengths: fields.map((field) => field.length),
    }
  }
}

/** Passages that meet most rules of both languages; when the analysis changes, what is made of them does. */
const PROBES: LexicalDocument[] = (
  [
    [
      'ru',
      'Правила (прил. 1), п. 3 ч. 2 пп. 4',
      '4) электронная база – ответы на обращения граждан, поступивших на электронную почту, предоставляются в течение двух рабочих дней (п. 8, пп. 4) п. 3, ст. 9); контакт-центр 8 800 080 7777, support@goscorp.kz, № 368/НҚ, № ҚР ДСМ-175/2020 от 04.10.2022, V2300033555; +7 (7172) 74-01-01, 74-01-01; пункты 2 и 3 статьи 5, глава IV, BИН.',
    ],
    [
      'kk',
      '3-тармақтың 4) тармақшасы',
      'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі; 3-тармақтың 4) тармақшасы, мемлекеттік көрсетілетін қызметтер туралы мәліметтерді ұсынады.',
    ],
  ] as const
).map(([lang, label, text]) => ({
  passageId: lang,
  articleId: lang,
  lang,
  title: 'Правила',
  label,
  context: 'Глава 2. Порядок',
  eid: 'chp_2__para_3__subpara_4',
  act: {
    kind: 'приказ',
    number: '368/НҚ',
    registration: '33555',
    code: '187321',
    signedOn: '2022-10-04',
    title: 'Правила',
  },
  text,
  validFrom: '2022-10-04',
  validTo: null,
  fingerprint: '',
}))

/**
 * Makes the documents that Meilisearch holds, each with the name of its analysis: that name changes with the language data, the
 * settings and what is made of some texts.
 */
export const createDocumentMaker = (
  language: LanguageData,
  settings: unknown,
): { analysis: string; make: (document: LexicalDocument) => MeilisearchDocument } => {
  const draft = createDraftMaker(language)
  const analysis = sha256(JSON.stringify([language, settings, PROBES.map(draft)])).slice(0, 16)
  return { analysis, make: (document) => ({ ...draft(document), analysis }) }
}

/** Words of one query there: Meilisearch reads ten at most. */
const MOST_WORDS = 10
/** How many of the rarest words a passage may lack and still be proposed. */
const MOST_LACKED = 5
const MOST_COMPLETIONS = 4
const MOST_MEANINGS = 2
const MOST_QUERIES = 60

/** All terms by which a word may be met, each with the most that it counts. */
const weightsOf = ({ evidence }: WordQuery): Map<string, number> => {
  const weights = new Map<string, number>()
  for (const { weight, terms } of evidence)
    for (const [term, share] of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight * share))
  return weights
}

/**
 * Words of a query, rarest first, as the queries that propose candidates. Three things Meilisearch lacks are made of several queries.
 * Every word is read in both languages, and a passage has terms of its own only: so each language gets its queries.
 * A word of ours may be met by many terms, any of which may match: so each kind of term gets its query, of every word's best term of that
 * kind. And a passage may lack any word, while `last` keeps the first one: so there is a query without the rarest word, one
 * without the two rarest, and so on.
 * @param words with terms that stand in the index
 * @param langs languages of the passages that are wanted
 * @param worth how much a term counts for its weight and rarity
 */
export function wordQueries(
  words: readonly WordQuery[],
  langs: readonly Lang[],
  worth: (term: string, weight: number) => number,
): string[] {
  const queries = new Set<string>()
  const add = (terms: readonly string[], lacked: number): void => {
    for (let from = 0; from < Math.min(terms.length, lacked); from += 1)
      queries.add(opaque([...new Set(terms.slice(from))].slice(0, MOST_WORDS)))
  }
  /** Terms of one word, the weightiest first. */
  type Terms = readonly { term: string; kind: TermKind; weight: number; worth: number }[]
  const best = (terms: Terms, kind: TermKind): string[] => {
    const found =
      terms.find((one) => one.kind === kind) ?? terms.find((one) => one.kind === 'own') ?? terms.find(() => true)
    return found === undefined ? [] : [found.term]
  }
  const read = langs.map((lang) =>
    words
      .map((word): Terms =>
        [...weightsOf(word)]
          .filter(([term]) => !isSoftTerm(term) && (langOfTerm(term) ?? lang) === lang)
          .map(([term, weight]) => ({ term, kind: kindOf(term), weight, worth: worth(term, weight) }))
          .sort((left, right) => right.weight - left.weight),
      )
      .filter((terms) => terms.length > 0)
      .map((terms) => ({ terms, worth: Math.max(...terms.map((one) => one.worth)) }))
      .sort((left, right) => right.worth - left.worth)
      .map(({ terms }) => terms),
  )
  for (const ofLang of read)
    for (const kind of ['own', 'meaning', 'cut'] as const)
      add(
        ofLang.flatMap((terms) => best(terms, kind)),
        MOST_LACKED,
      )
  // An unfinished or mistyped word may be several, and a word may mean several things: each stands once in its place.
  for (const [kind, most] of [
    ['own', MOST_COMPLETIONS],
    ['meaning', MOST_MEANINGS],
  ] as const)
    for (const ofLang of read) {
      const first = ofLang.flatMap((terms) => best(terms, kind))
      for (const [at, terms] of ofLang.entries())
        for (const { term } of terms.filter((one) => one.kind === kind).slice(1, 1 + most)) add(first.with(at, term), 1)
    }
  return [...queries].slice(0, MOST_QUERIES)
}
