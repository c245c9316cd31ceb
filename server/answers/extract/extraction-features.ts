import type { Analyser, Analysis } from '#server/search/analysis/analyser.ts'
import type { Lang } from '#server/context.ts'
import type { AskedOf, NumberedPassage } from '../answerer.ts'
import { ACTOR, holdsExpected, timeExpressions } from '../expected-answer.ts'
import { KAZAKH_ACTOR } from '../expected-answer-kazakh.ts'
import type { AnswerKind, ExpectedAnswer } from '../expected-answer.ts'
import { splitClauses, type PassageUnit } from '../split-passage.ts'
import type { StandardTopic } from './standard-topics.ts'
import { searchable } from './passage-memory.ts'
import type { Recalled, Remembered, Searchable } from './passage-memory.ts'
import { LEAST_WEIGHT } from './question-words.ts'
import { FIRM, KNOWN, names, nearness, support, weightedShare } from './word-support.ts'
import type { QuestionWord } from './word-support.ts'
import { dotProduct, sumOfVectors } from './word-vectors.ts'

/** What of a piece of a passage speaks for or against it. 0…1 each, whatever the length of question and piece. */
export interface ExtractionFeatures {
  /** Share of the question's words, weighted by rarity, that the piece or its surroundings hold. */
  coverage: number
  /** The same by the piece alone. */
  own: number
  /** It holds the kind of thing asked for. */
  expected: number
  /** Weight of the words that other passages hold and this one does not, at most 2: it is about something else. */
  gap: number
  /** Support of the heaviest word that it does not hold well; 1 when it holds all. */
  weakest: number
  /** The noun of «какой …», the verb of «кто …» or «как …» is there; 0.5 when the question has none. */
  focus: number
  /** The question's words stand near the term or number asked for; 0.5 where there is none. */
  proximity: number
  /** Neighbours in the question are neighbours in the piece. */
  pairs: number
  /** Share of the piece's words that the question has: it is about this and not also about this. */
  density: number
  /** Share of the question's words that the piece holds or comes near to by words used alike. */
  soft: number
  /** Weight of the heaviest word that the passage neither holds nor comes near to, by how much it says in the language at large. */
  alien: number
  /** Likeness of the piece as a whole to the question as a whole, by the company their words keep. */
  meaning: number
  /** 1 when it speaks of another channel, body or kind of service than the question. */
  contrast: number
  /** Both deny something, or neither does; 0.5 where the question does not. */
  polarity: number
  /** How much of the question stands only where a term is counted from: «со дня подписания» is no term for signing. */
  anchored: number
  /** From 0 at four fifths of the question's words in the piece to 1 at all of them. */
  complete: number
  /** How like the question is to the most alike sample question that the piece answers, 0 where nobody has written one. */
  likeness: number
  /** The same over the three most alike: one like question may be chance. */
  likenesses: number
  /** How like it is to the most alike one by the company of their subwords. */
  kinship: number
  /** The same over the three most alike. */
  kinships: number
  /** Likeness of the piece as a whole to the question as a whole by the company of their subwords. */
  sense: number
  /** Share of the question's words that the piece or its sample questions hold or come near to. */
  covered: number
  /** The heaviest word that neither does. */
  unheard: number
  /** Place in the ranking of the search, among those that can answer. */
  rank: number
  /** Of a row of a list of requirements: 1 when it tells what the question asks of a service, 0 when something else; 0.5 of other texts. */
  row: number
  /** Share of the question's words in the titles of the act: what a service is called its points do not repeat. */
  subject: number
  /** Lead of that share over every other act, −1…1. */
  subjectLead: number
  /** Share of the words that no title of its act holds, by the piece: what is asked of the service, not which service; 0.5 where there are none. */
  specific: number
  /** Weight of the heaviest of them that the piece does not hold. */
  missed: number
  /** 1 for the order that only enacts and lists. */
  enacting: number
  /** 1 for a list or row as a whole. */
  whole: number
  /** 1 for one item of a list. */
  item: number
}

