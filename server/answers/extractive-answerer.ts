import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis, ConceptMatch } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { cutWord } from '#server/search/analysis/stem-word.ts'
import type { Answerer, AnswererInput, NumberedPassage, ProposedSentence } from './answerer.ts'
import { expectedAnswer, holdsExpected, salience, timeExpressions } from './expected-answer.ts'
import type { ExpectedAnswer } from './expected-answer.ts'
import { splitClauses, splitPassage } from './split-passage.ts'
import type { PassageUnit } from './split-passage.ts'

/** Why a piece of a passage was or was not taken: everything is 0…1. */
export interface ExtractionFeatures {
  /** Share of the question's words, weighted by rarity, that the piece or its surroundings hold. */
  coverage: number
  /** The same by the piece alone. */
  own: number
  /** It holds the kind of thing asked for. */
  expected: number
  /** The weightiest word of the question that nothing here supports. */
  gap: number
  /** Weight of words that no passage at all supports. */
  unknown: number
  /** The noun of «какой …» is there; 0.5 when the question has none. */
  focus: number
  /** The question's words stand near the term or number asked for; 0.5 where there is none. */
  proximity: number
  /** Place in the ranking of the search. */
  rank: number
}

export interface ExtractionCandidate {
  number: number
  label: string
  unit: PassageUnit
  text: string
  features: ExtractionFeatures
  confidence: number
}

export interface Extraction {
  expected: ExpectedAnswer
  /** Words of the question with their weights, and how well the best candidate supports each. */
  words: { word: string; weight: number; support: number }[]
  /** Best first. */
  candidates: ExtractionCandidate[]
  sentences: ProposedSentence[]
}

const MOST_SENTENCES = 3
const LONGEST_LIST = 900
/** A linear score over the features, squashed; weights were fitted on development questions and rounded. */
const MODEL = { bias: -5.2, coverage: 6.5, own: 1.5, expected: 2.2, gap: -2.6, unknown: -3, focus: 1.2, proximity: 1, rank: 0.8 }
const THRESHOLD = 0.5
/** A further sentence is worth as much as the first or is left out. */
const NEARLY_AS_GOOD = 0.96

const MATCH = { stem: 1, family: 0.95, concept: 0.85, nearConcept: 0.55, cut: 0.6 }
const ELSEWHERE_IN_PASSAGE = 0.8
const IN_CONTEXT = 0.65

/** Verbs and fillers that a question is wrapped in; they weigh next to nothing. */
const FILLERS = new Set(
  (
    'делать сделать делается делают поступать поступить происходит происходить произойдет случится случиться получается являться иметь имеет имеется имеются иметься осуществляется ' +
    'производится происходит давать дает дают дается занимает занять идет идти пройдет длится составляет требуется требуют считается называется называют касается полагается положено ' +
    'уходит уйдет должен нужен нужна нужны нужное правда верно точно сейчас обычно вообще если наш наша наши мой моя мои ваш ваша ваши свой любой другой каждый такой этот который сегодня ' +
    'теперь потом опять тогда максимум максимально минимум минимально хотя нормально официально законно правильно лично просто хватит успеть успеем успеют бывает нам вам мне него них ними ' +
    'объясните уточните ответьте расскажите напомните узнать знать понять хотелось хочу могу можем правила правилам правилах согласно закону закон порядок существует предусмотрен предусмотрено предусмотрена предусмотрены установлен установлено установлена установлены'
  ).split(' '),
)
const FILLER_WEIGHT = 0.12
const PREAMBLE_WEIGHT = 0.4

interface QuestionWord {
  token: AnalysedToken
  index: number
  weight: number
  concepts: ConceptMatch[]
  focus: boolean
}

interface Searchable {
  stems: Set<string>
  cuts: Set<string>
  families: Set<string>
  concepts: Map<string, boolean>
  numbers: Set<number>
}

/** An answerer that chooses sentences of the passages it is given and writes none of its own. Needs no model and no network. */
export const createExtractiveAnswerer = (language: LanguageData): Answerer => ({
  name: 'extractive-1',
  // oxlint-disable-next-line require-await
  async *propose(input) {
    for (const sentence of explainExtraction(language, input).sentences) {
      if (input.signal?.aborted === true) return
      yield sentence
    }
  },
})

/**
 * What the extractive answerer sees and why it decides as it does, for editors and for tests.
 * @returns every candidate with its features, best first, and the sentences that would be proposed
 */
