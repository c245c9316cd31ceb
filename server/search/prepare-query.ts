import type { Lang } from '#server/context.ts'
import { isSoftTerm, langOfTerm, termOfConcept, termsOfToken } from './analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis } from './analysis/analyser.ts'
import { weighLanguages } from './analysis/detect-language.ts'
import { stemWord } from './analysis/stem-word.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import type { CorrectionKind, QueryWords } from './lexical-index.ts'
import { readLookUp, type LookUp } from './look-up.ts'
import type { EvidenceKind, WordQuery } from './word-query.ts'
import type { TranslatedTerm, TranslationSource } from './translation/translator.ts'
import { namesInQuotes, quotedPhrases, type QuotedPhrase } from './quoted-phrases.ts'
import { restoreQueryLetters } from './restore-query-letters.ts'
import { rewriteQuery } from './rewrite-query.ts'

export interface PreparedQuery {
  words: WordQuery[]
  /** Places and acts that it names; null when it names none. */
  lookUp: LookUp | null
  /** What is quoted: it must stand so, word for word. */
  phrases: QuotedPhrase[]
  /** Passages without them are left out, where any has them. */
  restricts: boolean
  /** The language it is in, as far as its words tell; null where they tell nothing. */
  lang: Lang | null
  correctedTo: string | null
  correctionKind: CorrectionKind | null
}

/** What a passage that meets a word by its translation counts against one that has the word itself. */
export const TRANSLATED = 0.8
/**
 * How sure each kind of evidence is. A word counts by the best it is met with: its stem before a synonym, that before a word of the
 * same root, that before one that only begins alike.
 */
const WEIGHTS: Record<EvidenceKind, number> = {
  stem: 1,
  expansion: 1,
  part: 0.8,
  number: 0.9,
  reference: 3,
  concept: 0.9,
  family: 0.8,
  cut: 0.6,
  grams: 0.5,
  completion: 0.7,
  unfolded: 0.9,
  alternative: 0.7,
  mistyped: 0.15,
  translation: TRANSLATED,
}
/** What a translation counts by where it comes from. */
const SOURCES: Record<TranslationSource, number> = { glossary: 1, lexicon: 0.8, loan: 0.8 }
/** What a text that only holds a word near to a concept counts. */
const NEAR = 0.5
/** What a word counts in a language that the query surely is not in: «адвокат» is a word of both. Synonyms are bridges and keep theirs. */
const FOREIGN = 0.3
/** What a mention of what is around a place counts against one of the place. */
const AROUND = 0.5
const MOST_COMPLETIONS = 12
const MOST_UNFOLDED = 4
const SHORTEST_FOR_CONCEPTS = 3
/** Evidence (words) by which one language must lead to be the only one whose synonyms count. */
const SURE = 1

/** The last word, when nothing stands behind it: it may be going on. */
const unfinishedWord = (text: string, tokens: readonly AnalysedToken[]): AnalysedToken | undefined => {
  const last = tokens.at(-1)
  return last !== undefined && last.kind === 'word' && last.end === text.length ? last : undefined
}

/** The language a query is in, by its letters and by which words of the index are in passages of one language alone. */
const languageOf = (
  text: string,
  tokens: readonly AnalysedToken[],
  vocabulary: Vocabulary,
): { lang: Lang | null; shares: Record<Lang, number> } => {
  const { russian, kazakh } = weighLanguages(text)
  const weights = { ru: russian, kk: kazakh }
  for (const token of tokens) {
    const [only, other] = token.kind === 'word' && !token.stop ? vocabulary.langsOf(token.norm) : []
    if (only !== undefined && other === undefined) weights[only] += 1
  }
  const lead = weights.ru - weights.kk
  return {
    lang: lead > 0 ? 'ru' : lead < 0 ? 'kk' : null,
    shares: { ru: -lead >= SURE ? FOREIGN : 1, kk: lead >= SURE ? FOREIGN : 1 },
  }
}

const kindOf = (term: string, whole: boolean): EvidenceKind => {
  switch (term[0]) {
    case '_':
    case '-':
      return 'cut'
    case '^':
      return 'grams'
    case '=':
      return 'family'
    case '#':
      return 'number'
    case '§':
      return 'reference'
    default:
      return whole ? 'stem' : 'part'
  }
}

const LANGS: readonly Lang[] = ['ru', 'kk']

type OtherWord = 'alternative' | 'mistyped' | 'unfolded' | 'completion'