/** A piece and what stands around it, analysed. */
export interface Piece {
  passage: NumberedPassage
  /** Quotable text without its lead-in. */
  text: string
  lead: string
  recalled: Recalled
  /** Of the question. */
  sense: Float32Array
  /** What says what the piece is about: of a list its lead-in, else the piece. */
  heading: Recalled
  ownSupports: readonly number[]
  supports: readonly number[]
  unit: PassageUnit
  /** What the question may ask of a service. */
  topics: readonly StandardTopic[]
  /** Share of the question's words in the titles of the passage's act, and its lead over other acts. */
  subject: { share: number; lead: number; held: readonly number[] }
}

/** Judges a piece against a question; `rank` is left to whoever knows the other pieces. */
export const featuresOf = (
  words: readonly QuestionWord[],
  expected: ExpectedAnswer,
  { passage, text, lead, recalled, sense, heading, ownSupports, supports, unit, topics, subject }: Piece,
  supportAnywhere: readonly number[],
  analyser: Analyser,
  known: Remembered,
): ExtractionFeatures => {
  const defined = expected.kind === 'definition' ? definitionFit(words, passage, text, analyser) : 0
  const anchored = anchoredOf(words, expected, lead + text, passage.lang, known)
  const isRowAsked = passage.row !== undefined && topics.includes(passage.row)
  return {
    coverage: weightedShare(words, supports),
    own: weightedShare(words, ownSupports),
    expected: isRowAsked
      ? Math.max(ROW_ASKED, holdsExpected(expected.kind, lead + text, passage.lang))
      : expected.kind === 'definition'
        ? defined
        : expected.kind === 'class'
          ? 0.3 + 0.7 * termNamed(words, text, passage.lang, known)
          : expected.kind === 'count' && passage.lang === 'ru'
            ? countFit(words, recalled.analysis, lead + text)
            : expected.kind === 'actor'
              ? actorFit(words, recalled)
              : heldBy(passage, expected, lead + text) * (1 - anchored),
    gap: missingWeight(words, supports, supportAnywhere),
    weakest: weakestLink(words, supports),
    focus: focusOf(words, ownSupports, supports, recalled),
    // Of a row the number is about what the row is about.
    proximity: isRowAsked
      ? weightedShare(words, ownSupports)
      : proximity(words, expected, lead + text, passage.lang, known),
    pairs: pairsHeld(words, recalled),
    density:
      // A definition is about its term, however long it explains it.
      expected.kind === 'definition'
        ? defined
        : // «что в п. 8» is about all of the point.
          words.every((word) => word.weight < LEAST_WEIGHT || names(passage, word))
          ? 1
          : densityOf(words, heading),
    soft: weightedShare(
      words,
      words.map((word, index) => Math.max(ownSupports[index] ?? 0, 0.8 * nearness(word, recalled.vectors))),
    ),
    alien: Math.max(
      0,
      ...words.map(
        (word, index) =>
          Math.min(1, word.weight) *
          word.rarity *
          (1 - Math.max(Math.min(1, (supports[index] ?? 0) / FIRM), nearness(word, recalled.vectors))),
      ),
    ),
    meaning: meaningOf(words, recalled),
    sense: Math.max(0, dotProduct(sense, recalled.sense())),
    contrast: contrastOf(words, recalled.words),
    polarity:
      passage.lang === 'kk' || !words.some(({ token }) => NEGATION.test(token.norm))
        ? 0.5
        : DENIAL.test(lead + text)
          ? 1
          : 0,
    anchored,
    complete: Math.max(0, (weightedShare(words, ownSupports) - NEARLY_ALL) / (1 - NEARLY_ALL)),
    ...askedOf(words, passage, unit, supports, recalled.vectors, known),
    rank: 0,
    row: passage.row === undefined || topics.length === 0 ? 0.5 : isRowAsked ? 1 : 0,
    subject: subject.share,
    subjectLead: subject.lead,
    ...specificOf(words, ownSupports, subject.held),
    enacting: ENACTING.test(passage.label) || ON_ITSELF.test(text) ? 1 : 0,
    whole: unit.kind === 'list' ? 1 : 0,
    item: unit.kind === 'item' ? 1 : 0,
  }
}

const specificOf = (
  words: readonly QuestionWord[],
  own: readonly number[],
  held: readonly number[],
): Pick<ExtractionFeatures, 'specific' | 'missed'> => {
  let all = 0
  let there = 0
  let missed = 0
  for (const [index, { weight }] of words.entries()) {
    if ((held[index] ?? 0) >= KNOWN) continue
    const support = Math.min(1, (own[index] ?? 0) / FIRM)
    all += weight
    there += weight * support
    missed = Math.max(missed, Math.min(1, weight) * (1 - support))
  }
  return { specific: all === 0 ? 0.5 : there / all, missed }
}

