import type { Line } from './source-lines.ts'
import { FURNITURE, type Markers, PERSON_AT_END, POINT, SUBPOINT, TERMINAL } from './markers.ts'

/** Lines that belong together, still as they stand in the source. */
export interface Paragraph {
  lines: Line[]
  /** Set in from the margin: how the print begins a paragraph of running text. */
  indented: boolean
}

const PARAGRAPH_INDENT = 3
const PAGE_BREAK_BLANKS = 3
const SIGNATURE_LINES = 6

export function firstLine(paragraph: Paragraph): string {
  return paragraph.lines[0]?.text ?? ''
}

/** A signature names an office at the margin and a person within the next few lines. */
function startsSignature(lines: readonly Line[], index: number, markers: Markers): boolean {
  const line = lines[index]
  if (!line || line.indent >= PARAGRAPH_INDENT || !markers.signature.test(line.text)) return false
  for (let next = index; next < Math.min(lines.length, index + SIGNATURE_LINES); next += 1) {
    const candidate = lines[next]
    if (!candidate || (next > index && candidate.indent >= PARAGRAPH_INDENT)) return false
    if (PERSON_AT_END.test(candidate.text)) return true
  }
  return false
}

function startsBlock(lines: readonly Line[], index: number, markers: Markers): boolean {
  const line = lines[index]
  const before = lines[index - 1]
  if (!line) return false
  if (FURNITURE.test(line.text)) return true
  // A wrapped line may begin with «Глава» or «Утвержден» too: the line before it then keeps its trailing space.
  const fresh = !before || line.blanksBefore > 0 || (before.trailing === 0 && TERMINAL.test(before.text))
  if (!fresh) return false
  if ([markers.chapter, markers.subheading, markers.appendix, markers.approved].some((one) => one.test(line.text))) {
    return !before || before.trailing === 0 || line.blanksBefore > 0
  }
  if (before && (before.trailing > 0 || !TERMINAL.test(before.text))) return false
  return POINT.test(line.text) || SUBPOINT.test(line.text) || startsSignature(lines, index, markers)
}

/** Whether an indented line goes on with a paragraph that the print broke off: «… № 487» / «      "Об утверждении …». */
function goesOn(current: Paragraph, line: Line): boolean {
  const last = current.lines.at(-1)
  return (
    current.indented &&
    last !== undefined &&
    (POINT.test(firstLine(current)) || SUBPOINT.test(firstLine(current))) &&
    !TERMINAL.test(last.text) &&
    /^["«\p{Ll}]/u.test(line.text)
  )
}

/**
 * Groups the lines of a print into paragraphs. An indented line begins one; empty lines and page
 * breaks inside it end it only where the text before is finished and the next line is no wrapped one.
 */
export function toParagraphs(lines: readonly Line[], markers: Markers): Paragraph[] {
  const widest = lines.reduce((width, line) => Math.max(width, line.text.length), 0)
  const paragraphs: Paragraph[] = []
  let current: Paragraph | undefined
  for (const [index, line] of lines.entries()) {
    const last = current?.lines.at(-1)
    const indented = line.indent >= PARAGRAPH_INDENT
    const fullWidth = last !== undefined && last.text.length > widest * 0.9
    const wrapped =
      last !== undefined &&
      (line.blanksBefore === 0 ||
        last.trailing > 0 ||
        (current?.indented === true &&
          (!TERMINAL.test(last.text) || (line.blanksBefore >= PAGE_BREAK_BLANKS && fullWidth))))
    const joins = current && !startsBlock(lines, index, markers) && (indented ? goesOn(current, line) : wrapped)
    if (current && joins) current.lines.push(line)
    else {
      current = { lines: [line], indented }
      paragraphs.push(current)
    }
  }
  return paragraphs
}
