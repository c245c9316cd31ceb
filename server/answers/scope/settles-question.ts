import type { Lang } from '#server/context.ts'
import { expectedAnswer } from '../expected-answer.ts'
import { holdsPhrase, takenBy, tokensOf } from './phrase.ts'
import type { Scope } from './read-scope-rules.ts'
import type { OperatorGroup } from './scope-rules.ts'

/** What an answer rests on: the title of the article, that of the act where it is about one service or law, and the quoted words. */
export interface CitedText {
  title: string
  quote: string
}

/** Of the words that are not the group's own at least so many have to be in what is cited. */
const LEAST_SHARED = 0.5
const LONG_STEM = 5
/** «Не» and its like are no stop words, and say nothing of a matter. */
const SHORTEST = 3
/** «Термин – что это»: says what a word means, and nothing of how to get it. */
const DEFINITION = /^[\s\d)]*[^.;:–—]{2,160}\s[–—-]\s/u

/**
 * Whether an answer is of the matter that a question of another group (п. 11) or of a state body (п. 36) is about. «Как получить ЭЦП» is
 * not settled by a point on advocates that mentions a signature, nor «аренда виртуального сервера» by the definition of a term; «можно ли
 * без ЭЦП получить лицензию адвоката» is. It is where a title is of the group, where a definition was asked for and quoted, or where what
 * else the question says is in what is cited.
 */
export function settlesQuestion(
  scope: Scope,
  input: { question: string; lang: Lang; group: OperatorGroup; cited: readonly CitedText[] },
): boolean {
  const { question, lang, group, cited } = input
  const { ru, kk } = scope.groups[group].phrases
  const phrases = [...ru, ...kk]
  const speaksOfIt = (text: string): boolean => {
    const tokens = tokensOf(text, lang)
    return phrases.some((phrase) => holdsPhrase(tokens, phrase))
  }
  if (cited.some(({ title }) => speaksOfIt(title))) return true
  const isDefinitionAsked = expectedAnswer(question, lang).kind === 'definition'
  if (isDefinitionAsked && cited.some(({ quote }) => speaksOfIt(quote))) return true
  const tokens = tokensOf(question, lang)
  const own = new Set(phrases.filter((phrase) => holdsPhrase(tokens, phrase)).flatMap((one) => takenBy(tokens, one)))
  const rest = tokens.filter((token) => !token.stop && token.norm.length >= SHORTEST && !own.has(token))
  const text = cited
    .map(({ title, quote }) => (isDefinitionAsked || !DEFINITION.test(quote) ? `${title}\n${quote}` : title))
    .join('\n')
  const said = tokensOf(text, lang)
  const shared = rest.filter(
    ({ raw, stems }) =>
      scope.matches(text, raw, lang) > 0 ||
      // What is made of a word begins with it: «адвоката», «адвокатской».
      stems.some((stem) => stem.length >= LONG_STEM && said.some(({ norm }) => norm.startsWith(stem))),
  )
  return rest.length > 0 && shared.length / rest.length >= LEAST_SHARED
}
