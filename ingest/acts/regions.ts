import { POINT } from './markers.ts'
import type { Markers } from './markers.ts'
import { firstLine, type Paragraph } from './paragraphs.ts'
import type { Line } from './source-lines.ts'

/** The parts of a print: head, the order's body, its end, the annexed document and the appendices. */
export interface Regions {
  title: Paragraph[]
  requisites: Paragraph | null
  order: Paragraph[]
  signature: Paragraph[]
  approvals: Paragraph[]
  /** «Утверждены приказом …». */
  annexHeader: Line[]
  annexTitle: Line[]
  annex: Paragraph[]
  appendices: Paragraph[][]
}

const REQUISITES = /^(?:Приказ|Постановление|Решение|Указ|Закон|Распоряжение)\s|№\s?\S+\s+(?:бұйрығы|қаулысы)/
const NUMBER_AT_END = /№\s*\S+$/

function indexFrom(paragraphs: readonly Paragraph[], from: number, test: (one: Paragraph) => boolean): number {
  const found = paragraphs.findIndex((one, index) => index >= from && test(one))
  return found < 0 ? paragraphs.length : found
}

/** Splits the lines between «Утверждены …» and the first indented paragraph into header and title. */
function splitAnnexHead(lines: readonly Line[], markers: Markers): { header: Line[]; title: Line[] } {
  const numbered = lines.findIndex((line) => NUMBER_AT_END.test(line.text))
  const titled = lines.findIndex((line, index) => index > 0 && markers.annexKind.test(line.text))
  const at = numbered >= 0 ? numbered + 1 : titled < 0 ? lines.length : titled
  return { header: lines.slice(0, at), title: lines.slice(at) }
}

/** Divides paragraphs into the regions of an order with annexed rules. Absent regions are empty. */
export function divide(paragraphs: readonly Paragraph[], markers: Markers): Regions {
  const requisitesAt = paragraphs.findIndex(
    (one) => !one.indented && REQUISITES.test(one.lines.map((line) => line.text).join(' ')),
  )
  const firstIndented = indexFrom(paragraphs, 0, (one) => one.indented)
  const hasRequisites = requisitesAt >= 0 && requisitesAt < firstIndented
  const bodyAt = hasRequisites ? requisitesAt + 1 : firstIndented
  const annexAt = indexFrom(paragraphs, bodyAt, (one) => markers.approved.test(firstLine(one)))
  const signed = indexFrom(paragraphs, bodyAt, (one) => !one.indented && markers.signature.test(firstLine(one)))
  const appendixAt = indexFrom(paragraphs, bodyAt, (one) => markers.appendix.test(firstLine(one)))
  const signatureAt = Math.min(signed, annexAt, appendixAt)
  const orderEnd = Math.min(annexAt, appendixAt)
  const approvalsAt = Math.min(
    indexFrom(paragraphs, signatureAt, (one) => one.indented),
    orderEnd,
  )

  const annexEnd = Math.max(annexAt, appendixAt)
  const inAnnex = annexAt < appendixAt ? paragraphs.slice(annexAt, annexEnd) : []
  const headSize = indexFrom(
    inAnnex,
    0,
    (one) => one.indented || markers.chapter.test(firstLine(one)) || POINT.test(firstLine(one)),
  )
  const head = splitAnnexHead(
    inAnnex.slice(0, headSize).flatMap((one) => one.lines),
    markers,
  )
  const appendices: Paragraph[][] = []
  for (const paragraph of paragraphs.slice(appendixAt)) {
    const current = appendices.at(-1)
    if (!current || markers.appendix.test(firstLine(paragraph))) appendices.push([paragraph])
    else current.push(paragraph)
  }
  return {
    title: paragraphs.slice(0, hasRequisites ? requisitesAt : firstIndented),
    requisites: hasRequisites ? (paragraphs[requisitesAt] ?? null) : null,
    order: paragraphs.slice(bodyAt, signatureAt),
    signature: paragraphs.slice(signatureAt, approvalsAt),
    approvals: paragraphs.slice(approvalsAt, orderEnd),
    annexHeader: head.header,
    annexTitle: head.title,
    annex: inAnnex.slice(headSize),
    appendices,
  }
}
