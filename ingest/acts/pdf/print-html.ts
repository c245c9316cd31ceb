import type { Message } from '../act.ts'
import { between } from '../join-lines.ts'
import { type Vocabulary, vocabularyOf } from '../vocabulary.ts'
import { furnitureOf } from './furniture-of.ts'
import { columnsUnder, goesOn, type Grid, type GridCell, gridsOf, joinColumns } from './grids-of.ts'
import { linesOf } from './lines-of.ts'
import { hadRoom, type Measure, measureOf, paragraphsOf, type PrintParagraph } from './paragraphs-of.ts'
import { PRINT_LIMITS, type PrintLine, type PrintPage, type PrintText } from './print.ts'
import { PrintRefusal, readPrint } from './read-print.ts'

export interface PrintHtml {
  /** The print as HTML, each paragraph with its page and line (`data-at="3:12"`); null when it was refused. */
  html: string | null
  /** Places: the line is the number of the page, the column that of the line on it. */
  messages: Message[]
}

/** Fewer letters on a page with a picture: the page is a scan. */
const FEWEST_LETTERS = 20
/** Letters that no font's table of characters explains. */
const MOST_UNREADABLE = 0.02

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const place = (page: number, line = 1): Message['place'] => {
  const start = { line: Math.max(1, page), column: Math.max(1, line), offset: 0 }
  return { start, end: start }
}

interface Reading {
  vocabulary: Vocabulary
  messages: Message[]
}

/** What stood between two lines of a paragraph. */
function gapOf(before: string, after: string): '' | ' ' {
  if (/\S\/$/.test(before) && /^\p{L}/u.test(after)) return ''
  return between(before, after, false)
}

/** Undoes hyphenation: «государствен-|ной» is one word where the print has that word elsewhere; else the hyphen stays. */
function joinWords(reading: Reading, before: string, line: PrintLine): string {
  const broken = /([\p{L}]+)[-\u00AD\u2010]$/u.exec(before)
  const rest = /^(\p{Ll}[\p{L}]*)/u.exec(line.text)
  if (broken === null || rest === null) return before + gapOf(before, line.text) + line.text
  const [head, tail] = [broken[1] ?? '', rest[1] ?? '']
  const { vocabulary } = reading
  const soft = !before.endsWith('-')
  if (!soft && (vocabulary.has(`${head}-${tail}`) || !vocabulary.has(head + tail)))
    return before + gapOf(before, line.text) + line.text
  reading.messages.push({
    severity: 'info',
    rule: 'hyphenation-undone',
    text: `перенос убран: «${head}-${tail}» прочитано как «${head}${tail}».`,
    place: place(line.page, line.number),
  })
  return before.slice(0, -1) + line.text
}

/** A paragraph's lines as HTML; lines that somebody broke stay apart. */
function linesHtml(reading: Reading, { lines, align }: PrintParagraph, measure: Measure): string {
  const parts: string[] = []
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const last = parts.at(-1)
    const apart =
      before !== undefined && (align === 'right' || (align === 'center' && hadRoom(before, line, measure, true)))
    if (last === undefined || apart) parts.push(line.text)
    else parts[parts.length - 1] = joinWords(reading, last, line)
  }
  return parts.map(escapeHtml).join('<br>')
}

function paragraphHtml(reading: Reading, paragraph: PrintParagraph, measure: Measure): string {
  const { lines, align, gapBefore } = paragraph
  const [first] = lines
  let inside = linesHtml(reading, paragraph, measure)
  if (lines.every((line) => line.struck)) inside = `<s>${inside}</s>`
  if (lines.every((line) => line.italic)) inside = `<i>${inside}</i>`
  if (lines.every((line) => line.bold)) inside = `<b>${inside}</b>`
  const at = `data-at="${String(first?.page ?? 1)}:${String(first?.number ?? 1)}"`
  return `${gapBefore ? '<p></p>' : ''}<p ${at}${align === 'left' ? '' : ` align="${align}"`}>${inside}</p>`
}

/** A cell over the pages it goes over. */
interface TableCell {
  box: GridCell
  pieces: { lines: PrintLine[]; box: GridCell }[]
}

interface Table {
  grid: Grid
  rows: TableCell[][]
}

type Flow = { kind: 'line'; line: PrintLine } | { kind: 'table'; table: Table; page: number }

const holds = (box: { left: number; right: number; top: number; bottom: number }, one: PrintText): boolean => {
  const [x, y] = [one.x + one.width / 2, one.y - 0.3 * one.size]
  return x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 1 && y <= box.bottom + 1
}

