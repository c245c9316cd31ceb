import { printedDay } from '#ingest/text/printed-day.ts'
import { cellAddress, rowCollector, spreadMerged, type MergedRange } from './cells.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'
import { readXml } from './read-xml.ts'
import type { Cell, Table } from './submission.ts'
import type { ZipParts } from './zip-parts.ts'

const WORKBOOK = 'xl/workbook.xml'

/** Formats 14–22 and 45–47 of Office Open XML (ECMA-376, part 1, 18.8.30) are dates or times. */
const isBuiltInDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47)
const isDateFormat = (code: string): boolean => /[dmyдмг]/iu.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./gu, ''))

async function readRelations(parts: ZipParts): Promise<Map<string, string>> {
  const name = 'xl/_rels/workbook.xml.rels'
  const targets = new Map<string, string>()
  await readXml(name, parts.read(name), {
    open: ({ name: tag, attributes: { Id, Target = '', TargetMode } }) => {
      if (tag !== 'Relationship' || Id === undefined || TargetMode === 'External') return
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
    },
    close: () => {},
    text: () => {},
  })
  return targets
}

interface Sheet {
  name: string
  hidden: boolean
  part: string
}

async function readSheets(parts: ZipParts): Promise<{ sheets: Sheet[]; date1904: boolean }> {
  const targets = await readRelations(parts)
  const sheets: Sheet[] = []
  let date1904 = false
  await readXml(WORKBOOK, parts.read(WORKBOOK), {
    open: ({ name, attributes }) => {
      if (name === 'workbookPr') date1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name !== 'sheet') return
      if (sheets.length === LIMITS.sheets) throw new Refusal('too-many-sheets', { limit: LIMITS.sheets })
      const part = targets.get(attributes['id'] ?? '')
      // Diagrams and dialogs are sheets too, with nothing to read.
      if (part?.startsWith('xl/worksheets/') === true)
        sheets.push({
          name: (attributes['name'] ?? '').slice(0, 100),
          hidden: attributes['state'] === 'hidden' || attributes['state'] === 'veryHidden',
          part,
        })
    },
    close: () => {},
    text: () => {},
  })
  return { sheets, date1904 }
}

/** Texts that cells share, in order. */
async function readSharedStrings(parts: ZipParts): Promise<string[]> {
  const name = 'xl/sharedStrings.xml'
  const strings: string[] = []
  if (!parts.names.has(name)) return strings
  let [text, inText, inPhonetic, characters] = ['', false, false, 0]
  await readXml(name, parts.read(name), {
    open: ({ name: tag }) => {
      if (tag === 'si') text = ''
      else if (tag === 't') inText = !inPhonetic
      else if (tag === 'rPh') inPhonetic = true
    },
    close: (tag) => {
      if (tag === 't') inText = false
      else if (tag === 'rPh') inPhonetic = false
      else if (tag === 'si') {
        characters += text.length + 16
        if (characters > LIMITS.text) throw new Refusal('too-much-text')
        strings.push(text)
      }
    },
    text: (part) => {
      if (inText) text += part
    },
  })
  return strings
}

/** Which cell formats show a number as a date, by index. */
async function readDateStyles(parts: ZipParts): Promise<boolean[]> {
  const name = 'xl/styles.xml'
  const formats = new Map<number, boolean>()
  const styles: boolean[] = []
  if (!parts.names.has(name)) return styles
  let inCellFormats = false
  await readXml(name, parts.read(name), {
    open: ({ name: tag, attributes }) => {
      if (tag === 'numFmt' && formats.size < 10_000)
        formats.set(Number(attributes['numFmtId']), isDateFormat((attributes['formatCode'] ?? '').slice(0, 1000)))
      else if (tag === 'cellXfs') inCellFormats = true
      else if (tag === 'xf' && inCellFormats && styles.length < 100_000) {
        const id = Number(attributes['numFmtId'] ?? 0)
        styles.push(formats.get(id) ?? isBuiltInDate(id))
      }
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCellFormats = false
    },
    text: () => {},
  })
  return styles
}

