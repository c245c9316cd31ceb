import type { Lang } from '#server/context.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'
import { subwordsOf } from '#server/search/analysis/sense-of.ts'
import { expectedAnswer, type AnswerKind } from '../expected-answer.ts'
import { recaller, type Recalled } from '../extract/passage-memory.ts'
import { FILLER_STEMS } from '../extract/question-words.ts'
import { nearnessOf, support, weightedShare, type QuestionWord } from '../extract/word-support.ts'
import { dotProduct, vectorReader } from '../extract/word-vectors.ts'
import { createNearTable, createVectorNumbers, NO_VECTOR, type NearTable } from './near-table.ts'

/** A question taken apart for comparing, by the matcher that took it apart. */
export interface Prepared {
  lang: Lang
  words: QuestionWord[]
  recalled: Recalled
  /** What kind of answer it asks for; asked of few samples, and dear to tell. */
  kind: () => AnswerKind
  /** Its words cut into subwords, in order. */
  subwords: readonly number[]
  /** Of a sample: numbers of the vectors of `recalled` and of `words`, once it has been compared. */
  vectorNumbers: { ofText: Int32Array; ofWords: Int32Array } | null
  /** Of the question asked, once it has been compared: how near its words come to those of samples. */
  nearTable: NearTable | null
}

/** How much a stem says among the questions that are compared, 0…1. */
export type Telling = (stem: string) => number

/** Likeness of two questions, 0…1. */
export interface QuestionMatcher {
  /** @param telling left out: words weigh by how rare they are in the language at large */
  prepare: (text: string, lang: Lang, telling?: Telling) => Prepared
  /** Weighs the words anew: how much one says is known when all questions are. */
  weigh: (prepared: Prepared, telling: Telling) => void
  likeness: (asked: Prepared, sample: Prepared) => number
}

const FILLER = 0.15
/** What a word says that everybody uses. */
const LEAST_RARE = 0.25
const LEAST_TELLING = 0.1
/** A word that is only used alike stands for less than a synonym. */
const ALIKE = 0.85
/** What the questioner says counts more than what the sample says besides. */
const OWN_SHARE = 0.6
/** The same by words and by the company they keep. */
const WORDS_SHARE = 0.75
const OTHER_KIND = 0.82
const KINDLESS = new Set<AnswerKind>(['open', 'yes-no', 'list'])

/** Below this the company of their words says nothing for two questions that share no word. */
const LEAST_MEANING = 0.5

/** Most pairs have nothing in common, and seeing that costs little. */
function mayBeLike({ words, recalled }: Prepared, { recalled: other }: Prepared): boolean {
  const shares = words.some(
    ({ token, concepts }) =>
      token.stems.some((stem) => other.words.stems.has(stem)) ||
      token.families.some((family) => other.words.families.has(family)) ||
      concepts.some(({ id }) => other.words.concepts.has(id)),
  )
  if (shares) return true
  return recalled.vector !== null && other.vector !== null && dotProduct(recalled.vector, other.vector) >= LEAST_MEANING
}

/**
 * Compares questions with questions: which words of the one the other holds, as itself, a synonym or a word used alike, both ways, with
 * the kind of answer that each asks for. Soft alignment of words as in Rus et al., "A Comparison of Greedy and Optimal Assessment of
 * Natural Language Student Input" (BEA 2012), over our own analysis.
 */
export function createQuestionMatcher(language: LanguageData): QuestionMatcher {
  // Samples are kept prepared: in the memory of passages thousands of them would drive out the passages.
  const recall = recaller(language)
  const vectors = vectorReader(language)
  const numbers = createVectorNumbers()
  /** How much of the words of either question the other one holds: as itself, a synonym or a word used alike. */
  const shares = (asked: Prepared, sample: Prepared): number => {
    const near = (asked.nearTable ??= createNearTable(
      numbers,
      asked.words.map(({ vector }) => vector),
      asked.recalled.vectors,
    ))
    const { ofText, ofWords } = (sample.vectorNumbers ??= {
      ofText: Int32Array.from(sample.recalled.vectors, (vector) => numbers.of(vector)),
      ofWords: Int32Array.from(sample.words, ({ vector }) => (vector === null ? NO_VECTOR : numbers.of(vector))),
    })
    const best = near.bestOfWords(ofText)
    const ofAsked = asked.words.map((word, at) =>
      Math.max(support(word, sample.recalled.words), ALIKE * nearnessOf(best[at] ?? 0)),
    )
    const ofSample = sample.words.map((word, at) => {
      const held = support(word, asked.recalled.words)
      const number = ofWords[at] ?? NO_VECTOR
      return held >= ALIKE || number === NO_VECTOR
        ? held
        : Math.max(held, ALIKE * nearnessOf(near.bestInQuestion(number)))
    })
    return OWN_SHARE * weightedShare(asked.words, ofAsked) + (1 - OWN_SHARE) * weightedShare(sample.words, ofSample)
  }
  const fillerOf = (stem: string | undefined): number => (FILLER_STEMS.has(stem ?? '') ? FILLER : 1)
  const weigh = ({ words }: Prepared, telling: Telling): void => {
    for (const word of words) {
      const [stem = ''] = word.token.stems
      word.weight = (LEAST_TELLING + (1 - LEAST_TELLING) * telling(stem)) * fillerOf(stem)
    }
  }
  return {
    weigh,
    prepare(typed, lang, telling) {
      const text = standardSpelling(typed, lang)
      const recalled = recall(text, lang)
      const { tokens, concepts } = recalled.analysis
      const words = tokens.flatMap((token, index): QuestionWord[] => {
        if (token.stop || (token.kind === 'word' && token.norm.length < 2)) return []
        const rarity = vectors.rarity(token)
        return [
          {
            token,
            index,
            weight: (LEAST_RARE + (1 - LEAST_RARE) * rarity) * fillerOf(token.stems[0]),
            concepts: concepts.filter((concept) => concept.from <= index && index < concept.to),
            focus: false,
            vector: vectors.of(token),
            rarity,
            near: null,
          },
        ]
      })
      let kind: AnswerKind | null = null
      const prepared: Prepared = {
        lang,
        words,
        recalled,
        kind: () => (kind ??= expectedAnswer(text, lang).kind),
        subwords: subwordsOf(text),
        vectorNumbers: null,
        nearTable: null,
      }
      if (telling !== undefined) weigh(prepared, telling)
      return prepared
    },
    likeness(asked, sample) {
      if (asked.words.length === 0 || sample.words.length === 0 || !mayBeLike(asked, sample)) return 0
      const words = shares(asked, sample)
      const meaning =
        asked.recalled.vector === null || sample.recalled.vector === null
          ? words
          : Math.max(0, dotProduct(asked.recalled.vector, sample.recalled.vector))
      const kind = asked.kind()
      const same = KINDLESS.has(kind) || kind === sample.kind() || KINDLESS.has(sample.kind())
      return (WORDS_SHARE * words + (1 - WORDS_SHARE) * meaning) * (same ? 1 : OTHER_KIND)
    },
  }
}
