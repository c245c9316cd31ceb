import type { ParsedAct, Span } from './act.ts'
import { locate } from './source-lines.ts'

/** Markup lets a range begin and end between any two characters. */
interface Range {
  start: number
  end: number
}

/**
 * The stretches of a source that lie in no element, change or remark of the parsed act: text that was
 * lost. White space is not counted. Empty for a whole parse. Pure.
 *
 * @param layout Ranges that are no text at all: the marks of Markdown (`markdownBlocks(source).marks`).
 */
export function unaccounted(source: string, act: ParsedAct, layout: readonly Range[] = []): Span[] {
  const { span } = locate(source)
  const covered = [
    ...[...act.provisions, ...act.amendments, ...act.remarks].map((one): Range => ({
      start: one.span.start.offset,
      end: one.span.end.offset,
    })),
    ...layout,
  ].sort((one, other) => one.start - other.start)
  const lost: Span[] = []
  const note = (start: number, end: number): void => {
    const text = source.slice(start, end)
    if (text.trim() === '') return
    const from = start + text.length - text.trimStart().length
    lost.push(span(from, from + text.trim().length))
  }
  let reached = 0
  for (const { start, end } of covered) {
    if (start > reached) note(reached, start)
    reached = Math.max(reached, end)
  }
  note(reached, source.length)
  return lost
}