/** A serial day of a workbook as DD.MM.YYYY. */
function serialDay(serial: number, date1904: boolean): string {
  const time = (serial + (date1904 ? 1462 : 0) - 25_569) * 24 * 3600 * 1000
  const day = new Date(Math.round(time / 1000) * 1000)
  if (Number.isNaN(day.getTime())) return String(serial)
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-')
  return `${date}.${month}.${year}`
}

const plainNumber = (value: string): string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? String(number) : value
}

/**
 * Reads the sheets of an .xlsx workbook (ECMA-376), row by row under the limits.
 * @throws Refusal
 */
export async function readWorkbook(parts: ZipParts): Promise<Table[]> {
  const { sheets, date1904 } = await readSheets(parts)
  const strings = await readSharedStrings(parts)
  const dateStyles = await readDateStyles(parts)
  const collector = rowCollector()
  const tables: Table[] = []

  for (const { name, hidden, part } of sheets) {
    const table: Table = { name, hidden, rows: [] }
    const merges: MergedRange[] = []
    let row: { number: number; cells: (Cell | undefined)[] } = { number: 0, cells: [] }
    let column = -1
    let cell = { type: 'n', style: 0, value: '', hasValue: false, hasFormula: false }
    let reading: 'value' | 'inline' | null = null

    const cellOf = (): Cell | undefined => {
      const { type, value, hasValue, hasFormula } = cell
      const formula = hasFormula ? (hasValue && value !== '' ? 'with-value' : 'without-value') : null
      if (!hasValue && formula === null) return undefined
      const found = (kind: Cell['kind'], text: string): Cell => ({
        text: text.slice(0, LIMITS.cell + 1),
        kind,
        formula,
        merged: null,
      })
      switch (type) {
        case 's':
          return found('text', strings[Number(value)] ?? '')
        case 'str':
        case 'inlineStr':
          return found('text', value)
        case 'b':
          return found('boolean', value === '1' ? 'ИСТИНА' : 'ЛОЖЬ')
        case 'e':
          return found('error', value)
        case 'd':
          return found('date', printedDay(value.slice(0, 10)))
        default:
          return value === ''
            ? found('text', '')
            : dateStyles[cell.style] === true
              ? found('date', serialDay(Number(value), date1904))
              : found('number', plainNumber(value))
      }
    }

    await readXml(part, parts.read(part), {
      open: ({ name: tag, attributes }) => {
        if (tag === 'row') {
          row = { number: Number(attributes['r'] ?? row.number + 1), cells: [] }
          column = -1
          if (!Number.isSafeInteger(row.number) || row.number < 1) throw new Refusal('xml-broken', { part })
        } else if (tag === 'c') {
          column = cellAddress(attributes['r'] ?? '')?.column ?? column + 1
          cell = {
            type: attributes['t'] ?? 'n',
            style: Number(attributes['s'] ?? 0),
            value: '',
            hasValue: false,
            hasFormula: false,
          }
        } else if (tag === 'v') [reading, cell.hasValue] = ['value', true]
        else if (tag === 't') [reading, cell.hasValue] = ['inline', true]
        else if (tag === 'f') cell.hasFormula = true
        else if (tag === 'mergeCell') {
          const [from = '', to = from] = (attributes['ref'] ?? '').split(':')
          const [start, end] = [cellAddress(from), cellAddress(to)]
          if (merges.length === LIMITS.merges) throw new Refusal('too-many-merges')
          if (start !== null && end !== null)
            merges.push({ top: start.row, bottom: end.row, left: start.column, right: end.column })
        }
      },
      close: (tag) => {
        if (tag === 'v' || tag === 't') reading = null
        else if (tag === 'c') {
          if (column < LIMITS.columns) row.cells[column] = cellOf()
        } else if (tag === 'row') collector.add(table, row)
      },
      text: (text) => {
        if (reading !== null && cell.value.length <= LIMITS.cell) cell.value += text
      },
    })
    spreadMerged(table, merges)
    tables.push(table)
  }
  return tables
}
