import type { Nodes, Paragraph, Parents, Root } from 'mdast'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { concatAll, concatTraced, EMPTY, insertedAt, sliceTraced, trace, type Traced, trimTraced } from '../traced.ts'
import { alignTraced } from './align.ts'
import type { ReadTable } from './tables.ts'

/** A leaf of a Markdown document in reading order; nesting of lists is not kept, since indentation of these files is no structure. */
export interface Block {
  kind: 'heading' | 'paragraph' | 'quote' | 'code' | 'html' | 'anchor'
  /** 1–6 for a heading, else 0. */
  level: number
  /** Lines as printed, list marker included, Markdown marks left out. */
  lines: Traced[]
  /** All lines, one space between. */
  traced: Traced
  /** All of it stands in emphasis (`*…*`), strong emphasis (`**…**`) or is struck out (`~~…~~`). */
  style: 'plain' | 'emphasis' | 'strong' | 'struck'
  /** Range of the source, marks included. */
  start: number
  end: number
  /** Of `html`: its tables, where the reader of the format has read them already. */
  tables?: readonly ReadTable[]
  /** No text of the act: what the format puts around it, a remark of its publisher, a footnote. */
  role?: 'left-out' | 'publisher-note' | 'footnote'
}

export interface Blocks {
  blocks: Block[]
  /** Ranges of the source that are layout: Markdown marks, list indents, fences. Sorted, disjoint. */
  marks: { start: number; end: number }[]
}

const processor = unified().use(remarkParse)

interface Reader {
  source: string
  blocks: Block[]
  inQuote: boolean
  /** Offset of a list marker («1.») that belongs before the next leaf. */
  marker: number | null
}

const rangeOf = (node: Nodes): { start: number; end: number } => ({
  start: node.position?.start.offset ?? 0,
  end: node.position?.end.offset ?? 0,
})

/** An emphasis written with underscores is no emphasis in these files: it is the blank of a form. */
function isBlank(source: string, node: Nodes): boolean {
  return (node.type === 'emphasis' || node.type === 'strong') && source.charAt(rangeOf(node).start) === '_'
}

/** The text of an inline node; line breaks stay as line feeds, HTML anchors are left out. */
function inlineText(source: string, node: Nodes): Traced {
  const { start, end } = rangeOf(node)
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return alignTraced(source, node.value, start, end)
    case 'break':
      return insertedAt('\n', start)
    case 'html':
      return /^<\/?[a-z]/i.test(node.value) ? EMPTY : trace(source, start, end)
    default: {
      if (!('children' in node)) return trace(source, start, end)
      const inside = inlineChildren(source, node)
      if (!isBlank(source, node)) return inside
      const size = node.type === 'strong' ? 2 : 1
      return concatTraced(trace(source, start, start + size), inside, trace(source, end - size, end))
    }
  }
}

function inlineChildren(source: string, node: Parents): Traced {
  return concatAll(node.children.map((child) => inlineText(source, child)))
}

/** Cuts at line feeds; white space around a line is left out, inside it is kept as printed. */
export function linesOf(traced: Traced): Traced[] {
  const lines: Traced[] = []
  let from = 0
  for (let index = 0; index <= traced.text.length; index += 1) {
    if (index < traced.text.length && traced.text.charAt(index) !== '\n') continue
    const line = trimTraced(sliceTraced(traced, from, index))
    if (line.text !== '') lines.push(line)
    from = index + 1
  }
  return lines
}

/** Lines joined with one space each, pinned to the end of the line before. */
export function joinTraced(lines: readonly Traced[]): Traced {
  const [only] = lines
  if (only === undefined) return EMPTY
  if (lines.length === 1) return only
  return concatAll(
    lines.flatMap((line, index) =>
      index === 0 ? [line] : [insertedAt(' ', (lines[index - 1]?.at.at(-1) ?? 0) + 1), line],
    ),
  )
}

function styleOf(source: string, node: Nodes): Block['style'] {
  if (node.type !== 'paragraph') return 'plain'
  const text = source.slice(rangeOf(node).start, rangeOf(node).end).trim()
  if (/^~~[^~]+~~$/.test(text)) return 'struck'
  const shown = node.children.filter(
    (child) => child.type !== 'break' && !(child.type === 'text' && child.value.trim() === ''),
  )
  const whole = (type: 'emphasis' | 'strong'): boolean =>
    shown.length > 0 && shown.every((child) => child.type === type && !isBlank(source, child))
  return whole('strong') ? 'strong' : whole('emphasis') ? 'emphasis' : 'plain'
}

