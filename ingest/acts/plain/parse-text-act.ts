import type { Lang, ParseResult } from '../act.ts'
import { classify } from '../html/classify.ts'
import type { Leaf } from '../html/leaves.ts'
import { languageOf, type MarkdownOptions, parseBlocks } from '../markdown/parse-markdown-act.ts'
import type { ReadTable } from '../markdown/tables.ts'
import { type Line, splitLines } from '../source-lines.ts'
import { collapseTraced, concatAll, insertedAt, trace, type Traced } from '../traced.ts'
import { plainTables } from './plain-tables.ts'

/** Lines of a text that was broken for a width; longer ones are whole paragraphs. */
const WIDEST = 130
/** White space before a line that is set at the right margin. */
const RIGHT = 36
const SET_IN = 3
/** Appendices of a standard are numbered anew: without its table they can not be told from those of the act. */
const TABLELESS =
  'Если приложение относится к перечню требований или стандарту услуги, его таблицу из сплошного текста не восстановить: загрузите страницу (.html), .docx, .pdf или текст, где ячейки строки разделены табуляцией.'
const STARTS =
  /^(?:[«"“]?\d+(?:-\d+)?[.)]\s|Сноска\s*\.|Ескерту\s*\.|(?:Глава|Параграф|Раздел|Статья)\s+\d|\d+(?:-\d+)?-(?:тарау|параграф|бөлім|бап)(?!\p{L}))/iu

/** Whether lines were broken for a width, so that several make a paragraph. */
function isBroken(lines: readonly Line[]): boolean {
  const lengths = lines.map(({ text }) => text.length).sort((a, b) => a - b)
  const longest = lengths.at(-1) ?? 0
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 0
  return longest <= WIDEST && middle > 40
}

function tracedOf(source: string, lines: readonly Line[]): Traced {
  const parts = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [insertedAt(' ', lines[index - 1]?.end ?? 0)]),
    trace(source, line.textStart, line.textStart + line.text.length),
  ])
  return collapseTraced(concatAll(parts))
}

function leavesOf(source: string, lang: Lang): Leaf[] {
  const lines = splitLines(source)
  const broken = isBroken(lines)
  const leaves: Leaf[] = []
  let from = 0
  for (const { from: start, to, table } of plainTables(source, lines, lang)) {
    leaves.push(...textLeaves(source, lines.slice(from, start), broken), tableLeaf(table, lines[start]))
    from = to
  }
  return [...leaves, ...textLeaves(source, lines.slice(from), broken)]
}

const PLAIN = { level: 0, bold: false, italic: false, struck: false, role: null } as const

const tableLeaf = (table: ReadTable, first: Line | undefined): Leaf => ({
  ...PLAIN,
  lines: table.rows.flatMap(({ cells }) => cells.flatMap(({ lines }) => lines)),
  align: 'left',
  table,
  gapBefore: (first?.blanksBefore ?? 0) > 0,
  start: table.start,
  end: table.end,
})

function textLeaves(source: string, lines: readonly Line[], broken: boolean): Leaf[] {
  const paragraphs: Line[][] = []
  for (const line of lines) {
    const last = paragraphs.at(-1)
    const before = last?.at(-1)
    const goesOn =
      broken && before !== undefined && line.blanksBefore === 0 && line.indent < SET_IN && !STARTS.test(line.text)
    if (goesOn && last) last.push(line)
    else paragraphs.push([line])
  }
  return paragraphs.map((own) => {
    const [first] = own
    const traced = tracedOf(source, own)
    return {
      ...PLAIN,
      lines: [traced],
      align: (first?.indent ?? 0) >= RIGHT ? 'right' : 'left',
      table: null,
      gapBefore: (first?.blanksBefore ?? 0) > 0,
      start: traced.at[0] ?? 0,
      end: (traced.at.at(-1) ?? 0) + 1,
    }
  })
}

/**
 * Parses the plain text of an act that is no print of an order in Russian (`parseAct` reads those): Kazakh texts, laws, texts with
 * their description beside them. A paragraph is a line, or several where the lines were broken for a width; of tables see `plainTables`.
 *
 * @param source The text. @param options As for `parseMarkdownAct`.
 * @returns The act, or null with all faults at once. Never throws on a source. Pure.
 */
export function parseTextAct(source: string, options: MarkdownOptions = {}): ParseResult {
  const lang = options.lang ?? languageOf(source)
  const leaves = leavesOf(source, lang)
  const { act, messages } = parseBlocks(source, classify(leaves, lang, { plain: true }), { ...options, lang })
  if (leaves.some(({ table }) => table !== null)) return { act, messages }
  return {
    act,
    messages: messages.map((one) =>
      one.rule === 'appendix-repeated' ? { ...one, text: `${one.text} ${TABLELESS}` } : one,
    ),
  }
}
