import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'
import type { Cell, Table, TableRow } from './submission.ts'

/** 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** `BC12` → column 54, row 12; null when it is no address. */
export function cellAddress(address: string): { column: number; row: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address)
  if (found === null) return null
  let column = 0
  for (const letter of found[1] ?? '') column = column * 26 + (letter.codePointAt(0) ?? 0) - 64
  return { column: column - 1, row: Number(found[2]) }
}

export const textCell = (text: string): Cell => ({ text, kind: 'text', formula: null, merged: null })

/** Collects rows of tables and refuses what grows beyond the limits. */
export function rowCollector() {
  let filledRows = 0
  let characters = 0
  return {
    /** @throws Refusal `too-many-rows`, `too-much-text` */
    add(table: Table, row: TableRow): void {
      let filled = false
      for (const cell of row.cells) {
        if (cell === undefined || cell.text === '') continue
        filled = true
        characters += cell.text.length
      }
      if (!filled && !row.cells.some((cell) => cell !== undefined && cell.formula !== null)) return
      filledRows += 1
      if (filledRows > LIMITS.filledRows) throw new Refusal('too-many-rows', { limit: LIMITS.filledRows })
      if (characters > LIMITS.text) throw new Refusal('too-much-text')
      table.rows.push(row)
    },
  }
}

/** A range of merged cells, rows from 1, columns from 0, both ends within. */
export interface MergedRange {
  top: number
  bottom: number
  left: number
  right: number
}

/** Gives every covered cell the text of the one that covers it, and says so. */
export function spreadMerged(table: Table, ranges: readonly MergedRange[]): void {
  const byNumber = new Map(table.rows.map((row, index) => [row.number, index]))
  for (const { top, bottom, left, right } of ranges) {
    const first = byNumber.get(top)
    const origin = first === undefined ? undefined : table.rows[first]?.cells[left]
    if (first === undefined || origin === undefined || origin.text === '') continue
    for (let i = first; i < table.rows.length; i += 1) {
      const row = table.rows[i]
      if (row === undefined || row.number > bottom) break
      for (let column = left; column <= Math.min(right, LIMITS.columns - 1); column += 1)
        if (row.number !== top || column !== left)
          row.cells[column] = { ...origin, merged: column === left ? 'down' : 'across' }
    }
  }
}
