/**
 * The formulas of the lexical score, for every engine: BM25 with fields (Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple
 * weighted fields", CIKM 2004). How the words of a query go through them: `postings.ts`, a term at a time, and `score-terms.ts`, a
 * passage at a time.
 */

/** A field of a document and how it counts. */
export interface FieldSettings {
  name: string
  /** What one occurrence there is worth against one in a field of weight 1. */
  weight: number
  /** How much a long field counts less, 0…1. */
  b: number
}

/**
 * Fields of a passage in order. A word of the title counts like one of the text: the row of a table never names its service, its title
 * does. It counts the same for all rows of that table, so that words of the row decide. The subject is what the passage itself says it is
 * about.
 */
export const FIELD_SETTINGS: readonly FieldSettings[] = [
  { name: 'title', weight: 1, b: 0.3 },
  { name: 'label', weight: 2, b: 0.7 },
  { name: 'context', weight: 0.5, b: 0.3 },
  { name: 'text', weight: 1, b: 0.7 },
  { name: 'subject', weight: 2, b: 0.7 },
]
/** How fast repetitions of a word stop to count. */
export const K1 = 1.2
/** How much of a score hangs on how much of the query was met. */
const COVERAGE = 0.5
/** What a passage gets for each step by which its label is what the query names: more than words ever give. */
export const NAMED = 1000
/** A passage that holds a quoted phrase word for word stands above those that hold its words apart. */
export const PHRASE = 500

/** Weight of a word by how rare it is (Robertson & Spärck Jones), never negative. @param having documents with it, of `among` */
export const rarityOf = (having: number, among: number): number =>
  Math.log(1 + (Math.max(among - having, 0) + 0.5) / (having + 0.5))

/** Occurrences as they count: the second less than the first. */
export const saturate = (times: number, k1: number): number => ((k1 + 1) * times) / (k1 + times)

/** Mean length of a field. @param having documents that have the field at all: over empty ones, every heading would be long */
export const averageLength = (whole: number, having: number): number => whole / Math.max(having, 1)

/** What one occurrence in a field is worth, by the length of the field. @param average mean length; 0 when none has the field */
export const worthOf = ({ weight, b }: FieldSettings, average: number): ((length: number) => number) => {
  const slope = average === 0 ? 0 : b / average
  return (length) => weight / (1 - b + slope * length)
}

/** What is left of a score when only a share of the query is met, 0…1, rare words being more of it. */
export const coverageOf = (covered: number): number => 1 - COVERAGE + COVERAGE * covered