function tableOf(grid: Grid, page: PrintPage, texts: readonly PrintText[], number: number): Table {
  const rows = grid.rows.map((cells) =>
    cells.map((box): TableCell => {
      const lines = linesOf(
        texts.filter((one) => holds(box, one)),
        page.rules,
        number,
      )
      return { box, pieces: lines.length === 0 ? [] : [{ lines, box }] }
    }),
  )
  return { grid, rows }
}

/** Adds the rows of a table that goes on over a page's edge; a row parted by it becomes one again. */
function goOn(above: Table, below: Table): void {
  const rest = [...below.rows]
  if (above.grid.openBottom || below.grid.openTop) {
    const [first] = rest
    const last = above.rows.findLast((row) => row.length > 0)
    if (first !== undefined && last !== undefined) {
      rest.shift()
      for (const cell of first) {
        const middle = (cell.box.left + cell.box.right) / 2
        const upper =
          last.find(({ box }) => middle > box.left && middle < box.right) ??
          above.rows.flat().findLast(({ box }) => middle > box.left && middle < box.right)
        upper?.pieces.push(...cell.pieces)
      }
    }
  }
  above.rows.push(...rest)
  above.grid = { ...below.grid, columns: joinColumns(above.grid.columns, below.grid.columns) }
}

function tableHtml(reading: Reading, { grid, rows }: Table, page: number, pitch: number): string[] {
  const cellHtml = ({ box, pieces }: TableCell): string[] => {
    const wide = columnsUnder(box, grid.columns)
    const spans = `${wide > 1 ? ` colspan="${String(wide)}"` : ''}${box.rowspan > 1 ? ` rowspan="${String(box.rowspan)}"` : ''}`
    const lines = pieces.flatMap((piece) => piece.lines)
    const left = Math.min(box.right, ...lines.map((line) => line.x))
    const measure: Measure = { left, right: box.right - Math.max(2, left - box.left), pitch, indent: 0 }
    const inside = paragraphsOf(lines, measure).map((paragraph) =>
      paragraphHtml(reading, { ...paragraph, gapBefore: false, align: 'left' }, measure),
    )
    return [`<td${spans}>`, ...inside, '</td>']
  }
  return [
    `<table data-at="${String(page)}:1">`,
    ...rows.flatMap((cells) => ['<tr>', ...cells.flatMap(cellHtml), '</tr>']),
    '</table>',
  ]
}

/** What is on each page, top first: lines, and the ruled tables with the texts in them. */
function flowOf(page: PrintPage, number: number): Flow[] {
  const grids = gridsOf(page.rules).filter((grid) =>
    page.texts.some((one) => one.text.trim() !== '' && holds(grid, one)),
  )
  const inGrids = new Set<PrintText>()
  const flow: Flow[] = []
  for (const grid of grids) {
    const own = page.texts.filter((one) => !inGrids.has(one) && holds(grid, one))
    for (const one of own) inGrids.add(one)
    flow.push({ kind: 'table', table: tableOf(grid, page, own, number), page: number })
  }
  for (const line of linesOf(
    page.texts.filter((one) => !inGrids.has(one)),
    page.rules,
    number,
  ))
    flow.push({ kind: 'line', line })
  const topOf = (one: Flow): number => (one.kind === 'line' ? one.line.y - one.line.size : one.table.grid.top)
  flow.sort((a, b) => topOf(a) - topOf(b))
  let count = 0
  const numbered = (line: PrintLine): void => {
    line.number = count += 1
  }
  for (const one of flow) {
    if (one.kind === 'line') numbered(one.line)
    else for (const cell of one.table.rows.flat()) for (const piece of cell.pieces) piece.lines.forEach(numbered)
  }
  return flow
}

