import type { Lang } from '#server/context.ts'
import { detectLanguage } from './detect-language.ts'
import type { LanguageData } from './language-data.ts'
import { normaliseWord } from './normalise.ts'
import { readKazakhNumerals } from '#ingest/text/kazakh-numerals.ts'
import { readNumberAdjective, readNumberWords } from '#ingest/text/russian-numerals.ts'
import { readExpansions, type Expansions } from './read-expansions.ts'
import { createRecentMemory } from './recent-memory.ts'
import { cutWord, stemWord } from './stem-word.ts'
import { isStopWord } from './stop-words.ts'
import { tokenise } from './tokenise.ts'
import type { Token } from './tokenise.ts'

/** A token with all it can be found by. */
export interface AnalysedToken extends Token {
  stop: boolean
  /** Of the word and, for a compound, of its parts; the word itself for numbers and exact strings. */
  stems: string[]
  /** Ids of derivational families. */
  families: string[]
  /** Value of a number in digits or words; the first word of «двадцать пять» has it. */
  number: number | null
}

/** A concept met in a text, a word or a phrase. */
export interface ConceptMatch {
  id: string
  /** Weight of the concept times that of the member met. */
  weight: number
  /** Met by a member that is only near to it. */
  near: boolean
  /** Tokens `[from, to)`. */
  from: number
  to: number
}

export interface Analysis {
  lang: Lang
  tokens: AnalysedToken[]
  concepts: ConceptMatch[]
}

/** One analysis for every engine: index, embedder and answerer see the same words. */
export interface Analyser {
  analyse(text: string, lang?: Lang): Analysis
  /** The full names that an abbreviation of a language stands for, each as its words; mostly none. */
  expand(token: AnalysedToken, lang: Lang): readonly AnalysedToken[][]
  /** Normalised Russian words of the language data, for spelling and completion. */
  vocabulary: ReadonlySet<string>
  kazakhVocabulary: ReadonlySet<string>
}

interface TrieNode {
  next: Map<string, TrieNode>
  ends: { id: string; weight: number; near: boolean }[]
}

/** What is known of a word whatever stands around it. */
interface KnownWord {
  stop: boolean
  stems: string[]
  families: string[]
  number: number | null
  /** A numeral begins with it. */
  beginsNumber: boolean
}

const MOST_WORDS = 50_000
const PREFIX_MARK = '*'
const SHORT_STEM = 4
const GRAM = 4
const analysers = new WeakMap<LanguageData, Analyser>()

/** The analyser over some language data; built once for each. */
export const createAnalyser = (language: LanguageData): Analyser => {
  const known = analysers.get(language)
  if (known !== undefined) return known
  const analyser = buildAnalyser(language)
  analysers.set(language, analyser)
  return analyser
}

