import type { AnswerSentence } from '../api/types.ts'
import { CitationChip } from './citation-chip.tsx'
import { numberOf, type CitedPoint } from './cited-points.ts'

interface CitationChipsProps {
  sentence: AnswerSentence
  points: readonly CitedPoint[]
  /** The day that was asked for; null: today. */
  asOf: string | null
}

/** The points that a sentence rests on, by their numbers. */
export function CitationChips({ sentence, points, asOf }: CitationChipsProps) {
  return sentence.citations.map((citation) => (
    <CitationChip
      key={`${citation.passageId}${citation.eid}${citation.quoteStart}`}
      number={numberOf(points, citation)}
      citation={citation}
      asOf={asOf}
    />
  ))
}