export const explainExtraction = (language: LanguageData, input: AnswererInput): Extraction => {
  const analyser = createAnalyser(language)
  const expected = expectedAnswer(input.question)
  const passages = input.passages.filter((passage) => passage.lang === input.lang)
  const question = analyser.analyse(input.question, input.lang)
  if (passages.length === 0 || input.lang === 'kk') return { expected, words: [], candidates: [], sentences: [] }

  const sources = passages.map((passage) => ({
    passage,
    text: searchable(analyser.analyse(passage.text, passage.lang)),
    context: searchable(analyser.analyse(`${passage.title}\n${passage.context}`, passage.lang)),
  }))
  const words = questionWords(question, expected, input.question, sources)
  if (words.length === 0) return { expected, words: [], candidates: [], sentences: [] }
  const bestScore = Math.max(...passages.map(({ score }) => score), Number.MIN_VALUE)
  const supportAnywhere = words.map((word) => Math.max(...sources.map(({ text, context }) => Math.max(support(word, text), IN_CONTEXT * support(word, context)))))

  const candidates: (ExtractionCandidate & { supports: number[] })[] = []
  for (const [rank, { passage, text: inPassage, context }] of sources.entries())
    for (const unit of splitPassage(passage.text)) {
      if (unit.kind === 'lead' || (unit.kind === 'list' && unit.end - unit.start > LONGEST_LIST)) continue
      const text = passage.text.slice(unit.start, unit.end)
      const lead = unit.lead === null ? '' : `${passage.text.slice(unit.lead.start, unit.lead.end)}\n`
      const analysis = analyser.analyse(lead + text, passage.lang)
      const own = searchable(analysis)
      const ownSupports = words.map((word) => support(word, own))
      const supports = words.map((word, index) =>
        Math.max(ownSupports[index] ?? 0, ELSEWHERE_IN_PASSAGE * support(word, inPassage), IN_CONTEXT * support(word, context)),
      )
      const focusAt = words.findIndex((word) => word.focus)
      const features: ExtractionFeatures = {
        coverage: weightedShare(words, supports),
        own: weightedShare(words, ownSupports),
        expected: expected.kind === 'definition' ? definitionFit(words, passage, text, analyser) : holdsExpected(expected.kind, unit.kind === 'list' ? text : lead + text),
        gap: widestGap(words, supports),
        unknown: 1 - weightedShare(words, supportAnywhere.map((value) => (value >= 0.4 ? 1 : value))),
        focus: focusAt < 0 ? 0.5 : Math.max(ownSupports[focusAt] ?? 0, 0.7 * (supports[focusAt] ?? 0)),
        proximity: proximity(words, expected, lead + text, analyser, passage.lang),
        rank: Math.max(0, passage.score / bestScore) / (1 + 0.1 * rank),
      }
      candidates.push({ number: passage.number, label: passage.label, unit, text, features, confidence: confidenceOf(features), supports })
    }
  candidates.sort((left, right) => right.confidence - left.confidence || right.features.own - left.features.own)
  const best = candidates[0]
  return {
    expected,
    words: words.map(({ token, weight }, index) => ({ word: token.raw, weight, support: best?.supports[index] ?? 0 })),
    candidates: candidates.map(({ supports: _supports, ...candidate }) => candidate),
    sentences: chooseSentences(candidates, passages, expected, words, analyser),
  }
}

const confidenceOf = (features: ExtractionFeatures): number => {
  let score = MODEL.bias
  for (const [name, value] of Object.entries(features)) score += value * MODEL[name as keyof ExtractionFeatures]
  return 1 / (1 + Math.exp(-score))
}

const searchable = ({ tokens, concepts }: Analysis): Searchable => {
  const result: Searchable = { stems: new Set(), cuts: new Set(), families: new Set(), concepts: new Map(), numbers: new Set() }
  for (const token of tokens) {
    for (const stem of token.stems) result.stems.add(stem)
    for (const also of token.also) result.stems.add(also)
    for (const family of token.families) result.families.add(family)
    if (token.kind === 'word' && token.norm.length > 5 && !token.stop) result.cuts.add(cutWord(token.norm))
    if (token.number !== null) result.numbers.add(token.number)
  }
  for (const { id, near } of concepts) result.concepts.set(id, near && (result.concepts.get(id) ?? true))
  return result
}

