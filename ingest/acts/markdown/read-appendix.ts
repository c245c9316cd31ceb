import type { Provision, TableCell } from '../act.ts'
import { addRemark, say } from '../tree-builder.ts'
import { extentOf, type Traced } from '../traced.ts'
import { type Block, joinTraced } from './blocks.ts'
import { cleanText } from './clean.ts'
import { addElement, type OpenAppendix, type State } from './state.ts'
import { type ReadCell, type ReadRow, type ReadTable, readTables } from './tables.ts'

const ROW_NUMBER = /^(\d+(?:-\d+)?)[.)]?$/

function cellOf(state: State, cell: ReadCell, eid: string): TableCell {
  return {
    lines: cell.lines.map((line) => cleanText(state.builder, line, eid).text),
    colspan: cell.colspan,
    rowspan: cell.rowspan,
    header: cell.header,
  }
}

const numberOf = (row: ReadRow): string | null => {
  const first = row.cells[0]
  if (first === undefined || row.cells.length < 2 || first.lines.length !== 1) return null
  return ROW_NUMBER.exec(first.lines[0]?.text ?? '')?.[1] ?? null
}

const captionRows = (table: ReadTable): ReadRow[] => {
  const first = table.rows.findIndex((row) => numberOf(row) !== null)
  return table.rows.slice(0, Math.max(0, first)).filter((row) => row.cells.length === 1)
}

const textOfRow = (row: ReadRow): string => row.cells.flatMap((cell) => cell.lines.map((line) => line.text)).join(' ')

/** A service standard says so in its title, or by what its rows are about. */
function isStandard(state: State, table: ReadTable, title: string): boolean {
  const { markers } = state
  if (!table.rows.some((row) => numberOf(row) !== null)) return false
  const captions = captionRows(table).map(textOfRow).join(' ')
  return (
    markers.standard.test(title) ||
    markers.standard.test(captions) ||
    table.rows.some((row) => numberOf(row) !== null && markers.standardRow.test(row.cells[1]?.lines[0]?.text ?? ''))
  )
}

/** Words for the standard: its own name, and the name in a row's label. */
function wordsFor(state: State, title: string): { own: string; row: (num: string) => string } {
  const old = /стандарт/iu.test(title)
  return state.builder.lang === 'kk'
    ? { own: old ? 'Стандарт' : 'Тізбе', row: (num) => `${old ? 'Стандарттың' : 'Тізбенің'} ${num}-тармағы` }
    : { own: old ? 'Стандарт' : 'Перечень', row: (num) => `п. ${num} ${old ? 'Стандарта' : 'Перечня'}` }
}

/** Rows of a standard, each an element: number, what it is about, what it says. */
function addRows(
  state: State,
  appendix: Provision,
  table: Provision,
  read: ReadTable,
  row: (num: string) => string,
): void {
  const { builder } = state
  const captions = new Set(captionRows(read))
  let last: Provision | null = null
  for (const one of read.rows) {
    if (captions.has(one)) continue
    const num = numberOf(one)
    const cells = one.cells.map((cell) => cell.lines.map((line) => cleanText(builder, line, null).text))
    if (num === null) {
      // A row without a number of its own goes on with the one above.
      const text = cells.flat().join('\n')
      if (text === '') continue
      if (last === null) {
        table.text = table.text === '' ? text : `${table.text}\n${text}`
        continue
      }
      last.text = `${last.text}\n${text}`
      last.span = builder.locate.span(last.span.start.offset, one.end)
      last.raw = builder.source.slice(last.span.start.offset, one.end)
      continue
    }
    const [, name = [], ...values] = cells
    const label = `${appendix.label}, ${row(num)}`
    last = addElement(state, {
      kind: 'row',
      num,
      step: `row_${num}`,
      parent: appendix,
      heading: name.join(' '),
      text: values.flat().join('\n'),
      extent: { start: one.start, end: one.end },
      label,
    })
    last.parentEid = table.eid
    if (one.cells.every((cell) => cell.struck || cell.lines.length === 0)) last.status = 'excluded'
    if (last.text === '')
      say(
        builder,
        'warning',
        'row-empty',
        `${label}: строка таблицы без содержания. Сверьте с печатным изданием.`,
        one.start,
        one.end,
      )
  }
}

function addStandard(state: State, appendix: Provision, read: ReadTable, title: string): void {
  const { builder } = state
  const lines = captionRows(read).flatMap((row) => row.cells.flatMap((cell) => cell.lines))
  const caption = lines.map((line) => cleanText(builder, line, null).text)
  const words = wordsFor(state, title || caption.join(' '))
  const table = addElement(state, {
    kind: 'table',
    num: null,
    step: 'table',
    parent: appendix,
    heading: caption[0] ?? (title || null),
    text: caption.slice(1).join('\n'),
    extent: { start: read.start, end: read.end },
    label: `${appendix.label}, ${words.own}`,
  })
  table.table = {
    isStandard: true,
    rows: read.rows.map((row) => ({
      cells: row.cells.map((cell) => cellOf(state, cell, table.eid)),
      span: builder.locate.span(row.start, row.end),
    })),
  }
  addRows(state, appendix, table, read, words.row)
}