/** Collects the ways in which a word of the query may be met. */
interface WordInMaking {
  /** By a token of the query. */
  meet(token: AnalysedToken, share: number): void
  /** By another word that it may stand for. */
  meetAs(kind: OtherWord, other: Analysis, share: number): void
  meetConcept(id: string, weight: number, near: boolean): void
  /** As an abbreviation, by a word of its full name. @param place which of its words */
  meetSpelledOut(place: number, part: AnalysedToken): void
  /** By terms of the other language. @param place which of the words that this one is there */
  meetTranslated(place: number, translated: TranslatedTerm): void
  /** One word, or as many as its full name has or the other language says it in: each of them is a part of what is asked for. */
  queries(): WordQuery[]
}

const createWord = (word: string): WordInMaking => {
  type Ways = Map<string, { kind: EvidenceKind; weight: number; terms: Map<string, number>; soft: boolean }>
  const own: Ways = new Map()
  const spelledOut: Ways[] = []
  const translated: Ways[] = []
  const add = (
    kind: EvidenceKind,
    group: string,
    weight: number,
    soft: boolean,
    term: string,
    share: number,
    ways = own,
  ): void => {
    // Terms of two languages never stand for the same.
    const key = `${kind} ${group} ${langOfTerm(term) ?? ''}`
    const known = ways.get(key)
    if (known === undefined) ways.set(key, { kind, weight, soft, terms: new Map([[term, share]]) })
    else {
      known.weight = Math.max(known.weight, weight)
      known.terms.set(term, share)
    }
  }
  return {
    meet(token, share) {
      const found = termsOfToken(token)
      const grams = found.filter(isSoftTerm).length
      for (const [at, term] of found.entries()) {
        const kind = kindOf(term, at === 0)
        const soft = kind === 'grams'
        const isAround = kind === 'reference' && at > 0
        add(kind, '', WEIGHTS[kind] * share, soft, term, soft ? 1 / Math.sqrt(grams) : isAround ? AROUND : 1)
      }
    },
    meetAs(kind, other, share) {
      for (const term of other.tokens.flatMap(termsOfToken)) {
        const way = kindOf(term, true)
        const soft = way === 'grams'
        const byLetters = soft || way === 'cut'
        if (kind === 'mistyped' ? !byLetters : kind === 'unfolded' ? soft : byLetters) continue
        add(kind, way, share * WEIGHTS[kind] * (kind === 'mistyped' ? 1 : WEIGHTS[way]), soft, term, 1)
      }
    },
    meetConcept(id, weight, near) {
      add('concept', id, WEIGHTS.concept * weight, false, termOfConcept({ id, near: false }), 1)
      if (!near) add('concept', id, WEIGHTS.concept * weight, false, termOfConcept({ id, near: true }), NEAR)
    },
    meetSpelledOut(place, part) {
      for (const [at, term] of termsOfToken(part).entries()) {
        const way = kindOf(term, at === 0)
        if (way === 'grams') continue
        const weight = WEIGHTS.expansion * WEIGHTS[way]
        add('expansion', way, weight, false, term, 1, (spelledOut[place] ??= new Map()))
      }
    },
    meetTranslated(place, { term, source, certainty }) {
      const kind = kindOf(term, true)
      const weight = WEIGHTS.translation * SOURCES[source] * WEIGHTS[kind]
      add('translation', `${source} ${kind}`, weight, false, term, certainty, (translated[place] ??= new Map()))
    },
    queries: () =>
      Array.from({ length: Math.max(1, spelledOut.length, translated.length) }, (_, place) => ({
        word,
        evidence: [own, spelledOut[place], translated[place]].flatMap((ways) => [...(ways?.values() ?? [])]),
      })),
  }
}

/**
 * Reads a query as terms of the index. Each word is read in both languages, whatever the query seems to be written in: terms of a
 * language stand only in passages of that language, so the wrong reading finds nothing, and a short Kazakh query without Kazakh
 * letters loses nothing. Synonyms count for the language the query is in, for both where that is unsure.
 */
