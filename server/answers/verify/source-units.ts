import type { Lang } from '#server/context.ts'
import { remembering } from '#server/search/analysis/recent-memory.ts'
import { splitClauses, splitPassage, splitRow, type PassageUnit } from '../split-passage.ts'
import type { NumberedPassage } from '../answerer.ts'
import type { LocatedQuote } from '../verify-sentence.ts'
import { atomsOf, silentRanges, type Atom } from './atoms-of.ts'
import { hasFiniteVerb, isName, isPlain, omissibleMembers, opensWithSubject, refersBack } from './omissible-members.ts'

export interface SourceAtom extends Atom {
  /** It stands in a quote, or in the lead-in that the quote completes: a sentence may rest on it. */
  isQuoted: boolean
}

/** A provision sentence as a sentence about it may tell it: everything in order, but for what may be left out. */
export interface SourceUnit {
  atoms: SourceAtom[]
  /** Runs of atoms, half-open, that may be left out as a whole without a change of what is left. */
  omissible: [from: number, to: number][]
}

/** A first line that ends like no sentence is the heading of the lines below: «Срок оказания», «3 рабочих дня». */
const HEADING = /^[^\n]*[^\s.;:,!?]\s*\n/u
/** Most atoms of a unit: of a longer list the lead-in with each item alone is enough. */
const MOST_ATOMS = 600

interface Part {
  text: string
  /** Where it begins in the passage; null: it stands in the words above the passage. */
  at: number | null
  isItem: boolean
}

/** A sentence that goes on behind a colon with items in one line: «X: a; b; c». */
const linesOf = (text: string, at: number | null): Part[] => {
  const colon = text.indexOf(':')
  const tail = text.slice(colon + 1)
  if (colon < 0 || !tail.includes(';')) return [{ text, at, isItem: false }]
  const parts: Part[] = [{ text: text.slice(0, colon + 1), at, isItem: false }]
  let from = colon + 1
  for (const piece of tail.split(/(?<=;)/u)) {
    if (/[\p{L}\d]/u.test(piece)) parts.push({ text: piece, at: at === null ? null : at + from, isItem: true })
    from += piece.length
  }
  return parts
}

/** The parts of a passage that a unit of it is made of, its lead-ins first. */
const partsOf = (passage: NumberedPassage, unit: PassageUnit): Part[] => {
  const { text } = passage
  const parts: Part[] = []
  const above = passage.context.trimEnd().split('\n').at(-1)?.trim() ?? ''
  if (above.endsWith(':')) parts.push({ text: above, at: null, isItem: false })
  if (unit.lead !== null)
    parts.push({ text: text.slice(unit.lead.start, unit.lead.end), at: unit.lead.start, isItem: false })
  if (unit.kind !== 'list') {
    const isItem = unit.lead !== null || parts.length > 0
    const own = linesOf(text.slice(unit.start, unit.end), unit.start)
    return [...parts, ...(own.length === 1 ? own.map((part) => ({ ...part, isItem })) : own)]
  }
  let at = unit.start
  for (const [index, line] of text.slice(unit.start, unit.end).split('\n').entries()) {
    if (index === 0) parts.push(...linesOf(line, at))
    else if (line.trim() !== '') parts.push({ text: line, at, isItem: true })
    at += line.length + 1
  }
  return parts
}

const ALTERNATIVE = /^(?:или|либо|немесе|не)$/u
const words = (atoms: readonly Atom[]): Atom[] => atoms.filter(({ kind }) => kind !== 'break')

/** Main clauses that a part can do without: each begins with its own subject, and nothing in it or behind it hangs on the other. */
const omissibleClauses = (part: Part, atoms: readonly Atom[], lang: Lang): [number, number][] => {
  const ranges: [number, number][] = []
  if (lang === 'ru') {
    const clauses = splitClauses(part.text).map(([from, to]): [number, number] => [
      atoms.findIndex(({ start }) => start >= from),
      atoms.findLastIndex(({ end }) => end <= to) + 1,
    ])
    if (clauses.length > 1) ranges.push(...clauses)
  } else {
    // Kazakh is head-final: a main clause ends with its finite verb.
    let from = 0
    const commas = atoms.flatMap(({ key, kind }, at) => (kind === 'break' && (key === ',' || key === ';') ? [at] : []))
    const clauses: [number, number][] = []
    for (const at of [...commas, atoms.length])
      if (at === atoms.length || hasFiniteVerb(atoms.slice(Math.max(0, at - 1), at), 'kk')) {
        clauses.push([from, at])
        from = at + 1
      }
    if (clauses.length > 1) ranges.push(...clauses)
  }
  return ranges.filter(([from, to], index) => {
    const clause = atoms.slice(from, to)
    const next = ranges[index + 1]
    const following = next === undefined ? [] : atoms.slice(...next)
    return (
      from >= 0 &&
      isPlain(clause, lang) &&
      hasFiniteVerb(clause, lang) &&
      opensWithSubject(clause, lang) &&
      (next === undefined || (opensWithSubject(following, lang) && !refersBack(following)))
    )
  })
}

