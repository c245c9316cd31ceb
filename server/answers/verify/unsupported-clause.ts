import type { AnalysedToken } from '#server/search/analysis/analyser.ts'

/** Words a clause must have before it can say something of its own. */
const LEAST_WORDS = 2

/**
 * A clause that shares no word with the quotes: what is added to a true sentence behind a comma, a dash or a conjunction.
 * @param known tokens of the quotes and of the titles above them
 * @returns the clause; null when each has a word of theirs
 */
export const unsupportedClause = (
  text: string,
  said: readonly AnalysedToken[],
  known: readonly AnalysedToken[],
): string | null => {
  const stems = new Set(known.flatMap((token) => token.stems))
  const numbers = new Set(known.flatMap((token) => token.number ?? []))
  let from = 0
  const ends = [...text.matchAll(/[,;:()]|\s[–—-]\s|(?<=\s)(?:и|а|но|также|және|ал|бірақ)(?=\s)/giu)].map(
    ({ index }) => index,
  )
  for (const end of [...ends, text.length]) {
    const content = said.filter((token) => token.start >= from && token.end <= end && !token.stop)
    if (
      content.length >= LEAST_WORDS &&
      !content.some(
        (token) => token.stems.some((stem) => stems.has(stem)) || (token.number !== null && numbers.has(token.number)),
      )
    )
      return text.slice(from, end).trim()
    from = end
  }
  return null
}
