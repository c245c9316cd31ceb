import { fold } from '#ingest/compare/facts-of.ts'
import type { PassportGroup, PassportPart, PassportTitle } from './passport.ts'

type Style = 'paren' | 'dot' | 'dash' | 'plain'

interface Line {
  style: Style
  marker: string | null
  text: string
}

const MARKED: readonly [Style, RegExp][] = [
  ['paren', /^(\d+(?:-\d+)?\))\s*(.+)$/su],
  ['dot', /^(\d+(?:-\d+)?\.)\s+(.+)$/su],
  ['dash', /^([-–—•*])\s+(.+)$/su],
]

/** A word that cannot end a line: what follows belongs to it. */
const LEADS_ON =
  /(?<!\p{L})(?:и|или|либо|а|в|во|на|с|со|по|от|до|для|о|об|к|из|при|через|за|согласно|және|немесе|мен|пен|бен|не)$/iu

const lineOf = (text: string): Line => {
  for (const [style, pattern] of MARKED) {
    const [, marker, rest] = pattern.exec(text) ?? []
    if (marker !== undefined && rest !== undefined) return { style, marker, text: rest }
  }
  return { style: 'plain', marker: null, text }
}

/** «При обращении …: - заявление;» and «…: 1) заявление; 2) …» are printed in one line; nothing is split without the next number. */
function splitInline(line: string): string[] {
  const pieces: string[] = []
  let from = 0
  let number = Number(/^(\d+)\)/u.exec(line)?.[1] ?? '0')
  for (const match of line.matchAll(/(?<=[:;.])\s+(?=(?:(\d+)\)|[-–—])\s)/gu)) {
    const printed = match[1]
    const before = line.slice(0, match.index)
    if (printed === undefined ? !before.endsWith(':') || pieces.length > 0 : Number(printed) !== number + 1) continue
    if (printed !== undefined && number === 0 && !before.endsWith(':')) continue
    if (printed !== undefined) number += 1
    pieces.push(line.slice(from, match.index))
    from = match.index + match[0].length
  }
  return [...pieces, line.slice(from)]
}

/** Lines of a cell: those that the source breaks in the middle of a sentence joined, those that hold a list in a row split. */
function linesOf(text: string): Line[] {
  const joined: string[] = []
  for (const printed of text.split('\n')) {
    const line = printed.trim()
    const last = joined.at(-1)
    if (line === '') continue
    const goesOn =
      last !== undefined &&
      lineOf(line).style === 'plain' &&
      !/[.;:!?)»"]$/u.test(last) &&
      (LEADS_ON.test(last) || /^\p{Ll}/u.test(line))
    if (goesOn) joined[joined.length - 1] = `${last} ${line}`
    else joined.push(line)
  }
  return joined.flatMap(splitInline).map(lineOf)
}

const endsWithColon = (line: Line): boolean => line.text.endsWith(':')

/**
 * Which styles of marks name cases here and which name items. «1. Выдача лицензии» with «1) …» under it is a case; all of «1) … :» are
 * cases only where each of them ends with a colon.
 */
function titleStyles(lines: readonly Line[]): Set<Style> {
  const styles = new Set<Style>(['plain'])
  const dots = lines.flatMap((line, at) => (line.style === 'dot' ? [at] : []))
  const opens = (at: number): boolean => {
    const next = lines.slice(at + 1).find((line) => line.style !== 'plain')
    return next !== undefined && (next.style === 'paren' || next.style === 'dash')
  }
  if (dots.some(opens)) styles.add('dot')
  const parens = lines.filter((line) => line.style === 'paren')
  if (parens.length > 0 && parens.every(endsWithColon)) styles.add('paren')
  return styles
}

/** A name of a case, however it is punctuated. */
export const comparable = (text: string): string =>
  fold(text)
    .replaceAll(/[«»"“”„]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s.;:,]+$/u, '')
    .trim()

/**
 * The structure of a cell: whom its lines are about, and its items.
 * @param text lines of the cell
 * @param subservices names of the standard's sub-services, so that a title which is one is told from other cases
 * @returns groups in order of the text. Every line stands in exactly one place: as the last title of the first group that has it, or
 *   as a part. Pure.
 */
export function readOutline(
  text: string,
  subservices: readonly { num: string | null; text: string }[] = [],
): PassportGroup[] {
  const lines = linesOf(text)
  const titles = titleStyles(lines)
  const groups: PassportGroup[] = []
  const open: { style: Style; title: PassportTitle }[] = []
  const isTitle = (line: Line): boolean =>
    line.style === 'dot' ? titles.has('dot') : endsWithColon(line) && (line.style === 'dash' || titles.has(line.style))
  let afterTitle = false
  for (const line of lines) {
    if (isTitle(line)) {
      const same = open.findLastIndex(({ style }) => style === line.style)
      // A title right below another one narrows it; after parts it begins the next case of its kind.
      if (same >= 0 && (!afterTitle || same === open.length - 1)) open.length = same
      const name = comparable(line.text)
      const subservice = subservices.find((one) => comparable(one.text) === name)?.num ?? null
      open.push({ style: line.style, title: { marker: line.marker, text: line.text, subservice } })
      groups.push({ under: open.map(({ title }) => title), parts: [] })
      afterTitle = true
      continue
    }
    afterTitle = false
    let group = groups.at(-1)
    if (group === undefined) {
      group = { under: [], parts: [] }
      groups.push(group)
    }
    group.parts.push(partOf(line, group.parts))
  }
  return groups
}

function partOf(line: Line, before: readonly PassportPart[]): PassportPart {
  if (line.style === 'plain') return { kind: 'note', marker: null, text: line.text, depth: 0 }
  const head = before.findLast((part) => part.kind === 'item' && part.depth === 0)
  const isInner = line.style === 'dash' && head !== undefined && head.marker !== null && /\d/u.test(head.marker)
  return { kind: 'item', marker: line.marker, text: line.text, depth: isInner && head.text.endsWith(':') ? 1 : 0 }
}

/** All the text of an outline, each line once: what it was read from, but for where lines break. */
export const textOfGroups = (groups: readonly PassportGroup[]): string =>
  groups
    .flatMap(({ under, parts }) => [
      ...under.slice(-1).map(({ marker, text }) => (marker === null ? text : `${marker} ${text}`)),
      ...parts.map(({ marker, text }) => (marker === null ? text : `${marker} ${text}`)),
    ])
    .join('\n')

/**
 * How many items an outline lists, those inside of items not counted.
 * @returns null where it lists none, where numbers skip or repeat, or where a case has no items: then a count would mislead. Pure.
 */
export function countItems(groups: readonly PassportGroup[]): number | null {
  const last = (group: PassportGroup) => group.under.at(-1)
  let count = 0
  for (const [at, group] of groups.entries()) {
    const items = group.parts.filter((part) => part.kind === 'item' && part.depth === 0)
    const numbers = items.flatMap(({ marker }) =>
      marker !== null && /^\d+[.)]$/u.test(marker) ? [Number.parseInt(marker, 10)] : [],
    )
    if (numbers.some((number, index) => number !== index + 1)) return null
    const title = last(group)
    const narrows = title !== undefined && (groups[at + 1]?.under.includes(title) ?? false)
    if (items.length === 0 && title !== undefined && !narrows) return null
    count += items.length
  }
  return count === 0 ? null : count
}
