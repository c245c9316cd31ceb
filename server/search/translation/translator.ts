import type { Lang } from '#server/context.ts'
import { createAnalyser, isSoftTerm, termsOfToken } from '../analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis } from '../analysis/analyser.ts'
import type { LanguageData } from '../analysis/language-data.ts'
import { hasKazakhLetter } from '../analysis/normalise.ts'
import { cutWord } from '../analysis/stem-word.ts'
import type { Glossary } from './glossary.ts'
import { NO_LEXICON, type Lexicon } from './learn-lexicon.ts'

/** Where a translation comes from: the glossary, texts in both languages, or the word itself, which both languages borrowed. */
export type TranslationSource = 'glossary' | 'lexicon' | 'loan'

/** A term of the other language that a word may be met by. */
export interface TranslatedTerm {
  term: string
  source: TranslationSource
  /** How sure the translation is, 0…1. */
  certainty: number
}

/**
 * What one word of a query is in the other language: a word, or several («недвижимость» – «жылжымайтын», «мүлік»), each with all
 * it may be met by.
 */
export type TranslatedWord = TranslatedTerm[][]

/** Reads words of a query as words of the other language. */
export interface Translator {
  /** Changes whenever translations may. */
  readonly version: number
  /** @returns for each token of an analysed text its words in the other language; empty where there is none */
  translate(analysis: Analysis): TranslatedWord[]
}

/** A translator that learns from what the knowledge base holds. */
export interface LearningTranslator extends Translator {
  learn(lexicon: Lexicon): void
}

/** Translates nothing: each language is searched by its own words. */
export const NO_TRANSLATION: Translator = { version: 0, translate: ({ tokens }) => tokens.map(() => []) }

interface TrieNode {
  next: Map<string, TrieNode>
  /** Names in the other language, as their tokens. */
  ends: AnalysedToken[][]
}

const CUT = 5
/** Shorter stems of two languages are alike by chance. */
const SHORTEST_LOAN = 4

const other: Record<Lang, Lang> = { ru: 'kk', kk: 'ru' }
const content = (tokens: readonly AnalysedToken[]): AnalysedToken[] => {
  const weighty = tokens.filter((token) => token.kind === 'word' && !token.stop)
  return weighty.length > 0 ? weighty : tokens.filter((token) => token.kind === 'word')
}
/** What a word begins with, the longest first: a Kazakh stemmer cuts some forms shorter than the stem of the term («мерзімін»). */
const beginningsOf = ({ norm, lang }: AnalysedToken): string[] =>
  lang === 'ru'
    ? []
    : Array.from({ length: Math.max(0, norm.length - CUT) }, (_, at) => norm.slice(0, norm.length - 1 - at))
/** What stands for a token: its stem, or in Russian any word of its family. */
const keysOf = (token: AnalysedToken): string[] => [
  ...token.stems.slice(0, 1),
  ...(token.lang === 'ru' ? token.families.map((id) => `=${id}`) : []),
]

/** Entries of the glossary by the words they begin with. */
const readGlossary = (glossary: Glossary, analyser: Analyser, from: Lang): TrieNode => {
  const root: TrieNode = { next: new Map(), ends: [] }
  for (const term of glossary)
    for (const name of term[from]) {
      let nodes = [root]
      for (const token of content(analyser.analyse(name, from).tokens))
        nodes = nodes.flatMap((node) =>
          keysOf(token).map((key) => {
            const next = node.next.get(key) ?? { next: new Map(), ends: [] }
            node.next.set(key, next)
            return next
          }),
        )
      const targets = term[other[from]].map((target) => content(analyser.analyse(target, other[from]).tokens))
      for (const node of new Set(nodes)) node.ends.push(...targets)
    }
  return root
}

const tries = new WeakMap<Glossary, WeakMap<LanguageData, Record<Lang, TrieNode>>>()

/** Both directions of a glossary, read by some language data; made once for each. */
const triesOf = (glossary: Glossary, language: LanguageData, analyser: Analyser): Record<Lang, TrieNode> => {
  const ofGlossary = tries.get(glossary) ?? new WeakMap<LanguageData, Record<Lang, TrieNode>>()
  tries.set(glossary, ofGlossary)
  const made = ofGlossary.get(language) ?? {
    ru: readGlossary(glossary, analyser, 'ru'),
    kk: readGlossary(glossary, analyser, 'kk'),
  }
  ofGlossary.set(language, made)
  return made
}

