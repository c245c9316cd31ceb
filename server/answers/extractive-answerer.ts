import { createAnalyser } from '#server/search/analysis/analyser.ts'
import type { AnalysedToken, Analyser, Analysis, ConceptMatch } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { findLawReferences } from '#server/search/analysis/law-references.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { createVocabulary, editDistance } from '#server/search/analysis/vocabulary.ts'
import type { Lang } from '#server/context.ts'
import type { Answerer, AnswererInput, NumberedPassage, ProposedSentence } from './answerer.ts'
import { ACTOR, expectedAnswer, holdsExpected, salience, timeExpressions } from './expected-answer.ts'
import type { ExpectedAnswer } from './expected-answer.ts'
import { splitClauses, splitPassage } from './split-passage.ts'
import type { PassageUnit } from './split-passage.ts'

/** Why a piece of a passage was or was not taken: 0…1 unless said otherwise. */
export interface ExtractionFeatures {
  /** Share of the question's words, weighted by rarity, that the piece or its surroundings hold. */
  coverage: number
  /** The same by the piece alone. */
  own: number
  /** It holds the kind of thing asked for. */
  expected: number
  /** Weight of the words that other passages hold and this one does not, at most 2: it is about something else. */
  gap: number
  /** Weight of the words that no passage holds, at most 2: the question is about something else. */
  unknown: number
  /** How much the question says at all: words that stand everywhere choose nothing. */
  substance: number
  /** The noun of «какой …» is there; 0.5 when the question has none. */
  focus: number
  /** The question's words stand near the term or number asked for; 0.5 where there is none. */
  proximity: number
  /** Neighbours in the question are neighbours in the piece. */
  pairs: number
  /** Share of the piece's words that the question has: it is about this and not also about this. */
  density: number
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
const LONGEST_LIST = 1200
/** A linear score over the features, squashed; weights were fitted on development questions and rounded. */
const MODEL = {
  bias: -13.8,
  coverage: 3.3,
  own: 2,
  expected: 1.8,
  gap: -0.9,
  unknown: -1.7,
  substance: 0.4,
  focus: 0.5,
  proximity: 0.6,
  pairs: 1.7,
  density: 6.9,
  rank: 5.8,
}
const THRESHOLD = 0.5
const LEAST_EXPECTED = 0.15
const RANK_DECAY = 0.15
/** A further sentence is about as good as the first, in the score before squashing, or is left out. */
const NEARLY_AS_GOOD = 0.7
const LEANS_BACK =
  /^(?:при этом|при том|он|она|они|оно|это|этот|эта|эти|данн\p{L}+|указанн\p{L}+|так\p{L}+ же|также|такая|такой|такие)(?![\p{L}])/iu

const MATCH = { stem: 1, family: 0.95, concept: 0.85, nearConcept: 0.6, cut: 0.6 }
/** Support from which a word counts as there. */
const KNOWN = 0.5
/** Support from which nothing of a word is missing. */
const FIRM = 0.8
/** «услугодатель» is no «услугополучатель»: only a long common beginning makes two words one. */
const LONG_WORD = 9
const LONG_BEGINNING = 7
const ELSEWHERE_IN_PASSAGE = 0.8
const IN_CONTEXT = 0.65

/** Verbs and fillers that a question is wrapped in; they weigh next to nothing. */
const FILLERS = (
  'делать сделать делается делают поступать поступить происходит происходить произойдет случится случиться получается являться иметь имеет имеется имеются иметься осуществляется ' +
  'производится происходит давать дает дают дается занимает занять идет идти пройдет длится составляет требуется требуют считается называется называют касается полагается положено ' +
  'уходит уйдет должен нужен нужна нужны нужное правда верно точно сейчас обычно вообще если наш наша наши мой моя мои ваш ваша ваши свой любой другой каждый такой этот который сегодня ' +
  'теперь потом опять тогда максимум максимально минимум минимально хотя нормально официально законно правильно лично просто хватит успеть успеем успеют бывает нам вам мне него них ними ' +
  'объясните уточните ответьте расскажите напомните узнать знать понять хотелось хочу могу можем правила правилам правилах согласно закону закон порядок существует предусмотрен предусмотрено предусмотрена предусмотрены установлен установлено установлена установлены ' +
  'относится относятся относиться новый новая новое новые другой разный общий данный нужно происходить вправе обязан обязаны обязана разрешено запрещено один одна свой человек люди клиент конкретный какой-то любой посоветовать подсказать спрашивает спросил говорит сказал просит поступить'
).split(' ')
/** A shorter word is too near to too many. */
const SHORTEST_CORRECTED = 6
const FILLER_STEMS = new Set([...FILLERS].map((word) => stemWord(word, 'ru')))
/** What a word counts that every passage holds. */
const COMMON = 0.3
const FILLER_WEIGHT = 0.12
/** Below it a word only wraps the question. */
const LEAST_WEIGHT = 0.15
const ACT_NUMBER_WEIGHT = 0.3
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
  /** Stems of abstract nouns: Snowball makes one of «ответственность» and «ответственный». */
  abstract: Set<string>
}

