import { columnLetter } from './cells.ts'
import { columnOfTitle } from './column-of-title.ts'
import { LIMITS } from './limits.ts'
import { message, quoted, Refusal } from './messages.ts'
import { COLUMN_TITLES, COLUMNS, type ColumnKey, type SubmissionMessage, type Table } from './submission.ts'

export interface FoundColumn {
  key: ColumnKey
  /** Places of its cells in a row; several where the file splits it, as into telephone and e-mail. */
  indexes: number[]
  letter: string | null
  title: string
}

export interface FoundTable {
  table: Table
  /** Places in `table.rows`: the last row of the header. */
  headerAt: number
  columns: FoundColumn[]
  messages: SubmissionMessage[]
}

/** Columns that may be split in several, which are read together. */
const SPLIT: ReadonlySet<ColumnKey> = new Set(['contacts', 'responsible'])
/** As few titles as make a row a header; fewer are words in a text. */
const ENOUGH = 4

interface Header {
  at: number
  titles: string[]
  keys: (ColumnKey | null)[]
  count: number
}

const titlesOf = (table: Table, at: number): string[] => {
  const cells = table.rows[at]?.cells ?? []
  return Array.from({ length: cells.length }, (_, i) => cells[i]?.text ?? '')
}

function headerOf(at: number, titles: string[]): Header {
  const keys = titles.map((title) => columnOfTitle(title))
  return { at, titles, keys, count: new Set(keys.filter((key) => key !== null)).size }
}

/** A second row of a header: whatever it adds of its own names columns. A row of services has much else in it. */
function isSubHeader(table: Table, at: number): boolean {
  const own = (table.rows[at]?.cells ?? []).filter((cell) => cell !== undefined && cell.merged !== 'down')
  const texts = own.flatMap((cell) => (cell === undefined || cell.text === '' ? [] : [cell.text]))
  return texts.length > 0 && texts.every((text) => columnOfTitle(text) !== null)
}

/** The row, or two rows, that name most columns. */
function bestHeader(table: Table): Header | null {
  let best: Header | null = null
  const rows = Math.min(table.rows.length, LIMITS.headerWithin)
  for (let at = 0; at < rows; at += 1) {
    const one = headerOf(at, titlesOf(table, at))
    if (best === null || one.count > best.count) best = one
    if (at === 0) continue
    const above = titlesOf(table, at - 1)
    // A cell merged over both rows names its column twice with the same words.
    const both = Array.from({ length: Math.max(above.length, one.titles.length) }, (_, i) => {
      const [upper = '', lower = ''] = [above[i], one.titles[i]]
      return upper === lower ? upper : `${upper} ${lower}`.trim()
    })
    const two = headerOf(at, both)
    if (two.count >= best.count && isSubHeader(table, at)) best = two
  }
  return best
}

/** The row of numbers 1 2 3 … that the form has under its titles. */
function isNumbering(table: Table, at: number): boolean {
  const texts = titlesOf(table, at).filter((text) => text !== '')
  return (
    texts.length >= 3 && new Set(texts).size === texts.length && texts.every((text) => /^(?:[1-9]|[12]\d)$/u.test(text))
  )
}

function columnsOf(header: Header, lettered: boolean): { columns: FoundColumn[]; messages: SubmissionMessage[] } {
  const columns: FoundColumn[] = []
  const messages: SubmissionMessage[] = []
  for (const [index, key] of header.keys.entries()) {
    const title = quoted(header.titles[index] ?? '')
    const letter = lettered ? columnLetter(index) : null
    const held = columns.find((column) => column.key === key)
    if (key === null) {
      if (title !== '')
        messages.push(message('column-unknown', { title }, { sheet: null, row: null, column: { key, letter, title } }))
    } else if (held === undefined) columns.push({ key, indexes: [index], letter, title })
    else if (SPLIT.has(key)) held.indexes.push(index)
    else if (held.title !== title || lettered)
      messages.push(
        message(
          'column-repeated',
          {
            title: quoted(COLUMN_TITLES[key]),
            letters: lettered ? `${held.letter} и ${letter}` : `${held.title}, ${title}`,
          },
          { sheet: null, row: null, column: { key, letter, title } },
        ),
      )
  }
  for (const key of COLUMNS)
    if (key !== 'number' && !columns.some((column) => column.key === key))
      messages.push(
        message(
          'column-missing',
          { title: COLUMN_TITLES[key] },
          { sheet: null, row: null, column: { key, letter: null, title: COLUMN_TITLES[key] } },
        ),
      )
  return { columns, messages }
}

/**
 * Finds the table of Appendix 1 among all tables of a file, and its columns by their names.
 * @param lettered columns have letters, as in a spreadsheet
 * @throws Refusal `header-not-found`, `sheet-ambiguous`
 */
export function findTable(tables: readonly Table[], lettered: boolean): FoundTable {
  const headers = tables.flatMap((table) => {
    const header = bestHeader(table)
    return header === null ? [] : [{ table, header }]
  })
  const likely = headers.filter(({ header }) => header.count >= ENOUGH)
  if (likely.length === 0) {
    const nearest = headers.toSorted((a, b) => b.header.count - a.header.count)[0]?.header
    const found = nearest?.titles.filter((_, i) => nearest.keys[i] !== null).map((title) => `«${quoted(title)}»`) ?? []
    throw new Refusal('header-not-found', { found: found.slice(0, 8).join(', ') })
  }
  const hasRows = ({ table, header }: (typeof likely)[number]) =>
    table.rows.slice(header.at + 1).some((_, i) => !isNumbering(table, header.at + 1 + i))
  // An empty form beside the filled one, or a hidden copy of last year, is no second submission.
  const preferences = [likely.filter(hasRows), likely]
  let candidates = preferences.find((some) => some.length > 0) ?? likely
  const shown = candidates.filter(({ table }) => !table.hidden)
  if (shown.length > 0) candidates = shown
  const [chosen] = candidates
  if (chosen === undefined || candidates.length > 1)
    throw new Refusal('sheet-ambiguous', { sheets: candidates.map(({ table }) => `«${table.name ?? ''}»`).join(', ') })

  const { table, header } = chosen
  const { columns, messages } = columnsOf(header, lettered)
  const others = tables.filter((other) => other !== table && other.rows.length > 0)
  if (table.hidden) messages.push(message('sheet-hidden', { sheet: table.name ?? '' }))
  if (others.length > 0)
    messages.push(
      message('sheets-left-out', {
        sheets: others
          .slice(0, 10)
          .map(({ name }) => `«${name ?? ''}»`)
          .join(', '),
      }),
    )
  const headerAt = isNumbering(table, header.at + 1) ? header.at + 1 : header.at
  const row = table.rows[header.at]?.number ?? null
  return {
    table,
    headerAt,
    columns,
    messages: messages.map((one) => ({
      ...one,
      place: { ...one.place, sheet: table.name, row: row === 0 ? null : row },
    })),
  }
}
