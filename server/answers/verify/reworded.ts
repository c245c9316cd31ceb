import type { Lang } from '#server/context.ts'
import type { NumberedPassage } from '../answerer.ts'
import type { LocatedQuote } from '../verify-sentence.ts'
import { atomsOf, type Atom } from './atoms-of.ts'
import { hasFiniteVerb } from './omissible-members.ts'
import { sourceUnits, type SourceAtom, type SourceUnit } from './source-units.ts'

/** Why a sentence is not what its source says. */
export interface Rewording {
  reason: 'words-not-in-quote' | 'wording-changed'
  /** The words that stand in the way. */
  detail: string
}

/** «составляет» is what a dash says as well. */
const COPULA: Record<Lang, ReadonlySet<string>> = {
  ru: new Set(['составляет', 'составляют']),
  kk: new Set(['құрайды']),
}
const AND: Record<Lang, string> = { ru: 'и', kk: 'және' }
const MOST_MOVES = 400

const isBreak = ({ kind }: Atom): boolean => kind === 'break'
/**
 * Whether two atoms say the same. A word keeps its form, since the form is what says who does and who suffers, how many, whether it is denied,
 * and for what. It may differ behind an equal number («десяти метров», «10 метров») and before a modal that governs otherwise («Оператору
 * запрещается», «Оператор не вправе»).
 */
const isSame = (said: readonly Atom[], i: number, source: readonly SourceAtom[], j: number, lang: Lang): boolean => {
  const mine = said[i]
  const theirs = source[j]
  if (mine === undefined || theirs === undefined || isBreak(theirs)) return false
  if (mine.key === theirs.key) return true
  if (lang === 'kk' || mine.kind !== 'word' || theirs.kind !== 'word') return false
  if (mine.stem !== theirs.stem || mine.stem.length < 3) return false
  const before = [said[i - 1], source[j - 1]] as const
  if (before[0]?.kind === 'value' && /^#[\d.]+$/u.test(before[0].key) && before[0].key === before[1]?.key) return true
  const [modal, other] = [said[i + 1], source[j + 1]]
  return modal?.kind === 'modal' && modal.key === other?.key && modal.isImpersonal !== other.isImpersonal
}

interface Reached {
  whole: boolean
  /** How far the sentence was followed, and where in the source that was. */
  said: number
  source: number
}

/**
 * Follows a sentence through a source from its beginning to its end: each atom of either must be met by the other's, but for runs that may
 * be left out. All states of such an alignment, as an automaton over both (no search: each is visited once).
 */
const follow = (said: readonly Atom[], unit: SourceUnit, lang: Lang): Reached => {
  const { atoms: source, omissible } = unit
  const width = source.length + 1
  const seen = new Uint8Array((said.length + 1) * width)
  const skips = new Map<number, number[]>()
  for (const [from, to] of omissible) skips.set(from, [...(skips.get(from) ?? []), to])
  let best: Reached = { whole: false, said: 0, source: 0 }
  const stack: [number, number][] = [[0, 0]]
  const go = (i: number, j: number): void => {
    const at = i * width + j
    if (seen[at] === 1) return
    seen[at] = 1
    stack.push([i, j])
  }
  for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
    const [i, j] = state
    if (i > best.said || (i === best.said && j > best.source)) best = { whole: false, said: i, source: j }
    if (i === said.length && j === source.length) return { whole: true, said: i, source: j }
    const mine = said[i]
    const theirs = source[j]
    for (const to of skips.get(j) ?? []) go(i, to)
    if (theirs !== undefined && (isBreak(theirs) || (COPULA[lang].has(theirs.key) && isAtMeasure(source, j, lang))))
      go(i, j + 1)
    if (mine === undefined) continue
    const before = source[j - 1]
    if (before !== undefined && isBreak(before)) {
      if ((before.key === '-' || before.key === ':') && COPULA[lang].has(mine.key) && theirs?.kind === 'value')
        go(i + 1, j)
      if ((before.key === ';' || before.key === '\n') && mine.key === AND[lang] && i > 0) go(i + 1, j)
    }
    if (theirs?.isQuoted === true && isSame(said, i, source, j, lang)) go(i + 1, j + 1)
  }
  return best
}

/** «составляет 5 дней», not «составляет протокол»: the copula stands right at a term, a sum or a share. */
const isAtMeasure = (source: readonly Atom[], at: number, lang: Lang): boolean =>
  (lang === 'ru' ? source[at + 1] : source[at - 1])?.key.startsWith('=') === true

const withoutBreaks = (atoms: readonly Atom[]): Atom[] => atoms.filter((one) => !isBreak(one))