export const prepareQuery = (query: QueryWords, analyser: Analyser, vocabulary: Vocabulary): PreparedQuery => {
  const read = (text: string): Analysis[] => LANGS.map((lang) => analyser.analyse(text, lang))
  const asTyped = read(query.text)
  // First: what has its letters again is no misspelt word.
  const restored =
    query.verbatim === true ? null : restoreQueryLetters(query.text, query.prefix, { readings: asTyped, vocabulary })
  const withLetters = restored === null ? asTyped : read(restored)
  const rewritten =
    query.verbatim === true
      ? { text: query.text, kind: null, alternatives: new Map<string, string[]>() }
      : rewriteQuery(restored ?? query.text, query.prefix, { analyser, vocabulary, readings: withLetters })
  const { text } = rewritten
  const kind = rewritten.kind ?? (restored === null ? null : 'letters')
  const readings = rewritten.kind === null ? withLetters : read(text)
  const { russian, kazakh } = weighLanguages(text)
  const { lang: spoken, shares } = languageOf(text, readings[0]?.tokens ?? [], vocabulary)
  const speaks = (lang: Lang): boolean => (lang === 'kk' ? kazakh > russian - SURE : russian >= kazakh - SURE)
  const tokens = readings[0]?.tokens ?? []
  const unfinished = query.prefix ? unfinishedWord(text, tokens) : undefined

  const words = tokens.map((token) => createWord(token.raw))
  for (const analysis of readings) {
    const { lang } = analysis
    const share = shares[lang]
    const allStop = analysis.tokens.every((token) => token.stop)
    for (const [index, token] of analysis.tokens.entries()) {
      const own = words[index]
      if (own === undefined) continue
      const typing = unfinished !== undefined && index === tokens.length - 1
      if (!token.stop || allStop) own.meet(token, share)
      if (query.verbatim !== true && speaks(lang))
        for (const name of analyser.expand(token, lang))
          for (const [place, part] of name.entries()) own.meetSpelledOut(place, part)
      if (token.kind !== 'word' || (token.stop && !allStop && !typing)) continue
      for (const other of rewritten.alternatives.get(token.norm) ?? []) {
        const langs = vocabulary.langsOf(other)
        // A Kazakh form may be known by its stem alone.
        const meant =
          langs.includes(lang) || (langs.length === 0 && lang === 'kk' && vocabulary.knows(stemWord(other, 'kk')))
        if (meant) own.meetAs('alternative', analyser.analyse(other, lang), share)
        // The word as typed: its beginning may be right though its end is not.
        else if (langs.length === 0) own.meetAs('mistyped', analyser.analyse(other, lang), share)
      }
      if (lang === 'kk' && query.verbatim !== true)
        for (const other of vocabulary.unfold(token.norm, typing).slice(0, MOST_UNFOLDED)) {
          const unfolded = analyser.analyse(other, lang)
          own.meetAs('unfolded', unfolded, share)
          for (const { id, weight } of unfolded.concepts) own.meetConcept(id, weight * WEIGHTS.unfolded, true)
        }
      if (typing)
        for (const completion of vocabulary.completions(token.norm, MOST_COMPLETIONS)) {
          const langs = vocabulary.langsOf(completion)
          if (langs.length > 0 && !langs.includes(lang)) continue
          const completed = analyser.analyse(completion, lang)
          own.meetAs('completion', completed, share)
          if (token.norm.length >= SHORTEST_FOR_CONCEPTS && speaks(lang))
            for (const { id, weight, near } of completed.concepts)
              own.meetConcept(id, weight * WEIGHTS.completion, near)
        }
    }
    if (lang === spoken && query.translator !== undefined)
      for (const [at, places] of query.translator.translate(analysis).entries())
        for (const [place, terms] of places.entries()) for (const term of terms) words[at]?.meetTranslated(place, term)
    if (!speaks(lang)) continue
    for (const { id, weight, near, from, to } of analysis.concepts) {
      // A phrase is one need: it counts once in all, shared by the words that carry it.
      const inside = Array.from({ length: to - from }, (_, at) => from + at)
      const carrying = inside.filter((at) => allStop || analysis.tokens[at]?.stop === false)
      const sharing = carrying.length > 0 ? carrying : inside.slice(0, 1)
      for (const at of sharing) words[at]?.meetConcept(id, weight / sharing.length, near)
    }
  }
  const phrases = quotedPhrases(text)
  return {
    words: words.flatMap(({ queries }, at) =>
      queries()
        .filter(({ evidence }) => evidence.length > 0)
        .map((word) => (unfinished !== undefined && at === tokens.length - 1 ? { ...word, unfinished: true } : word)),
    ),
    lookUp: readLookUp(text, readings, spoken),
    phrases,
    restricts: phrases.length > 0 && !namesInQuotes(text),
    lang: spoken,
    correctedTo: kind === null ? null : text,
    correctionKind: kind,
  }
}
