import type { Lang } from '#server/context.ts'
import type { Analyser } from '#server/search/analysis/analyser.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { createVocabulary, editDistance } from '#server/search/analysis/vocabulary.ts'
import type { NumberedPassage } from '../answerer.ts'
import type { Remembered } from './passage-memory.ts'
import { FILLER_STEMS } from './question-words.ts'
import { wordVectors } from './word-vectors.ts'

/** A shorter word is too near to too many. */
const SHORTEST_CORRECTED = 6

/** A Kazakh word has many endings: only what begins alike is the same word mistyped. */
const SHORTEST_KAZAKH = 8
const KAZAKH_BEGINNING = 5

/** The question with typing errors mended by the words of the passages and of the language data. */
export const mendSpelling = (
  question: string,
  lang: Lang,
  passages: readonly NumberedPassage[],
  analyser: Analyser,
  known: Remembered,
): string => {
  const { tokens, concepts } = analyser.analyse(question, lang)
  const strange = tokens.filter(
    (token, index) =>
      token.kind === 'word' &&
      !token.stop &&
      token.norm.length >= (lang === 'kk' ? SHORTEST_KAZAKH : SHORTEST_CORRECTED) &&
      token.number === null &&
      token.families.length === 0 &&
      !concepts.some(({ from, to }) => from <= index && index < to),
  )
  if (strange.length === 0) return question
  const analyses = passages.map(({ text, lang }) => known(text, lang))
  const unknown = strange.filter(
    (token) =>
      !FILLER_STEMS.has(token.stems[0] ?? '') &&
      // A word of the language is no error, whether or not anybody here says it.
      (lang === 'kk' || wordVectors().of(token.stems[0] ?? '') === null) &&
      !analyses.some(({ words }) => token.stems.some((stem) => words.stems.has(stem))),
  )
  if (unknown.length === 0) return question
  const vocabulary = createVocabulary()
  for (const word of lang === 'kk' ? analyser.kazakhVocabulary : analyser.vocabulary) vocabulary.add(word, lang)
  for (const { analysis } of analyses)
    for (const token of analysis.tokens) if (token.kind === 'word') vocabulary.add(token.norm, lang)
  let mended = question
  for (const token of unknown.toReversed()) {
    const better =
      vocabulary.knows(token.norm) || vocabulary.knows(token.stems[0] ?? '') ? null : vocabulary.correct(token.norm)
    // Two edits make too many words out of one to answer by.
    const isAlike = lang === 'ru' || better?.startsWith(token.norm.slice(0, KAZAKH_BEGINNING)) === true
    if (better !== null && isAlike && editDistance(token.stems[0] ?? token.norm, stemWord(better, lang), 1) <= 1)
      mended = mended.slice(0, token.start) + better + mended.slice(token.end)
  }
  return mended
}