const PREPOSITION = /^(?:в|во|на|по|с|со|к|ко|о|об|от|из|у|для|при|до|после|за|через)$/u
const KAZAKH_ADVERBIAL = /(?:^|\s)(?:ішінде|бойынша|кейін|дейін|бастап)$|(?:[дт][ае]|[ндт][ае]н|[ғгқк][ае]|н[ае])$/u
const UNMOVED = /^(?:и|или|либо|а|но|не|ни|лишь|только|кроме|без|және|немесе|ал|бірақ|емес|жоқ|тек|ғана|де|да)$/u
const LONGEST_ADVERBIAL = 9

/**
 * A phrase that carries its own mark of what it is for, so that it may stand elsewhere in its clause: a Russian one begins with its
 * preposition; of Kazakh ones only those that count («екі жұмыс күні ішінде») have a beginning that can be seen.
 */
const isAdverbial = (block: readonly Atom[], lang: Lang): boolean => {
  const [first] = block
  const last = block.at(-1)
  if (first === undefined || last === undefined) return false
  if (block.some(({ kind, key }) => kind === 'modal' || kind === 'break' || UNMOVED.test(key))) return false
  if (lang === 'ru') return block.length > 1 && PREPOSITION.test(first.key)
  return (first.kind === 'value' || first.key === 'күнтізбелік') && KAZAKH_ADVERBIAL.test(last.raw.toLowerCase())
}

/** What a phrase may be taken away from: «за десять дней» needs its «до отъезда». */
const isClosed = (before: readonly Atom[]): boolean => {
  const last = before.at(-1)
  return last !== undefined && last.kind !== 'value' && !PREPOSITION.test(last.key)
}

/** A clause or phrase that says of itself that it hangs on the other one. */
const isSubordinate = (half: readonly Atom[], lang: Lang): boolean => {
  const own = withoutBreaks(half)
  return lang === 'ru'
    ? PREPOSITION.test(own[0]?.key ?? '') || /^(?:если|когда|пока|поскольку|хотя)$/u.test(own[0]?.key ?? '')
    : /^егер$/u.test(own[0]?.key ?? '') || /(?:[сш][ае]|жағдайда)$/u.test(own.at(-1)?.key ?? '')
}

/**
 * The sentence with its clauses turned («если A, B» as «B, если A»), and with one adverbial taken from the head of its clause to its end or to its
 * verb, or to its head from anywhere. No number crosses another one, and nothing crosses a negation, a conjunction or a comma.
 */
const reordered = (said: readonly Atom[], lang: Lang): Atom[][] => {
  const found: Atom[][] = []
  for (const [at, { key }] of said.entries()) {
    const halves = [said.slice(0, at), said.slice(at + 1)]
    if (key === ',' && halves.some((half) => isSubordinate(half, lang))) found.push(halves.toReversed().flat())
  }
  const isCut = (atoms: readonly Atom[]): boolean => atoms.some((one) => isBreak(one) || UNMOVED.test(one.key))
  const clash = (left: readonly Atom[], right: readonly Atom[]): boolean =>
    [left, right].every((atoms) => atoms.some(({ kind }) => kind === 'value'))
  const ends = [...said.flatMap((one, at) => (isBreak(one) ? [at] : [])), said.length]
  let begin = 0
  for (const end of ends) {
    for (let from = begin; from < end; from += 1)
      for (let to = from + 1; to <= Math.min(end, from + LONGEST_ADVERBIAL); to += 1) {
        const block = said.slice(from, to)
        if (!isAdverbial(block, lang)) continue
        const before = said.slice(begin, from)
        if (from > begin && !isCut(before) && !clash(before, block) && isClosed(before))
          found.push([...said.slice(0, begin), ...block, ...before, ...said.slice(to)])
        if (from > begin) continue
        for (let target = to + 1; target <= end; target += 1) {
          const jumped = said.slice(to, target)
          const isAtVerb = hasFiniteVerb(said.slice(target - 1, target + 1), lang)
          if ((target < end && !isAtVerb) || isCut(jumped) || clash(jumped, block) || !isClosed(jumped)) continue
          found.push([...said.slice(0, from), ...jumped, ...block, ...said.slice(target)])
        }
      }
    begin = end + 1
  }
  return found.slice(0, MOST_MOVES)
}