interface Recalled {
  analysis: Analysis
  words: Searchable
  /** For each token the concepts it surely stands for. */
  meanings: string[][]
}
type Remembered = (text: string, lang: Lang) => Recalled
const memories = new WeakMap<LanguageData, Remembered>()
const MOST_REMEMBERED = 4000

/** Analyses of passages, kept: the same passages come again with every question. Bounded; nothing but speed hangs on it. */
const remembered = (language: LanguageData): Remembered => {
  const known = memories.get(language)
  if (known !== undefined) return known
  const analyser = createAnalyser(language)
  const memory = new Map<string, Recalled>()
  const recall: Remembered = (text, lang) => {
    const key = `${lang} ${text}`
    const old = memory.get(key)
    if (old !== undefined) return old
    const analysis = analyser.analyse(text, lang)
    const meanings: string[][] = analysis.tokens.map(() => [])
    for (const { id, near, from, to } of analysis.concepts)
      if (!near) for (let index = from; index < to; index += 1) meanings[index]?.push(id)
    const entry = { analysis, words: searchable(analysis), meanings }
    if (memory.size >= MOST_REMEMBERED) memory.clear()
    memory.set(key, entry)
    return entry
  }
  memories.set(language, recall)
  return recall
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
  const passages = input.passages
    .filter((passage) => passage.lang === input.lang)
    .toSorted((left, right) => right.score - left.score)
  const known = remembered(language)
  const asked =
    passages.length === 0 || input.lang === 'kk' ? input.question : spelled(input.question, passages, analyser, known)
  const expected = expectedAnswer(asked)
  const question = analyser.analyse(asked, input.lang)
  if (passages.length === 0 || input.lang === 'kk') return { expected, words: [], candidates: [], sentences: [] }

  const sources = passages.map((passage) => ({
    passage,
    text: known(passage.text, passage.lang).words,
    context: known(`${passage.title}\n${passage.context}`, passage.lang).words,
  }))
  const words = questionWords(question, expected, asked, sources)
  if (words.length === 0) return { expected, words: [], candidates: [], sentences: [] }
  const supportAnywhere = words.map((word) =>
    Math.max(
      ...sources.map(({ passage, text, context }) =>
        names(passage, word) ? 1 : Math.max(support(word, text), IN_CONTEXT * support(word, context)),
      ),
    ),
  )

  const candidates: (ExtractionCandidate & { supports: number[] })[] = []
  for (const { passage, text: inPassage, context } of sources)
    for (const unit of splitPassage(passage.text)) {
      if (unit.kind === 'lead' || (unit.kind === 'list' && unit.end - unit.start > LONGEST_LIST)) continue
      const text = passage.text.slice(unit.start, unit.end)
      const lead = unit.lead === null ? '' : `${passage.text.slice(unit.lead.start, unit.lead.end)}\n`
      const recalled = known(lead + text, passage.lang)
      const { analysis, words: own } = recalled
      const ownSupports = words.map((word) => (names(passage, word) ? 1 : support(word, own)))
      const supports = words.map((word, index) =>
        Math.max(
          ownSupports[index] ?? 0,
          ELSEWHERE_IN_PASSAGE * support(word, inPassage),
          IN_CONTEXT * support(word, context),
        ),
      )
      const focusAt = words.findIndex((word) => word.focus)
      const features: ExtractionFeatures = {
        coverage: weightedShare(words, supports),
        own: weightedShare(words, ownSupports),
        expected:
          expected.kind === 'definition'
            ? definitionFit(words, passage, text, analyser)
            : expected.kind === 'count'
              ? countFit(words, analysis, lead + text)
              : expected.kind === 'actor'
                ? actorFit(words, recalled)
                : holdsExpected(expected.kind, lead + text),
        gap: missingWeight(words, supports, supportAnywhere),
        unknown: unknownWeight(words, supportAnywhere),
        substance: Math.min(
          1,
          words.reduce((sum, { weight }) => sum + weight, 0),
        ),
        focus: focusAt < 0 ? 0.5 : Math.max(ownSupports[focusAt] ?? 0, 0.7 * (supports[focusAt] ?? 0)),
        proximity: proximity(words, expected, lead + text, passage.lang, known),
        pairs: pairsHeld(words, recalled),
        // A definition is about its term, however long it explains it.
        density:
          expected.kind === 'definition'
            ? definitionFit(words, passage, text, analyser)
            : // «что в п. 8» is about all of the point.
              words.every((word) => word.weight < LEAST_WEIGHT || names(passage, word))
              ? 1
              : densityOf(words, recalled),
        rank: 0,
      }
      candidates.push({
        number: passage.number,
        label: passage.label,
        unit,
        text,
        features,
        confidence: 0,
        supports,
      })
    }
  // Passages that cannot answer do not stand before those that can.
  const able = [...new Set(candidates.filter(isAble).map(({ number }) => number))]
  for (const candidate of candidates) {
    candidate.features.rank = isAble(candidate) ? 1 / (1 + RANK_DECAY * able.indexOf(candidate.number)) : 0
    candidate.confidence = confidenceOf(candidate.features)
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

/** The question with typing errors mended by the words of the passages and of the language data. */
const spelled = (
  question: string,
  passages: readonly NumberedPassage[],
  analyser: Analyser,
  known: Remembered,
): string => {
  const { tokens, concepts } = analyser.analyse(question, 'ru')
  const strange = tokens.filter(
    (token, index) =>
      token.kind === 'word' &&
      !token.stop &&
      token.norm.length >= SHORTEST_CORRECTED &&
      token.number === null &&
      token.families.length === 0 &&
      !concepts.some(({ from, to }) => from <= index && index < to),
  )
  if (strange.length === 0) return question
  const analyses = passages.map(({ text, lang }) => known(text, lang))
  const unknown = strange.filter(
    (token) =>
      !FILLER_STEMS.has(token.stems[0] ?? '') &&
      !analyses.some(({ words }) => token.stems.some((stem) => words.stems.has(stem))),
  )
  if (unknown.length === 0) return question
  const vocabulary = createVocabulary()
  for (const word of analyser.vocabulary) vocabulary.add(word)
  for (const { analysis } of analyses)
    for (const token of analysis.tokens) if (token.kind === 'word') vocabulary.add(token.norm)
  let mended = question
  for (const token of unknown.toReversed()) {
    const better =
      vocabulary.knows(token.norm) || vocabulary.knows(token.stems[0] ?? '') ? null : vocabulary.correct(token.norm)
    // Two edits make too many words out of one to answer by.
    if (better !== null && editDistance(token.stems[0] ?? token.norm, stemWord(better, 'ru'), 1) <= 1)
      mended = mended.slice(0, token.start) + better + mended.slice(token.end)
  }
  return mended
}

const isAble = ({ features }: { features: ExtractionFeatures }): boolean => features.expected >= LEAST_EXPECTED

const confidenceOf = (features: ExtractionFeatures): number => {
  // Without the kind of thing asked for nothing is an answer, however many words it shares.
  if (!isAble({ features })) return 0
  let score = MODEL.bias
  for (const [name, value] of Object.entries(features)) score += value * MODEL[name as keyof ExtractionFeatures]
  return squash(score)
}

const squash = (score: number): number => 1 / (1 + Math.exp(-score))
const unsquash = (confidence: number): number => Math.log(confidence / (1 - confidence))

const searchable = ({ tokens, concepts }: Analysis): Searchable => {
  const result: Searchable = {
    stems: new Set(),
    cuts: new Set(),
    families: new Set(),
    concepts: new Map(),
    numbers: new Set(),
    abstract: new Set(),
  }
  for (const token of tokens) {
    for (const stem of token.stems) result.stems.add(stem)
    for (const also of token.also) result.stems.add(also)
    for (const family of token.families) result.families.add(family)
    if (token.kind === 'word' && token.norm.length >= LONG_WORD && !token.stop)
      result.cuts.add(token.norm.slice(0, LONG_BEGINNING))
    if (token.number !== null) result.numbers.add(token.number)
    if (ABSTRACT.test(token.norm)) for (const stem of token.stems) result.abstract.add(stem)
  }
  for (const { id, near } of concepts) result.concepts.set(id, near && (result.concepts.get(id) ?? true))
  return result
}

const ABSTRACT = /ост(?:ь|и|ью|ей|ям|ями|ях)$/u

/** A passage that only mentions «пункт 20» is not point 20. */
const IN_TEXT_ONLY = 0.6
const names = ({ label }: NumberedPassage, { token }: QuestionWord): boolean =>
  token.kind === 'reference' && findLawReferences(label).some(({ tokens }) => tokens.includes(token.norm))

/** How well a text holds one word of the question: the word, its family, a synonym, or only its beginning. */
const support = ({ token, concepts }: QuestionWord, text: Searchable): number => {
  if (token.kind === 'reference')
    return [token.norm, ...token.also].some((form) => text.stems.has(form)) ? IN_TEXT_ONLY : 0
  if (token.stems.every((stem) => text.stems.has(stem)))
    return ABSTRACT.test(token.norm) && !token.stems.some((stem) => text.abstract.has(stem)) ? 0.4 : MATCH.stem
  if (token.number !== null && text.numbers.has(token.number)) return MATCH.stem
  if (token.families.some((family) => text.families.has(family))) return MATCH.family
  let best =
    token.kind === 'word' && token.norm.length >= LONG_WORD && text.cuts.has(token.norm.slice(0, LONG_BEGINNING))
      ? MATCH.cut
      : 0
  if (token.also.length > 0)
    best = Math.max(best, (0.8 * token.stems.filter((stem) => text.stems.has(stem)).length) / token.stems.length)
  for (const { id, near } of concepts) {
    const there = text.concepts.get(id)
    if (there !== undefined)
      best = Math.max(best, near || there ? (near && there ? 0.3 : MATCH.nearConcept) : MATCH.concept)
  }
  return best
}

const QUESTION_WORD =
  /(?:^|[^\p{L}])(?:как|какой|какая|какое|какие|каким|какого|какому|какую|каких|каком|кто|кому|кем|кого|что|чем|где|куда|откуда|когда|сколько|скольких|сколькими|почему|зачем|чей|чья|ли|можно|нужно|обязан\p{L}*|должн?[аоы]?н?)(?=[^\p{L}]|$)/iu

/** The part of the question that asks: callers tell a story first. */
const askingRange = (question: string): [number, number] => {
  let offset = 0
  let last: [number, number] | null = null
  for (const part of question.split(
    /(?<=[.!?;])\s+|,\s+(?=(?:в|за|на|по|с|до|к|через|и)?\s*(?:как|кто|что|где|куда|когда|сколько|ком|чем|кем)\p{L}*\s)/iu,
  )) {
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
    const concepts = longest(question.concepts.filter((concept) => concept.from <= index && index < concept.to))
    const focus = expected.focus !== null && token.start >= expected.focus[0] && token.end <= expected.focus[1]
    return [{ token, index, weight: 1, concepts, focus }]
  })
  const total = sources.length
  for (const word of words) {
    const found = sources.filter(({ text }) => support(word, text) >= 0.8).length
    const rarity = Math.log(1 + (total - found + 0.5) / (found + 0.5)) / Math.log(1 + (total + 0.5) / 0.5)
    // A verb that nobody uses here is a paraphrase; one that stands elsewhere tells this passage from that.
    const known = sources.some(({ text }) => support(word, text) >= KNOWN)
    word.weight = (COMMON + (1 - COMMON) * rarity) * (known ? (1 + salience(word.token)) / 2 : salience(word.token))
    if (FILLER_STEMS.has(word.token.stems[0] ?? '')) word.weight *= FILLER_WEIGHT
    if (word.token.start < from || word.token.end > to) word.weight *= PREAMBLE_WEIGHT
    // «приказ № 83» names the act that everything here may be from.
    if (/№\s*$/u.test(raw.slice(0, word.token.start))) word.weight *= ACT_NUMBER_WEIGHT
    if (word.focus) word.weight *= 1.3
  }
  return words
}

/** «оператор ИКИ» is no «оператор»: of concepts at one word only those of the longest phrase count. */
const longest = (concepts: readonly ConceptMatch[]): ConceptMatch[] => {
  const most = Math.max(0, ...concepts.map(({ from, to }) => to - from))
  return concepts.filter(({ from, to }) => to - from === most)
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

const missingWeight = (
  words: readonly QuestionWord[],
  supports: readonly number[],
  anywhere: readonly number[],
): number =>
  Math.min(
    2,
    words.reduce(
      (sum, { weight }, index) =>
        (anywhere[index] ?? 0) >= KNOWN ? sum + weight * Math.max(0, 1 - (supports[index] ?? 0) / FIRM) : sum,
      0,
    ),
  )

const unknownWeight = (words: readonly QuestionWord[], anywhere: readonly number[]): number =>
  Math.min(
    2,
    words.reduce(
      (sum, { weight }, index) =>
        (anywhere[index] ?? 0) < KNOWN ? sum + Math.min(1, weight) * (1 - (anywhere[index] ?? 0)) : sum,
      0,
    ),
  )

const DASH = /\s[–—-]\s/u

/** F1 of the question's words and those of the defined term or its short form; 0 where nothing is defined. */
const definitionFit = (
  words: readonly QuestionWord[],
  passage: NumberedPassage,
  text: string,
  analyser: Analyser,
): number => {
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
    const recall = weightedShare(
      words,
      words.map((word) => support(word, terms)),
    )
    const wanted = searchable({
      lang: passage.lang,
      tokens: words.map(({ token }) => token),
      concepts: words.flatMap(({ concepts }) => concepts),
    })
    const precision =
      content.reduce(
        (sum, token, index) =>
          sum +
          support(
            {
              token,
              index,
              weight: 1,
              focus: false,
              concepts: analysis.concepts.filter(
                ({ from, to }) => from <= analysis.tokens.indexOf(token) && analysis.tokens.indexOf(token) < to,
              ),
            },
            wanted,
          ),
        0,
      ) / content.length
    if (recall + precision > 0) best = Math.max(best, (2 * recall * precision) / (recall + precision))
  }
  return best
}

/** «сколько баллов»: a number stands before the thing that is counted. */
const countFit = (words: readonly QuestionWord[], analysis: Analysis, text: string): number => {
  const [counted] = words
  if (counted === undefined) return 0
  const { tokens } = analysis
  const next = tokens.findIndex(
    (token, index) =>
      token.number !== null &&
      text.charAt(token.end) !== ')' &&
      tokens
        .slice(index, index + 4)
        .some(
          (near) =>
            near.stems.some((stem) => counted.token.stems.includes(stem)) ||
            near.families.some((id) => counted.token.families.includes(id)),
        ),
  )
  return next < 0 ? 0 : 1
}

/** «кто»: the piece names somebody whom the question does not name. */
const meant = (words: readonly QuestionWord[]): Set<string> =>
  new Set(words.flatMap(({ concepts }) => concepts.filter(({ near }) => !near).map(({ id }) => id)))

const actorFit = (words: readonly QuestionWord[], { analysis, meanings }: Recalled): number => {
  const named = new Set(words.flatMap(({ token }) => token.stems))
  const concepts = meant(words)
  const fresh = analysis.tokens.some(
    (token, index) =>
      token.kind === 'word' &&
      [token.norm, ...token.also].some((form) => ACTOR.test(form)) &&
      !token.stems.some((stem) => named.has(stem)) &&
      !meanings[index]?.some((id) => concepts.has(id)),
  )
  return fresh ? 0.8 : 0.25
}

const PAIR_WINDOW = 4

/** Share of the question's neighbouring words that stand near each other in the piece. */
const pairsHeld = (words: readonly QuestionWord[], { analysis, meanings }: Recalled): number => {
  const solid = words.filter(({ weight }) => weight >= LEAST_WEIGHT)
  if (solid.length < 2) return 0.5
  const places = solid.map((word) => {
    const concepts = meant([word])
    return analysis.tokens.flatMap((token, index) =>
      token.stems.some((stem) => word.token.stems.includes(stem)) ||
      token.families.some((id) => word.token.families.includes(id)) ||
      meanings[index]?.some((id) => concepts.has(id)) === true
        ? [index]
        : [],
    )
  })
  let held = 0
  for (let index = 1; index < solid.length; index += 1)
    if (
      (places[index - 1] ?? []).some((left) =>
        (places[index] ?? []).some((right) => Math.abs(left - right) <= PAIR_WINDOW),
      )
    )
      held += 1
  return held / (solid.length - 1)
}

const densityOf = (words: readonly QuestionWord[], { analysis, meanings }: Recalled): number => {
  const stems = new Set(words.flatMap(({ token }) => token.stems))
  const families = new Set(words.flatMap(({ token }) => token.families))
  const concepts = new Set(words.flatMap((word) => word.concepts.map(({ id }) => id)))
  const seen = new Set<string>()
  let held = 0
  for (const [index, token] of analysis.tokens.entries()) {
    const stem = token.stems[0] ?? token.norm
    if (token.stop || seen.has(stem)) continue
    seen.add(stem)
    if (
      token.stems.some((own) => stems.has(own)) ||
      token.families.some((id) => families.has(id)) ||
      meanings[index]?.some((id) => concepts.has(id)) === true
    )
      held += 1
  }
  return seen.size === 0 ? 0 : Math.sqrt(held / seen.size)
}

/** How near the question's words stand to the term it asks for: by the clause that holds the term. */
const proximity = (
  words: readonly QuestionWord[],
  expected: ExpectedAnswer,
  text: string,
  lang: Lang,
  known: Remembered,
): number => {
  if (expected.kind !== 'duration' && expected.kind !== 'when') return 0.5
  const { strong, weak } = timeExpressions(text)
  const times = strong.length > 0 ? strong : weak
  if (times.length === 0) return 0
  let best = 0
  for (const [start, end] of splitClauses(text)) {
    if (!times.some(([from, to]) => from >= start && to <= end)) continue
    const clause = known(text.slice(start, end), lang).words
    best = Math.max(
      best,
      weightedShare(
        words,
        words.map((word) => support(word, clause)),
      ),
    )
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
  const least =
    expected.kind === 'definition'
      ? first.confidence
      : Math.max(THRESHOLD, squash(unsquash(first.confidence) - NEARLY_AS_GOOD))
  for (const candidate of candidates) {
    if (chosen.length === MOST_SENTENCES || candidate.confidence < least) break
    if (!chosen.some((other) => overlap(other, candidate))) chosen.push(candidate)
  }
  // Two items of one list, or a question for a list: the list as a whole answers better than its pieces.
  for (const list of candidates) {
    if (list.unit.kind !== 'list') continue
    const items = chosen.filter((other) => other.unit.kind === 'item' && overlap(other, list))
    const [item] = items
    if (item === undefined || (items.length < 2 && expected.kind !== 'list')) continue
    chosen.splice(chosen.indexOf(item), 1, { ...list, confidence: item.confidence })
    for (const other of items.slice(1)) chosen.splice(chosen.indexOf(other), 1)
  }
  return chosen.flatMap((candidate) => {
    const passage = passages.find(({ number }) => number === candidate.number)
    return passage === undefined ? [] : [sentenceOf(candidate, passage, expected, words, analyser)]
  })
}

const overlap = (left: ExtractionCandidate, right: ExtractionCandidate): boolean =>
  left.number === right.number && left.unit.start < right.unit.end && right.unit.start < left.unit.end

const sentenceOf = (
  candidate: ExtractionCandidate,
  passage: NumberedPassage,
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): ProposedSentence => {
  const { unit, number } = candidate
  const quote =
    unit.kind === 'sentence'
      ? withSentenceBefore(bestClause(candidate.text, passage, expected, words, analyser), candidate, passage)
      : candidate.text
  const support = [{ number, quote }]
  let text = finish(quote)
  if (unit.lead !== null) {
    const lead = passage.text.slice(unit.lead.start, unit.lead.end)
    support.unshift({ number, quote: lead })
    text = `${raise(lead)} ${finish(quote, false)}`
  }
  return { text, support, confidence: candidate.confidence }
}

/** «При этом в запросе указывается …» means nothing without what stands before it in the paragraph. */
const withSentenceBefore = (quote: string, { unit, text }: ExtractionCandidate, passage: NumberedPassage): string => {
  if (quote !== text || !LEANS_BACK.test(text)) return quote
  const before = splitPassage(passage.text).findLast((other) => other.kind === 'sentence' && other.end <= unit.start)
  return before === undefined || passage.text.slice(before.end, unit.start).includes('\n')
    ? quote
    : passage.text.slice(before.start, unit.end)
}

const raise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const finish = (text: string, capital = true): string =>
  (capital ? raise(text) : text).replace(/[;,:]\s*$/u, '').replace(/(?<![.!?])$/u, '.')

/** The one clause that answers, where a sentence joins several: the one with the term asked for, or with the question's words. */
const bestClause = (
  sentence: string,
  passage: NumberedPassage,
  expected: ExpectedAnswer,
  words: readonly QuestionWord[],
  analyser: Analyser,
): string => {
  const clauses = splitClauses(sentence)
  if (clauses.length === 1) return sentence
  const whole = holdsExpected(expected.kind, sentence)
  const cover = (text: string): number => {
    const found = searchable(analyser.analyse(text, passage.lang))
    return weightedShare(
      words,
      words.map((word) => support(word, found)),
    )
  }
  const typed =
    expected.kind === 'duration' || expected.kind === 'count' || expected.kind === 'phone' || expected.kind === 'email'
  const all = cover(sentence)
  const fitting = clauses
    .map(([start, end]) => sentence.slice(start, end))
    .filter((clause) => holdsExpected(expected.kind, clause) >= whole)
    .map((clause) => ({ clause, cover: cover(clause) }))
    .filter(({ cover: own }) => (typed && whole >= 0.8) || own >= 0.9 * all)
    .sort((left, right) => right.cover - left.cover)
  return fitting[0]?.clause ?? sentence
}
