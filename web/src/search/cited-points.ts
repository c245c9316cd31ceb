import type { AnswerCitation, AnswerSentence } from '../api/types.ts'

export interface CitedPoint {
  /** From 1, in order of first mention: also its key on the keyboard. */
  number: number
  citation: AnswerCitation
}

const keyOf = (citation: AnswerCitation) => `${citation.passageId}:${citation.eid}:${citation.quoteStart}`

/** The different places that an answer cites, numbered. */
export function citedPoints(sentences: readonly AnswerSentence[]): CitedPoint[] {
  const points = new Map<string, CitedPoint>()
  for (const citation of sentences.flatMap((sentence) => sentence.citations))
    if (!points.has(keyOf(citation))) points.set(keyOf(citation), { number: points.size + 1, citation })
  return [...points.values()]
}

export const numberOf = (points: readonly CitedPoint[], citation: AnswerCitation): number =>
  points.find((point) => keyOf(point.citation) === keyOf(citation))?.number ?? 0

/** The article at the cited place with the quote marked; whole in the address, so that it survives a reload. */
export function hrefOfCitation(citation: AnswerCitation, asOf: string | null): string {
  const params = new URLSearchParams()
  if (asOf !== null) params.set('asOf', asOf)
  params.set('passage', citation.passageId)
  params.set('quote', `${citation.quoteStart}-${citation.quoteStart + citation.quote.length}`)
  return `/articles/${encodeURIComponent(citation.articleId)}?${params}#${citation.anchor}`
}
