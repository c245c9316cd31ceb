import type { Lang } from '../act.ts'
import { MARKDOWN_MARKERS, type MarkdownMarkers } from '../markdown/markers.ts'
import type { ReadCell, ReadRow, ReadTable } from '../markdown/tables.ts'
import { type Line, splitLines } from '../source-lines.ts'
import { collapseTraced, trace, type Traced } from '../traced.ts'

/** Lines `[from, to)` of a text that make a table. */
export interface PlainTable {
  from: number
  to: number
  table: ReadTable
}

/** A row that is being read: the lines of its cells. */
interface Row {
  cells: Traced[][]
  start: number
  end: number
}

const NUMBER = /^(\d+)(?:-\d+)?[.)]?$/
/** Rows of a standard at least, for lines alone to make a table. */
const FEWEST_ROWS = 3

/** What no cell begins with: the header of an appendix, a note, a chapter. */
function isOutside({ text }: Line, markers: MarkdownMarkers): boolean {
  if (text.length > 600) return false
  const opens = [markers.appendix, markers.approved, markers.note, markers.section, markers.chapter, markers.paragraph]
  return opens.some((marker) => marker.test(text))
}

const textOf = (source: string, line: Line): Traced =>
  collapseTraced(trace(source, line.textStart, line.textStart + line.text.length))

/** The pieces of a line between its tabs; those before its first letter too. */
function piecesOf(source: string, line: Line): Traced[] {
  const pieces: Traced[] = []
  let from = line.start
  for (let at = line.start; at <= line.end; at += 1) {
    if (at < line.end && source.charAt(at) !== '\t') continue
    pieces.push(collapseTraced(trace(source, from, at)))
    from = at + 1
  }
  return pieces
}

const cellOf = (lines: readonly Traced[], row: Row): ReadCell => {
  const own = lines.filter(({ text }) => text !== '')
  return {
    lines: own,
    colspan: 1,
    rowspan: 1,
    header: false,
    struck: false,
    start: own[0]?.at[0] ?? row.start,
    end: (own.at(-1)?.at.at(-1) ?? row.start - 1) + 1,
  }
}

function tableOf(rows: readonly Row[], from: number, to: number): PlainTable {
  const read = rows.map((row): ReadRow => ({
    cells: row.cells.map((lines) => cellOf(lines, row)),
    start: row.start,
    end: row.end,
  }))
  const [start, end] = [read[0]?.start ?? 0, read.at(-1)?.end ?? 0]
  return { from, to, table: { rows: read, start, end, unclosed: false } }
}

/** Lines above a table that may be its first rows: longer ones would be the text of an appendix. */
const MOST_ABOVE = 30

/**
 * The title of a standard stands in the table's first row, over all columns, and in the next ones what kinds of the service there are:
 * in a text, in the lines above, without an empty line between.
 * @returns the rows, and the line that they begin at
 */
function captionAbove(
  source: string,
  lines: readonly Line[],
  at: number,
  markers: MarkdownMarkers,
): { rows: Row[]; from: number } {
  for (let from = at - 1; from >= Math.max(0, at - MOST_ABOVE); from -= 1) {
    const line = lines[from]
    if (line === undefined || isOutside(line, markers)) break
    if (markers.standard.test(line.text)) {
      const own = [lines.slice(from, from + 1), lines.slice(from + 1, at)].filter((part) => part.length > 0)
      return { rows: own.map((part) => captionRow(source, part)), from }
    }
    if ((lines[from + 1]?.blanksBefore ?? 0) > 0 || line.blanksBefore > 0) break
  }
  return { rows: [], from: at }
}

function captionRow(source: string, lines: readonly Line[]): Row {
  const [first, last] = [lines[0], lines.at(-1)]
  return {
    cells: [lines.map((line) => textOf(source, line))],
    start: first?.textStart ?? 0,
    end: last === undefined ? 0 : last.textStart + last.text.length,
  }
}

