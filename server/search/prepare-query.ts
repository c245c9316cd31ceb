import type { Lang } from '#server/context.ts'
import { isSoftTerm, termsOfToken } from './analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { weighLanguages } from './analysis/detect-language.ts'
import { stemWord } from './analysis/stem-word.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import type { CorrectionKind, LexicalQuery } from './lexical-index.ts'
import type { WordQuery } from './postings.ts'
import { rewriteQuery } from './rewrite-query.ts'

export interface PreparedQuery {
  words: WordQuery[]
  /** Tokens of each reference to an act, the most precise first. */
  references: string[][]
  /** Word sequences in quotes, as stems of either language: all of a sequence must stand together. */
  phrases: string[]
  correctedTo: string | null
  correctionKind: CorrectionKind | null
}

/** What each kind of term counts: the stem itself most, then what only resembles or means the same. */
const WEIGHTS = {
  stem: 1,
  cut: 0.6,
  family: 0.4,
  concept: 0.9,
  number: 0.9,
  reference: 3,
  completion: 0.7,
  grams: 0.5,
  mistyped: 0.15,
  alternative: 0.7,
  unfolded: 0.9,
}
const MOST_COMPLETIONS = 12
const MOST_UNFOLDED = 4
const SHORTEST_FOR_CONCEPTS = 3
/** Evidence (words) by which one language must lead to be the only one whose synonyms count. */
const SURE = 1
const QUOTED = /["«“„]([^"«»“”„]{2,120})["»”]/gu

const weightOf = (term: string): number => {
  switch (term[0]) {
    case '_':
    case '-':
      return WEIGHTS.cut
    case '=':
      return WEIGHTS.family
    case '#':
      return WEIGHTS.number
    case '§':
      return WEIGHTS.reference
    default:
      return WEIGHTS.stem
  }
}

/** The last word, when nothing stands behind it: it may be going on. */
const unfinishedWord = (text: string, tokens: readonly AnalysedToken[]): AnalysedToken | undefined => {
  const last = tokens.at(-1)
  return last !== undefined && last.kind === 'word' && last.end === text.length ? last : undefined
}

const LANGS: readonly Lang[] = ['ru', 'kk']

/**
 * Reads a query as terms of the index. Each word is read in both languages, whatever the query seems to be written in: terms of a
 * language stand only in passages of that language, so the wrong reading finds nothing, and a short Kazakh query without Kazakh
 * letters loses nothing. Synonyms count for the language the query is in, for both where that is unsure.
 */
export const prepareQuery = (
  query: Pick<LexicalQuery, 'text' | 'prefix' | 'verbatim'>,
  analyser: Analyser,
  vocabulary: Vocabulary,
): PreparedQuery => {
  const read = (text: string): Analysis[] => LANGS.map((lang) => analyser.analyse(text, lang))
  const asTyped = read(query.text)
  const rewritten =
    query.verbatim === true
      ? { text: query.text, kind: null, alternatives: new Map<string, string[]>() }
      : rewriteQuery(query.text, query.prefix, { analyser, vocabulary, readings: asTyped })
  const { text, kind } = rewritten
  const readings = kind === null ? asTyped : read(text)
  const { russian, kazakh } = weighLanguages(text)
  const speaks = (lang: Lang): boolean => (lang === 'kk' ? kazakh > russian - SURE : russian >= kazakh - SURE)
  const tokens = readings[0]?.tokens ?? []
  const unfinished = query.prefix ? unfinishedWord(text, tokens) : undefined

  const terms: Map<string, number>[] = tokens.map(() => new Map())
  const raise = (map: Map<string, number>, term: string, weight: number): void => {
    if ((map.get(term) ?? 0) < weight) map.set(term, weight)
  }
  const references: string[][] = []
  for (const analysis of readings) {
    const { lang } = analysis
    const allStop = analysis.tokens.every((token) => token.stop)
    for (const [index, token] of analysis.tokens.entries()) {
      const own = terms[index]
      if (own === undefined) continue
      const typing = unfinished !== undefined && index === tokens.length - 1
      const concepts = speaks(lang) ? analysis.concepts.filter(({ from, to }) => from <= index && index < to) : []
      if (token.stop && !allStop && concepts.length === 0 && !typing) continue
      if (token.kind === 'reference' && lang === 'ru') references.push([token.norm, ...token.also])
      if (!token.stop || allStop) {
        const found = termsOfToken(token)
        const grams = found.filter(isSoftTerm).length
        for (const term of found) raise(own, term, isSoftTerm(term) ? WEIGHTS.grams / Math.sqrt(grams) : weightOf(term))
      }
      for (const { id, weight } of concepts) raise(own, `~${id}`, WEIGHTS.concept * weight)
      if (token.kind !== 'word') continue
      const also = (word: string, share: number, cuts: boolean, meant: boolean): void => {
        for (const other of analyser.analyse(word, lang).tokens.flatMap(termsOfToken))
          if (cuts ? !isSoftTerm(other) : !/^[_^-]/u.test(other)) raise(own, other, share * weightOf(other))
        if (meant)
          for (const { id, weight } of analyser.analyse(word, lang).concepts)
            raise(own, `~${id}`, WEIGHTS.concept * weight * share)
      }
      for (const other of rewritten.alternatives.get(token.norm) ?? []) {
        const langs = vocabulary.langsOf(other)
        // A Kazakh form may be known by its stem alone.
        const meant =
          langs.includes(lang) || (langs.length === 0 && lang === 'kk' && vocabulary.knows(stemWord(other, 'kk')))
        if (meant) also(other, WEIGHTS.alternative, false, false)
        // The word as typed: its beginning may be right though its end is not.
        else if (langs.length === 0)
          for (const term of analyser.analyse(other, lang).tokens.flatMap(termsOfToken))
            if (/^[_^-]/u.test(term)) raise(own, term, WEIGHTS.mistyped)
      }
      if (lang === 'kk' && query.verbatim !== true)
        for (const other of vocabulary.unfold(token.norm, typing).slice(0, MOST_UNFOLDED))
          also(other, WEIGHTS.unfolded, true, true)
      if (typing)
        for (const completion of vocabulary.completions(token.norm, MOST_COMPLETIONS)) {
          const langs = vocabulary.langsOf(completion)
          if (langs.length > 0 && !langs.includes(lang)) continue
          also(completion, WEIGHTS.completion, false, token.norm.length >= SHORTEST_FOR_CONCEPTS && speaks(lang))
        }
    }
  }
  return {
    words: terms.filter((map) => map.size > 0).map((map) => ({ terms: map })),
    references,
    phrases: [...text.matchAll(QUOTED)].map((match) => match[1] ?? ''),
    correctedTo: kind === null ? null : text,
    correctionKind: kind,
  }
}
