import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'
import { senseOf, subwordsOf } from '#server/search/analysis/sense-of.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { Answerer, AnswererInput, NumberedPassage, ProposedSentence } from './answerer.ts'
import { expectedAnswer } from './expected-answer.ts'
import type { ExpectedAnswer } from './expected-answer.ts'
import { chooseSentences } from './extract/choose-sentences.ts'
import { featuresOf } from './extract/extraction-features.ts'
import type { ExtractionFeatures } from './extract/extraction-features.ts'
import {
  confidenceOf,
  decisionFeatures,
  isAble,
  linear,
  MODEL_KINDS,
  rankFeature,
  thresholdFor,
  type ModelKind,
} from './extract/extraction-model.ts'
import type { DecisionFeatures, ExtractionCandidate } from './extract/extraction-model.ts'
import { ASKED_JUST_SO, isOfNothing } from './clarify/is-of-anything.ts'
import { fittedFor } from './extract/fitted-for.ts'
import { mendSpelling } from './extract/mend-spelling.ts'
import { answeredWording } from './extract/answered-wording.ts'
import { topicsOfQuestion, type StandardTopic } from './extract/standard-topics.ts'
import { remembered } from './extract/passage-memory.ts'
import type { Remembered } from './extract/passage-memory.ts'
import { questionWords } from './extract/question-words.ts'
import { FIRM, isForm, names, nearness, support, supportIn, weightedShare } from './extract/word-support.ts'
import type { QuestionWord } from './extract/word-support.ts'
import { vectorReader } from './extract/word-vectors.ts'
import { splitPassage, splitRow, type PassageUnit } from './split-passage.ts'

export interface Extraction {
  expected: ExpectedAnswer
  /** Words of the question with their weights, and how well they are supported by the passage that supports them best. */
  words: (QuestionWord & { support: number; anywhere: number })[]
  /** What the wording alone says of whether acts answer it, as log-odds; NaN where it says nothing. */
  wording: number
  /** Best first; those without the kind of thing asked for come last. */
  candidates: ExtractionCandidate[]
  /** The same by the models that judge them. */
  groups: { kind: ModelKind; candidates: ExtractionCandidate[] }[]
  /** What the decision to answer was made by; null when there was nothing to decide. */
  decision: DecisionFeatures | null
  confidence: number
  sentences: ProposedSentence[]
}

const LONGEST_LIST = 1200
const LONGEST_UNIT = { sentence: 4000, item: 4000, list: LONGEST_LIST }
/** Confidence from which on the Rules are quoted beside guidance that rests on them itself and says what to do. */
const LEAST_GUIDED = 0.8
/** Who has chosen an act or article asks of it, in fewer words (0052): to the models of acts, fitted over whole questions, these are less sure than they should be. The Rules' own would answer what they do not say. */
const CHOSEN_ODDS = 3
const ELSEWHERE_IN_PASSAGE = 0.8
const IN_CONTEXT = 0.65

/** An answerer that chooses sentences of the passages it is given and writes none of its own. Needs no model and no network. */
export const createExtractiveAnswerer = (language: LanguageData): Answerer => ({
  name: 'extractive-2',
  writes: null,
  // oxlint-disable-next-line require-await
  async *propose(input) {
    for (const sentence of explainExtraction(language, input).sentences) {
      if (input.signal?.aborted === true) return
      yield sentence
    }
  },
})

/**
 * What the extractive answerer sees and why it decides as it does, for editors, for tests and for fitting.
 * @returns every candidate with its features, best first, and the sentences that would be proposed
 */
