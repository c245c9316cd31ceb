import { parse, CsvError } from 'csv-parse/sync'
import { rowCollector, textCell } from './cells.ts'
import { columnOfTitle } from './column-of-title.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'
import type { Table } from './submission.ts'

const DELIMITERS = [';', ',', '\t', '|'] as const

/** Cells that a text may be cut into: many thousand rows of the form, and delimiters within their texts. */
const CELLS = 1_000_000

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) count += 1
  return count
}

const records = (text: string, delimiter: string, to: number): string[][] =>
  parse(text, {
    delimiter,
    to,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: LIMITS.cell * 16,
  })

/** Which delimiter makes a header of the first records. */
function delimiterOf(text: string): string {
  const told = /^sep=(.)\r?\n/iu.exec(text)?.[1]
  if (told !== undefined) return told
  const titles = (delimiter: string): number => {
    try {
      const rows = records(text.slice(0, 128 * 1024), delimiter, LIMITS.headerWithin)
      return Math.max(0, ...rows.map((row) => new Set(row.map(columnOfTitle).filter((key) => key !== null)).size))
    } catch {
      return 0
    }
  }
  const ranked = DELIMITERS.map((delimiter) => ({ delimiter, count: titles(delimiter) }))
  return ranked.reduce((best, one) => (one.count > best.count ? one : best)).delimiter
}

/**
 * Reads a text of separated values (RFC 4180, and what Excel writes). Rows are counted as Excel counts them.
 * @throws Refusal `csv-broken`, `too-many-rows`, `too-much-text`
 */
export function readCsv(text: string): { tables: Table[]; delimiter: string } {
  const delimiter = delimiterOf(text)
  // A cell costs more than its characters: ten megabytes of delimiters would take many seconds.
  if (countOf(text, delimiter) > CELLS) throw new Refusal('too-much-text')
  const skipped = /^sep=.\r?\n/iu.exec(text)?.[0].length ?? 0
  let rows: string[][]
  try {
    rows = records(text.slice(skipped), delimiter, LIMITS.filledRows * 2)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error ? Number(error['lines']) : 0
    throw new Refusal('csv-broken', { line: line + (skipped > 0 ? 1 : 0) })
  }
  if (rows.length === LIMITS.filledRows * 2) throw new Refusal('too-many-rows', { limit: LIMITS.filledRows })
  const table: Table = { name: null, hidden: false, rows: [] }
  const collector = rowCollector()
  for (const [i, cells] of rows.entries())
    collector.add(table, {
      number: i + (skipped > 0 ? 2 : 1),
      cells: cells.slice(0, LIMITS.columns).map((cell) => textCell(cell.slice(0, LIMITS.cell + 1).trim())),
    })
  return { tables: [table], delimiter }
}
