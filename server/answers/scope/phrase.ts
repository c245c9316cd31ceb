import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import type { Lang } from '#server/context.ts'

/** A word of a phrase: any of these, by stem or by how it begins. */
type PhraseWord = readonly ({ prefix: string } | { norm: string; stems: readonly string[] })[]

/** Words that must all stand near one another, in any order. */
export interface Phrase {
  text: string
  words: readonly PhraseWord[]
}

const analyser = createAnalyser(NO_LANGUAGE_DATA)
/** Words of a phrase stand at most so many tokens apart, the phrase's own length aside. */
const WINDOW = 6
const SHORTEST_PREFIX = 2

/** Tokens of a question, as phrases are looked for among them. Without synonyms: a phrase says itself which words it takes. */
export const tokensOf = (text: string, lang: Lang): readonly AnalysedToken[] => analyser.analyse(text, lang).tokens

/**
 * Reads a phrase: words divided by spaces; `word` in any of its forms, `word*` whatever begins so, `one|other` either.
 * @returns the phrase, or what is wrong with it
 */
export function parsePhrase(text: string, lang: Lang): Phrase | { fault: string } {
  const words: PhraseWord[] = []
  for (const written of text.trim().split(/\s+/u)) {
    const word: PhraseWord[number][] = []
    for (const one of written.split('|')) {
      if (one === '') return { fault: `«${text}»: пустое слово в «${written}»` }
      if (one.slice(0, -1).includes('*')) return { fault: `«${text}»: * может стоять только в конце слова: «${one}»` }
      const norm = normaliseWord(one.replace(/\*$/u, ''))
      if (one.endsWith('*')) {
        if (norm.length < SHORTEST_PREFIX)
          return { fault: `«${text}»: перед * нужно не меньше ${SHORTEST_PREFIX} букв` }
        word.push({ prefix: norm })
      } else word.push({ norm, stems: tokensOf(one, lang).flatMap((token) => token.stems) })
    }
    words.push(word)
  }
  return { text, words }
}

const meets = (token: AnalysedToken, word: PhraseWord): boolean =>
  word.some((one) =>
    'prefix' in one
      ? // As typed too: «egov-қа» is normalised into Cyrillic letters throughout.
        token.norm.startsWith(one.prefix) || token.raw.toLowerCase().startsWith(one.prefix)
      : token.norm === one.norm || token.stems.some((stem) => one.stems.includes(stem)),
  )

/** Whether all words of a phrase stand near one another, each in a token of its own. */
export function holdsPhrase(tokens: readonly AnalysedToken[], phrase: Phrase): boolean {
  const reach = phrase.words.length + WINDOW
  return tokens.some((_, from) => {
    const near = tokens.slice(from, from + reach)
    const fits = (words: readonly PhraseWord[], taken: ReadonlySet<number>): boolean => {
      const [word, ...rest] = words
      if (word === undefined) return true
      return near.some((token, at) => !taken.has(at) && meets(token, word) && fits(rest, new Set([...taken, at])))
    }
    return fits(phrase.words, new Set())
  })
}