/** Whether a word may be the same in both languages: «лицензия», «адвокат». */
const mayBeLoan = ({ norm, stems }: AnalysedToken): boolean =>
  /^[а-я-]+$/u.test(norm) && !hasKazakhLetter(stems[0] ?? '') && (stems[0] ?? '').length >= SHORTEST_LOAN

/**
 * A translator of queries, word by word. Names of the glossary come first, the longest that fits, so that «мемлекеттік қызмет» is
 * «государственная услуга» and no other service; what texts in both languages teach is added word by word; words that both borrowed
 * are met by their first letters.
 * @param language families of Russian words, so that a term is recognised in its derivations
 */
export const createTranslator = (language: LanguageData, glossary: Glossary): LearningTranslator => {
  const analyser = createAnalyser(language)
  const roots = triesOf(glossary, language, analyser)
  let lexicon: Lexicon = NO_LEXICON
  let version = 1

  /** The longest name that begins at a token, and the token behind it. */
  const longest = (
    tokens: readonly AnalysedToken[],
    at: number,
    root: TrieNode,
  ): { ends: AnalysedToken[][]; to: number } | null => {
    let best: { ends: AnalysedToken[][]; to: number } | null = null
    let nodes = [root]
    for (let to = at; to < tokens.length && nodes.length > 0; to += 1) {
      const token = tokens[to]
      if (token === undefined || token.kind !== 'word') break
      const from = nodes
      const step = (keys: readonly string[]): TrieNode[] =>
        from.flatMap((node) => keys.flatMap((key) => node.next.get(key) ?? []))
      nodes = step(keysOf(token))
      if (nodes.length === 0) nodes = step(beginningsOf(token)).slice(0, 1)
      const ends = [...new Set(nodes)].flatMap((node) => node.ends)
      if (ends.length > 0) best = { ends, to: to + 1 }
    }
    return best
  }

  return {
    get version() {
      return version
    },
    learn(learnt) {
      lexicon = learnt
      version += 1
    },
    translate({ tokens, lang }) {
      const words: TranslatedTerm[][][] = tokens.map(() => [])
      const add = (at: number, place: number, found: TranslatedTerm): void => {
        const word = words[at]
        if (word === undefined) return
        const terms = (word[place] ??= [])
        if (!terms.some(({ term, source }) => term === found.term && source === found.source)) terms.push(found)
      }

      // Names of several words may have stop words between: «оценка и контроль».
      const places = tokens.flatMap((token, at) => (token.kind === 'word' && token.stop ? [] : [at]))
      const weighty = places.flatMap((at) => tokens[at] ?? [])
      for (let at = 0; at < weighty.length;) {
        const found = longest(weighty, at, roots[lang])
        if (found === null) {
          at += 1
          continue
        }
        const length = found.to - at
        const most = Math.max(...found.ends.map((name) => name.length))
        for (const name of found.ends)
          for (let inside = 0; inside < length; inside += 1) {
            // Each word of the query gets its part of the name, by place; a longer name than the query's makes words of one word.
            const slots = Math.max(1, Math.floor(((inside + 1) * most) / length) - Math.floor((inside * most) / length))
            for (let slot = 0; slot < slots; slot += 1) {
              const part = (inside + slot / slots) / length
              const target = name[Math.min(name.length - 1, Math.floor(part * name.length))]
              const place = places[at + inside]
              if (target === undefined || place === undefined) continue
              for (const term of termsOfToken(target))
                if (!isSoftTerm(term)) add(place, slot, { term, source: 'glossary', certainty: 1 })
            }
          }
        at = found.to
      }

      for (const [at, token] of tokens.entries()) {
        if (token.kind !== 'word' || token.stop) continue
        const own = token.lang === lang ? lang : token.lang
        const slots = Math.max(1, words[at]?.length ?? 0)
        const [stem = ''] = token.stems
        for (let slot = 0; slot < slots; slot += 1) {
          for (const { stem: rendering, certainty } of lexicon[own].get(stem) ?? [])
            add(at, slot, { term: own === 'ru' ? `+${rendering}` : rendering, source: 'lexicon', certainty })
          if (!mayBeLoan(token)) continue
          const mark = own === 'ru' ? ['-', '+'] : ['_', '']
          if (token.norm.length >= CUT)
            add(at, slot, { term: `${mark[0]}${cutWord(token.norm)}`, source: 'loan', certainty: 1 })
          add(at, slot, { term: `${mark[1]}${stem}`, source: 'loan', certainty: 1 })
        }
      }
      return words
    },
  }
}
