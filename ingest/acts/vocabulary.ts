const WORD = /[\p{L}\d]+(?:-[\p{L}\d]+)*/gu

/** Small words that may end or begin a line of their own; a fragment of a broken word is none of them. */
const FUNCTION_WORDS = new Set(
  'а без в во для до за и из или их к ко на над не ни о об от по под при про с со у и/или мен және не үшін бен пен'.split(
    ' ',
  ),
)

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase())
}

/** The words an act itself uses: the only dictionary its broken words are mended with. */
export interface Vocabulary {
  has(word: string): boolean
  /** Itself, an inflected form of it, or a small word. */
  knows(word: string): boolean
  /** Whether a word of the act begins with these letters. */
  begins(letters: string): boolean
  /** Whether the act writes the two words with a hyphen, and so often that the bare first word is a slip. */
  hyphenates(first: string, second: string): boolean
}

const SHORTEST_STEM = 5
const LONGEST_ENDING = 3

/** Beginnings of a word that may be its stem: all but the last three letters, and longer. */
function stemsOf(word: string): string[] {
  const stems: string[] = []
  for (let size = Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING); size <= word.length; size += 1) {
    stems.push(word.slice(0, size))
  }
  return stems
}

/** Counts the words of running text; broken words of narrow cells must not be among `texts`. */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const counts = new Map<string, number>()
  const stems = new Set<string>()
  const beginnings = new Set<string>()
  const compounds = new Map<string, number>()
  const count = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1)
  }
  for (const text of texts) {
    for (const [found] of text.toLowerCase().matchAll(WORD)) {
      if (!counts.has(found))
        for (let size = SHORTEST_STEM; size < found.length; size += 1) beginnings.add(found.slice(0, size))
      count(counts, found)
      const parts = found.split('-')
      for (const word of [found, ...parts]) for (const stem of stemsOf(word)) stems.add(stem)
      const [first, second] = parts
      if (first !== undefined && second !== undefined) {
        for (const stem of [second, ...stemsOf(second)]) count(compounds, `${first}-${stem}`)
      }
    }
  }
  const has = (word: string): boolean => counts.has(word.toLowerCase())
  return {
    has,
    knows(word) {
      const lower = word.toLowerCase()
      return has(lower) || FUNCTION_WORDS.has(lower) || stemsOf(lower).some((stem) => stems.has(stem))
    },
    begins: (letters) => beginnings.has(letters.toLowerCase()),
    hyphenates(first, second) {
      const lower = first.toLowerCase()
      const tail = second.toLowerCase()
      const together = Math.max(0, ...[tail, ...stemsOf(tail)].map((stem) => compounds.get(`${lower}-${stem}`) ?? 0))
      return together >= 2 && together >= 3 * (counts.get(lower) ?? 0)
    },
  }
}
