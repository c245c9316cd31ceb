/** A paragraph of a text, with its place in it. */
export interface Paragraph {
  text: string
  start: number
}

/** Paragraphs that say the same; one side is empty where the other text has nothing for them. */
export interface ParagraphGroup {
  ru: Paragraph[]
  kk: Paragraph[]
}

/** How many paragraphs of each text may make a group, and what it costs: minus the logarithm of how seldom translators do so. */
const SHAPES: readonly { ru: number; kk: number; cost: number }[] = [
  { ru: 1, kk: 1, cost: 0.1 },
  { ru: 2, kk: 1, cost: 3.1 },
  { ru: 1, kk: 2, cost: 3.1 },
  { ru: 3, kk: 1, cost: 6 },
  { ru: 1, kk: 3, cost: 6 },
  { ru: 2, kk: 2, cost: 4.5 },
  { ru: 1, kk: 0, cost: 6 },
  { ru: 0, kk: 1, cost: 6 },
]
/** Variance of a translation's length for each character, as measured by Gale and Church. */
const VARIANCE = 6.8
/** Items of two different numbers are hardly one item. */
const OTHER_ITEM = 4
/** A settled word of the one that the other does not say: it is rather another paragraph. */
const UNMET_WORD = 2
/** Longer texts are not aligned: the table of costs grows with both. */
export const MOST_ALIGNED = 120

/** The probability that a normal deviate lies farther out than this, both ways (Abramowitz and Stegun 26.2.17). */
function tails(deviation: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(deviation))
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (2 * polynomial * Math.exp((-deviation * deviation) / 2)) / Math.sqrt(2 * Math.PI)
}

const lengthOf = (paragraphs: readonly Paragraph[]): number =>
  paragraphs.reduce((sum, { text }) => sum + text.length, 0)
const itemOf = (paragraph: Paragraph | undefined): string | null =>
  /^\s*(\d+(?:-\d+)?)[.)]/u.exec(paragraph?.text ?? '')?.[1] ?? null

/** How many words of the two do not meet. */
export type UnmetWords = (ru: readonly Paragraph[], kk: readonly Paragraph[]) => number

function costOf(ru: readonly Paragraph[], kk: readonly Paragraph[], shape: number, unmet: UnmetWords): number {
  if (ru.length === 0 || kk.length === 0) return shape
  const [length, other] = [lengthOf(ru), lengthOf(kk)]
  const deviation = (other - length) / Math.sqrt(Math.max(1, length) * VARIANCE)
  const [item, otherItem] = [itemOf(ru[0]), itemOf(kk[0])]
  const isOther = item !== null && otherItem !== null && item !== otherItem
  return shape - Math.log(Math.max(tails(deviation), 1e-12)) + (isOther ? OTHER_ITEM : 0) + UNMET_WORD * unmet(ru, kk)
}

/**
 * Pairs the paragraphs of two texts that say the same, in order, by their lengths (Gale & Church, "A Program for Aligning Sentences in
 * Bilingual Corpora", Computational Linguistics 19, 1993), by the numbers of items and by words that must meet. A paragraph without a counterpart costs the
 * same however long it is, so that a long one does not hide in its neighbour. Pure.
 */
export function alignParagraphs(
  ru: readonly Paragraph[],
  kk: readonly Paragraph[],
  unmet: UnmetWords = () => 0,
): ParagraphGroup[] {
  const best: { cost: number; shape: (typeof SHAPES)[number] | null }[][] = Array.from({ length: ru.length + 1 }, () =>
    Array.from({ length: kk.length + 1 }, () => ({ cost: Number.POSITIVE_INFINITY, shape: null })),
  )
  const origin = best[0]?.[0]
  if (origin !== undefined) origin.cost = 0
  for (let i = 0; i <= ru.length; i += 1)
    for (let j = 0; j <= kk.length; j += 1) {
      const here = best[i]?.[j]
      if (here === undefined) continue
      for (const shape of SHAPES) {
        const before = best[i - shape.ru]?.[j - shape.kk]
        if (before === undefined || before.cost === Number.POSITIVE_INFINITY) continue
        const cost = before.cost + costOf(ru.slice(i - shape.ru, i), kk.slice(j - shape.kk, j), shape.cost, unmet)
        if (cost < here.cost) Object.assign(here, { cost, shape })
      }
    }
  const groups: ParagraphGroup[] = []
  for (let i = ru.length, j = kk.length; i > 0 || j > 0;) {
    const shape = best[i]?.[j]?.shape
    if (shape == null) break
    groups.push({ ru: ru.slice(i - shape.ru, i), kk: kk.slice(j - shape.kk, j) })
    i -= shape.ru
    j -= shape.kk
  }
  return groups.reverse()
}
