import { defaultTreeAdapter as tree, type DefaultTreeAdapterTypes as Html, parse } from 'parse5'
import { alignTraced } from '../markdown/align.ts'
import { joinTraced } from '../markdown/blocks.ts'
import type { ReadCell, ReadRow, ReadTable } from '../markdown/tables.ts'
import { concatAll, insertedAt, sliceTraced, type Traced, trimTraced } from '../traced.ts'
import { listNumber } from './list-number.ts'
import type { Leaf, LeftOut, ReadPage } from './leaves.ts'

/** How text looks where the walk has come to. */
interface Look {
  bold: boolean
  italic: boolean
  struck: boolean
  pre: boolean
  align: Leaf['align']
  role: Leaf['role']
  level: number
}

interface Piece extends Pick<Look, 'bold' | 'italic' | 'struck'> {
  traced: Traced
}

interface Walk {
  source: string
  page: ReadPage
  run: Piece[]
  runLook: Look
  /** The number of the list item that is being read. */
  marker: Traced | null
  /** Where leaves go: the page, or the cell that is being read. */
  leaves: Leaf[]
  /** An empty paragraph was read last. */
  gap: boolean
  depth: number
}

const PLAIN: Look = { bold: false, italic: false, struck: false, pre: false, align: 'left', role: null, level: 0 }
const BLOCKS = new Set(
  'address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 hr html li main ol p pre section summary table ul'.split(
    ' ',
  ),
)
const SCRIPTS = new Set(['script', 'style', 'noscript', 'template', 'head', 'iframe', 'object', 'svg', 'canvas'])
const NAVIGATION = new Set(['nav', 'header', 'footer', 'aside', 'menu'])
const CONTROLS = new Set(['button', 'select', 'input', 'textarea', 'option', 'label', 'datalist'])
const NAVIGATION_CLASS =
  /(?:^|\s)(?:breadcrumbs?|navigation|navbar|menu|sidebar|toolbar|share|pagination|cookie\S*)(?:\s|$)/i
const NAVIGATION_ROLE = /^(?:navigation|banner|contentinfo|search|complementary)$/i
/** How the state legal base and its older pages mark what they say about the text themselves. */
const NOTE_CLASS = /(?:^|\s)note(?:\s|$)/i
const MOST_SPAN = 100
/** Elements within elements: deeper markup is no page of an act. */
const DEEPEST = 400

const attribute = (element: Html.Element, name: string): string =>
  element.attrs.find((one) => one.name === name)?.value ?? ''

const rangeOf = (node: Html.Node): { start: number; end: number } => {
  const place = 'sourceCodeLocation' in node ? node.sourceCodeLocation : null
  return { start: place?.startOffset ?? 0, end: place?.endOffset ?? 0 }
}

const isBlock = (node: Html.ChildNode): boolean => tree.isElementNode(node) && BLOCKS.has(node.tagName)

/** White space as browsers show it; a no-break space stays. Every character keeps its place. */
const shown = (traced: Traced, pre: boolean): Traced =>
  pre ? traced : { text: traced.text.replace(/[\t\n\f\r]/g, ' '), at: traced.at }

/** A text node with the place of each character. */
function textOf(source: string, node: Html.TextNode): Traced {
  const { start, end } = rangeOf(node)
  return end > start ? alignTraced(source, node.value, start, end) : { text: '', at: [] }
}