function addPlainTable(state: State, parent: Provision, read: ReadTable, step: string): void {
  const { builder } = state
  const caption = captionRows(read).map(textOfRow).join(' ')
  const table = addElement(state, {
    kind: 'table',
    num: null,
    step,
    parent,
    heading: caption === '' ? null : caption,
    text: '',
    extent: { start: read.start, end: read.end },
    label: `${parent.label}, ${builder.lang === 'kk' ? 'кесте' : 'таблица'}`,
  })
  const rows = read.rows.map((row) => ({
    cells: row.cells.map((cell) => cellOf(state, cell, table.eid)),
    span: builder.locate.span(row.start, row.end),
  }))
  table.table = { isStandard: false, rows }
  table.text = rows
    .map(({ cells }) => cells.map((cell) => cell.lines.join(' ')).join(' | '))
    .filter((line) => /[^\s|]/.test(line))
    .join('\n')
}

interface Content {
  title: Traced[]
  lines: Traced[]
  tables: ReadTable[]
  start: number
  end: number
}

function contentOf(state: State, blocks: readonly Block[]): Content {
  const { builder, markers } = state
  const content: Content = {
    title: [],
    lines: [],
    tables: [],
    start: blocks[0]?.start ?? 0,
    end: blocks.at(-1)?.end ?? 0,
  }
  for (const block of blocks) {
    if (block.kind === 'html') {
      const { tables, faults } =
        block.tables === undefined
          ? readTables(builder.source, block.start, block.end)
          : { tables: block.tables, faults: [] }
      for (const table of tables)
        if (table.unclosed)
          say(
            builder,
            'error',
            'table-unclosed',
            'таблица не закрыта (</table>): текст оборван. Загрузите полный текст.',
            table.start,
            table.end,
          )
      for (const fault of faults) {
        addRemark(builder, 'layout', fault.text, fault)
        say(
          builder,
          'warning',
          'unknown-text',
          `текст «${fault.text.slice(0, 60)}» стоит в HTML вне таблицы и сохранен как оформление.`,
          fault.start,
          fault.end,
        )
      }
      content.tables.push(...tables)
      continue
    }
    const isTitle = block.kind === 'heading' && content.lines.length === 0 && content.tables.length === 0
    if (isTitle) content.title.push(block.traced)
    else if (block.kind === 'paragraph' && markers.formMark.test(block.traced.text) && content.lines.length === 0)
      addRemark(builder, 'layout', block.traced.text, extentOf(block.traced))
    else content.lines.push(...block.lines)
  }
  return content
}

/** A title without the blanks to fill in. */
const withoutBlanks = (title: string): string => title.replace(/_{3,}/g, ' ').replace(/\s+/g, ' ').trim()

/** Makes an element of an appendix's collected content: a service standard, a form, or a table. */
export function closeAppendix(state: State, { provision: appendix, content: blocks }: OpenAppendix): void {
  const { builder } = state
  const content = contentOf(state, blocks)
  const title = cleanText(builder, joinTraced(content.title), appendix.eid).text
  const lines = content.lines.map((line) => cleanText(builder, line, appendix.eid).text).filter((line) => line !== '')
  const standard = content.tables.find((table) => isStandard(state, table, title))
  const caption = standard === undefined ? '' : (captionRows(standard)[0]?.cells[0]?.lines[0]?.text ?? '')
  const shown = withoutBlanks(title || caption)
  const later = blocks.find((block) => block.kind === 'heading')?.traced
  appendix.heading = shown || (later === undefined ? null : withoutBlanks(cleanText(builder, later, null).text)) || null
  if (blocks.length === 0) {
    const { start, end } = appendix.span
    say(
      builder,
      'warning',
      'appendix-empty',
      `${appendix.label}: после заголовка приложения нет текста. Сверьте с печатным изданием.`,
      start.offset,
      end.offset,
    )
    return
  }
  for (const one of content.title) addRemark(builder, 'title', one.text, extentOf(one))
  if (standard !== undefined) {
    addStandard(state, appendix, standard, title)
    const rest = content.tables.filter((table) => table !== standard)
    for (const [index, table] of rest.entries()) addPlainTable(state, appendix, table, `table_${String(index + 2)}`)
    if (lines.length > 0) {
      appendix.text = lines.join('\n')
      appendix.span = builder.locate.span(appendix.span.start.offset, content.end)
    }
    return
  }
  if (lines.length === 0 && title === '' && content.tables.length > 0) {
    for (const [index, table] of content.tables.entries())
      addPlainTable(state, appendix, table, index === 0 ? 'table' : `table_${String(index + 1)}`)
    return
  }
  const form = addElement(state, {
    kind: 'form',
    num: null,
    step: 'form',
    parent: appendix,
    heading: withoutBlanks(title) || null,
    text: [...(title === '' ? [] : [title]), ...lines].join('\n'),
    extent: { start: content.start, end: content.end },
    label: `${appendix.label}, ${builder.lang === 'kk' ? 'нысан' : 'форма'}`,
  })
  form.form = { columns: [], footer: lines }
  for (const [index, table] of content.tables.entries()) addPlainTable(state, form, table, `table_${String(index + 1)}`)
}