/** A print that cannot be read as text. @throws PrintRefusal */
function checkReadable(pages: readonly PrintPage[], messages: Message[]): void {
  const letters = pages.map(({ texts }) =>
    texts.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0),
  )
  const all = letters.reduce((sum, one) => sum + one, 0)
  const scanned = pages.flatMap(({ images }, index) =>
    images > 0 && (letters[index] ?? 0) < FEWEST_LETTERS ? [index + 1] : [],
  )
  if (all < FEWEST_LETTERS)
    throw new PrintRefusal(
      scanned.length > 0 ? 'pdf-scanned' : 'pdf-empty',
      scanned.length > 0
        ? 'в файле нет текста, только изображения страниц (скан). Загрузите печатную форму с текстом или распознанный текст.'
        : 'в файле нет текста. Проверьте, тот ли это файл.',
    )
  const [first] = scanned
  if (first !== undefined)
    throw new PrintRefusal(
      'page-scanned',
      `страницы без текста, только изображение: ${scanned.slice(0, 20).join(', ')}. Текст на них был бы потерян: загрузите файл с текстом.`,
      first,
    )
  const text = pages.flatMap(({ texts }) => texts.map((one) => one.text)).join('')
  const unreadable = text.match(/[\p{Co}\uFFFD]/gu)?.length ?? 0
  if (unreadable > MOST_UNREADABLE * all)
    throw new PrintRefusal(
      'pdf-unreadable',
      'шрифты файла не говорят, какие это буквы: текст нельзя прочитать. Сохраните печатную форму заново или загрузите .docx.',
    )
  for (const [index, { images }] of pages.entries())
    if (images > 0)
      messages.push({
        severity: 'warning',
        rule: 'image-left-out',
        text: `на странице есть изображения (${String(images)}), они не читаются: если на них текст, внесите его словами.`,
        place: place(index + 1),
      })
}

/**
 * The pages of a print as HTML that says the same, its messages added to those given.
 *
 * @throws PrintRefusal: a scan, letters that cannot be read, too much text.
 */
export function htmlOfPages(pages: readonly PrintPage[], messages: Message[]): string {
  checkReadable(pages, messages)
  const flows = pages.map((page, index) => flowOf(page, index + 1))
  const pageLines = flows.map((flow) => flow.flatMap((one) => (one.kind === 'line' ? [one.line] : [])))
  const everyLine = [
    ...pageLines.flat(),
    ...flows
      .flatMap((flow) =>
        flow.flatMap((one) => (one.kind === 'table' ? one.table.rows.flat().flatMap(({ pieces }) => pieces) : [])),
      )
      .flatMap(({ lines }) => lines),
  ]
  const sizes = everyLine.map((line) => line.size).sort((a, b) => a - b)
  const furniture = furnitureOf(
    pages.map(({ height }, index) => ({ height, lines: pageLines[index] ?? [] })),
    sizes[Math.floor(sizes.length / 2)] ?? 12,
  )
  const bodies = pageLines.map((lines) => lines.filter((line) => !furniture.has(line)))
  const measure = measureOf(bodies)
  const reading: Reading = { vocabulary: vocabularyOf(everyLine.map((line) => line.text)), messages }
  const out: string[] = []
  let lines: PrintLine[] = []
  let open: { table: Table; page: number; last: number } | null = null
  const endLines = (): void => {
    out.push(...paragraphsOf(lines, measure).map((one) => paragraphHtml(reading, one, measure)))
    lines = []
  }
  const endTable = (): void => {
    if (open !== null) out.push(...tableHtml(reading, open.table, open.page, measure.pitch))
    open = null
  }
  for (const one of flows.flat()) {
    if (one.kind === 'line') {
      if (furniture.has(one.line)) continue
      endTable()
      lines.push(one.line)
    } else if (open !== null && open.last === one.page - 1 && goesOn(open.table.grid, one.table.grid)) {
      goOn(open.table, one.table)
      open.last = one.page
    } else {
      endTable()
      endLines()
      open = { table: one.table, page: one.page, last: one.page }
    }
  }
  endTable()
  endLines()
  for (const line of furniture)
    out.push(
      `<p data-at="${String(line.page)}:${String(line.number)}" class="left-out furniture">${escapeHtml(line.text)}</p>`,
    )
  const html = ['<html><body>', ...out, '</body></html>', ''].join('\n')
  if (html.length > PRINT_LIMITS.characters) throw new PrintRefusal('too-large', 'в файле слишком много текста.')
  return html
}

/**
 * Reads a PDF print of an act into HTML that says the same: lines put together by where they are seen, paragraphs by space, indent
 * and look, ruled tables with their spans over pages; headers, footers and page numbers are listed as left out, hyphenation undone
 * and told.
 *
 * @param isLate asked before each page; true ends the reading with a refusal.
 * @returns Never throws on a file: what is wrong with it is a message and `html` is null.
 */
export async function printHtml(bytes: Uint8Array, isLate: () => boolean = () => false): Promise<PrintHtml> {
  const messages: Message[] = []
  try {
    const html = htmlOfPages(await readPrint(bytes, isLate), messages)
    return { html, messages }
  } catch (error) {
    if (!(error instanceof PrintRefusal)) throw error
    return {
      html: null,
      messages: [...messages, { severity: 'error', rule: error.rule, text: error.message, place: place(error.page) }],
    }
  }
}
