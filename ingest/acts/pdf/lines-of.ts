import type { PrintLine, PrintRule, PrintText } from './print.ts'

/** Texts whose baselines differ by less of their size stand on one line. */
const SAME_LINE = 0.4
/** A gap of this much of the size is a space. */
const SPACE = 0.17

/** Letters of Kazakh that a font lacks are drawn in another, which need not be bold. */
const MOST = 0.6

/** Whether most letters of a line look so. */
function mostly(texts: readonly PrintText[], looks: (one: PrintText) => boolean): boolean {
  const size = (many: readonly PrintText[]): number => many.reduce((sum, { text }) => sum + text.trim().length, 0)
  return size(texts.filter(looks)) >= MOST * size(texts)
}

const isStruck = ({ x, width, y, size }: PrintText, rules: readonly PrintRule[]): boolean =>
  rules.some(
    ({ kind, at, from, to }) =>
      kind === 'horizontal' &&
      at < y - 0.15 * size &&
      at > y - 0.5 * size &&
      Math.min(to, x + width) - Math.max(from, x) > 0.8 * width,
  )

function lineOf(texts: readonly PrintText[], rules: readonly PrintRule[], page: number): PrintLine | null {
  // A space that the library puts into a gap may lie over a text that is drawn later: gaps are measured.
  const ordered = texts.filter((one) => one.text.trim() !== '').sort((a, b) => a.x - b.x)
  if (ordered.length === 0) return null
  let text = ''
  let reached = -Infinity
  const [tallest, lowest] = [Math.max(...texts.map((one) => one.size)), Math.max(...texts.map((one) => one.y))]
  for (const one of ordered) {
    const gap = one.x - reached
    // «7¹» is point 7-1: side by side it would be point 71.
    const raised = one.size < 0.8 * tallest && one.y < lowest - 0.15 * tallest
    if (raised && /^\d{1,3}$/.test(one.text.trim()) && /\d$/.test(text)) text += '-'
    else if (text !== '' && gap > SPACE * one.size && !/\s$/.test(text) && !/^\s/.test(one.text)) text += ' '
    text += one.text
    reached = Math.max(reached, one.x + one.width)
  }
  const size = Math.max(...ordered.map((one) => one.size))
  // A struck line is struck all along; a letter of another font decides nothing.
  return {
    page,
    number: 0,
    text: text.replace(/\s+/g, ' ').trim(),
    x: Math.min(...ordered.map((one) => one.x)),
    right: Math.max(...ordered.map((one) => one.x + one.width)),
    y: Math.max(...ordered.map((one) => one.y)),
    size,
    bold: mostly(ordered, (one) => one.bold),
    italic: mostly(ordered, (one) => one.italic),
    struck: ordered.every((one) => isStruck(one, rules)),
  }
}

/**
 * Puts texts together into visual lines, top first: whatever order a print draws them in, a text stands where it is seen, so link
 * texts that are drawn after their line come back into it. Pure.
 */
export function linesOf(texts: readonly PrintText[], rules: readonly PrintRule[], page: number): PrintLine[] {
  const ordered = [...texts].sort((a, b) => a.y - b.y)
  const lines: PrintLine[] = []
  let group: PrintText[] = []
  let baseline = -Infinity
  const end = (): void => {
    const line = lineOf(group, rules, page)
    if (line !== null) lines.push(line)
    group = []
  }
  for (const one of ordered) {
    // A raised number stands above the baseline of its line, and is smaller.
    const near = Math.max(SAME_LINE * one.size, 1)
    if (group.length > 0 && one.y - baseline > near) end()
    if (group.length === 0 || one.text.trim() !== '') baseline = group.length === 0 ? one.y : Math.max(baseline, one.y)
    group.push(one)
  }
  end()
  return lines
}
