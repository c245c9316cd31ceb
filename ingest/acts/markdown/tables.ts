import { defaultTreeAdapter as tree, type DefaultTreeAdapterTypes as Html, parseFragment } from 'parse5'
import { concatAll, concatTraced, EMPTY, insertedAt, type Traced } from '../traced.ts'
import { alignTraced } from './align.ts'
import { linesOf } from './blocks.ts'

/** A cell as printed: its lines, each with its place. */
export interface ReadCell {
  lines: Traced[]
  colspan: number
  rowspan: number
  header: boolean
  /** All of its text stands in `<s>`, `<del>` or `<strike>`. */
  struck: boolean
  start: number
  end: number
}

export interface ReadRow {
  cells: ReadCell[]
  start: number
  end: number
}

export interface ReadTable {
  rows: ReadRow[]
  start: number
  end: number
  /** No `</table>`: the source is cut off inside it. */
  unclosed: boolean
}

/** Something in the HTML that no reading is safe for. */
export interface TableFault {
  text: string
  start: number
  end: number
}

const BLOCKS = new Set(['p', 'div', 'br', 'li', 'ul', 'ol'])
const STRUCK = new Set(['s', 'del', 'strike'])
const MOST_SPAN = 100

function spanOf(element: Html.Element, name: string): number {
  const printed = element.attrs.find((one) => one.name === name)?.value
  const span = Number(printed ?? '1')
  return Number.isInteger(span) && span >= 1 && span <= MOST_SPAN ? span : 1
}

interface Source {
  source: string
  /** Offset of the HTML in the source. */
  base: number
}

function textOf({ source, base }: Source, node: Html.ChildNode): Traced {
  if (tree.isTextNode(node)) {
    const place = node.sourceCodeLocation
    return place ? alignTraced(source, node.value, base + place.startOffset, base + place.endOffset) : EMPTY
  }
  if (!tree.isElementNode(node)) return EMPTY
  const inside = concatAll(node.childNodes.map((child) => textOf({ source, base }, child)))
  const end = base + (node.sourceCodeLocation?.endOffset ?? 0)
  return BLOCKS.has(node.tagName) ? concatTraced(inside, insertedAt('\n', end)) : inside
}

function struckOnly(node: Html.Element): boolean {
  const shown = node.childNodes.filter((child) => !tree.isTextNode(child) || child.value.trim() !== '')
  return shown.length > 0 && shown.every((child) => tree.isElementNode(child) && STRUCK.has(child.tagName))
}

const elementsIn = (node: Html.ParentNode): Html.Element[] =>
  node.childNodes.filter((child) => tree.isElementNode(child))

function rowOf(place: Source, row: Html.Element): ReadRow {
  const cells = elementsIn(row)
    .filter((one) => one.tagName === 'td' || one.tagName === 'th')
    .map((cell): ReadCell => {
      const where = cell.sourceCodeLocation
      return {
        lines: linesOf(concatAll(cell.childNodes.map((child) => textOf(place, child)))),
        colspan: spanOf(cell, 'colspan'),
        rowspan: spanOf(cell, 'rowspan'),
        header: cell.tagName === 'th',
        struck: struckOnly(cell),
        start: place.base + (where?.startOffset ?? 0),
        end: place.base + (where?.endOffset ?? 0),
      }
    })
  const where = row.sourceCodeLocation
  return { cells, start: place.base + (where?.startOffset ?? 0), end: place.base + (where?.endOffset ?? 0) }
}

function rowsIn(place: Source, node: Html.ParentNode): ReadRow[] {
  return elementsIn(node).flatMap((one) =>
    one.tagName === 'tr' ? [rowOf(place, one)] : one.tagName === 'table' ? [] : rowsIn(place, one),
  )
}

/**
 * Reads the HTML tables of a stretch of the source by the rules of the HTML standard (parse5).
 *
 * @param source The whole source; `start` and `end` bound the HTML in it.
 * @returns Tables in order, and what stands outside their cells and would be lost. Pure.
 */
export function readTables(source: string, start: number, end: number): { tables: ReadTable[]; faults: TableFault[] } {
  const fragment = parseFragment(source.slice(start, end), { sourceCodeLocationInfo: true })
  const place: Source = { source, base: start }
  const tables: ReadTable[] = []
  const faults: TableFault[] = []
  for (const node of fragment.childNodes) {
    const where = node.sourceCodeLocation
    if (tree.isElementNode(node) && node.tagName === 'table') {
      tables.push({
        rows: rowsIn(place, node),
        start: start + (where?.startOffset ?? 0),
        end: start + (where?.endOffset ?? 0),
        unclosed: node.sourceCodeLocation?.endTag === undefined,
      })
      continue
    }
    const text = textOf(place, node).text.trim()
    if (text === '') continue
    faults.push({ text, start: start + (where?.startOffset ?? 0), end: start + (where?.endOffset ?? 0) })
  }
  return { tables, faults }
}
