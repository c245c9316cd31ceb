import type { Provision } from './act.ts'
import { findNumberRow, readCells } from './form-cells.ts'
import { MARKERS } from './markers.ts'
import type { Paragraph } from './paragraphs.ts'
import type { Line } from './source-lines.ts'
import { addProvision, type Builder, keepMends, read, remarkLines, say } from './tree-builder.ts'
import { extentOf } from './traced.ts'

const WORD = /[\p{L}\d]+/gu

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? []
}

/**
 * How many lines the header «Приложение 1 к Правилам деятельности …» takes: it repeats the title of
 * the annexed document, whose first word alone is declined («Правила» → «к Правилам»).
 */
function headerLength(lines: readonly Line[], annexTitle: string, formMark: RegExp): number {
  const wanted = wordsOf(annexTitle).slice(1)
  const first = lines[0]
  // Words after «Приложение 1 к Правилам»; the header may keep them all on one line.
  let skip = /\sк\s/.test(first?.text ?? '') ? 0 : 1
  let matched = 0
  let started = false
  for (const [index, line] of lines.entries()) {
    if (index > 0 && formMark.test(line.text)) return index
    if (index < skip) continue
    const words = wordsOf(line.text)
    for (const word of words) {
      if (matched < wanted.length && word === wanted[matched]) {
        matched += 1
        started = true
      } else if (started) return index
    }
    if (started && matched === wanted.length) return index + 1
    skip = 0
  }
  if (started) return lines.length
  // No annexed document to compare with: the header ends at «№ 83» or at the first empty line.
  const numbered = lines.findIndex((line, index) => index > 0 && index < 12 && /№\s*\S+$/.test(line.text))
  if (numbered > 0) return numbered + 1
  const blank = lines.findIndex((line, index) => index > 0 && line.blanksBefore > 0)
  return blank < 0 ? lines.length : blank
}

/** The title of a form: the lines up to an empty one, past line ends that keep their space. */
function titleLength(lines: readonly Line[]): number {
  const end = lines.findIndex((line, index) => {
    const before = lines[index - 1]
    return before !== undefined && line.blanksBefore > 0 && before.trailing === 0
  })
  return end < 0 ? lines.length : end
}

/** Footer lines as printed; a line that keeps its trailing space goes on in the next. */
function footerOf(lines: readonly Line[]): string[] {
  const footer: string[] = []
  let wrapped = false
  for (const line of lines) {
    const text = line.text.replace(/\s+/g, ' ')
    const last = footer.length - 1
    if (wrapped && last >= 0 && line.blanksBefore === 0) footer[last] = `${footer[last] ?? ''} ${text}`
    else footer.push(text)
    wrapped = line.trailing > 0
  }
  return footer
}

interface FormLines {
  builder: Builder
  appendix: Provision
  /** Lines after the header and the word «Форма». */
  lines: readonly Line[]
  /** Offset to blame when there are no lines. */
  end: number
  markedAsForm: boolean
  lastOfAct: boolean
}

function addForm({ builder, appendix, lines, end, markedAsForm, lastOfAct }: FormLines): void {
  const titleLines = lines.slice(0, titleLength(lines))
  const content = lines.slice(titleLines.length)
  const title = read(builder, titleLines)
  const firstLine = lines[0]
  const lastLine = lines.at(-1)
  const extent = { start: firstLine?.textStart ?? end, end: lastLine ? lastLine.textStart + lastLine.text.length : end }
  const row = findNumberRow(content)
  appendix.heading = title.traced.text === '' ? null : title.traced.text
  if (!row && !markedAsForm) {
    appendix.text = [title.traced.text, ...footerOf(content)].join('\n')
    appendix.span = builder.locate.span(appendix.span.start.offset, extent.end)
    appendix.raw = builder.source.slice(appendix.span.start.offset, extent.end)
    if (content.length === 0) {
      say(
        builder,
        'error',
        'appendix-empty',
        `приложение ${appendix.num ?? ''} пусто: текст оборван. Загрузите полный текст.`,
        extent.start,
        extent.end,
      )
    }
    return
  }
  const cells = row ? readCells(content.slice(0, row.from), row.count, builder.vocabulary) : []
  const footer = footerOf(row ? content.slice(row.to) : content)
  const columns = cells.map((cell, index) => ({ num: index + 1, title: cell.title }))
  const heading = title.traced.text
  const form = addProvision(builder, {
    kind: 'form',
    num: null,
    eid: `${appendix.eid}__form`,
    parent: appendix,
    document: '',
    heading,
    text: [heading, ...columns.map((column) => `${String(column.num)}. ${column.title}`), ...footer].join('\n'),
    extent,
  })
  form.form = { columns, footer }
  keepMends(builder, title, form.eid)
  for (const cell of cells) {
    const raw = builder.source.slice(cell.start, cell.end)
    if (raw === cell.title) continue
    const span = builder.locate.span(cell.start, cell.end)
    builder.repairs.push({ rule: 'form-cell', eid: form.eid, raw, text: cell.title, span })
  }
  checkForm(builder, form, { row, content, lastOfAct })
}

