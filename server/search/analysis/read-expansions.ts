import type { Lang } from '#server/context.ts'
import type { AnalysedToken } from './analyser.ts'
import type { Concept } from './language-data.ts'

/** What each abbreviation stands for, by its letters: full names, each as its words in order. */
export type Expansions = ReadonlyMap<string, AnalysedToken[][]>

const SHORTEST = 2
const LONGEST = 6

/** The first letters of a name's words, of a compound those of its parts: «ақпараттық-коммуникациялық қызмет» – «аққ». */
const initialsOf = (words: readonly AnalysedToken[]): string =>
  words.flatMap(({ norm }) => norm.split('-').map((part) => part.slice(0, 1))).join('')

/**
 * Reads out of the synonyms of a language which of them are abbreviations of which: a single word that is spelt by the first letters of
 * the words of another name of the same thing («НҚА», «нормативтік құқықтық акт»). Such two are not alike in meaning: they are one
 * name.
 * @param read a text of the language as tokens
 */
export const readExpansions = (
  concepts: readonly Concept[],
  lang: Lang,
  read: (text: string) => AnalysedToken[],
): Expansions => {
  const expansions = new Map<string, AnalysedToken[][]>()
  for (const { members } of concepts) {
    const names = members
      .filter((member) => member.lang === lang && member.weight === 1)
      .map(({ text }) => read(text).filter(({ kind, stop }) => kind === 'word' && !stop))
    const full = names.filter((words) => initialsOf(words).length >= SHORTEST)
    for (const [word, another] of names) {
      if (word === undefined || another !== undefined) continue
      if (word.norm.length < SHORTEST || word.norm.length > LONGEST) continue
      for (const words of full) if (initialsOf(words) === word.norm) add(expansions, word.norm, words)
    }
  }
  return expansions
}

const add = (expansions: Map<string, AnalysedToken[][]>, abbreviation: string, words: AnalysedToken[]): void => {
  const known = expansions.get(abbreviation)
  if (known === undefined) expansions.set(abbreviation, [words])
  else known.push(words)
}
