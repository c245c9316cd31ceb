import type { PrintLine } from './print.ts'

/** The column of text that lines stand in, in points. */
export interface Measure {
  left: number
  right: number
  /** From baseline to baseline within a paragraph, as a multiple of the size. */
  pitch: number
  /** How far the first line of a paragraph is set in; 0 where it is not. */
  indent: number
}

export interface PrintParagraph {
  lines: PrintLine[]
  align: 'left' | 'center' | 'right'
  /** An empty line stands before it. */
  gapBefore: boolean
}

const share = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** The value that most others are near to. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(Math.round(value), (counts.get(Math.round(value)) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [value, count] of counts)
    if (count > most) {
      best = value
      most = count
    }
  return best
}

/** The measure of a print's running text. Pure. */
export function measureOf(pages: readonly (readonly PrintLine[])[]): Measure {
  const lines = pages.flat()
  const pitches = pages.flatMap((page) =>
    page.flatMap((line, index) => {
      const before = page[index - 1]
      const drop = before === undefined ? 0 : (line.y - before.y) / line.size
      return before !== undefined && before.size === line.size && drop > 0.8 && drop < 2.6 ? [drop] : []
    }),
  )
  const left = share(
    lines.map((line) => line.x),
    0.05,
  )
  const farRight = share(
    lines.map((line) => line.right),
    0.9,
  )
  // Many lines end at the margin itself: those of justified text, those at the right margin.
  const right = Math.max(farRight, mode(lines.map((line) => line.right).filter((one) => one >= farRight)))
  const indented = lines.filter((line) => line.x > left + 0.7 * line.size && line.x < left + 0.25 * (right - left))
  const indent = indented.length >= 0.05 * lines.length ? mode(indented.map((line) => line.x)) - left : 0
  // Most lines go on with a paragraph: the usual pitch is the smaller half's middle.
  return { left, right, pitch: share(pitches, 0.35) || 1.3, indent: Math.max(0, indent) }
}

const TEXT_STARTS = /^(?:[«"“]?\d+(?:-\d+)?[.)]\s|Сноска\s*\.|Ескерту\s*\.)/u
const DIVISION_STARTS =
  /^(?:(?:Глава|Параграф|Раздел|Статья)\s+(?:\d|[IVX])|\d+(?:-\d+)?-(?:тарау|параграф|бөлім|бап)(?!\p{L}))/iu

const isBalanced = (line: PrintLine, { left, right }: Measure): boolean =>
  Math.abs(line.x - left - (right - line.right)) <= 0.03 * (right - left)

/** A set-in first line may be as far from both margins by chance. */
const isSetIn = (line: PrintLine, { left, indent }: Measure): boolean =>
  indent > 0 && Math.abs(line.x - left - indent) < 2

const isCentred = (line: PrintLine, measure: Measure): boolean =>
  line.x > measure.left + 0.5 * line.size && isBalanced(line, measure) && (line.bold || !isSetIn(line, measure))

/** Lines set in the middle; among bold ones, which are titles, a full line stands at both margins. */
const areCentred = (lines: readonly PrintLine[], measure: Measure): boolean =>
  lines.every((line) => isCentred(line, measure)) ||
  (lines.every((line) => line.bold && isBalanced(line, measure)) && lines.some((line) => isCentred(line, measure)))

/** At the right margin, though it begins in the left half. */
const isFlushRight = (line: PrintLine, measure: Measure): boolean =>
  Math.abs(line.right - measure.right) < 1.5 && line.x > measure.left + 2 * line.size && !isSetIn(line, measure)

/** In the right half, and not in the middle; or at the right margin. */
const isRight = (line: PrintLine, measure: Measure): boolean =>
  (line.x > measure.left + 0.42 * (measure.right - measure.left) && !isBalanced(line, measure)) ||
  isFlushRight(line, measure)

const endsAlike = (one: PrintLine, other: PrintLine): boolean => Math.abs(one.right - other.right) < 1.5

/** Whether the first word of a line would have stood on the line before: then somebody broke the line. */
export function hadRoom(before: PrintLine, line: PrintLine, measure: Measure, centred: boolean): boolean {
  const word = /^(?:№\s*\S+|[^\s/-]+[/-]?)/.exec(line.text)?.[0] ?? ''
  const width = ((line.right - line.x) * word.length) / Math.max(1, line.text.length)
  const room = centred
    ? measure.right - measure.left - (before.right - before.x)
    : measure.right - Math.max(before.right, measure.left)
  return room > 1.3 * width + 0.4 * line.size
}

function startsParagraph(lines: readonly PrintLine[], line: PrintLine, measure: Measure): boolean {
  const before = lines.at(-1)
  if (before === undefined) return true
  if (Math.abs(before.size - line.size) > 0.12 * before.size) return true
  if (before.bold !== line.bold || before.italic !== line.italic) return true
  if (DIVISION_STARTS.test(line.text) && line.bold) return true
  const drop = line.y - before.y
  if (before.page === line.page && drop > 1.13 * measure.pitch * line.size) return true
  const [first = before] = lines
  // A line of a header may be as long as the page is wide: it still ends where the others end.
  const right = isRight(first, measure) && (isRight(line, measure) || endsAlike(first, line))
  if (right) return before.page !== line.page
  if (isRight(first, measure) !== isRight(line, measure) && !isCentred(line, measure)) return true
  const centred = areCentred([before, line], measure)
  if (centred && line.bold) return false
  if (TEXT_STARTS.test(line.text) && /[.;:»)]$/.test(before.text)) return true
  // Over a page's edge no space is seen, and nothing is set in: a sentence that ends there most likely ends its paragraph.
  if (
    before.page !== line.page &&
    measure.indent === 0 &&
    /[.;:]$/.test(before.text) &&
    /^[«"“]?[\p{Lu}\d]/u.test(line.text)
  )
    return true
  if (!centred && line.x - Math.min(measure.left, ...lines.slice(1).map((one) => one.x)) > 0.7 * line.size) return true
  return hadRoom(before, line, measure, centred)
}

function alignOf(lines: readonly PrintLine[], measure: Measure): PrintParagraph['align'] {
  const [first] = lines
  if (first && isRight(first, measure) && lines.every((line) => isRight(line, measure) || endsAlike(first, line)))
    return 'right'
  return areCentred(lines, measure) ? 'center' : 'left'
}

/**
 * Puts visual lines together into paragraphs by the space between them, the set-in first line, the look, and whether a line was
 * broken before it was full. Works over pages. Pure.
 */
export function paragraphsOf(lines: readonly PrintLine[], measure: Measure): PrintParagraph[] {
  const paragraphs: PrintParagraph[] = []
  let open: PrintLine[] = []
  let gap = false
  const end = (): void => {
    if (open.length > 0) paragraphs.push({ lines: open, align: alignOf(open, measure), gapBefore: gap })
    open = []
  }
  for (const line of lines) {
    const before = open.at(-1)
    if (startsParagraph(open, line, measure)) {
      end()
      // Over a page's edge no space is seen.
      gap = before === undefined || (before.page === line.page && line.y - before.y > 1.6 * measure.pitch * line.size)
    }
    open.push(line)
  }
  end()
  return paragraphs
}