function push(reader: Reader, node: Nodes, kind: Block['kind'], text: Traced, level = 0): void {
  const { source, marker } = reader
  const { start, end } = rangeOf(node)
  reader.marker = null
  const style = styleOf(source, node)
  const bare =
    style === 'struck'
      ? trimTraced({ text: text.text.replaceAll('~~', ''), at: text.at.filter((_, i) => text.text[i] !== '~') })
      : text
  const whole =
    marker === null ? bare : concatTraced(trimTraced(trace(source, marker, start)), insertedAt(' ', start), bare)
  const lines = linesOf(whole)
  reader.blocks.push({ kind, level, lines, traced: joinTraced(lines), style, start: marker ?? start, end })
}

function pushParagraph(reader: Reader, node: Paragraph): void {
  const { source } = reader
  const anchors = node.children.filter((child) => child.type === 'html')
  const text = inlineChildren(source, node)
  if (anchors.length > 0 && text.text.trim() === '') {
    const { start, end } = rangeOf(node)
    reader.blocks.push({
      kind: 'anchor',
      level: 0,
      lines: [],
      traced: trace(source, start, end),
      style: 'plain',
      start,
      end,
    })
    return
  }
  push(reader, node, reader.inQuote ? 'quote' : 'paragraph', text)
}

/** The lines between the fences, or all of an indented block. */
function codeText(source: string, start: number, end: number): Traced {
  const slice = source.slice(start, end)
  const fenced = /^(?:`{3,}|~{3,})/.test(slice)
  const first = slice.indexOf('\n')
  if (!fenced) return trace(source, start, end)
  if (first < 0) return EMPTY
  const last = slice.lastIndexOf('\n')
  const closed = last > first && /^\s*(?:`{3,}|~{3,})\s*$/.test(slice.slice(last + 1))
  return trace(source, start + first + 1, closed ? start + last : end)
}

function walk(reader: Reader, node: Nodes): void {
  const { source } = reader
  const { start, end } = rangeOf(node)
  switch (node.type) {
    case 'root':
    case 'list':
      for (const child of node.children) walk(reader, child)
      return
    case 'blockquote': {
      const outer = reader.inQuote
      reader.inQuote = true
      for (const child of node.children) walk(reader, child)
      reader.inQuote = outer
      return
    }
    case 'listItem': {
      // Two markers without text between them («1. 1) …»): the outer one is a line of its own.
      flushMarker(reader)
      reader.marker = start
      for (const child of node.children) walk(reader, child)
      flushMarker(reader, end)
      return
    }
    case 'paragraph':
      return pushParagraph(reader, node)
    case 'heading':
      return push(reader, node, 'heading', inlineChildren(source, node), node.depth)
    case 'code':
      return push(reader, node, 'code', codeText(source, start, end))
    case 'html':
      return push(reader, node, 'html', trace(source, start, end))
    default:
      // A line of underscores is a blank to fill in, which Markdown takes for a rule.
      push(reader, node, reader.inQuote ? 'quote' : 'paragraph', trace(source, start, end))
  }
}

function flushMarker(reader: Reader, end?: number): void {
  const { marker, source } = reader
  if (marker === null) return
  reader.marker = null
  const stop = end ?? source.indexOf('\n', marker)
  const traced = trimTraced(trace(source, marker, Math.min(stop < 0 ? source.length : stop, marker + 12)))
  if (traced.text === '') return
  reader.blocks.push({
    kind: reader.inQuote ? 'quote' : 'paragraph',
    level: 0,
    lines: [traced],
    traced,
    style: 'plain',
    start: marker,
    end: marker + traced.text.length,
  })
}

/** What of the source is in no block's text: marks, fences, indents, the tags of anchors. */
function marksOf(source: string, blocks: readonly Block[]): Blocks['marks'] {
  const read = new Uint8Array(source.length)
  for (const { kind, lines, traced, start, end } of blocks) {
    if (kind === 'html' || kind === 'anchor') read.fill(1, start, end)
    else
      for (const { text, at } of lines.length > 0 ? lines : [traced])
        for (let index = 0; index < text.length; index += 1) {
          const offset = at[index] ?? 0
          if (source.charAt(offset) === text.charAt(index)) read[offset] = 1
        }
  }
  const marks: Blocks['marks'] = []
  let start = -1
  for (let offset = 0; offset <= source.length; offset += 1) {
    const mark = offset < source.length && read[offset] === 0
    if (mark && start < 0) start = offset
    if (!mark && start >= 0) {
      if (source.slice(start, offset).trim() !== '') marks.push({ start, end: offset })
      start = -1
    }
  }
  return marks
}

/**
 * Cuts a Markdown document (CommonMark) into its leaves, each character of which knows its place in the source.
 * Tables stand as HTML in these files and stay whole here; `readTable` reads them. Pure.
 */
export function markdownBlocks(source: string): Blocks {
  const root: Root = processor.parse(source)
  const reader: Reader = { source, blocks: [], inQuote: false, marker: null }
  walk(reader, root)
  return { blocks: reader.blocks, marks: marksOf(source, reader.blocks) }
}
