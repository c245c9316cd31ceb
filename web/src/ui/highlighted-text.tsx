import { splitRanges } from '../text/split-ranges.ts'

interface HighlightedTextProps {
  text: string
  ranges: readonly (readonly [number, number])[]
}

/** A text with the words that matched. */
export function HighlightedText({ text, ranges }: HighlightedTextProps) {
  return splitRanges(text, ranges).map((piece, index) =>
    piece.marked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
  )
}