const buildAnalyser = (language: LanguageData): Analyser => {
  const vocabulary = new Set<string>()
  const kazakhVocabulary = new Set<string>()
  const familyOfStem = new Map<string, string[]>()
  const familyPrefixes = new Map<string, { prefix: string; id: string }[]>()
  for (const { id, words } of language.families)
    for (const listed of words) {
      const word = normaliseWord(listed)
      if (word.endsWith(PREFIX_MARK)) {
        const prefix = word.slice(0, -1)
        const key = prefix.slice(0, 3)
        familyPrefixes.set(key, [...(familyPrefixes.get(key) ?? []), { prefix, id }])
        continue
      }
      // A short stem («прием» → «при») would draw strangers in: then the word itself is the key.
      const stem = stemWord(word, 'ru')
      const key = stem.length < SHORT_STEM ? word : stem
      const ids = familyOfStem.get(key) ?? []
      if (!ids.includes(id)) familyOfStem.set(key, [...ids, id])
    }
  const familiesOf = (word: string, stem: string): string[] => {
    const byStem = familyOfStem.get(stem.length < SHORT_STEM ? word : stem) ?? []
    const byPrefix = familyPrefixes.get(word.slice(0, 3))?.filter(({ prefix }) => word.startsWith(prefix)) ?? []
    return byPrefix.length === 0 ? byStem : [...new Set([...byStem, ...byPrefix.map(({ id }) => id)])]
  }

  /** All that hangs on the word alone, made once: texts repeat their words. */
  const words = { ru: createRecentMemory<KnownWord>(MOST_WORDS), kk: createRecentMemory<KnownWord>(MOST_WORDS) }
  const readWord = (norm: string, also: readonly string[], lang: Lang): KnownWord => {
    const known = words[lang].get(norm)
    if (known !== undefined) return known
    const stem = stemWord(norm, lang)
    const stems = [stem]
    const families = lang === 'ru' ? [...familiesOf(norm, stem)] : []
    for (const part of also) {
      const partStem = stemWord(part, lang)
      stems.push(partStem)
      if (lang === 'ru') families.push(...familiesOf(part, partStem))
    }
    const counted = readNumberAdjective(norm)
    if (counted !== null) {
      const unit = stemWord(counted.unit, 'ru')
      stems.push(unit)
      families.push(...familiesOf(counted.unit, unit))
    }
    const found: KnownWord = {
      stop: isStopWord(norm, lang),
      stems,
      families,
      number: counted?.value ?? null,
      beginsNumber: counted === null && (lang === 'kk' ? readKazakhNumerals([norm]) : readNumberWords([norm])) !== null,
    }
    words[lang].set(norm, found)
    return found
  }

  const analyseTokens = (text: string, lang: Lang): AnalysedToken[] => {
    const beginnings: number[] = []
    const tokens = tokenise(text, lang).map((token, index): AnalysedToken => {
      const { kind, start, end, raw, norm, lang: own, also, whole } = token
      if (kind !== 'word')
        return Object.assign(token, {
          stop: false,
          stems: [norm],
          families: [],
          number: kind === 'number' ? Number(norm) : null,
        })
      const { stop, stems, families, number, beginsNumber } = readWord(norm, also, own)
      if (beginsNumber) beginnings.push(index)
      const read = { kind, start, end, raw, norm, lang: own, also, stop, stems, families, number }
      return whole === undefined ? read : { ...read, whole }
    })
    let next = 0
    for (const index of beginnings) {
      const token = tokens[index]
      if (token === undefined || index < next) continue
      const run = tokens.slice(index, index + 4).map((item) => (item.kind === 'word' ? item.norm : ''))
      const read = token.lang === 'kk' ? readKazakhNumerals(run) : readNumberWords(run)
      if (read === null) continue
      token.number = read.value
      next = index + read.taken
    }
    return tokens
  }

  const root: TrieNode = { next: new Map(), ends: [] }
  const keys = new WeakMap<readonly string[], string[]>()
  /** What stands for a token in a phrase: its family where it has one, so that every derivation of a member counts. */
  const keysOf = (token: AnalysedToken): string[] => {
    const known = keys.get(token.stems)
    if (known !== undefined) return known
    const made = makeKeys(token)
    keys.set(token.stems, made)
    return made
  }
  const makeKeys = (token: AnalysedToken): string[] => {
    const stems = token.kind === 'word' && token.lang === 'kk' ? token.stems.map((stem) => `+${stem}`) : token.stems
    return token.also.length > 0 && token.kind === 'word'
      ? stems.slice(0, 1)
      : [...stems, ...token.families.map((id) => `=${id}`)]
  }
  for (const concept of language.concepts)
    for (const member of concept.members) {
      let node = root
      for (const token of analyseTokens(member.text, member.lang)) {
        if (token.kind === 'word') (token.lang === 'kk' ? kazakhVocabulary : vocabulary).add(token.norm)
        const [key = token.norm] = keysOf(token).toReversed()
        const next = node.next.get(key) ?? { next: new Map(), ends: [] }
        node.next.set(key, next)
        node = next
      }
      const weight = concept.weight * member.weight
      const same = node.ends.find((end) => end.id === concept.id)
      if (same === undefined) node.ends.push({ id: concept.id, weight, near: member.weight < 1 })
      else if (weight > same.weight) Object.assign(same, { weight, near: member.weight < 1 })
    }

  const findConcepts = (tokens: readonly AnalysedToken[]): ConceptMatch[] => {
    const found = new Map<string, ConceptMatch>()
    const walk = (node: TrieNode, from: number, at: number): void => {
      for (const { id, weight, near } of node.ends) {
        const key = `${id} ${from}`
        const other = found.get(key)
        if (other === undefined || other.to < at) found.set(key, { id, weight, near, from, to: at })
      }
      const token = tokens[at]
      if (token === undefined || node.next.size === 0) return
      for (const key of keysOf(token)) {
        const next = node.next.get(key)
        if (next !== undefined) walk(next, from, at + 1)
      }
    }
    for (let from = 0; from < tokens.length; from += 1) walk(root, from, from)
    return [...found.values()]
  }

  const expansionsOf = (lang: Lang): Expansions =>
    readExpansions(language.concepts, lang, (text) => analyseTokens(text, lang))
  const expansions = { ru: expansionsOf('ru'), kk: expansionsOf('kk') }

  return {
    vocabulary,
    kazakhVocabulary,
    // An inflected one is known by its stem: «ЦОНе».
    expand: ({ kind, norm, stems: [stem = norm] }, lang) =>
      kind === 'word' ? (expansions[lang].get(norm) ?? expansions[lang].get(stem) ?? []) : [],
    analyse(text, lang = detectLanguage(text)) {
      const tokens = analyseTokens(text, lang)
      return { lang, tokens, concepts: findConcepts(tokens) }
    },
  }
}

