import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import type { Lang } from '#server/context.ts'

/** A single word: by stem, or by how it begins. */
type Form = { prefix: string } | { norm: string; stems: readonly string[] }
/** A word of a phrase: any of these, each of one word or of several that follow one another («не согласен»). */
type PhraseWord = readonly (readonly Form[])[]

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

const readForm = (written: string, lang: Lang): Form | { fault: string } => {
  if (written === '') return { fault: 'пустое слово' }
  if (written.slice(0, -1).includes('*')) return { fault: `* может стоять только в конце слова: «${written}»` }
  const norm = normaliseWord(written.replace(/\*$/u, ''))
  if (!written.endsWith('*')) return { norm, stems: tokensOf(written, lang).flatMap((token) => token.stems) }
  return norm.length < SHORTEST_PREFIX ? { fault: `перед * нужно не меньше ${SHORTEST_PREFIX} букв` } : { prefix: norm }
}

/**
 * Reads a phrase: words divided by spaces; `word` in any of its forms, `word*` whatever begins so, `one|other` either, `one_other`
 * one directly after the other.
 * @returns the phrase, or what is wrong with it
 */
export function parsePhrase(text: string, lang: Lang): Phrase | { fault: string } {
  const words: PhraseWord[] = []
  for (const written of text.trim().split(/\s+/u)) {
    const word: Form[][] = []
    for (const one of written.split('|')) {
      const forms: Form[] = []
      for (const part of one.split('_')) {
        const form = readForm(part, lang)
        if ('fault' in form)
          return { fault: `«${text}»: ${form.fault}${form.fault.includes('«') ? '' : ` в «${written}»`}` }
        forms.push(form)
      }
      word.push(forms)
    }
    words.push(word)
  }
  return { text, words }
}

const meets = (token: AnalysedToken, form: Form): boolean =>
  'prefix' in form
    ? // As typed too: «egov-қа» is normalised into Cyrillic letters throughout.
      token.norm.startsWith(form.prefix) || token.raw.toLowerCase().startsWith(form.prefix)
    : token.norm === form.norm || token.stems.some((stem) => form.stems.includes(stem))

/** Whether all words of a phrase stand near one another, each in tokens of its own. */
export function holdsPhrase(tokens: readonly AnalysedToken[], phrase: Phrase): boolean {
  // Of hundreds of phrases most have a word that is nowhere.
  if (
    !phrase.words.every((word) =>
      word.some((forms) => forms.every((form) => tokens.some((token) => meets(token, form)))),
    )
  )
    return false
  const reach = phrase.words.length + WINDOW
  return tokens.some((_, from) => {
    const near = tokens.slice(from, from + reach)
    /** The tokens from `at` on that a word takes; empty: it is not there. */
    const takes = (word: PhraseWord, at: number): number[] => {
      const forms = word.find((one) =>
        one.every((form, step) => {
          const token = near[at + step]
          return token !== undefined && meets(token, form)
        }),
      )
      return (forms ?? []).map((_form, step) => at + step)
    }
    const fits = (words: readonly PhraseWord[], taken: ReadonlySet<number>): boolean => {
      const [word, ...rest] = words
      if (word === undefined) return true
      return near.some((_token, at) => {
        const held = takes(word, at)
        return held.length > 0 && held.every((one) => !taken.has(one)) && fits(rest, new Set([...taken, ...held]))
      })
    }
    return fits(phrase.words, new Set())
  })
}

/** The tokens that speak of what a phrase names: those that meet any of its words. */
export const takenBy = (tokens: readonly AnalysedToken[], phrase: Phrase): AnalysedToken[] =>
  tokens.filter((token) => phrase.words.some((word) => word.some((forms) => forms.some((form) => meets(token, form)))))
