import type { Lang } from '#server/context.ts'
import { termOfConcept, termsOfToken, type Analyser } from './analysis/analyser.ts'
import { createRecentMemory, type RecentMemory } from './analysis/recent-memory.ts'
import type { LexicalDocument } from './lexical-index.ts'

const LANGS: readonly Lang[] = ['ru', 'kk']
const FIELDS = ['title', 'label', 'context', 'text'] as const
const MOST_FIELDS = 500
/** «3) Единый контакт-центр – юридическое лицо …»: a passage that defines a term is about it. */
const DEFINED = /^(?:\d+(?:-\d+)?\)\s*)?([^\n.;:]{2,140}?)\s[–—]\s/u
/** A first line of its own is a heading: «Срок оказания государственной услуги». */
const HEADED = /^([^\n]{2,160})\n/u
const subjectOf = (text: string): string => DEFINED.exec(text)?.[1] ?? HEADED.exec(text)?.[1] ?? ''

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

/** Terms of each field of a passage, in the order of `FIELD_SETTINGS`, and its words by language. */
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
