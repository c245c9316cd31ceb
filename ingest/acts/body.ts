import type { Provision } from './act.ts'
import { MARKERS, POINT, SUBPOINT } from './markers.ts'
import { parseExclusion } from './notes.ts'
import type { Paragraph } from './paragraphs.ts'
import { addProvision, addRemark, type Builder, keepMends, read, say, type Scope } from './tree-builder.ts'
import { concatTraced, extentOf, sliceTraced, type Traced } from './traced.ts'

/** Where reading stands: new paragraphs go under these. */
interface Cursor {
  chapter: Provision | null
  point: Provision | null
  /** The point or the unnumbered part whose list is being read. */
  lead: Provision | null
  parts: number
  preamble: Provision | null
  /** A publisher's note of which only the mark has been read: the next paragraph is its text. */
  openNote: Traced | null
}

interface Reading {
  builder: Builder
  scope: Scope
  /** «приказ» for the order's own points, '' for those of the annexed document. */
  document: string
  prefix: string
  cursor: Cursor
}

const NUMBERED = /^\d+(?:-\d+)?[.)](?:\s|$)/

/** The range of a numbered paragraph, number included. */
function wholeExtent(traced: Traced): { start: number; end: number } {
  return extentOf(traced) ?? { start: 0, end: 0 }
}

function addNumbered(
  reading: Reading,
  kind: 'point' | 'subpoint' | 'part',
  num: string,
  traced: Traced,
  from: number,
): Provision {
  const { builder, cursor } = reading
  const parent = kind === 'point' ? cursor.chapter : kind === 'subpoint' ? cursor.lead : cursor.point
  const step = kind === 'point' ? 'para' : kind === 'subpoint' ? 'subpara' : 'part'
  const base = parent ? `${parent.eid}__` : reading.prefix
  const text = sliceTraced(traced, from).text
  const provision = addProvision(builder, {
    kind,
    num,
    eid: `${base}${step}_${num}`,
    parent,
    document: reading.document,
    text,
    extent: wholeExtent(traced),
  })
  if (kind !== 'part' && parseExclusion(text, num)) {
    provision.status = 'excluded'
    builder.notes.push({ traced: sliceTraced(traced, from), scope: reading.scope, exclusionOf: provision })
  }
  return provision
}

function openChapter(reading: Reading, traced: Traced, num: string, from: number): Provision {
  reading.cursor.chapter = addProvision(reading.builder, {
    kind: 'chapter',
    num,
    eid: `${reading.prefix}chp_${num}`,
    parent: null,
    document: reading.document,
    heading: sliceTraced(traced, from).text,
    text: '',
    extent: wholeExtent(traced),
  })
  reading.cursor.point = null
  reading.cursor.lead = null
  return reading.cursor.chapter
}

function addUnnumbered(reading: Reading, traced: Traced): Provision | null {
  const { builder, cursor, scope } = reading
  if (cursor.point) {
    cursor.parts += 1
    const part = addNumbered(reading, 'part', String(cursor.parts), traced, 0)
    cursor.lead = part
    return part
  }
  if (scope === 'annex') return null
  if (!cursor.preamble) {
    cursor.preamble = addProvision(builder, {
      kind: 'preamble',
      num: null,
      eid: `${reading.prefix}preamble`,
      parent: null,
      document: reading.document,
      text: traced.text,
      extent: wholeExtent(traced),
    })
    return cursor.preamble
  }
  // A preamble of several paragraphs («… ПРИКАЗЫВАЮ:» on its own) is one element.
  const { preamble } = cursor
  preamble.text = `${preamble.text} ${traced.text}`
  preamble.span = builder.locate.span(preamble.span.start.offset, wholeExtent(traced).end)
  preamble.raw = builder.source.slice(preamble.span.start.offset, preamble.span.end.offset)
  return preamble
}

function unknownText(builder: Builder, traced: Traced): void {
  const extent = wholeExtent(traced)
  addRemark(builder, 'layout', traced.text, extent)
  const shown = traced.text.length > 60 ? `${traced.text.slice(0, 60)}…` : traced.text
  say(
    builder,
    'warning',
    'unknown-text',
    `текст «${shown}» не относится ни к одному пункту и сохранен как оформление. Проверьте отступ и номер.`,
    extent.start,
    extent.end,
  )
}

function readParagraph(reading: Reading, paragraph: Paragraph): void {
  const { builder, cursor } = reading
  const markers = MARKERS[builder.lang]
  const joined = read(builder, paragraph.lines)
  const { traced } = joined
  const { text } = traced
  const chapter = markers.chapter.exec(text)
  const point = POINT.exec(text)
  const subpoint = SUBPOINT.exec(text)
  const { openNote } = cursor
  cursor.openNote = null
  let element: Provision | null = null
  const isNoteText = openNote !== null && !NUMBERED.test(text) && !markers.note.test(text)
  if (openNote && !isNoteText) addRemark(builder, 'publisher-note', openNote.text, extentOf(openNote))
  if (markers.note.test(text)) builder.notes.push({ traced, scope: reading.scope, exclusionOf: null })
  else if (markers.publisherNote.test(text)) {
    if (text.replace(markers.publisherNote, '').trim() === '') cursor.openNote = traced
    else addRemark(builder, 'publisher-note', text, extentOf(traced))
  } else if (chapter?.[1] !== undefined) element = openChapter(reading, traced, chapter[1], chapter[0].length)
  else if (markers.subheading.test(text) && !paragraph.indented) addRemark(builder, 'layout', text, extentOf(traced))
  else if (point?.[1] !== undefined) {
    element = addNumbered(reading, 'point', point[1], traced, point[0].length)
    cursor.point = element
    cursor.lead = element
    cursor.parts = 1
  } else if (subpoint?.[1] !== undefined && cursor.lead)
    element = addNumbered(reading, 'subpoint', subpoint[1], traced, subpoint[0].length)
  else if (openNote && isNoteText)
    addRemark(builder, 'publisher-note', `${openNote.text} ${text}`, extentOf(concatTraced(openNote, traced)))
  else if (paragraph.indented) {
    element = addUnnumbered(reading, traced)
    if (!element) unknownText(builder, traced)
  } else unknownText(builder, traced)
  keepMends(builder, joined, element?.eid ?? null)
}

/** Reads the paragraphs of the order or of the annexed document into elements, notes and remarks. */
export function readBody(builder: Builder, paragraphs: readonly Paragraph[], scope: Scope, document: string): void {
  const cursor: Cursor = { chapter: null, point: null, lead: null, parts: 1, preamble: null, openNote: null }
  const reading: Reading = { builder, scope, document, prefix: scope === 'order' ? 'ord__' : '', cursor }
  for (const paragraph of paragraphs) readParagraph(reading, paragraph)
  if (cursor.openNote) addRemark(builder, 'publisher-note', cursor.openNote.text, extentOf(cursor.openNote))
}