export const explainExtraction = (language: LanguageData, input: AnswererInput): Extraction => {
  const analyser = createAnalyser(language)
  const passages = input.passages
    .filter((passage) => passage.lang === input.lang)
    .toSorted((left, right) => right.score - left.score)
  const known = remembered(language)
  const typed = standardSpelling(input.question, input.lang)
  const asked = passages.length === 0 ? input.question : mendSpelling(typed, input.lang, passages, analyser, known)
  const expected = expectedAnswer(asked, input.lang)
  const nothing = {
    expected,
    words: [],
    wording: 0,
    candidates: [],
    groups: [],
    decision: null,
    confidence: 0,
    sentences: [],
  }
  if (passages.length === 0) return nothing

  const sources = passages.map((passage) => ({
    passage,
    text: known(passage.text, passage.lang).words,
    context: known(`${passage.title}\n${passage.context}`, passage.lang).words,
  }))
  const analysed = analyser.analyse(asked, input.lang)
  const vectors = vectorReader(language)
  const content = questionWords(analysed, expected, asked, sources, vectors)
  // «график работы»: where the words that say what is asked for are all there is, they are what to look for.
  const words =
    content.length > 0 ? content : questionWords(analysed, { ...expected, asked: [] }, asked, sources, vectors)
  if (words.length === 0) return nothing
  const supportAnywhere = words.map((word) =>
    Math.max(
      ...sources.map(({ passage, text, context }) =>
        names(passage, word) ? 1 : Math.max(support(word, text), IN_CONTEXT * support(word, context)),
      ),
    ),
  )

  const nearAnywhere = words.map((word) =>
    Math.max(...passages.map((passage) => nearness(word, known(passage.text, passage.lang).vectors))),
  )
  const subjects = subjectsOf(words, passages, known)
  const topics = topicsOfQuestion(asked, input.lang, expected)
  const sense = senseOf(subwordsOf(asked))
  const odds = answeredWording(input.question, input.lang)
  // What was chosen is not said again: that a question is worded as no other is does not speak against it then.
  const wording = input.isNarrowed === true && odds < 0 ? Number.NaN : odds

  const sampled = sampledActs(passages)
  const candidates: ExtractionCandidate[] = []
  for (const { passage, text: inPassage, context } of sources) {
    if (isForm(passage) && !asksOfForm(words, passage, sampled.has(passage.act), known)) continue
    const around = words.map((word) =>
      Math.max(
        ELSEWHERE_IN_PASSAGE * supportIn(passage, word, inPassage),
        IN_CONTEXT * supportIn(passage, word, context),
      ),
    )
    const subject = subjects(passage)
    // What a row is about its heading says and, of which service, the title of its list.
    const about = passage.row === undefined ? '' : `${passage.title}\n${passage.text.split('\n', 1)[0] ?? ''}\n`
    for (const unit of unitsOf(passage, topics, sampled.has(passage.act))) {
      if (unit.kind === 'lead' || unit.end - unit.start > LONGEST_UNIT[unit.kind]) continue
      const text = passage.text.slice(unit.start, unit.end)
      const lead = unit.lead === null ? '' : `${passage.text.slice(unit.lead.start, unit.lead.end)}\n`
      const recalled = known(about + lead + text, passage.lang)
      const ownSupports = words.map((word) => supportIn(passage, word, recalled.words))
      const supports = words.map((_, index) => Math.max(ownSupports[index] ?? 0, around[index] ?? 0))
      const features = featuresOf(
        words,
        expected,
        {
          passage,
          text,
          lead,
          recalled,
          sense,
          // What a list is about its lead-in says.
          heading: unit.kind === 'list' ? known(text.split('\n', 1)[0] ?? '', passage.lang) : recalled,
          ownSupports,
          supports,
          unit,
          topics,
          subject,
        },
        supportAnywhere,
        analyser,
        known,
      )
      candidates.push({ number: passage.number, label: passage.label, unit, text, features, score: 0 })
    }
  }

  const passageOf = new Map(passages.map((passage) => [passage.number, passage]))
  const best = groupsOf(passages)
    .map(({ kind, numbers }) => {
      const judged = (by: ModelKind, among: ReadonlySet<number>) => {
        const { ranking, decision: model } = fittedFor(by, input.lang)
        const ranked = rank(
          candidates.filter(({ number }) => among.has(number)),
          ranking,
        )
        const able = ranked.filter(isAble)
        const decision = decisionFeatures(able, (number) => passageOf.get(number) ?? {}, {
          kind: expected.kind,
          words,
          supportAnywhere,
          nearAnywhere,
          wording,
          gaps: input.gaps,
        })
        const confidence = decision === null ? 0 : confidenceOf(decision, model)
        const bar = thresholdFor(by, input.lang)
        const threshold = input.isNarrowed === true && by === 'sampled' ? whereChosen(bar) : bar
        return { kind, ranked, able, decision, confidence, threshold }
      }
      const all = judged(kind, numbers)
      const isOfRules = ({ number }: { number: number }): boolean => passageOf.get(number)?.ofRules === true
      if (kind === 'plain' || all.able[0] === undefined || !isOfRules(all.able[0])) return all
      // What the Rules answer first their own model judges, as if they were held alone.
      const own = judged('rules', new Set([...numbers].filter((number) => isOfRules({ number }))))
      const threshold = Math.max(own.threshold, input.isGuided === true ? LEAST_GUIDED : 0)
      return { ...own, ranked: all.ranked, threshold }
    })
    .toSorted((left, right) => surplus(right) - surplus(left))
  const [chosen] = best
  if (chosen === undefined) return nothing
  const isAnybodys =
    input.isNarrowed !== true && (chosen.able[0]?.features.likeness ?? 0) < ASKED_JUST_SO && isOfNothing(asked)
  return {
    expected,
    words: words.map((word, index) => ({
      ...word,
      support: supportAnywhere[index] ?? 0,
      anywhere: nearAnywhere[index] ?? 0,
    })),
    wording,
    candidates: best.flatMap(({ ranked }) => ranked),
    groups: best.map(({ kind, ranked }) => ({ kind, candidates: ranked })),
    decision: chosen.decision,
    confidence: chosen.confidence,
    sentences:
      isAnybodys || chosen.confidence < chosen.threshold
        ? []
        : chooseSentences(chosen.able, chosen.confidence, passages, expected, words, analyser),
  }
}

