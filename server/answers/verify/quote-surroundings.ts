/** What stands around a quote in its passage: words that may turn it round although they were not quoted. */
export interface QuoteSurroundings {
  /** The sentence or line that the quote stands in, whole. */
  sentence: string
  /** What was cut off the clause that the quote begins in, and off the one that it ends in. */
  cutBefore: string
  cutAfter: string
  /** Lead-in of the list that the quote is an item of: «Оператор не вправе:»; empty where there is none. */
  lead: string
}

const SENTENCE_END = /[.!?;]\s|\n/u
const CLAUSE_END = /[,;:()\n]|[.!?]\s/u
const ITEM = /^\s*(?:\d{1,3}(?:-\d{1,2})?\)|\p{Ll}\)|[-–•])\s/u

/** Index behind the last match before `at`; 0 when there is none. */
const lastEnd = (text: string, pattern: RegExp): number => {
  let end = 0
  for (const match of text.matchAll(new RegExp(pattern.source, 'gu'))) end = match.index + match[0].length
  return end
}

/**
 * @param passage text of the passage
 * @param quote where it stands in the text, half-open
 * @param context words above the passage; its last line may be the lead-in
 */
export const quoteSurroundings = (
  passage: string,
  quote: { start: number; end: number },
  context: string,
): QuoteSurroundings => {
  const { start, end } = quote
  const before = passage.slice(0, start)
  const after = passage.slice(end)
  const sentenceFrom = lastEnd(before, SENTENCE_END)
  const sentenceTo = after.search(SENTENCE_END)
  const cutFrom = lastEnd(before, CLAUSE_END)
  const cutTo = after.search(new RegExp(`${CLAUSE_END.source}|[.!?]$`, 'u'))
  const lineFrom = before.lastIndexOf('\n') + 1
  let lead = ''
  if (ITEM.test(passage.slice(lineFrom))) {
    const lines = passage.slice(0, lineFrom).split('\n')
    lead = lines.findLast((line) => line.trimEnd().endsWith(':')) ?? ''
  }
  if (lead === '') {
    const last = context.trimEnd().split('\n').at(-1) ?? ''
    if (last.endsWith(':')) lead = last
  }
  return {
    sentence: passage.slice(sentenceFrom, sentenceTo < 0 ? passage.length : end + sentenceTo),
    cutBefore: before.slice(cutFrom),
    cutAfter: cutTo < 0 ? after : after.slice(0, cutTo),
    lead,
  }
}
