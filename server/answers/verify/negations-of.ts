import type { Lang } from '#server/context.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'

/** What a text denies. */
export interface Negations {
  /** Stem of what is denied → the words as written. */
  words: Map<string, string>
  /** «не позднее», «аспайтын»: a bound, not a denial. */
  bounds: Set<'most' | 'least'>
  /** It forbids, or says that there is none. */
  forbids: boolean
}

const BOUNDS: [RegExp, 'most' | 'least'][] = [
  [/^(?:поздн|позже|боле|больше|превыша|свыше|дольше)/u, 'most'],
  [/^(?:ране|раньше|мене|меньше)/u, 'least'],
]
const FORBIDDING: Record<Lang, RegExp> = {
  ru: /^(?:нет|нельзя|запрещ|воспрещ|никогда|никто|никак|невозможн|недопустим)/u,
  kk: /^(?:жоқ|тыйым|ешқашан|ешкім|ешбір|болмайды)/u,
}
const NEGATORS = new Set(['не', 'без', 'ни'])

/** A Kazakh verb that is denied: «көрсетілмейді», «бермеген», «төлемеу». The ending is behind a stem with a vowel. */
const DENIED_VERB =
  /^.*[аәеоөұүуыіиэюя].*[мбп][ае](?:й(?:ді|ды|мін|мын|міз|мыз|сіз|сыз|тін|тын)?|ған|ген|ды|ді|стан|стен|у(?:і|ы|ге|ға|ді|ды|дің|дың|ін|ын)?|се|са|ғанда|генде)$/u
/** «кешіктірмей» (not later than), «аспайтын» (not above). */
const KAZAKH_BOUND = /^(?:кешік\p{L}*м[ае]|аспа|асп[ау])/u
const KAZAKH_LEAST = new Set(['кем', 'ерте', 'бұрын', 'аз'])
const KAZAKH_MOST = new Set(['артық', 'кеш', 'көп', 'ұзақ'])

/** «Абай», «Сарыбай» look like denied verbs. */
const isName = (token: AnalysedToken, index: number): boolean =>
  index > 0 && token.raw[0] !== token.raw[0]?.toLowerCase()

const stemOf = (token: AnalysedToken): string => token.stems[0] ?? token.norm

/** What is denied in Russian or Kazakh tokens, the bounds that are given, and whether anything is forbidden outright. */
export const negationsOf = (tokens: readonly AnalysedToken[], lang: Lang): Negations => {
  const found: Negations = { words: new Map(), bounds: new Set(), forbids: false }
  for (const [index, token] of tokens.entries()) {
    if (FORBIDDING[lang].test(token.norm)) found.forbids = true
    if (lang === 'ru') {
      const next = tokens[index + 1]
      if (next === undefined || !NEGATORS.has(token.norm)) continue
      const bound = token.norm === 'не' ? BOUNDS.find(([pattern]) => pattern.test(next.norm))?.[1] : undefined
      if (bound === undefined) found.words.set(stemOf(next), `${token.raw} ${next.raw}`)
      else found.bounds.add(bound)
      continue
    }
    const previous = tokens[index - 1]
    if (token.norm === 'кемінде') found.bounds.add('least')
    else if (KAZAKH_BOUND.test(token.norm)) found.bounds.add('most')
    else if (token.norm === 'емес' || token.norm === 'жоқ') {
      if (previous === undefined) continue
      if (token.norm === 'емес' && KAZAKH_LEAST.has(previous.norm)) found.bounds.add('least')
      else if (token.norm === 'емес' && KAZAKH_MOST.has(previous.norm)) found.bounds.add('most')
      else found.words.set(stemOf(previous), `${previous.raw} ${token.raw}`)
    } else if (token.kind === 'word' && !isName(token, index) && DENIED_VERB.test(token.norm))
      found.words.set(stemOf(token), token.raw)
  }
  return found
}

/**
 * The negation that one side has and the other has not, about a word that both have; or a bound turned round.
 * @param said tokens of the sentence
 * @param quoted tokens of its quotes (and of the lead-ins that these are items of): what the sentence denies must be denied here
 * @param around tokens of whole sentences around the quotes: what these deny, the sentence may not affirm
 * @returns the words that differ; null when nothing does
 */
export const changedNegation = (
  said: readonly AnalysedToken[],
  quoted: readonly AnalysedToken[],
  around: readonly AnalysedToken[],
  lang: Lang,
): string | null => {
  const mine = negationsOf(said, lang)
  const theirs = negationsOf(quoted, lang)
  const stemsOf = (tokens: readonly AnalysedToken[]): Set<string> => new Set(tokens.flatMap((token) => token.stems))
  const saidStems = stemsOf(said)
  const anyThere = theirs.words.size > 0 || theirs.forbids
  for (const [stem, raw] of [...theirs.words, ...negationsOf(around, lang).words])
    if (!mine.words.has(stem) && saidStems.has(stem) && !mine.forbids) return raw
  const quotedStems = stemsOf(quoted)
  for (const [stem, raw] of mine.words) if (!theirs.words.has(stem) && (quotedStems.has(stem) || !anyThere)) return raw
  if (mine.forbids && !anyThere) return lang === 'ru' ? 'нет' : 'жоқ'
  for (const bound of mine.bounds)
    if (theirs.bounds.size > 0 && !theirs.bounds.has(bound)) return bound === 'most' ? 'не более' : 'не менее'
  // «не позднее» that became a plain term is not worse; a bound where there was none is.
  for (const bound of mine.bounds) if (theirs.bounds.size === 0) return bound === 'most' ? 'не более' : 'не менее'
  return null
}
