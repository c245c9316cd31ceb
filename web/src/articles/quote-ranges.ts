import type { Passage } from '../api/types.ts'

/** Words to mark in a provision: lines of the quote that fall into it. */
export type QuotedLines = ReadonlyMap<string, readonly string[]>

const NUMBER = /^\d+(?:-\d+)*\)\s/

/** Divides a quote — a range of a passage's text — among the provisions that the passage is made of. */
export function quotedLines(passage: Passage, start: number, end: number): QuotedLines {
  const lines = new Map<string, string[]>()
  const segments =
    passage.segments.length > 0
      ? passage.segments
      : [{ start: 0, end: passage.text.length, eid: passage.anchor, label: passage.label }]
  for (const segment of segments) {
    const from = Math.max(start, segment.start)
    const to = Math.min(end, segment.end)
    if (to <= from) continue
    const words = passage.text.slice(from, to)
    // A sub-point's number stands in the passage's text, but not in the paragraph that the page shows.
    const own = from === segment.start ? words.replace(NUMBER, '') : words
    const parts = own
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    lines.set(segment.eid, [...(lines.get(segment.eid) ?? []), ...parts])
  }
  return lines
}

/** Where in `text` the first of `lines` that it holds stands, whatever the white space; null when none does. */
export function findLine(text: string, lines: readonly string[]): [number, number] | null {
  for (const line of lines) {
    const words = line.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    const match = new RegExp(words.join(String.raw`\s+`)).exec(text)
    if (match !== null) return [match.index, match.index + match[0].length]
  }
  return null
}
