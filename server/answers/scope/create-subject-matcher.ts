import type { Lang } from '#server/context.ts'
import { createAnalyser, type AnalysedToken } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'
import type { SubjectMatcher } from '../competence.ts'

/** Subjects of the directory, which every question is compared with. */
const REMEMBERED = 2000
const LONG = 6

/** Kazakh endings are added one after another; what the stemmer leaves («зейнетақыны») still begins with the whole word. */
const begins = (wanted: AnalysedToken, asked: AnalysedToken): boolean =>
  wanted.lang === 'kk' && wanted.kind === 'word' && wanted.norm.length >= LONG && asked.norm.startsWith(wanted.norm)

const meets = (wanted: AnalysedToken, asked: AnalysedToken): boolean =>
  wanted.stems.some((stem) => asked.stems.includes(stem)) ||
  wanted.families.some((family) => asked.families.includes(family)) ||
  begins(wanted, asked)

/**
 * Tells how much of a subject of the directory a question names: its words in any form, and words of their root («зарегистрировать ИП»,
 * «регистрация ИП»), for callers say what they want to do. Synonyms stay out: the directory says itself what it is asked by.
 * @returns 0…1, the share of the subject's words, stop words aside; 0 for a subject without words
 */
export const createSubjectMatcher = (language: LanguageData): SubjectMatcher => {
  const analyser = createAnalyser({ concepts: [], families: language.families })
  const known = {
    ru: createRecentMemory<AnalysedToken[]>(REMEMBERED),
    kk: createRecentMemory<AnalysedToken[]>(REMEMBERED),
  }
  const tokensOf = (text: string, lang: Lang): AnalysedToken[] => {
    const held = known[lang].get(text)
    if (held !== undefined) return held
    const tokens = analyser.analyse(text, lang).tokens.filter((token) => !token.stop)
    known[lang].set(text, tokens)
    return tokens
  }
  return (question, subject, lang) => {
    const wanted = tokensOf(subject, lang)
    if (wanted.length === 0) return 0
    const asked = tokensOf(question, lang)
    return wanted.filter((token) => asked.some((other) => meets(token, other))).length / wanted.length
  }
}