/** Cuts at line feeds, leaves out outer white space, collapses the rest. */
function linesOf(traced: Traced): Traced[] {
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

function flush(walk: Walk): void {
  const { run, runLook } = walk
  walk.run = []
  const said = run.filter(({ traced }) => traced.text.trim() !== '')
  if (said.length === 0) {
    walk.gap ||= run.some(({ traced }) => traced.text === '\n')
    return
  }
  const parts = run.map(({ traced }) => traced)
  const marker = walk.marker
  walk.marker = null
  const lines = linesOf(concatAll(marker === null ? parts : [marker, ...parts]))
  const offsets = said.flatMap(({ traced }) => [traced.at[0] ?? 0, (traced.at.at(-1) ?? 0) + 1])
  walk.leaves.push({
    lines,
    level: runLook.level,
    bold: said.every((one) => one.bold),
    italic: said.every((one) => one.italic),
    struck: said.every((one) => one.struck),
    align: runLook.align,
    role: runLook.role,
    table: null,
    gapBefore: walk.gap,
    start: offsets.reduce((least, one) => Math.min(least, one)),
    end: offsets.reduce((most, one) => Math.max(most, one)),
  })
  walk.gap = false
}

/** The characters of an element, as many as are asked for; deep markup must not exhaust the stack. */
function lettersIn(node: Html.Node, most = 4000): string {
  let text = ''
  const stack: Html.Node[] = [node]
  for (let next = stack.pop(); next && text.length < most; next = stack.pop()) {
    if (tree.isTextNode(next)) text += `${next.value} `
    else if ('childNodes' in next) for (const child of next.childNodes.toReversed()) stack.push(child)
  }
  return text
}

function leaveOut(walk: Walk, node: Html.ChildNode, why: LeftOut['why']): void {
  const { start, end } = rangeOf(node)
  // What the HTML standard puts in itself stands nowhere in the source.
  if (end > start)
    walk.page.leftOut.push({ why, text: lettersIn(node).replace(/\s+/g, ' ').trim().slice(0, 200), start, end })
}

/** Why an element is no text of the act; null where it is. */
function asideOf(element: Html.Element): LeftOut['why'] | null {
  const { tagName } = element
  const classes = attribute(element, 'class')
  if (SCRIPTS.has(tagName)) return 'script'
  if (/(?:^|\s)left-out(?:\s|$)/.test(classes))
    return /deleted|hidden/.test(classes) ? (/deleted/.test(classes) ? 'deleted' : 'hidden') : 'furniture'
  if (CONTROLS.has(tagName)) return 'control'
  if (
    NAVIGATION.has(tagName) ||
    NAVIGATION_CLASS.test(classes) ||
    NAVIGATION_ROLE.test(attribute(element, 'role')) ||
    /^(?:menu|navigation|navbar|footer|header)$/i.test(attribute(element, 'id'))
  )
    return 'navigation'
  if (
    element.attrs.some((one) => one.name === 'hidden') ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style'))
  )
    return 'hidden'
  return null
}

function lookOf(element: Html.Element, look: Look): Look {
  const { tagName } = element
  const style = attribute(element, 'style')
  const classes = attribute(element, 'class')
  const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase()
  const printed = /text-align\s*:\s*(\w+)/i.exec(style)?.[1] ?? attribute(element, 'align')
  const align = tagName === 'center' ? 'center' : /^(?:left|center|right|justify)$/i.exec(printed)?.[0]?.toLowerCase()
  const level = /^h[1-6]$/.test(tagName) ? Number(tagName.slice(1)) : look.level
  return {
    bold:
      tagName === 'b' ||
      tagName === 'strong' ||
      tagName === 'th' ||
      level > 0 ||
      (weight === undefined ? look.bold : weight === 'bold' || weight === 'bolder' || Number(weight) >= 600),
    italic: tagName === 'i' || tagName === 'em' || look.italic || /font-style\s*:\s*italic/i.test(style),
    struck:
      tagName === 's' ||
      tagName === 'del' ||
      tagName === 'strike' ||
      look.struck ||
      /text-decoration[^;]*line-through/i.test(style),
    pre: tagName === 'pre' || look.pre || /white-space\s*:\s*(?:pre|break-spaces)/i.test(style),
    align: align === undefined ? look.align : align === 'center' || align === 'right' ? align : 'left',
    role: NOTE_CLASS.test(classes)
      ? 'note'
      : /(?:^|\s)footnote(?:\s|$)/.test(classes)
        ? 'footnote'
        : tagName === 'font' && /^#?(?:f00|ff0000|red)$/i.test(attribute(element, 'color'))
          ? 'publisher-note'
          : tagName === 'blockquote'
            ? 'quote'
            : look.role,
    level,
  }
}

const add = (walk: Walk, look: Look, traced: Traced): void => {
  if (walk.run.length === 0) walk.runLook = look
  else if (
    look.role !== null &&
    walk.runLook.role === null &&
    walk.run.every(({ traced: { text } }) => text.trim() === '')
  )
    walk.runLook = { ...walk.runLook, role: look.role }
  const { bold, italic, struck } = look
  walk.run.push({ traced, bold, italic, struck })
}

const lastText = (walk: Walk): string => walk.run.at(-1)?.traced.text ?? ''

/** «пункт 7<sup>1</sup>» is point 7-1: joined, it would be point 71. */
function readSuperscript(walk: Walk, element: Html.Element, look: Look): boolean {
  const said = lettersIn(element).trim()
  if (!/^\d{1,3}$/.test(said) || !/\d$/.test(lastText(walk))) return false
  const { start, end } = rangeOf(element)
  add(walk, look, insertedAt('-', start))
  walk.page.said.push({
    severity: 'info',
    rule: 'superscript-number',
    text: `надстрочный номер прочитан через дефис: «…-${said}».`,
    start,
    end,
  })
  return true
}

/** The number that a browser shows before an item of an automatic list. */
function readItem(walk: Walk, element: Html.Element, number: string | null): void {
  if (number === null) return
  const said = lettersIn(element).trim()
  const { start, end } = rangeOf(element)
  // Its number stands in the text already: the list only sets it in.
  if (/^[«"“]?\d+(?:-\d+)?[.)]/.test(said)) return
  walk.marker = insertedAt(`${number} `, start)
  walk.page.said.push({
    severity: 'info',
    rule: 'list-number-computed',
    text: `номер «${number}» в тексте не стоит: он дан автоматической нумерацией списка. Сверьте с печатным изданием.`,
    start,
    end,
  })
}

function spanOf(element: Html.Element, name: string): number {
  const span = Number(attribute(element, name) || '1')
  return Number.isInteger(span) && span >= 1 && span <= MOST_SPAN ? span : 1
}

const elementsIn = (node: Html.ParentNode): Html.Element[] =>
  node.childNodes.filter((child) => tree.isElementNode(child))

function cellOf(walk: Walk, cell: Html.Element, look: Look): ReadCell & { leaves: Leaf[] } {
  const inside: Walk = { ...walk, run: [], leaves: [], marker: null, gap: false }
  walkInside(inside, cell, lookOf(cell, { ...look, bold: false, align: 'left', level: 0, role: null }))
  flush(inside)
  const { leaves } = inside
  const lines = leaves.flatMap((leaf) =>
    leaf.table === null ? leaf.lines : leaf.table.rows.flatMap((row) => row.cells.flatMap((one) => one.lines)),
  )
  return {
    lines,
    colspan: spanOf(cell, 'colspan'),
    rowspan: spanOf(cell, 'rowspan'),
    header: cell.tagName === 'th',
    struck: leaves.length > 0 && leaves.every((leaf) => leaf.struck),
    ...rangeOf(cell),
    leaves,
  }
}

interface CellLooks {
  bold: boolean
  italic: boolean
  align: Leaf['align']
}

function rowsIn(walk: Walk, node: Html.ParentNode, look: Look, looks: Map<ReadCell, CellLooks>): ReadRow[] {
  return elementsIn(node).flatMap((one): ReadRow[] => {
    if (one.tagName !== 'tr') return one.tagName === 'table' ? [] : rowsIn(walk, one, look, looks)
    const cells = elementsIn(one)
      .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
      .map((cell): ReadCell => {
        const { leaves, ...read } = cellOf(walk, cell, look)
        const [first] = leaves
        looks.set(read, {
          bold: leaves.every((leaf) => leaf.bold),
          italic: leaves.every((leaf) => leaf.italic),
          align: first?.align ?? 'left',
        })
        return read
      })
    return [{ cells, ...rangeOf(one) }]
  })
}

function readTable(walk: Walk, element: Html.Element, look: Look): void {
  flush(walk)
  for (const caption of elementsIn(element).filter(({ tagName }) => tagName === 'caption')) {
    walkInside(walk, caption, { ...lookOf(caption, look), align: 'center' })
    flush(walk)
  }
  const looks = new Map<ReadCell, CellLooks>()
  const rows = rowsIn(walk, element, { ...look, level: 0 }, looks)
  const { start, end } = rangeOf(element)
  const table: ReadTable = {
    rows,
    start,
    end,
    unclosed: element.sourceCodeLocation?.endTag === undefined,
  }
  const filled = rows.flatMap(({ cells }) => cells).filter(({ lines }) => lines.length > 0)
  if (filled.length === 0) return
  walk.leaves.push({
    lines: filled.flatMap((cell) => [joinTraced(cell.lines)]),
    level: 0,
    bold: filled.every((cell) => looks.get(cell)?.bold === true),
    italic: filled.every((cell) => looks.get(cell)?.italic === true),
    struck: false,
    align: 'left',
    role: null,
    table,
    gapBefore: walk.gap,
    start,
    end,
  })
  walk.gap = false
}

function walkElement(walk: Walk, element: Html.Element, outer: Look): void {
  const aside = asideOf(element)
  if (aside !== null) {
    if (isBlock(element) || NAVIGATION.has(element.tagName)) flush(walk)
    leaveOut(walk, element, aside)
    return
  }
  const { tagName } = element
  const look = lookOf(element, outer)
  const { start, end } = rangeOf(element)
  if (tagName === 'br') return add(walk, look, insertedAt('\n', start))
  if (tagName === 'table') return readTable(walk, element, look)
  if (tagName === 'img') {
    walk.page.said.push({
      severity: 'warning',
      rule: 'image-left-out',
      text: `рисунок не читается${attribute(element, 'alt') === '' ? '' : ` («${attribute(element, 'alt').slice(0, 80)}»)`}: если на нем текст, внесите его словами.`,
      start,
      end,
    })
    return
  }
  if (tagName === 'sup' && readSuperscript(walk, element, look)) return walkInside(walk, element, look)
  if (!BLOCKS.has(tagName)) return walkInside(walk, element, look)
  flush(walk)
  if (tagName === 'ol' || tagName === 'ul') return walkList(walk, element, look)
  const before = walk.leaves.length
  walkInside(walk, element, look)
  flush(walk)
  if (tagName === 'p' && walk.leaves.length === before) walk.gap = true
}

function walkList(walk: Walk, list: Html.Element, look: Look): void {
  const first = Number.parseInt(attribute(list, 'start') || '1', 10)
  let next = Number.isNaN(first) ? 1 : first
  for (const child of list.childNodes) {
    if (!tree.isElementNode(child) || child.tagName !== 'li') {
      if (tree.isElementNode(child)) walkElement(walk, child, look)
      else if (tree.isTextNode(child)) add(walk, look, shown(textOf(walk.source, child), look.pre))
      continue
    }
    flush(walk)
    const stated = Number.parseInt(attribute(child, 'value'), 10)
    if (!Number.isNaN(stated)) next = stated
    if (list.tagName === 'ol') readItem(walk, child, listNumber(next, attribute(list, 'type')))
    next += 1
    walkInside(walk, child, lookOf(child, look))
    flush(walk)
    walk.marker = null
  }
}

function walkInside(walk: Walk, node: Html.ParentNode, look: Look): void {
  if (walk.depth >= DEEPEST) {
    const { start, end } = rangeOf(node)
    walk.page.said.push({
      severity: 'error',
      rule: 'markup-deep',
      text: `разметка вложена глубже ${String(DEEPEST)} уровней: это не страница акта.`,
      start,
      end,
    })
    return
  }
  walk.depth += 1
  for (const child of node.childNodes) {
    if (tree.isTextNode(child)) add(walk, look, shown(textOf(walk.source, child), look.pre))
    else if (tree.isElementNode(child)) walkElement(walk, child, look)
  }
  walk.depth -= 1
}

function find(node: Html.ParentNode, test: (element: Html.Element) => boolean): Html.Element[] {
  const found: Html.Element[] = []
  const stack: Html.ParentNode[] = [node]
  for (let next = stack.pop(); next; next = stack.pop()) {
    for (const child of elementsIn(next).toReversed()) stack.push(child)
    if (tree.isElementNode(next) && test(next)) found.push(next)
  }
  return found
}

const classed =
  (name: string) =>
  (element: Html.Element): boolean =>
    attribute(element, 'class').split(/\s+/).includes(name)

/**
 * The elements that hold the act: on pages of the state legal base its heading («slogan») and the `article` of its text; else the
 * one `article` or `main` of a page, else all of it.
 */
function rootsOf(document: Html.Document): Html.Element[] {
  const articles = find(document, ({ tagName }) => tagName === 'article')
  const [article] = articles
  if (article !== undefined && articles.length === 1) {
    const slogan = find(document, classed('slogan')).find(
      (one) => find(one, ({ tagName }) => tagName === 'h1').length > 0,
    )
    return slogan !== undefined && rangeOf(slogan).end <= rangeOf(article).start ? [slogan, article] : [article]
  }
  const mains = find(
    document,
    ({ tagName, attrs }) => tagName === 'main' || attrs.some(({ name, value }) => name === 'role' && value === 'main'),
  )
  const [main] = mains
  if (main !== undefined && mains.length === 1) return [main]
  return find(document, ({ tagName }) => tagName === 'body')
}

/** What lies outside the act's own elements, as the largest elements that do. */
function leaveOutside(walk: Walk, document: Html.Document, roots: readonly Html.Element[]): void {
  const inside = new Set<Html.Node>(roots)
  const above = new Set<Html.Node>()
  for (const root of roots)
    for (let node = root.parentNode; node; node = 'parentNode' in node ? node.parentNode : null) above.add(node)
  const stack: Html.ParentNode[] = [document]
  for (let next = stack.pop(); next; next = stack.pop())
    for (const child of next.childNodes) {
      if (inside.has(child)) continue
      if (tree.isElementNode(child) && above.has(child)) stack.push(child)
      else if (tree.isElementNode(child)) leaveOut(walk, child, asideOf(child) ?? 'outside')
      else if (tree.isTextNode(child) && child.value.trim() !== '') leaveOut(walk, child, 'outside')
      else if (tree.isCommentNode(child)) leaveOut(walk, child, 'script')
    }
}

/**
 * Reads a page by the rules of the HTML standard (parse5) into its leaves, each character of which knows its place, and what is left
 * out: navigation, scripts, controls, what is hidden or stands outside the act. Pure; never throws on a source.
 */
export function readPage(source: string): ReadPage {
  const document = parse(source, { sourceCodeLocationInfo: true })
  const page: ReadPage = { leaves: [], leftOut: [], said: [] }
  const walk: Walk = { source, page, run: [], runLook: PLAIN, marker: null, leaves: page.leaves, gap: false, depth: 0 }
  const roots = rootsOf(document)
  leaveOutside(walk, document, roots)
  for (const root of roots) {
    walkInside(walk, root, lookOf(root, PLAIN))
    flush(walk)
  }
  page.leftOut.sort((one, other) => one.start - other.start)
  return page
}