const REMEMBERED = 4000
/** Parts of passages come again with every sentence that rests on them. */
const atomsOfPart = remembering(REMEMBERED, (text: string, lang: Lang): readonly Atom[] => atomsOf(text, lang))

/** Null: it must not be told without what else belongs to its list. */
const unitOf = (
  passage: NumberedPassage,
  unit: PassageUnit,
  quotes: readonly LocatedQuote[],
  hasSiblings: boolean,
): SourceUnit | null => {
  const { lang } = passage
  const parts = partsOf(passage, unit)
  const read = parts.map((part) => atomsOfPart(part.text, lang))
  const isList = parts.filter(({ isItem }) => isItem).length > 1
  const leads = read.filter((_, at) => parts[at]?.isItem === false)
  // Under a condition, an exception or an exclusion every item counts; alternatives stay alternatives.
  const isOpen =
    leads.every((atoms) => isPlain(atoms, lang, true)) &&
    read.every((atoms) => {
      const own = words(atoms)
      return !ALTERNATIVE.test(own[0]?.key ?? '') && !ALTERNATIVE.test(own.at(-1)?.key ?? '')
    })
  if (hasSiblings && !isOpen) return null
  const atoms: SourceAtom[] = []
  const omissible: [number, number][] = []
  for (const [index, part] of parts.entries()) {
    const own = read[index] ?? []
    const offset = atoms.length
    const isLead = !part.isItem && parts.length > 1
    for (const one of own) {
      const { at } = part
      const isQuoted =
        at === null ||
        isLead ||
        quotes.some(({ start, quote }) => at + one.start >= start && at + one.end <= start + quote.length)
      atoms.push({ ...one, isQuoted })
    }
    if (part.isItem && isList && isOpen) omissible.push([offset, atoms.length])
    // A heading that commands nothing is not needed by an item that is a sentence of its own.
    if (isLead && isName(own, lang) && read.slice(index + 1).every((later) => hasFiniteVerb(later, lang)))
      omissible.push([offset, atoms.length])
    const silent = silentRanges(part.text).map(([from, to]): [number, number] => [
      own.findIndex(({ start }) => start >= from),
      own.findLastIndex(({ end }) => end <= to) + 1,
    ])
    const inside = [
      ...silent.filter(([from, to]) => from >= 0 && from < to),
      ...omissibleClauses(part, own, lang),
      ...omissibleMembers(own, lang),
    ]
    omissible.push(...inside.map(([from, to]): [number, number] => [from + offset, to + offset]))
    if (index < parts.length - 1)
      atoms.push({
        key: '\n',
        kind: 'break',
        raw: '\n',
        start: 0,
        end: 0,
        stem: '',
        isImpersonal: false,
        isQuoted: true,
      })
  }
  return { atoms, omissible }
}

/**
 * The provision sentences that quotes of a passage stand in: whole, so that what a quote was cut off from is there, each with the
 * lead-in of the list that it is an item of.
 */
export const sourceUnits = (passage: NumberedPassage, quotes: readonly LocatedQuote[]): SourceUnit[] => {
  const { text, lang } = passage
  const rows = HEADING.test(text) ? splitRow(text, text.length) : []
  const units = rows.length > 0 ? rows : splitPassage(text, lang === 'ru')
  const quoted = units.filter(({ start, end }) =>
    quotes.some((quote) => quote.start < end && start < quote.start + quote.quote.length),
  )
  const isAbove = passage.context.trimEnd().endsWith(':')
  return quoted.flatMap((unit) => {
    const list = units.find(({ kind, start, end }) => kind === 'list' && start <= unit.start && unit.end <= end)
    // Of what stands under a lead-in above the passage nobody sees here what else does.
    const hasSiblings = unit.kind !== 'list' && (isAbove || list !== undefined)
    const isAlternative =
      hasSiblings &&
      list !== undefined &&
      /(?:^|\s)(?:или|либо|немесе)[\s,;]*$/imu.test(text.slice(list.start, list.end))
    const found = isAlternative ? null : unitOf(passage, unit, quotes, hasSiblings)
    return found === null || found.atoms.length > MOST_ATOMS ? [] : [found]
  })
}
