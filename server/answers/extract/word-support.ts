import { findLawReferences } from '#server/search/analysis/law-references.ts'
import type { AnalysedToken, ConceptMatch } from '#server/search/analysis/analyser.ts'
import type { NumberedPassage } from '../answerer.ts'
import { ABSTRACT, LONG_BEGINNING, LONG_WORD } from './passage-memory.ts'
import type { Searchable } from './passage-memory.ts'

const MATCH = { stem: 1, family: 0.95, concept: 0.85, nearConcept: 0.6, cut: 0.6 }
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
}

/** A passage that only mentions «пункт 20» is not point 20. */
const IN_TEXT_ONLY = 0.6
const FORM = /^прил/iu
export const isForm = ({ label }: NumberedPassage): boolean => FORM.test(label)

/** «графа», «колонка» speak of a form itself, whose text does not call them so. */
const OF_A_FORM = /^(?:граф|колон|столб|пол[еяю](?:й|м|х|ми)?$|бланк|форм|заполн|таблиц|строк)/u

/** The question calls the passage by what it is: «п. 8», or, of a form, «графа». */
export const names = ({ label }: NumberedPassage, { token }: QuestionWord): boolean =>
  token.kind === 'reference'
    ? findLawReferences(label).some(({ tokens }) => tokens.includes(token.norm))
    : FORM.test(label) && OF_A_FORM.test(token.norm)

/** How well a text holds one word of the question: the word, its family, a synonym, or only its beginning. */
export const support = ({ token, concepts }: QuestionWord, text: Searchable): number => {
  if (token.kind === 'reference')
    return [token.norm, ...token.also].some((form) => text.stems.has(form)) ? IN_TEXT_ONLY : 0
  if (token.stems.every((stem) => text.stems.has(stem)))
    return ABSTRACT.test(token.norm) && !token.stems.some((stem) => text.abstract.has(stem)) ? 0.4 : MATCH.stem
  if (token.number !== null && text.numbers.has(token.number)) return MATCH.stem
  if (token.families.some((family) => text.families.has(family))) return MATCH.family
  let best =
    token.kind === 'word' && token.norm.length >= LONG_WORD && text.cuts.has(token.norm.slice(0, LONG_BEGINNING))
      ? MATCH.cut
      : 0
  if (token.also.length > 0)
    best = Math.max(best, (0.8 * token.stems.filter((stem) => text.stems.has(stem)).length) / token.stems.length)
  for (const { id, near } of concepts) {
    const there = text.concepts.get(id)
    if (there !== undefined)
      best = Math.max(best, near || there ? (near && there ? 0.3 : MATCH.nearConcept) : MATCH.concept)
  }
  return best
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
