const WORD_START = /(?<![\p{L}\d-])[\p{L}\d]/gu

/** Where the words of a text begin. */
export const wordStarts = (text: string): number[] => [...text.matchAll(WORD_START)].map(({ index }) => index)

/** Finds the whole words that a pattern matches, at the beginnings given. */
export type WordPattern = (text: string, starts: readonly number[]) => [number, number][]

/**
 * A pattern for whole words, tried where words begin and nowhere else: dozens of rules looked at every letter otherwise.
 * @param source of a regular expression that begins with a letter or digit
 * @returns half-open ranges that do not overlap, in order
 */
export const wordPattern = (source: string): WordPattern => {
  const pattern = new RegExp(String.raw`${source}(?![\p{L}\d-])`, 'iuy')
  return (text, starts) => {
    const ranges: [number, number][] = []
    let free = 0
    for (const start of starts) {
      if (start < free) continue
      pattern.lastIndex = start
      if (!pattern.test(text)) continue
      free = pattern.lastIndex
      ranges.push([start, free])
    }
    return ranges
  }
}
