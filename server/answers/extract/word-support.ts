import { findLawReferences } from '#server/search/analysis/law-references.ts'
import type { AnalysedToken, ConceptMatch } from '#server/search/analysis/analyser.ts'
import type { NumberedPassage } from '../answerer.ts'
import { ABSTRACT, KAZAKH_BEGINNINGS, LONG_BEGINNING, LONG_WORD } from './passage-memory.ts'
import type { Searchable } from './passage-memory.ts'
import { dotProduct } from './word-vectors.ts'

const MATCH = { stem: 1, family: 0.95, concept: 0.85, nearConcept: 0.6, cut: 0.6, inName: 0.5 }
/** Support from which a word counts as there. */
export const KNOWN = 0.5
/** Support from which nothing of a word is missing. */
export const FIRM = 0.8

export interface QuestionWord {
  token: AnalysedToken
  index: number
  weight: number
  concepts: ConceptMatch[]
  focus: boolean
  /** By the company it keeps; null of a number, a reference or a word that nobody knows. */
  vector: Float32Array | null
  /** How much it says in the language at large, 0…1. */
  rarity: number
  /** Likeness to other words, and nearness of texts by their words: made when `nearness` first asks, kept as long as the word. Words of sample questions have none. */
  near: { words: Map<Float32Array, number>; texts: Map<readonly Float32Array[], number> } | null
}

/** A passage that only mentions «пункт 20» is not point 20. */
const IN_TEXT_ONLY = 0.6
/** Of an appendix to the act or to rules that stand in an appendix themselves. */
const FORM = /^(?:(?:Правила|Қағидалар)\s*\([^)]*\),\s*)?(?:прил|\p{L}*\s*\d+-қосымша)/iu
/** A form has a word for everything; rows of a list of requirements stand in appendices too, but tell. */
export const isForm = ({ label, row }: NumberedPassage): boolean => row === undefined && FORM.test(label)

/** «графа», «колонка» speak of a form itself, whose text does not call them so. */
const OF_A_FORM = /^(?:граф|колон|столб|пол[еяю](?:й|м|х|ми)?$|бланк|форм|заполн|таблиц|строк|нысан|баған|толтыр)/u

/** «графа» is in no text that only says «по форме». */
const OF_A_COLUMN = /^(?:граф|колон|столб|пол[еяю](?:й|м|х|ми)?$|строк)/u
const COLUMN_ELSEWHERE = 0.3
/** Support of a word by a passage, where forms are kept apart from texts that mention them. */
export const supportIn = (passage: NumberedPassage, word: QuestionWord, text: Searchable): number => {
  if (names(passage, word)) return 1
  const held = support(word, text)
  return OF_A_COLUMN.test(word.token.norm) ? Math.min(COLUMN_ELSEWHERE, held) : held
}

/** The question calls the passage by what it is: «п. 8», or, of a form, «графа». */
export const names = (passage: NumberedPassage, { token }: QuestionWord): boolean =>
  token.kind === 'reference'
    ? findLawReferences(passage.label).some(({ tokens }) => tokens.includes(token.norm))
    : isForm(passage) && OF_A_FORM.test(token.norm)

/** «сутки» of «круглые сутки» says little where the phrase as a whole is not meant. */
const PART_OF_PHRASE = 0.6

/** How well a text holds one word of the question: the word, its family, a synonym, or only its beginning. */
export const support = (word: QuestionWord, text: Searchable): number => {
  const alone = supportAlone(word, text)
  if (alone <= PART_OF_PHRASE || !word.concepts.some((concept) => isPhrase(concept))) return alone
  return word.concepts.some((concept) => isPhrase(concept) && text.concepts.has(concept.id)) ? alone : PART_OF_PHRASE
}

const isPhrase = ({ from, to, near }: ConceptMatch): boolean => !near && to - from > 1

const supportAlone = ({ token, concepts }: QuestionWord, text: Searchable): number => {
  if (token.kind === 'reference')
    return [token.norm, ...token.also].some((form) => text.stems.has(form)) ? IN_TEXT_ONLY : 0
  if (token.stems.every((stem) => text.stems.has(stem)))
    return ABSTRACT.test(token.norm) && !token.stems.some((stem) => text.abstract.has(stem)) ? 0.4 : MATCH.stem
  if (token.number !== null && text.numbers.has(token.number)) return MATCH.stem
  if (token.families.some((family) => text.families.has(family))) return MATCH.family
  let best =
    token.kind === 'word' && token.lang === 'kk'
      ? beginningHeld(token.norm, text)
      : token.kind === 'word' && token.norm.length >= LONG_WORD && text.cuts.has(token.norm.slice(0, LONG_BEGINNING))
        ? MATCH.cut
        : 0
  if (token.also.length > 0)
    best = Math.max(best, (0.8 * token.stems.filter((stem) => text.stems.has(stem)).length) / token.stems.length)
  if (token.stems.some((stem) => text.named.has(stem)) || token.families.some((family) => text.named.has(`=${family}`)))
    best = Math.max(best, MATCH.inName)
  for (const { id, near } of concepts) {
    const there = text.concepts.get(id)
    if (there !== undefined)
      best = Math.max(best, near || there ? (near && there ? 0.3 : MATCH.nearConcept) : MATCH.concept)
  }
  return best
}

const beginningHeld = (norm: string, { cuts }: Searchable): number =>
  KAZAKH_BEGINNINGS.find(({ length }) => norm.length >= length && cuts.has(norm.slice(0, length)))?.support ?? 0

/** Cosine below which two words are near by chance, and at which they stand for each other. */
const STRANGERS = 0.35
const TWINS = 0.8

/** Nearness of a likeness: 0 by chance, 1 for words that stand for each other. */
export const nearnessOf = (likeness: number): number =>
  Math.min(1, Math.max(0, (likeness - STRANGERS) / (TWINS - STRANGERS)))

/** How near a text comes to a word by words that are used like it, 0…1. */
export const nearness = (word: QuestionWord, vectors: readonly Float32Array[]): number => {
  const { vector } = word
  if (vector === null) return 0
  const { words, texts } = (word.near ??= { words: new Map(), texts: new Map() })
  const known = texts.get(vectors)
  if (known !== undefined) return known
  let best = 0
  for (const other of vectors) {
    let likeness = words.get(other)
    if (likeness === undefined) words.set(other, (likeness = dotProduct(vector, other)))
    if (likeness > best) best = likeness
  }
  const found = nearnessOf(best)
  texts.set(vectors, found)
  return found
}

export const weightedShare = (words: readonly QuestionWord[], supports: readonly number[]): number => {
  let held = 0
  let all = 0
  for (const [index, { weight }] of words.entries()) {
    held += weight * (supports[index] ?? 0)
    all += weight
  }
  return all === 0 ? 0 : held / all
}