/** How well a text holds one word of the question: the word, its family, a synonym, or only its beginning. */
const support = ({ token, concepts }: QuestionWord, text: Searchable): number => {
  if (token.kind === 'reference') return [token.norm, ...token.also].some((form) => text.stems.has(form)) ? 1 : 0
  if (token.stems.every((stem) => text.stems.has(stem))) return MATCH.stem
  if (token.number !== null && text.numbers.has(token.number)) return MATCH.stem
  if (token.families.some((family) => text.families.has(family))) return MATCH.family
  let best = token.kind === 'word' && token.norm.length > 6 && text.cuts.has(cutWord(token.norm)) ? MATCH.cut : 0
  if (token.also.length > 0) best = Math.max(best, (0.8 * token.stems.filter((stem) => text.stems.has(stem)).length) / token.stems.length)
  for (const { id, near } of concepts) {
    const there = text.concepts.get(id)
    if (there !== undefined) best = Math.max(best, near || there ? (near && there ? 0.3 : MATCH.nearConcept) : MATCH.concept)
  }
  return best
}

const QUESTION_WORD = /(?:^|[^\p{L}])(?:как|какой|какая|какое|какие|каким|какого|какому|какую|каких|каком|кто|кому|кем|кого|что|чем|где|куда|откуда|когда|сколько|скольких|сколькими|почему|зачем|чей|чья|ли|можно|нужно|обязан\p{L}*|должн?[аоы]?н?)(?=[^\p{L}]|$)/iu

/** The part of the question that asks: callers tell a story first. */
const askingRange = (question: string): [number, number] => {
  let offset = 0
  let last: [number, number] | null = null
  for (const part of question.split(/(?<=[.!?;])\s+|,\s+(?=(?:в|за|на|по|с|до|к|через|и)?\s*(?:как|кто|что|где|куда|когда|сколько|ком|чем|кем)\p{L}*\s)/iu)) {
    const start = question.indexOf(part, offset)
    offset = start + part.length
    if (QUESTION_WORD.test(part)) last = [start, offset]
  }
  return last ?? [0, question.length]
}

const questionWords = (
  question: Analysis,
  expected: ExpectedAnswer,
  raw: string,
  sources: readonly { text: Searchable; context: Searchable }[],
): QuestionWord[] => {
  const [from, to] = askingRange(raw)
  const words = question.tokens.flatMap((token, index): QuestionWord[] => {
    if (token.stop || (token.kind === 'word' && token.norm.length < 2)) return []
    if (expected.asked.some(([start, end]) => token.start >= start && token.end <= end)) return []
    const concepts = question.concepts.filter((concept) => concept.from <= index && index < concept.to)
    const focus = expected.focus !== null && token.start >= expected.focus[0] && token.end <= expected.focus[1]
    return [{ token, index, weight: 1, concepts, focus }]
  })
  const total = sources.length
  for (const word of words) {
    const found = sources.filter(({ text, context }) => Math.max(support(word, text), IN_CONTEXT * support(word, context)) >= 0.5).length
    const rarity = Math.log(1 + (total - found + 0.5) / (found + 0.5)) / Math.log(1 + (total + 0.5) / 0.5)
    word.weight = Math.max(0.2, rarity) * salience(word.token)
    if (FILLERS.has(word.token.norm)) word.weight *= FILLER_WEIGHT
    if (word.token.start < from || word.token.end > to) word.weight *= PREAMBLE_WEIGHT
    if (word.focus) word.weight *= 1.3
  }
  return words
}

const weightedShare = (words: readonly QuestionWord[], supports: readonly number[]): number => {
  let held = 0
  let all = 0
  for (const [index, { weight }] of words.entries()) {
    held += weight * (supports[index] ?? 0)
    all += weight
  }
  return all === 0 ? 0 : held / all
}

const widestGap = (words: readonly QuestionWord[], supports: readonly number[]): number =>
  Math.max(0, ...words.map(({ weight }, index) => Math.min(1, weight) * Math.max(0, 1 - (supports[index] ?? 0) / 0.5)))

const DASH = /\s[–—-]\s/u

