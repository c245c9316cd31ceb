import { mendLine } from './displaced-words.ts'
import type { Line } from './source-lines.ts'
import { collapseTraced, insertedAt, trace, type Traced } from './traced.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A mend in source offsets; the structure adds the element it belongs to. */
export interface Mend {
  rule: string
  start: number
  end: number
  text: string
}

export interface Joined {
  traced: Traced
  mends: Mend[]
  /** Source offsets of gaps no text was found for. */
  unmended: number[]
}

const LAST_WORD = /[\p{L}\d]+$/u
const FIRST_WORD = /^[\p{L}\d]+/u
const URL_END = /(?:^|\s)(?=\S*[./_?=&-]$)(?:https?:\/\/|www\.)\S*$/i
const ADDRESS_END = /(?:^|\s)[\w.+-]+@(?:[\w-]+\.)*$/

const LONGEST_WORD = 40
/** How much of the text before a line break decides on what belongs there. */
const TAIL = 200

/** What belongs between two lines of a paragraph: a space, or nothing where a word or sign goes on. */
export function between(before: string, after: string, insideQuotes: boolean): '' | ' ' {
  if (before === '') return ''
  if (/^[,.;:!?)»%]/.test(after) || /[(«\u00AD]$/.test(before)) return ''
  if (insideQuotes && (after.startsWith('"') || before.endsWith('"'))) return ''
  // A word's own hyphen at the line's end; «двух- и трехместный» is two words.
  if (/[\p{L}\d]-$/u.test(before) && /^[\p{L}\d]/u.test(after) && !/^(?:и|или|до)\s/.test(after)) return ''
  if (/\p{L}\/$/u.test(before) && /^\p{L}/u.test(after)) return ''
  if (ADDRESS_END.test(before) || after.startsWith('@') || (URL_END.test(before) && /^[\w/]/.test(after))) return ''
  return ' '
}

/** Joins the visual lines of one paragraph, puts displaced words back and restores lost hyphens. */
export function joinLines(source: string, lines: readonly Line[], vocabulary: Vocabulary): Joined {
  const parts: string[] = []
  const at: number[] = []
  let quotes = 0
  // Only the end is looked at: slicing the whole text at every line would copy it each time.
  let tail = ''
  const append = (part: Traced): void => {
    parts.push(part.text)
    tail = (tail + part.text).slice(-TAIL)
    for (const offset of part.at) at.push(offset)
    quotes += part.text.split('"').length - 1
  }
  const mends: Mend[] = []
  const unmended: number[] = []
  for (const [index, line] of lines.entries()) {
    // White space before a wrapped line is the second half of a gap; before the first it is indentation.
    const start = index > 0 && line.indent < 3 ? line.start : line.textStart
    const mended = mendLine(trace(source, start, line.textStart + line.text.length))
    if (mended.repair) mends.push({ rule: 'displaced-words', ...mended.repair })
    unmended.push(...mended.unmended)
    const next = collapseTraced(mended.line)
    const breakAt = lines[index - 1]?.end ?? line.start
    const lastWord = LAST_WORD.exec(tail.slice(-LONGEST_WORD))?.[0] ?? ''
    const firstWord = FIRST_WORD.exec(next.text)?.[0] ?? ''
    if (lastWord !== '' && firstWord !== '' && vocabulary.hyphenates(lastWord, firstWord)) {
      mends.push({
        rule: 'lost-hyphen',
        start: at[at.length - lastWord.length] ?? 0,
        end: (next.at[firstWord.length - 1] ?? 0) + 1,
        text: `${lastWord}-${firstWord}`,
      })
      append(insertedAt('-', breakAt))
    } else append(insertedAt(between(tail, next.text, quotes % 2 === 1), breakAt))
    append(next)
  }
  return { traced: collapseTraced({ text: parts.join(''), at }), mends, unmended }
}
