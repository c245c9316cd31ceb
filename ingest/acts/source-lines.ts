import type { Position, Span } from './act.ts'

/** A visual line of a print, without its line break. */
export interface Line {
  /** Offset of the first character, indentation included. */
  start: number
  /** Offset after the last character, line break excluded. */
  end: number
  /** The line's own characters without outer white space. */
  text: string
  /** Offset of the first character of `text`. */
  textStart: number
  /** Width of the white space before the text; a tab is as wide as four spaces. */
  indent: number
  /** White space after the text: a print keeps it where a line was broken between two words. */
  trailing: number
  /** Empty lines between this line and the one before. */
  blanksBefore: number
}

const LINE_BREAK = /\r\n|[\n\r\f]/g

/** Cuts a source into its non-empty lines. A form feed ends a line as a line feed does. */
export function splitLines(source: string): Line[] {
  const lines: Line[] = []
  let blanks = 0
  const push = (start: number, end: number): void => {
    const whole = source.slice(start, end)
    const text = whole.trim()
    if (text === '') {
      blanks += 1
      return
    }
    const margin = whole.slice(0, whole.length - whole.trimStart().length)
    const indent = margin.replaceAll('\t', '    ').length
    const trailing = whole.length - whole.trimEnd().length
    lines.push({ start, end, text, textStart: start + margin.length, indent, trailing, blanksBefore: blanks })
    blanks = 0
  }
  let from = 0
  for (const found of source.matchAll(LINE_BREAK)) {
    push(from, found.index)
    from = found.index + found[0].length
  }
  push(from, source.length)
  return lines
}

export interface Locator {
  position(offset: number): Position
  span(start: number, end: number): Span
}

/** Turns offsets into lines and columns as an editor counts them: lines end at line feeds only. */
export function locate(source: string): Locator {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  const position = (offset: number): Position => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset }
  }
  return { position, span: (start, end) => ({ start: position(start), end: position(end) }) }
}
