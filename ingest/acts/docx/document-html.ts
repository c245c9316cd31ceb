import { LIMITS } from '#ingest/services/limits.ts'
import { Refusal } from '#ingest/services/messages.ts'
import { readXml, type XmlTag } from '#ingest/services/read-xml.ts'
import { openZipParts, type ZipParts } from '#ingest/services/zip-parts.ts'
import type { Message } from '../act.ts'
import { type Counter, readNumbering } from './read-numbering.ts'
import { type Look, NO_LOOK, over, readProperty, readStyles } from './read-styles.ts'

const DOCUMENT = 'word/document.xml'
const MOST_PARAGRAPHS = 60_000
/** A paragraph set in so far (8 cm) stands at the right margin: headers of appendices are set so. */
const RIGHT_INDENT = 4500
/** Codes of fields, second copies for old programs, properties that say nothing of the text. */
const UNSEEN = new Set([
  'instrText',
  'delInstrText',
  'Fallback',
  'sectPr',
  'tblPr',
  'tblGrid',
  'pPrChange',
  'rPrChange',
])

export interface DocumentHtml {
  /** The document as HTML, each paragraph with its number (`data-at`); null when it was refused. */
  html: string | null
  /** Places: the line is the number of the paragraph. */
  messages: Message[]
}

const place = (paragraph: number): Message['place'] => {
  const start = { line: Math.max(1, paragraph), column: 1, offset: 0 }
  return { start, end: start }
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

interface Run {
  text: string
  bold: boolean
  italic: boolean
  struck: boolean
  /** Not shown to a reader: struck by a reviewer, or hidden. */
  aside: 'deleted' | 'hidden' | null
  link: string | null
}

interface Paragraph {
  at: number
  runs: Run[]
  own: Look
  style: string | null
  footnotes: string[]
  /** Paragraphs of text boxes that hang on it. */
  boxes: string[]
}

interface Cell {
  html: string[]
  span: number
  merge: 'restart' | 'continue' | null
}

interface Table {
  rows: { cells: Cell[]; before: number }[]
}

/** What surrounds the paragraph that is being read: the body, a cell, a text box. */
interface Frame {
  out: string[]
  paragraph: Paragraph | null
  table: Table | null
}

interface Reading {
  styles: (id: string | null) => Look
  counter: Counter
  links: ReadonlyMap<string, string>
  notes: ReadonlyMap<string, string>
  messages: Message[]
  paragraphs: number
  characters: number
}

const tagged = (tag: string, on: boolean, inside: string): string => (on ? `<${tag}>${inside}</${tag}>` : inside)

function runHtml({ text, bold, italic, struck, aside, link }: Run): string {
  const inside = text.split('\n').map(escapeHtml).join('<br>')
  if (aside !== null) return `<span class="left-out ${aside}">${inside}</span>`
  const shown = tagged('b', bold, tagged('i', italic, tagged('s', struck, inside)))
  return link === null ? shown : `<a href="${escapeHtml(link).replaceAll('"', '&quot;')}">${shown}</a>`
}

/** Runs that look alike as one, so that no word is parted. */
function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    const same =
      last !== undefined &&
      last.bold === run.bold &&
      last.italic === run.italic &&
      last.struck === run.struck &&
      last.aside === run.aside &&
      last.link === run.link
    if (same) last.text += run.text
    else joined.push({ ...run })
  }
  return joined
}

