import type { CommentAnchor } from '#server/db/schema/editorial.ts'

/** Characters of surroundings that are kept with a quote. */
export const CONTEXT = 32

/** Where a comment's passage stands now. `changed`: the words were rewritten, what stands between their surroundings is meant. */
export interface Located {
  start: number
  end: number
  state: 'exact' | 'changed'
}

/** The anchor of a range of a text. */
export const anchorAt = (text: string, start: number, end: number): CommentAnchor => ({
  quote: text.slice(start, end),
  prefix: text.slice(Math.max(0, start - CONTEXT), start),
  suffix: text.slice(end, end + CONTEXT),
  start,
})

const commonEnd = (a: string, b: string): number => {
  let n = 0
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) n++
  return n
}
const commonStart = (a: string, b: string): number => {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function* occurrences(text: string, wanted: string): Generator<number> {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) yield at
}

/** More would be a quote like «а»: the nearest ones decide. */
const MOST_OCCURRENCES = 500

/**
 * Finds a comment's passage in a text that was edited since: the same words in the most similar surroundings, else what
 * now stands between these surroundings. Null: the passage is gone.
 */
export function locateComment(text: string, anchor: CommentAnchor): Located | null {
  let best: { at: number; score: number } | null = null
  let seen = 0
  if (anchor.quote !== '')
    for (const at of occurrences(text, anchor.quote)) {
      if (++seen > MOST_OCCURRENCES) break
      const end = at + anchor.quote.length
      const similarity =
        commonEnd(text.slice(Math.max(0, at - CONTEXT), at), anchor.prefix) +
        commonStart(text.slice(end, end + CONTEXT), anchor.suffix)
      const score = similarity - Math.min(1, Math.abs(at - anchor.start) / (text.length + 1))
      if (best === null || score > best.score) best = { at, score }
    }
  if (best !== null) return { start: best.at, end: best.at + anchor.quote.length, state: 'exact' }

  // The words are gone. Their nearest surroundings may still stand: half of the context is enough.
  const before = anchor.prefix.slice(-CONTEXT / 2)
  const after = anchor.suffix.slice(0, CONTEXT / 2)
  if (before.trim() === '' && after.trim() === '') return null
  const start = before === '' ? 0 : nearest(text, before, anchor.start - before.length)
  if (start === null) return null
  const from = start + before.length
  const end = after === '' ? text.length : text.indexOf(after, from)
  // A passage may have grown, but not into another part of the article.
  if (end === -1 || end === from || end - from > anchor.quote.length * 3 + 200) return null
  return { start: from, end, state: 'changed' }
}

function nearest(text: string, wanted: string, to: number): number | null {
  let best: number | null = null
  let seen = 0
  for (const at of occurrences(text, wanted)) {
    if (++seen > MOST_OCCURRENCES) break
    if (best === null || Math.abs(at - to) < Math.abs(best - to)) best = at
  }
  return best
}
