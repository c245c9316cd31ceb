import type { Lang } from '#server/context.ts'
import { createAnalyser } from './analyser.ts'
import type { AnalysedToken } from './analyser.ts'
import { NO_LANGUAGE_DATA } from './language-data.ts'
import { createRecentMemory } from './recent-memory.ts'

const analyser = createAnalyser(NO_LANGUAGE_DATA)

/** The same passages, titles and competences come again with every question. */
const REMEMBERED = 2000
const known = {
  ru: createRecentMemory<AnalysedToken[]>(REMEMBERED),
  kk: createRecentMemory<AnalysedToken[]>(REMEMBERED),
}
const tokensOf = (text: string, lang: Lang): AnalysedToken[] => {
  const old = known[lang].get(text)
  if (old !== undefined) return old
  const { tokens } = analyser.analyse(text, lang)
  known[lang].set(text, tokens)
  return tokens
}

const LONG = 6
/** Kazakh endings are added one after another; what the stemmer leaves («зейнетақыны») still begins with the whole word. */
const begins = (wanted: AnalysedToken, asked: AnalysedToken): boolean =>
  wanted.lang === 'kk' && wanted.kind === 'word' && wanted.norm.length >= LONG && asked.norm.startsWith(wanted.norm)

const meets = (left: AnalysedToken, right: AnalysedToken): boolean =>
  left.stems.some((stem) => right.stems.includes(stem)) ||
  begins(left, right) ||
  (left.number !== null && left.number === right.number)

/**
 * How much of a subject («аренда серверов») a question names, in any forms of its words.
 * @returns 0…1: the share of the subject's words, stop words aside, that the question holds; 0 for a subject without words
 */
export const subjectCoverage = (question: string, subject: string, lang: Lang): number => {
  const wanted = tokensOf(subject, lang).filter((token) => !token.stop)
  if (wanted.length === 0) return 0
  const asked = tokensOf(question, lang)
  return wanted.filter((token) => asked.some((other) => meets(token, other))).length / wanted.length
}