/** Rows by lines, cells by tabs, as a table is copied into a text; further lines of a cell stand on lines of their own. */
function tabbedTable(source: string, lines: readonly Line[], at: number, markers: MarkdownMarkers): PlainTable | null {
  const isTabbed = (line: Line): boolean => line.text.includes('\t')
  const first = lines[at]
  if (first === undefined || !isTabbed(first)) return null
  let to = at + 1
  for (let line = lines[to]; line !== undefined; line = lines[to]) {
    const goesOn = isTabbed(line) || (line.blanksBefore === 0 && !isOutside(line, markers))
    if (!goesOn) break
    to += 1
  }
  const own = lines.slice(at, to)
  const columns = own.reduce((most, line) => Math.max(most, isTabbed(line) ? piecesOf(source, line).length : 1), 1)
  const caption = captionAbove(source, lines, at, markers)
  const rows: Row[] = [...caption.rows]
  let row: Row | null = null
  for (const line of own) {
    const pieces = isTabbed(line) ? piecesOf(source, line) : [textOf(source, line)]
    const [head, ...rest] = pieces
    const goesOn: boolean =
      row !== null &&
      head !== undefined &&
      (rest.length === 0 || (row.cells.length < columns && row.cells.length - 1 + pieces.length <= columns)) &&
      !(rest.length > 0 && NUMBER.test(head.text))
    if (row !== null && goesOn && head !== undefined) {
      row.cells.at(-1)?.push(head)
      row.cells.push(...rest.map((piece) => [piece]))
      row.end = line.textStart + line.text.length
      continue
    }
    row = { cells: pieces.map((piece) => [piece]), start: line.textStart, end: line.textStart + line.text.length }
    rows.push(row)
  }
  return tableOf(rows, caption.from, to)
}

/**
 * A service standard whose cells stand on lines of their own, as text editors save a page: its rows are numbered, each number stands
 * alone on its line, what a row is about stands on the next one. Another table can not be told from text that way.
 */
function standardByLines(
  source: string,
  lines: readonly Line[],
  at: number,
  markers: MarkdownMarkers,
): PlainTable | null {
  const begins = (index: number): boolean =>
    /^1[.)]?$/.test(lines[index]?.text ?? '') && markers.standardRow.test(lines[index + 1]?.text ?? '')
  if (!begins(at)) return null
  const starts = [at]
  let to = lines.length
  for (let index = at + 1; index < to; index += 1) {
    const line = lines[index]
    if (line === undefined) break
    if (isOutside(line, markers) || begins(index)) to = index
    const number = Number(NUMBER.exec(line.text)?.[1] ?? '0')
    const last = Number(NUMBER.exec(lines[starts.at(-1) ?? at]?.text ?? '')?.[1] ?? '0')
    // What a row says may be a number too; what it is about is not.
    if (number === last + 1 && index + 2 < to && index > (starts.at(-1) ?? at) + 2) starts.push(index)
  }
  if (starts.length < FEWEST_ROWS) return null
  const final = starts.at(-1) ?? at
  // Where rows stand without empty lines between, an empty line ends the table.
  const isTight = lines.slice(at + 1, final + 1).every(({ blanksBefore }) => blanksBefore === 0)
  const gap = isTight ? lines.slice(final + 1, to).findIndex(({ blanksBefore }) => blanksBefore > 0) : -1
  if (gap >= 0) to = final + 1 + gap
  const caption = captionAbove(source, lines, at, markers)
  const rows = starts.map((start, index): Row => {
    const own = lines.slice(start, starts[index + 1] ?? to)
    const [number, about, ...said] = own.map((line) => textOf(source, line))
    const last = own.at(-1)
    return {
      cells: [number === undefined ? [] : [number], about === undefined ? [] : [about], said],
      start: own[0]?.textStart ?? 0,
      end: last === undefined ? 0 : last.textStart + last.text.length,
    }
  })
  return tableOf([...caption.rows, ...rows], caption.from, to)
}

/**
 * The tables of a plain text, in order: rows with tabs between their cells, and service standards with a cell a line. Of what else a
 * table may have been in a text nothing is known. Pure.
 */
export function plainTables(source: string, lines: readonly Line[], lang: Lang): PlainTable[] {
  const markers = MARKDOWN_MARKERS[lang]
  const found: PlainTable[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const table = tabbedTable(source, lines, at, markers) ?? standardByLines(source, lines, at, markers)
    if (table === null) continue
    found.push(table)
    at = table.to - 1
  }
  return found
}

/** Whether a text in Russian has such tables: then it is no print, whose tables are grids of words. */
export const hasPlainTables = (source: string): boolean => plainTables(source, splitLines(source), 'ru').length > 0