/** The automatic number of a paragraph, told: it stands nowhere in the text. */
function numberOf(reading: Reading, look: Look, { at, runs }: Paragraph): string {
  if (look.numId === null || look.numId === '0') return ''
  const number = reading.counter.next(look.numId, look.level ?? 0)
  if (number === null || number === '') return ''
  const text = runs.map((run) => run.text).join('')
  if (text.trim() === '') return ''
  const typed = /^\s*[«"“]?\d+(?:-\d+)?[.)]/.test(text)
  reading.messages.push({
    severity: typed ? 'warning' : 'info',
    rule: 'list-number-computed',
    text: typed
      ? `автоматический номер «${number}» не взят: в тексте абзаца уже стоит номер. Сверьте с печатным изданием.`
      : `номер «${number}» в тексте не стоит: он дан автоматической нумерацией Word. Сверьте с печатным изданием.`,
    place: place(at),
  })
  return typed ? '' : `${number} `
}

function paragraphHtml(reading: Reading, paragraph: Paragraph): string[] {
  const { at, own, style, footnotes, boxes } = paragraph
  const look = over(own, reading.styles(style))
  const number = numberOf(reading, look, paragraph)
  const inside = joinRuns(paragraph.runs).map(runHtml).join('')
  const align =
    look.align === 'center'
      ? ' align="center"'
      : look.align === 'right' || look.align === 'end' || (look.indent ?? 0) >= RIGHT_INDENT
        ? ' align="right"'
        : ''
  const tag = look.outline !== null && look.outline >= 0 && look.outline < 6 ? `h${String(look.outline + 1)}` : 'p'
  return [
    `<${tag} data-at="${String(at)}"${align}>${escapeHtml(number)}${inside}</${tag}>`,
    ...boxes,
    ...footnotes.map((text) => `<p data-at="${String(at)}" class="footnote">${text}</p>`),
  ]
}

/** Vertical merges are told cell by cell; a text that hides in a lower one is kept with the upper. */
function tableHtml({ rows }: Table): string[] {
  interface Placed extends Cell {
    rowspan: number
  }
  const open = new Map<number, Placed>()
  const placed = rows.map(({ cells, before }) => {
    let column = before
    const shown: Placed[] = []
    for (const cell of cells) {
      const above = open.get(column)
      if (cell.merge === 'continue' && above !== undefined) {
        above.rowspan += 1
        if (cell.html.some((line) => />[^<]*[^<\s][^<]*</.test(line))) above.html.push(...cell.html)
      } else {
        const fresh: Placed = { ...cell, html: [...cell.html], rowspan: 1 }
        if (cell.merge === 'restart') open.set(column, fresh)
        else open.delete(column)
        shown.push(fresh)
      }
      column += cell.span
    }
    return shown
  })
  return [
    '<table>',
    ...placed.flatMap((cells) => [
      '<tr>',
      ...cells.flatMap(({ html, span, rowspan }) => [
        `<td${span > 1 ? ` colspan="${String(span)}"` : ''}${rowspan > 1 ? ` rowspan="${String(rowspan)}"` : ''}>`,
        ...html,
        '</td>',
      ]),
      '</tr>',
    ]),
    '</table>',
  ]
}

function bounded(value: string | undefined, most: number): number {
  const number = Math.trunc(Number(value ?? 0))
  return Number.isFinite(number) ? Math.min(Math.max(0, number), most) : 0
}

interface Walk {
  reading: Reading
  frames: Frame[]
  /** Names of the elements that are open. */
  stack: string[]
  /** How many elements are open in which nothing is read. */
  unseen: number
  /** Open elements of a reviewer's deletions. */
  deleted: number
  link: string | null
  runLook: Look
  runStyle: string | null
}

const frameOf = ({ frames }: Walk): Frame => frames.at(-1) ?? { out: [], paragraph: null, table: null }
const openFrame = (walk: Walk, frame: Partial<Frame>): void => {
  walk.frames.push({ out: [], paragraph: null, table: null, ...frame })
}

function say({ reading }: Walk, severity: Message['severity'], rule: string, text: string): void {
  reading.messages.push({ severity, rule, text, place: place(reading.paragraphs) })
}

function write(walk: Walk, text: string): void {
  const { reading, runLook, runStyle, link, deleted } = walk
  const { paragraph } = frameOf(walk)
  if (paragraph === null || text === '') return
  reading.characters += text.length
  if (reading.characters > LIMITS.text) throw new Refusal('too-much-text')
  const look = over(
    over(runLook, runStyle === null ? NO_LOOK : reading.styles(runStyle)),
    reading.styles(paragraph.style),
  )
  paragraph.runs.push({
    text,
    bold: look.bold === true,
    italic: look.italic === true,
    struck: look.struck === true,
    aside: deleted > 0 ? 'deleted' : look.hidden === true ? 'hidden' : null,
    link,
  })
}

/** Properties of a run, a paragraph, a cell, a row; true when the tag is one. */
function readProperties(walk: Walk, tag: XmlTag): boolean {
  const { stack } = walk
  const parent = stack.at(-1) ?? ''
  const { paragraph } = frameOf(walk)
  // A paragraph's mark has a look of its own (`pPr/rPr`) that no text has.
  if (parent === 'rPr') {
    if (stack.at(-2) !== 'r') return true
    if (tag.name === 'rStyle') walk.runStyle = tag.attributes['val'] ?? null
    else readProperty(walk.runLook, tag)
    return true
  }
  if (parent === 'pPr' || (parent === 'numPr' && stack.at(-2) === 'pPr')) {
    if (paragraph !== null && tag.name === 'pStyle') paragraph.style = tag.attributes['val'] ?? null
    else if (paragraph !== null) readProperty(paragraph.own, tag)
    return true
  }
  if (parent === 'tcPr') {
    const cell = walk.frames.at(-2)?.table?.rows.at(-1)?.cells.at(-1)
    if (cell && tag.name === 'gridSpan') cell.span = Math.max(1, bounded(tag.attributes['val'], LIMITS.columns))
    else if (cell && tag.name === 'vMerge') cell.merge = tag.attributes['val'] === 'restart' ? 'restart' : 'continue'
    return true
  }
  if (parent === 'trPr') {
    const row = frameOf(walk).table?.rows.at(-1)
    if (row && tag.name === 'gridBefore') row.before = bounded(tag.attributes['val'], LIMITS.columns)
    return true
  }
  return false
}

/** What stands in a run beside its text. */
function readInRun(walk: Walk, { name, attributes }: XmlTag): void {
  switch (name) {
    case 'tab':
      return write(walk, ' ')
    case 'br':
    case 'cr':
      return write(walk, '\n')
    case 'noBreakHyphen':
      return write(walk, '-')
    case 'softHyphen':
      return write(walk, '\u00AD')
    case 'sym': {
      const code = Number.parseInt(attributes['char'] ?? '', 16)
      if (code > 0 && code <= 0xff_ff) write(walk, String.fromCodePoint(code))
      return say(
        walk,
        'warning',
        'symbol-font',
        `знак символьного шрифта (${attributes['font'] ?? '?'}, код ${attributes['char'] ?? '?'}) сохранен кодом. Сверьте с печатным изданием.`,
      )
    }
    case 'footnoteReference':
    case 'endnoteReference': {
      const kind = name === 'footnoteReference' ? 'footnote' : 'endnote'
      const text = walk.reading.notes.get(`${kind} ${attributes['id'] ?? ''}`)
      if (text !== undefined) frameOf(walk).paragraph?.footnotes.push(text)
      return
    }
    default:
  }
}

function openTag(walk: Walk, tag: XmlTag): void {
  const { name, attributes } = tag
  const { reading } = walk
  const frame = frameOf(walk)
  if (readProperties(walk, tag)) return
  if (walk.stack.at(-1) === 'r') readInRun(walk, tag)
  switch (name) {
    case 'p':
      reading.paragraphs += 1
      if (reading.paragraphs > MOST_PARAGRAPHS) throw new Refusal('too-much-text')
      frame.paragraph = { at: reading.paragraphs, runs: [], own: { ...NO_LOOK }, style: null, footnotes: [], boxes: [] }
      return
    case 'r':
      walk.runLook = { ...NO_LOOK }
      walk.runStyle = null
      return
    case 'del':
    case 'moveFrom':
      walk.deleted += 1
      return
    case 'hyperlink': {
      const anchor = attributes['anchor']
      walk.link = reading.links.get(attributes['id'] ?? '') ?? (anchor === undefined ? null : `#${anchor}`)
      return
    }
    case 'drawing':
      return say(walk, 'info', 'image-left-out', 'рисунок или надпись: текст рисунка не читается, внесите его словами.')
    case 'txbxContent':
      return openFrame(walk, {})
    case 'tbl':
      return openFrame(walk, { table: { rows: [] } })
    case 'tr':
      frame.table?.rows.push({ cells: [], before: 0 })
      return
    case 'tc': {
      const row = frame.table?.rows.at(-1)
      const cell: Cell = { html: [], span: 1, merge: null }
      if (row !== undefined && row.cells.length >= LIMITS.columns) throw new Refusal('too-many-merges')
      row?.cells.push(cell)
      return openFrame(walk, { out: cell.html })
    }
    default:
  }
}

function closeTag(walk: Walk, name: string): void {
  const frame = frameOf(walk)
  const leave = (): Frame => {
    if (walk.frames.length > 1) walk.frames.pop()
    return frameOf(walk)
  }
  if (name === 'del' || name === 'moveFrom') walk.deleted = Math.max(0, walk.deleted - 1)
  else if (name === 'hyperlink') walk.link = null
  else if (name === 'p' && frame.paragraph !== null) {
    frame.out.push(...paragraphHtml(walk.reading, frame.paragraph))
    frame.paragraph = null
  } else if (name === 'tc') leave()
  else if (name === 'tbl') {
    const outer = leave()
    if (frame.table !== null) outer.out.push(...tableHtml(frame.table))
  } else if (name === 'txbxContent') {
    const { paragraph, out } = leave()
    if (paragraph === null) out.push(...frame.out)
    else paragraph.boxes.push(...frame.out)
  }
}

/** Reads the body of a part into lines of HTML; `into` gets those of a note instead, by its id. @throws Refusal */
async function readBody(
  parts: ZipParts,
  part: string,
  reading: Reading,
  into?: Map<string, string[]>,
): Promise<string[]> {
  const body: Frame = { out: [], paragraph: null, table: null }
  const walk: Walk = {
    reading,
    frames: [body],
    stack: [],
    unseen: 0,
    deleted: 0,
    link: null,
    runLook: { ...NO_LOOK },
    runStyle: null,
  }
  let noteId: string | null = null
  await readXml(part, parts.read(part), {
    open: (tag) => {
      const { name, attributes } = tag
      if (UNSEEN.has(name)) walk.unseen += 1
      if (walk.unseen === 0) {
        // Separators between text and notes are notes of their own types.
        if ((name === 'footnote' || name === 'endnote') && attributes['type'] === undefined)
          noteId = `${name} ${attributes['id'] ?? ''}`
        else openTag(walk, tag)
      }
      walk.stack.push(name)
    },
    close: (name) => {
      walk.stack.pop()
      if (UNSEEN.has(name)) walk.unseen -= 1
      else if (walk.unseen === 0) closeTag(walk, name)
      if (name === 'footnote' || name === 'endnote') {
        const own = body.out.splice(0)
        if (noteId !== null) into?.set(noteId, own)
        noteId = null
      }
    },
    text: (text) => {
      const at = walk.stack.at(-1)
      if (walk.unseen === 0 && (at === 't' || at === 'delText')) write(walk, text)
    },
  })
  return body.out
}

const RELATIONS = 'word/_rels/document.xml.rels'

async function readLinks(parts: ZipParts): Promise<Map<string, string>> {
  const links = new Map<string, string>()
  if (!parts.names.has(RELATIONS)) return links
  await readXml(RELATIONS, parts.read(RELATIONS), {
    open: ({ name, attributes }) => {
      const [id, target] = [attributes['Id'], attributes['Target']]
      if (name === 'Relationship' && attributes['Type']?.endsWith('/hyperlink') && id !== undefined)
        links.set(id, target ?? '')
    },
    close: () => {},
    text: () => {},
  })
  return links
}

/** The words of paragraphs without their tags. */
const insideOf = (lines: readonly string[]): string =>
  lines.map((line) => line.replace(/^<[^>]*>|<\/\w+>$/g, '')).join('<br>')

/** Footnotes and endnotes by kind and id. */
async function readNotes(parts: ZipParts, reading: Reading): Promise<Map<string, string>> {
  const notes = new Map<string, string[]>()
  for (const part of ['word/footnotes.xml', 'word/endnotes.xml'])
    if (parts.names.has(part)) await readBody(parts, part, reading, notes)
  return new Map([...notes].map(([id, lines]) => [id, insideOf(lines)]))
}

/** Headers, footers and reviewers' comments: listed after the text as what is left out. */
async function readFurniture(parts: ZipParts, reading: Reading): Promise<string[]> {
  const names = [...parts.names].filter((name) => /^word\/(?:(?:header|footer)\d*|comments)\.xml$/.test(name)).sort()
  const lines: string[] = []
  for (const name of names) {
    const inside = insideOf(await readBody(parts, name, reading))
    if (/[^<>\s]/.test(inside.replace(/<[^>]*>/g, '')))
      lines.push(`<p class="left-out ${name.endsWith('comments.xml') ? 'hidden' : 'furniture'}">${inside}</p>`)
  }
  return lines
}

const MACROS = /vbaProject|vbaData|activeX\//iu

/**
 * Reads a .docx document (ECMA-376) into HTML that says the same: paragraphs with their look, headings, tables with their spans,
 * links, footnotes, struck text; automatic numbers are written out and told; headers, footers, comments and deletions are listed as
 * left out. Limits are those of `ingest/services/limits.ts`.
 *
 * @returns Never throws on a file: what is wrong with it is a message and `html` is null. Pure.
 */
export async function documentHtml(bytes: Uint8Array): Promise<DocumentHtml> {
  const messages: Message[] = []
  try {
    if (bytes.length > LIMITS.fileBytes) throw new Refusal('file-too-large', { limit: LIMITS.fileBytes / 1024 / 1024 })
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new Refusal('format-old')
    const parts = await openZipParts(bytes)
    for (const name of parts.names) if (MACROS.test(name)) throw new Refusal('macros', { part: name })
    const plain = {
      counter: { next: () => null },
      links: new Map<string, string>(),
      notes: new Map<string, string>(),
      paragraphs: 0,
      characters: 0,
    }
    const styles = await readStyles(parts)
    // What stands beside the text has paragraphs of its own, which must not shift the numbers of the text's.
    const beside: Reading = { ...plain, styles, messages: [] }
    const reading: Reading = {
      ...plain,
      styles,
      messages,
      counter: await readNumbering(parts),
      links: await readLinks(parts),
      notes: await readNotes(parts, beside),
    }
    const body = await readBody(parts, DOCUMENT, reading)
    const furniture = await readFurniture(parts, beside)
    return { html: ['<html><body>', ...body, ...furniture, '</body></html>', ''].join('\n'), messages }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, reason, mend } = error.told
    return {
      html: null,
      messages: [...messages, { severity: 'error', rule: code, text: `${reason} ${mend}`, place: place(1) }],
    }
  }
}
