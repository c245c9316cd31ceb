import { rowCollector, spreadMerged, textCell, type MergedRange } from './cells.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'
import { readXml } from './read-xml.ts'
import type { Cell, Table } from './submission.ts'
import type { ZipParts } from './zip-parts.ts'

const DOCUMENT = 'word/document.xml'
/** Text that a reader does not see: struck by a reviewer, moved away, codes of fields, second copies for old programs. */
const UNSEEN = new Set(['del', 'moveFrom', 'instrText', 'delText', 'delInstrText', 'Fallback'])

/**
 * Reads the tables of a .docx document (ECMA-376); a table within a cell is text of that cell.
 * @throws Refusal
 */
export async function readDocument(parts: ZipParts): Promise<Table[]> {
  const collector = rowCollector()
  const tables: Table[] = []
  let table: Table = { name: null, hidden: false, rows: [] }
  let merges: MergedRange[] = []
  /** Open vertical merges by their column. */
  let running = new Map<number, MergedRange>()
  let [nested, unseen, rowNumber, column, inText] = [0, 0, 0, 0, false]
  let cells: (Cell | undefined)[] = []
  let cell = { text: '', span: 1, merge: null as 'restart' | 'continue' | null }

  const endCell = () => {
    const right = Math.min(column + cell.span - 1, LIMITS.columns - 1)
    if (column < LIMITS.columns) {
      const above = running.get(column)
      if (cell.merge === 'continue' && above !== undefined) above.bottom = rowNumber
      else {
        cells[column] = textCell(cell.text.replaceAll(/[ \t]+/g, ' ').trim())
        const range = { top: rowNumber, bottom: rowNumber, left: column, right }
        if (cell.merge === 'restart' || right > column) merges.push(range)
        if (cell.merge === 'restart') running.set(column, range)
        else running.delete(column)
        if (merges.length > LIMITS.merges) throw new Refusal('too-many-merges')
      }
    }
    column += cell.span
  }

  await readXml(DOCUMENT, parts.read(DOCUMENT), {
    open: ({ name, attributes }) => {
      if (UNSEEN.has(name)) unseen += 1
      if (unseen > 0) return
      if (name === 'tbl') {
        nested += 1
        if (nested === 1) {
          if (tables.length === LIMITS.sheets) throw new Refusal('too-many-sheets', { limit: LIMITS.sheets })
          table = { name: `Таблица ${tables.length + 1}`, hidden: false, rows: [] }
          merges = []
          running = new Map()
          rowNumber = 0
        }
      }
      if (nested === 0) return
      if (nested === 1 && name === 'tr') [rowNumber, column, cells] = [rowNumber + 1, 0, []]
      else if (nested === 1 && name === 'tc') cell = { text: '', span: 1, merge: null }
      else if (nested === 1 && name === 'gridSpan')
        cell.span = Math.min(Math.max(1, Math.trunc(Number(attributes['val'] ?? 1)) || 1), LIMITS.columns)
      else if (nested === 1 && name === 'vMerge') cell.merge = attributes['val'] === 'restart' ? 'restart' : 'continue'
      else if (nested === 1 && name === 'gridBefore')
        column += Math.min(Math.max(0, Math.trunc(Number(attributes['val'] ?? 0)) || 0), LIMITS.columns)
      else if (name === 't') inText = true
      else if (name === 'tab') cell.text += ' '
      else if (name === 'br' || name === 'cr') cell.text += '\n'
      else if (name === 'noBreakHyphen') cell.text += '-'
    },
    close: (name) => {
      if (UNSEEN.has(name)) {
        unseen -= 1
        return
      }
      if (unseen > 0 || nested === 0) return
      if (name === 't') inText = false
      else if (name === 'p') cell.text += '\n'
      else if (name === 'tc' && nested === 1) endCell()
      else if (name === 'tr' && nested === 1) collector.add(table, { number: rowNumber, cells })
      else if (name === 'tbl') {
        nested -= 1
        if (nested > 0) return
        spreadMerged(table, merges)
        tables.push(table)
      }
    },
    text: (text) => {
      if (inText && unseen === 0 && nested > 0 && cell.text.length <= LIMITS.cell) cell.text += text
    },
  })
  return tables
}