/** «По п. 8 Правил», «8-тармақ бойынша»: where it stands is known of the passage itself. */
const withoutLabel = (said: readonly Atom[], labels: ReadonlySet<string>, lang: Lang): Atom[] => {
  const at = said.findIndex(({ key }) => key.startsWith('§') && labels.has(key))
  if (at < 0) return [...said]
  const document = /^(?:правил|қағидалар\p{L}*|ереже\p{L}*)$/u
  const isKazakh = lang === 'kk'
  let from = at
  let to = at + 1
  if (isKazakh) {
    if (document.test(said[from - 1]?.key ?? '')) from -= 1
    if (/^(?:бойынша|сәйкес)$/u.test(said[to]?.key ?? '')) to += 1
  } else {
    if (document.test(said[to]?.key ?? '')) to += 1
    const before = said.slice(0, from).map(({ key }) => key)
    if (/^(?:по|согласно)$/u.test(before.at(-1) ?? '')) from -= 1
    else if (before.slice(-3).join(' ') === 'в соответствии с') from -= 3
  }
  // Only at the head, or in brackets at the end: elsewhere it is a part of what is said.
  const isHead = withoutBreaks(said.slice(0, from)).length === 0
  const isTail = withoutBreaks(said.slice(to)).length === 0
  return isHead || isTail ? [...said.slice(0, from), ...said.slice(to)] : [...said]
}

/**
 * What a sentence changed of the wording it rests on. Deterministic, in three steps:
 *
 * 1. sentence and source become atoms (`atomsOf`): words in their form, numbers, terms, sums and dates as values;
 * 2. the source is not the quote but the whole provision sentence around it, with the lead-in of its list (`sourceUnits`);
 * 3. the sentence must be that source, in its order, word for word, from beginning to end, but for edits of a closed set: main clauses, items
 *    and members that nothing else hangs on may be left out (`omissibleMembers`), equal spellings may replace one another, one adverbial or
 *    a whole clause may move. Whatever else was added, dropped, changed or moved is a rewording, whichever word it is.
 *
 * So no list says which words matter: every word does, unless an edit is proven to keep the truth. That is the sentence-level form of natural
 * logic (MacCartney and Manning, "Natural logic for textual inference", 2007: a chain of edits each of which entails the next) with deletion as
 * the main edit, as in sentence compression (Knight and Marcu 2002; Clarke and Lapata 2008). Measures of faithfulness known for summaries are
 * scores: the share of extractive fragments (Grusky et al., "Newsroom", 2018), classifiers trained on swapped entities, numbers and
 * negations (FactCC, Kryściński et al. 2020), inference per sentence (SummaC, Laban et al. 2022), attribution to a source (AIS, Rashkin et
 * al. 2023). They err on a share of sentences, the most on negation and bounds, and need models that no one can inspect a year
 * later; their ways of corrupting a true sentence are what our hostile pairs are made from.
 *
 * @param proposed.text the sentence
 * @param quotes where its quotes were found
 * @param labels references that the cited passages themselves bear («п. 8»)
 * @returns null when one of its sources says it
 */
export const reworded = (
  proposed: { text: string; lang: Lang },
  passages: readonly NumberedPassage[],
  quotes: readonly LocatedQuote[],
  labels: ReadonlySet<string>,
): Rewording | null => {
  const { lang } = proposed
  const said = withoutLabel(atomsOf(proposed.text, lang), labels, lang)
  const plain = withoutBreaks(said)
  const units = passages.flatMap((passage) =>
    sourceUnits(
      passage,
      quotes.filter(({ number }) => number === passage.number),
    ),
  )
  let furthest: { reached: Reached; unit: SourceUnit } | null = null
  for (const unit of units) {
    const reached = follow(plain, unit, lang)
    if (reached.whole) return null
    if (furthest === null || reached.said > furthest.reached.said) furthest = { reached, unit }
  }
  const isKnown = (one: Atom, unit: SourceUnit): boolean =>
    unit.atoms.some(({ key, stem, isQuoted }) => isQuoted && (key === one.key || (stem !== '' && stem === one.stem)))
  const likely = units.filter((unit) =>
    plain.every((one) => COPULA[lang].has(one.key) || one.key === AND[lang] || isKnown(one, unit)),
  )
  if (likely.length > 0)
    for (const order of reordered(said, lang))
      for (const unit of likely) if (follow(withoutBreaks(order), unit, lang).whole) return null
  if (furthest === null) return { reason: 'words-not-in-quote', detail: proposed.text }
  const { reached, unit } = furthest
  const strange = plain.find((one) => !units.some((candidate) => isKnown(one, candidate)))
  if (strange !== undefined) return { reason: 'words-not-in-quote', detail: strange.raw }
  const mine = plain.slice(reached.said, reached.said + 3).map(({ raw }) => raw)
  const theirs = unit.atoms.slice(reached.source, reached.source + 3).map(({ raw }) => raw)
  return { reason: 'wording-changed', detail: `«${mine.join(' ')}» ≠ «${theirs.join(' ').trim()}»` }
}
