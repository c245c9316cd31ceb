import type { AnalysedToken } from '#server/search/analysis/analyser.ts'

/** Of a clause's words, how many must be those of the quotes. */
const LEAST_SHARE = 1 / 3
/** Words that only join clauses. */
const JOINING =
  /^(?:например|однако|поэтому|соответственно|итак|значит|обычно|следовательно|кроме|включая|мысалы|алайда|сондықтан|яғни|демек|әйтпесе)$/u

/**
 * A clause that shares too few words with the quotes: what is added to a true sentence behind a comma, a dash or a conjunction.
 * @param known tokens of the quotes and of the titles above them
 * @returns the clause; null when each has words of theirs
 */
export const unsupportedClause = (
  text: string,
  said: readonly AnalysedToken[],
  known: readonly AnalysedToken[],
): string | null => {
  const stems = new Set(known.flatMap((token) => token.stems))
  const numbers = new Set(known.flatMap((token) => token.number ?? []))
  const isKnown = (token: AnalysedToken): boolean =>
    token.stems.some((stem) => stems.has(stem)) || (token.number !== null && numbers.has(token.number))
  const ends = [...text.matchAll(/[,;:()]|\s[–—-]\s|(?<=\s)(?:и|а|но|также|және|ал|бірақ)(?=\s)/giu)].map(
    ({ index }) => index,
  )
  let from = 0
  for (const end of [...ends, text.length]) {
    const content = said.filter(
      (token) => token.start >= from && token.end <= end && !token.stop && !JOINING.test(token.norm),
    )
    if (content.length > 0 && content.filter(isKnown).length < LEAST_SHARE * content.length)
      return text.slice(from, end).trim()
    from = end
  }
  return null
}
