import type { Line } from './source-lines.ts'
import { isFunctionWord, type Vocabulary } from './vocabulary.ts'

/** A column title of a form, with the source range it was put together from. */
export interface Cell {
  title: string
  start: number
  end: number
}

/** «№ п/п»: the column of row numbers stands on one line with its neighbour where both are short. */
const ROW_NUMBER = /^(?:№\s?п\/п|№\s?р\/с|р\/с\s?№|Р\/с\s?№)(?=\s|$)/

/** Undoes justified lines of single letters: «щ и й  » → «щий ». Real one-letter words keep their spaces. */
function closeUp(line: Line): { text: string; trailing: boolean } {
  const tokens = line.text.split(/\s+/)
  // Justifying stretches the space after the last letter as well, so it is two spaces wide.
  const single = tokens.length > 1 && tokens.every((token) => token.length === 1)
  const broken = tokens.some((token) => /\p{L}/u.test(token) && !isFunctionWord(token))
  const stretched = single && (line.trailing > 1 || tokens.length > 2 || broken)
  return { text: stretched ? tokens.join('') : line.text.replace(/\s+/g, ' '), trailing: line.trailing > 0 }
}

const LAST_WORD = /[\p{L}\d-]+$/u
const FIRST_WORD = /^[\p{L}\d-]+/u

/** A broken-off ending that is joined even where an editor has cut all trailing spaces. */
const LONGEST_REST = 3

interface CellReading {
  vocabulary: Vocabulary
  /** Whether the source still has the spaces at its line ends. */
  spacesKept: boolean
}

/** Whether a word was broken between two cell lines that have no space between them. */
function isBrokenWord(before: string, after: string, { vocabulary, spacesKept }: CellReading): boolean {
  const first = LAST_WORD.exec(before)?.[0]
  const second = FIRST_WORD.exec(after)?.[0]
  if (first === undefined || second === undefined) return false
  const whole = first + second
  if (vocabulary.has(whole)) return true
  if (vocabulary.knows(first) && vocabulary.knows(second)) return false
  if (vocabulary.knows(whole)) return true
  if (vocabulary.knows(first) && vocabulary.begins(second)) return false
  // The act knows neither: a line of a narrow cell that ends without a space ends inside a word.
  return /^\p{Ll}/u.test(second) && (spacesKept || second.length <= LONGEST_REST)
}

/** Joins the lines of one cell: trailing spaces, then the act's own words, tell where words end. */
export function joinCell(lines: readonly Line[], vocabulary: Vocabulary, spacesKept = true): string {
  let text = ''
  let spaced = true
  for (const line of lines) {
    const next = closeUp(line)
    const glued =
      text === '' ||
      /[(«/]$/.test(text) ||
      /^[),.;:»]/.test(next.text) ||
      (!spaced && isBrokenWord(text, next.text, { vocabulary, spacesKept }))
    text += glued ? next.text : ` ${next.text}`
    spaced = next.trailing
  }
  return text.replace(/\(\s+/g, '(')
}

/** Cells are separated by empty lines; a block whose last line keeps its trailing space goes on. */
function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = []
  for (const line of lines) {
    const current = blocks.at(-1)
    const last = current?.at(-1)
    if (current && last && (line.blanksBefore === 0 || last.trailing > 0)) current.push(line)
    else blocks.push([line])
  }
  return blocks
}

/** Takes a column of row numbers off a line it shares with the next column. */
function splitRowNumber(block: readonly Line[]): Line[][] {
  const first = block[0]
  const found = first ? ROW_NUMBER.exec(first.text) : null
  if (!first || !found || found[0].length === first.text.length) return [[...block]]
  const rest = first.text.slice(found[0].length).trimStart()
  const restStart = first.textStart + first.text.length - rest.length
  const head = { ...first, text: found[0], end: first.textStart + found[0].length, trailing: 0 }
  const tail = { ...first, text: rest, textStart: restStart, start: restStart, indent: 0 }
  return [[head], [tail, ...block.slice(1)]]
}

/** A page break inside a cell leaves more empty lines than the border between two cells. */
function mergeAtPageBreaks(blocks: readonly Line[][], count: number): Line[][] {
  const merged = blocks.map((block) => [...block])
  while (merged.length > count) {
    const at = merged.findIndex((block, index) => index > 0 && (block[0]?.blanksBefore ?? 0) >= 3)
    if (at < 0) break
    merged[at - 1]?.push(...(merged[at] ?? []))
    merged.splice(at, 1)
  }
  return merged
}

/** Puts the cells of a form's head together. `count` is the number of its columns, as the number row says. */
export function readCells(lines: readonly Line[], count: number, vocabulary: Vocabulary): Cell[] {
  const blocks = mergeAtPageBreaks(blocksOf(lines).flatMap(splitRowNumber), count)
  const spacesKept = lines.some((line) => line.trailing > 0)
  return blocks.map((block) => ({
    title: joinCell(block, vocabulary, spacesKept),
    start: block[0]?.textStart ?? 0,
    end: block.reduce((end, line) => Math.max(end, line.textStart + line.text.length), 0),
  }))
}

/** The row «1 2 3 …» under a form's head: which lines hold it, and how far it counts. Null when there is none. */
export function findNumberRow(lines: readonly Line[]): { from: number; to: number; count: number } | null {
  for (let from = 0; from < lines.length; from += 1) {
    if (!lines[from]?.text.startsWith('1')) continue
    let count = 0
    let to = from
    for (; to < lines.length; to += 1) {
      const numbers = (lines[to]?.text ?? '').split(/\s+/)
      const goesOn = numbers.every((number, index) => number === String(count + index + 1))
      if (!goesOn) break
      count += numbers.length
    }
    if (count >= 2) return { from, to, count }
  }
  return null
}