/** Where no sample questions tell which term is a length, a term is worth looking at («Общее время теста – 20 минут»). */
const MAYBE_LENGTH = 0.4
const heldBy = ({ asked = [], lang }: NumberedPassage, { kind }: ExpectedAnswer, text: string): number => {
  const held = holdsExpected(kind, text, lang)
  return kind === 'length' && asked.length === 0 && timeExpressions(text, lang).strong.length > 0
    ? Math.max(held, MAYBE_LENGTH)
    : held
}

/** What a row tells is what was asked, whatever its words are. */
const ROW_ASKED = 0.9
/** What rules say of themselves: on what they rest and what they are called. */
const ON_ITSELF =
  /^(?:Настоящие\s+Правила|Правила\s|Осы\s|«[^»]*»).{0,400}(?:разработаны|әзірленді|әзірленген)|^(?:Наименование\s+государственной\s+услуги|Мемлекеттік\s+(?:көрсетілетін\s+)?қызметтің\s+атауы)/su
const ENACTING = /^(?:приказ|бұйрық)(?!\p{L})/iu

/** A question about another part of the passage says a little about this one too. */
const SAME_PASSAGE = 0.8
/** One like question may be chance: so many are looked at. */
export const MOST_ALIKE = 3
/** Where nobody has written down questions they speak neither for nor against it. */
const UNASKED = 0.5
/** What people call it stands for nearly as much as what the text calls it. */
const BY_SAMPLE = 0.9

/** Each piece of a passage asks for the same. */
const toldBySamples = new WeakMap<AskedOf, { words: readonly QuestionWord[]; held: number[] }>()

/** How well the sample questions of a part hold each word. */
function heldBySamples(words: readonly QuestionWord[], asked: AskedOf, lang: Lang, known: Remembered): number[] {
  const told = toldBySamples.get(asked)
  if (told?.words === words) return told.held
  const samples = asked.recalled ?? asked.texts.map((text) => known(text, lang))
  const held = words.map((word) =>
    Math.max(
      0,
      ...samples.map(({ words: found, vectors }) =>
        Math.max(BY_SAMPLE * support(word, found), 0.7 * nearness(word, vectors)),
      ),
    ),
  )
  toldBySamples.set(asked, { words, held })
  return held
}

function askedOf(
  words: readonly QuestionWord[],
  { asked = [], lang }: NumberedPassage,
  { start, end }: PassageUnit,
  supports: readonly number[],
  near: readonly Float32Array[],
  known: Remembered,
): Pick<ExtractionFeatures, 'likeness' | 'likenesses' | 'kinship' | 'kinships' | 'covered' | 'unheard'> {
  const alike = asked
    .flatMap((one) =>
      one.likeness.map((likeness) => likeness * (one.start < end && start < one.end ? 1 : SAME_PASSAGE)),
    )
    .sort((a, b) => b - a)
    .slice(0, MOST_ALIKE)
  const kin = asked
    .flatMap((one) => one.kinship.map((kinship) => kinship * (one.start < end && start < one.end ? 1 : SAME_PASSAGE)))
    .sort((a, b) => b - a)
    .slice(0, MOST_ALIKE)
  const own = asked.filter((one) => one.start < end && start < one.end)
  const bySamples = own.map((one) => heldBySamples(words, one, lang, known))
  const held = words.map((word, index) =>
    Math.max(supports[index] ?? 0, 0.8 * nearness(word, near), ...bySamples.map((one) => one[index] ?? 0)),
  )
  return {
    likeness: asked.length === 0 ? UNASKED : (alike[0] ?? 0),
    likenesses: asked.length === 0 ? UNASKED : alike.reduce((sum, one) => sum + one, 0) / MOST_ALIKE,
    kinship: asked.length === 0 ? UNASKED : Math.max(0, kin[0] ?? 0),
    kinships: asked.length === 0 ? UNASKED : Math.max(0, kin.reduce((sum, one) => sum + one, 0) / MOST_ALIKE),
    covered: weightedShare(words, held),
    unheard: Math.max(
      0,
      ...words.map(
        (word, index) => Math.min(1, word.weight) * word.rarity * (1 - Math.min(1, (held[index] ?? 0) / FIRM)),
      ),
    ),
  }
}