interface FormCheck {
  row: { count: number } | null
  content: readonly Line[]
  lastOfAct: boolean
}

function checkForm(builder: Builder, form: Provision, { row, content, lastOfAct }: FormCheck): void {
  const { start, end } = { start: form.span.start.offset, end: form.span.end.offset }
  const columns = form.form?.columns.length ?? 0
  if (content.length === 0) {
    say(
      builder,
      'error',
      'form-empty',
      `${form.label}: после заголовка нет содержания, текст оборван. Загрузите полный текст.`,
      start,
      end,
    )
  } else if (!row && /^(?:№|р\/с)/i.test(content[0]?.text ?? '')) {
    // A table may have no number row, but a head that is the last thing in the source has lost its rows.
    const cutOff = lastOfAct
    say(
      builder,
      cutOff ? 'error' : 'warning',
      'form-row-missing',
      `${form.label}: под шапкой таблицы нет строки с номерами граф «1 2 3 …». ${cutOff ? 'Текст оборван: загрузите полный текст.' : 'Графы сохранены как текст.'}`,
      start,
      end,
    )
  } else if (row && row.count !== columns) {
    say(
      builder,
      'error',
      'form-columns',
      `${form.label}: в шапке таблицы граф ${String(columns)}, а строка номеров считает до ${String(row.count)}. Разделите названия граф пустой строкой или исправьте строку номеров.`,
      start,
      end,
    )
  }
}

/** Reads the appendices: each with its header, and its form or text. */
export function readAppendices(builder: Builder, appendices: readonly Paragraph[][], annexTitle: string): void {
  const markers = MARKERS[builder.lang]
  for (const [index, paragraphs] of appendices.entries()) {
    const notes = paragraphs.filter((one) => markers.note.test(one.lines[0]?.text ?? ''))
    const lines = paragraphs.filter((one) => !notes.includes(one)).flatMap((one) => one.lines)
    const first = lines[0]
    if (!first) continue
    const num = markers.appendix.exec(first.text)?.[1] ?? null
    const length = headerLength(lines, annexTitle, markers.formMark)
    const header = lines.slice(0, length)
    remarkLines(builder, 'annex-header', header)
    const lastHeader = header.at(-1) ?? first
    const marked = lines[length] !== undefined && markers.formMark.test(lines[length].text)
    const rest = lines.slice(length + (marked ? 1 : 0))
    if (marked) remarkLines(builder, 'layout', lines.slice(length, length + 1))
    const appendix = addProvision(builder, {
      kind: 'appendix',
      num,
      eid: `app_${num ?? String(index + 1)}`,
      parent: null,
      document: '',
      text: '',
      extent: { start: first.textStart, end: lastHeader.textStart + lastHeader.text.length },
    })
    addForm({
      builder,
      appendix,
      lines: rest,
      end: lastHeader.textStart + lastHeader.text.length,
      markedAsForm: marked,
      lastOfAct: index === appendices.length - 1,
    })
    for (const note of notes) {
      const joined = read(builder, note.lines)
      if (extentOf(joined.traced)) builder.notes.push({ traced: joined.traced, scope: 'annex', exclusionOf: null })
      keepMends(builder, joined, appendix.eid)
    }
  }
}

/** Approvals and signatures: one remark for each paragraph. */
export function readRemarks(builder: Builder, kind: 'signature' | 'approval', paragraphs: readonly Paragraph[]): void {
  if (kind === 'signature')
    remarkLines(
      builder,
      kind,
      paragraphs.flatMap((one) => one.lines),
    )
  else for (const paragraph of paragraphs) remarkLines(builder, kind, paragraph.lines)
}