const sampledActs = (passages: readonly NumberedPassage[]): Set<string | undefined> =>
  new Set(passages.filter(({ asked = [] }) => asked.length > 0).map(({ act }) => act))

/** Acts with sample questions and acts without are judged by models of their own, each among themselves; the Rules among the acts, and by their own where only they speak or speak first. */
const groupsOf = (passages: readonly NumberedPassage[]): { kind: ModelKind; numbers: Set<number> }[] => {
  const acts = sampledActs(passages)
  const areRulesAlone = !passages.some(({ act, ofRules = false }) => acts.has(act) && !ofRules)
  const kindOf = ({ act }: NumberedPassage): ModelKind =>
    acts.has(act) ? (areRulesAlone ? 'rules' : 'sampled') : 'plain'
  return MODEL_KINDS.map((kind) => ({
    kind,
    numbers: new Set(passages.filter((passage) => kindOf(passage) === kind).map(({ number }) => number)),
  })).filter(({ numbers }) => numbers.size > 0)
}

/** The threshold within what was chosen: as if so many times as many questions were answerable. */
const whereChosen = (threshold: number): number => {
  const odds = threshold / (1 - threshold) / CHOSEN_ODDS
  return odds / (1 + odds)
}

/** How far above its threshold a confidence lies, −1…1: confidences of two models are not of one measure. */
const surplus = ({ confidence, threshold }: { confidence: number; threshold: number }): number =>
  confidence >= threshold ? (confidence - threshold) / (1 - threshold) : confidence / threshold - 1

const unitsOf = (passage: NumberedPassage, topics: readonly StandardTopic[], isSampled: boolean): PassageUnit[] => {
  if (passage.row !== undefined) {
    const units = splitRow(passage.text, LONGEST_LIST)
    // What was not asked for may still be right as a whole; its pieces would only stand in the way.
    return topics.length === 0 || topics.includes(passage.row) ? units : units.slice(-1)
  }
  const units = splitPassage(passage.text, passage.lang === 'ru')
  return isSampled ? units : units.map((unit) => (unit.kind === 'list' ? shortened(passage.text, unit) : unit))
}

/** A list that is too long to be quoted, up to its last whole item that fits. */
const shortened = (text: string, unit: PassageUnit): PassageUnit => {
  if (unit.end - unit.start <= LONGEST_LIST) return unit
  const end = text.lastIndexOf('\n', unit.start + LONGEST_LIST)
  return end <= unit.start
    ? unit
    : { ...unit, end: unit.start + text.slice(unit.start, end).replace(/[;,\s]+$/u, '').length }
}

/** How much of a question the titles of each act hold, and the lead over other acts: which service or law is meant. */
const subjectsOf = (
  words: readonly QuestionWord[],
  passages: readonly NumberedPassage[],
  known: Remembered,
): ((passage: NumberedPassage) => { share: number; lead: number; held: readonly number[] }) => {
  const shares = new Map<string, number>()
  const keyOf = ({ act, title }: NumberedPassage): string => act ?? title
  const own = new Map<number, { share: number; held: number[] }>()
  for (const passage of passages) {
    const title = known(passage.title, passage.lang).words
    const held = words.map((word) => support(word, title))
    const share = weightedShare(words, held)
    own.set(passage.number, { share, held })
    shares.set(keyOf(passage), Math.max(shares.get(keyOf(passage)) ?? 0, share))
  }
  return (passage) => {
    const rival = Math.max(0, ...[...shares].filter(([key]) => key !== keyOf(passage)).map(([, share]) => share))
    return { ...(own.get(passage.number) ?? { share: 0, held: [] }), lead: (shares.get(keyOf(passage)) ?? 0) - rival }
  }
}

/** A form has a word for everything: only what names it or its heading asks about it. */
const asksOfForm = (
  words: readonly QuestionWord[],
  passage: NumberedPassage,
  isSampled: boolean,
  known: Remembered,
): boolean => {
  // Forms of services bear the service's name: that alone asks nothing of them.
  if (!isSampled) return words.some((word) => names(passage, word))
  const heading = known(passage.text.split('\n', 1)[0] ?? '', passage.lang).words
  return words.some((word) => names(passage, word) || support(word, heading) >= FIRM)
}

const rank = (
  candidates: readonly ExtractionCandidate[],
  ranking: Partial<Record<keyof ExtractionFeatures, number>>,
): ExtractionCandidate[] => {
  // Passages that cannot answer do not stand before those that can.
  const able = [...new Set(candidates.filter(isAble).map(({ number }) => number))]
  return candidates
    .map((candidate): ExtractionCandidate => {
      const features = {
        ...candidate.features,
        rank: isAble(candidate) ? rankFeature(able.indexOf(candidate.number)) : 0,
      }
      return { ...candidate, features, score: linear(ranking, features) }
    })
    .toSorted(
      (left, right) =>
        Number(isAble(right)) - Number(isAble(left)) ||
        right.score - left.score ||
        right.features.own - left.features.own,
    )
}