/** Marks of terms that both languages share. */
const SHARED_MARKS = new Set(['#', '§', '@', '~', '≈'])

/** Whose word a term is, by its mark; null for what both languages share: numbers, references, concepts, addresses. */
export const langOfTerm = (term: string): Lang | null => {
  const mark = term[0] ?? ''
  if (mark === '+' || mark === '-' || mark === '^') return 'kk'
  return SHARED_MARKS.has(mark) ? null : 'ru'
}

/**
 * Terms of an index, each kind with its own mark: Russian stem `ответ` (of a word with hyphens also without them), five-letter cut `_ответ`, family `=ответ`; Kazakh stem
 * `+жауап`, cut `-жауап`, four letters of the stem in a row `^жауа`, so that words of two languages never meet by chance; number `#2`, reference `§p8`, exact string `@368/нқ`. Concepts (`~email`),
 * where the languages do meet, belong to the analysis, not to one token.
 */
export const termsOfToken = (token: AnalysedToken): string[] => {
  if (token.kind === 'reference') return [token.norm, ...token.also]
  if (token.kind === 'number') return [`#${token.norm}`]
  // A part is met by what a query for it alone would ask: «7777» is a number, «goscorp» a word.
  if (token.kind === 'exact')
    return [
      `@${token.norm}`,
      ...token.also.map((part) => (/^\d+$/u.test(part) ? `#${part}` : token.lang === 'kk' ? `+${part}` : part)),
    ]
  const known = termsOfStems.get(token.stems)
  const terms = known ?? termsOfWord(token)
  if (known === undefined) termsOfStems.set(token.stems, terms)
  return token.number === null ? terms : [...terms, `#${token.number}`]
}
/** Tokens of one word share their stems: what hangs on the word is made once. */
const termsOfStems = new WeakMap<readonly string[], string[]>()

const termsOfWord = (token: AnalysedToken): string[] => {
  const kazakh = token.lang === 'kk'
  const cut = kazakh ? '-' : '_'
  const terms = [
    ...(kazakh ? token.stems.map((stem) => `+${stem}`) : token.stems),
    cut + cutWord(token.norm),
    ...token.also.map((part) => cut + cutWord(part)),
    ...token.families.map((id) => `=${id}`),
  ]
  // Prints leave hyphens inside of words («өзектенді-руден»), and people write compounds in one («мекенжай»): met without the hyphen too.
  if (token.norm.includes('-')) {
    const joined = stemWord(token.norm.replaceAll('-', ''), token.lang)
    terms.push(kazakh ? `+${joined}` : joined)
  }
  if (token.whole !== undefined) {
    const whole = stemWord(token.whole, token.lang)
    terms.push(kazakh ? `+${whole}` : whole)
  }
  if (kazakh) for (const stem of token.stems) for (const gram of gramsOf(stem)) terms.push(`^${gram}`)
  return terms
}

/**
 * Letter n-grams of a stem, its ends marked. They join what stemming leaves apart in an agglutinative language (McNamee & Mayfield,
 * "Character n-gram tokenization for European language text retrieval", 2004): compounds, derived words, missing spaces.
 */
const gramsOf = (stem: string): string[] => {
  if (stem.length < GRAM) return []
  const framed = `<${stem}>`
  return [...new Set(Array.from({ length: framed.length - GRAM + 1 }, (_, at) => framed.slice(at, at + GRAM)))]
}

/**
 * Terms of a concept met in a text: `~e-mail` where the text names it, `≈e-mail` where it only holds a word near to it. Two words
 * that are each near to a concept need not be near to one another.
 */
export const termOfConcept = ({ id, near }: Pick<ConceptMatch, 'id' | 'near'>): string => `${near ? '≈' : '~'}${id}`

/** True for a term that only adds to what other terms find: alone it proves nothing. */
export const isSoftTerm = (term: string): boolean => term.startsWith('^')