const ANCHOR = /(?<!\p{L})(?:со дня|с даты|с момента|после(?! дня)|по окончании|не позднее чем)(?:\s+\p{L}+){1,3}/giu
const TIMED = new Set<AnswerKind>(['duration', 'when', 'day'])

const anchoredOf = (
  words: readonly QuestionWord[],
  { kind, countedFrom }: ExpectedAnswer,
  text: string,
  lang: Lang,
  known: Remembered,
): number => {
  if (!TIMED.has(kind) || countedFrom || lang === 'kk') return 0
  const rest = text.replaceAll(ANCHOR, ' ')
  if (rest === text) return 0
  const [all, own] = [text, rest].map((part) => {
    const found = known(part, lang).words
    return weightedShare(
      words,
      words.map((word) => support(word, found)),
    )
  })
  return Math.max(0, (all ?? 0) - (own ?? 0))
}

const NEARLY_ALL = 0.8
const NEGATION = /^(?:не|нет|без|нельзя)$/u
const DENIAL =
  /(?<!\p{L})(?:не(?!\s+(?:позднее|менее|более|превышающ|ранее))|нет|без|отказ\p{L}*|отсутств\p{L}*|недостат\p{L}*|за исключением|кроме|несоответств\p{L}*)(?!\p{L})/iu

/** Of each group a question means one: what is said of another is not said of it. */
const ALTERNATIVES = [
  ['e-mail', 'call'],
  ['authorised-body-it', 'authorised-body-quality'],
  ['ict-service', 'state-service'],
  ['call', 'in-writing'],
]

const contrastOf = (words: readonly QuestionWord[], { concepts }: Searchable): number => {
  const asked = meant(words)
  const surely = (id: string): boolean => concepts.get(id) === false
  return ALTERNATIVES.some((group) => {
    const mine = group.filter((id) => asked.has(id))
    return mine.length === 1 && !mine.some((id) => concepts.has(id)) && group.some((id) => surely(id))
  })
    ? 1
    : 0
}

const focusOf = (
  words: readonly QuestionWord[],
  own: readonly number[],
  around: readonly number[],
  { vectors }: Recalled,
): number => {
  const at = words.findIndex((word) => word.focus)
  const word = words[at]
  return word === undefined ? 0.5 : Math.max(own[at] ?? 0, 0.7 * (around[at] ?? 0), 0.6 * nearness(word, vectors))
}

const meaningOf = (words: readonly QuestionWord[], { vector }: Recalled): number => {
  const asked = sumOfVectors(
    words.flatMap((word) =>
      word.vector === null ? [] : [{ vector: word.vector, weight: Math.sqrt(word.rarity * Math.max(0, word.weight)) }],
    ),
  )
  return asked === null || vector === null ? 0 : Math.max(0, dotProduct(asked, vector))
}

const weakestLink = (words: readonly QuestionWord[], supports: readonly number[]): number => {
  let least = 1
  for (const [index, { weight }] of words.entries())
    least = Math.min(least, 1 - Math.min(1, weight) * (1 - Math.min(1, (supports[index] ?? 0) / FIRM)))
  return least
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
              vector: null,
              rarity: 1,
              near: null,
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

/** «акимат — это услугодатель»: the definition of what it may be says whether it is. */
const termNamed = (words: readonly QuestionWord[], text: string, lang: Lang, known: Remembered): number => {
  const dash = DASH.exec(text)
  if (dash === null || dash.index > 160) return 0
  const term = known(text.slice(0, dash.index).replace(/\(далее[\s\S]*$/u, ''), lang).words
  return words.some((word) => word.weight >= LEAST_WEIGHT && support(word, term) >= FIRM) ? 1 : 0
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
      [token.norm, ...token.also].some((form) => (token.lang === 'kk' ? KAZAKH_ACTOR : ACTOR).test(form)) &&
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
  const { strong, weak } = timeExpressions(text, lang)
  const times = strong.length > 0 ? strong : weak
  if (times.length === 0) return 0
  let best = 0
  for (const [start, end] of lang === 'ru' ? splitClauses(text) : [[0, text.length] as const]) {
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