/** F1 of the question's words and those of the defined term or its short form; 0 where nothing is defined. */
const definitionFit = (words: readonly QuestionWord[], passage: NumberedPassage, text: string, analyser: Analyser): number => {
  const dash = DASH.exec(text)
  if (dash === null || dash.index > 160) return 0
  const head = text.slice(0, dash.index)
  const short = /\(далее\s*[–—-]\s*([^)]+)\)?/u.exec(text)?.[1]
  const bare = head.replace(/\(далее[\s\S]*$/u, '')
  let best = 0
  for (const term of [bare, ...(short === undefined ? [] : [short])]) {
    const analysis = analyser.analyse(term, passage.lang)
    const terms = searchable(analysis)
    const content = analysis.tokens.filter((token) => !token.stop)
    if (content.length === 0) continue
    const recall = weightedShare(words, words.map((word) => support(word, terms)))
    const wanted = searchable({ lang: passage.lang, tokens: words.map(({ token }) => token), concepts: words.flatMap(({ concepts }) => concepts) })
    const precision =
      content.reduce((sum, token, index) => sum + support({ token, index, weight: 1, focus: false, concepts: analysis.concepts.filter(({ from, to }) => from <= analysis.tokens.indexOf(token) && analysis.tokens.indexOf(token) < to) }, wanted), 0) /
      content.length
    if (recall + precision > 0) best = Math.max(best, (2 * recall * precision) / (recall + precision))
  }
  return best
}

/** How near the question's words stand to the term it asks for: by the clause that holds the term. */
const proximity = (words: readonly QuestionWord[], expected: ExpectedAnswer, text: string, analyser: Analyser, lang: 'ru' | 'kk'): number => {
  if (expected.kind !== 'duration' && expected.kind !== 'when') return 0.5
  const { strong, weak } = timeExpressions(text)
  const times = strong.length > 0 ? strong : weak
  if (times.length === 0) return 0
  let best = 0
  for (const [start, end] of splitClauses(text)) {
    if (!times.some(([from, to]) => from >= start && to <= end)) continue
    const clause = searchable(analyser.analyse(text.slice(start, end), lang))
    best = Math.max(best, weightedShare(words, words.map((word) => support(word, clause))))
  }
  return best
}

const chooseSentences = (
  candidates: readonly (ExtractionCandidate & { supports: number[] })[],
  passages: readonly NumberedPassage[],
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): ProposedSentence[] => {
  const chosen: (ExtractionCandidate & { supports: number[] })[] = []
  const first = candidates[0]
  if (first === undefined || first.confidence < THRESHOLD) return []
  for (const candidate of candidates) {
    if (chosen.length === MOST_SENTENCES || candidate.confidence < Math.max(THRESHOLD, first.confidence * NEARLY_AS_GOOD)) break
    const overlaps = chosen.some((other) => other.number === candidate.number && other.unit.start < candidate.unit.end && candidate.unit.start < other.unit.end)
    if (!overlaps) chosen.push(candidate)
  }
  return chosen.flatMap((candidate) => {
    const passage = passages.find(({ number }) => number === candidate.number)
    return passage === undefined ? [] : [sentenceOf(candidate, passage, expected, words, analyser)]
  })
}

const sentenceOf = (candidate: ExtractionCandidate, passage: NumberedPassage, expected: ExpectedAnswer, words: readonly QuestionWord[], analyser: Analyser): ProposedSentence => {
  const { unit, number } = candidate
  const quote = unit.kind === 'sentence' ? bestClause(candidate.text, passage, expected, words, analyser) : candidate.text
  const support = [{ number, quote }]
  let text = finish(quote)
  if (unit.lead !== null) {
    const lead = passage.text.slice(unit.lead.start, unit.lead.end)
    support.unshift({ number, quote: lead })
    text = `${raise(lead)} ${finish(quote, false)}`
  }
  return { text, support, confidence: candidate.confidence }
}

const raise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const finish = (text: string, capital = true): string => (capital ? raise(text) : text).replace(/[;,:]\s*$/u, '').replace(/(?<![.!?])$/u, '.')

/** The one clause that answers, where a sentence joins several: the one with the term asked for, or with the question's words. */
const bestClause = (sentence: string, passage: NumberedPassage, expected: ExpectedAnswer, words: readonly QuestionWord[], analyser: Analyser): string => {
  const clauses = splitClauses(sentence)
  if (clauses.length === 1) return sentence
  const whole = holdsExpected(expected.kind, sentence)
  const cover = (text: string): number => {
    const found = searchable(analyser.analyse(text, passage.lang))
    return weightedShare(words, words.map((word) => support(word, found)))
  }
  const typed = expected.kind === 'duration' || expected.kind === 'count' || expected.kind === 'phone' || expected.kind === 'email'
  const all = cover(sentence)
  const fitting = clauses
    .map(([start, end]) => sentence.slice(start, end))
    .filter((clause) => holdsExpected(expected.kind, clause) >= whole)
    .map((clause) => ({ clause, cover: cover(clause) }))
    .filter(({ cover: own }) => (typed && whole >= 0.8) || own >= 0.9 * all)
    .sort((left, right) => right.cover - left.cover)
  return fitting[0]?.clause ?? sentence
}
