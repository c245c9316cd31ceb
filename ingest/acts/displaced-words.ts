import { concatTraced, insertedAt, sliceTraced, type Traced, trimTraced } from './traced.ts'

/**
 * Extraction from a PDF prints a link's text not in its place but at the end of the visual line it
 * stood on; its place stays behind as a gap of two spaces. Only words that such prints link are moved.
 */
const NUMBER = String.raw`\d+(?:-\d+)?\)?`
const NUMBERS = String.raw`${NUMBER}(?:(?:\s*[,–-]\s*|\s+и\s+)${NUMBER})*`
const LINK_WORDS = [
  String.raw`(?:под)?пункт\p{L}{0,3}\s+${NUMBERS}`,
  String.raw`(?:стать|глав|част|приложени|раздел|параграф)\p{L}{0,3}\s+${NUMBERS}`,
  String.raw`№\s?[\p{L}\d/-]+`,
  String.raw`(?:приказ|постановлени|распоряжени|решени|закон|кодекс|указ)\p{L}{0,3}`,
  String.raw`(?:правил|положени|инструкци|регламент|стандарт|методик|переч|требовани)\p{L}{0,4}`,
]
const LINK = new RegExp(`(?:${LINK_WORDS.join('|')})$`, 'iu')
const ONLY_LINK = new RegExp(`^(?:${LINK_WORDS.join('|')})$`, 'iu')
const ONLY_NUMBER = new RegExp(`^${NUMBER}$`)
/** A link at a line's end is short: a bounded look back keeps the search linear. */
const LONGEST_LINK = 60

interface Piece {
  start: number
  end: number
}

export interface Gap extends Piece {
  /** A gap of two spaces; a weak one is a single space where a word is missing: «в - ». */
  strong: boolean
}

export interface MendedLine {
  line: Traced
  /** What was moved: the mended stretch, and the source offsets it covers. */
  repair: { start: number; end: number; text: string } | null
  /** Source offset of a gap for which no link text was found. */
  unmended: number[]
}

/** The link texts at the end of a line, first one first: one link, or a link and the numbers that go on with it. */
function linksAtEnd(text: string, after: number): Piece[] {
  const from = Math.max(after, text.length - LONGEST_LINK)
  for (let start = from; start < text.length; start += 1) {
    const before = text.charAt(start - 1)
    const first = text.charAt(start)
    if (/\s/.test(first) || (/[\p{L}\d]/u.test(before) && first !== '№')) continue
    const rest = text.slice(start)
    if (ONLY_LINK.test(rest)) return [{ start, end: text.length }]
    // «пунктах 20 25»: the dash between two links stays in its place, so the numbers stand side by side.
    const tail = /^(.*\S)\s+(\S+)$/u.exec(rest)
    const head = tail?.[1] ?? ''
    if (tail && ONLY_NUMBER.test(tail[2] ?? '') && /\d\)?$/.test(head) && LINK.test(head) && ONLY_LINK.test(head)) {
      return [
        { start, end: start + head.length },
        { start: text.length - (tail[2] ?? '').length, end: text.length },
      ]
    }
  }
  return []
}

const STRONG_GAP = /\s{2,}/g
const WEAK_GAP = /(?<=(?:^|\s)(?:в|во|с|со|к|по|от|из|на|о|об|и|или|согласно))\s(?=[–,.;)-])/giu

function gapsOf(text: string, kind: RegExp, strong: boolean): Gap[] {
  return [...text.matchAll(kind)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    strong,
  }))
}

/**
 * Puts displaced link texts of one visual line back into its gaps. A leading gap counts when the
 * caller leaves white space at the line's beginning. Never drops a character other than white space.
 */
export function mendLine(line: Traced): MendedLine {
  const { text } = line
  const strong = gapsOf(text, STRONG_GAP, true)
  const leading = /^\s/.test(text) && strong[0]?.start !== 0 ? [{ start: 0, end: 1, strong: true }] : []
  const certain = [...leading, ...strong]
  const firstGap = certain[0]
  if (!firstGap) return { line, repair: null, unmended: [] }
  const links = linksAtEnd(text, firstGap.end)
  let gaps: Gap[] = certain
  if (links.length > certain.length) {
    const weak = gapsOf(text, WEAK_GAP, false).filter((gap) =>
      certain.every((one) => one.end <= gap.start || gap.end <= one.start),
    )
    gaps = [...certain, ...weak].sort((one, other) => one.start - other.start)
  }
  const lineEnd = links[0]?.start ?? text.length
  const usable = gaps.filter((gap) => gap.end <= lineEnd)
  if (links.length === 0 || usable.length !== links.length) {
    return { line, repair: null, unmended: certain.map((gap) => line.at[gap.start] ?? 0) }
  }
  const parts: Traced[] = []
  let from = 0
  for (const [index, gap] of usable.entries()) {
    const link = links[index]
    if (!link) continue
    const place = line.at[gap.start] ?? 0
    const rest = text.slice(gap.end, lineEnd)
    const before = sliceTraced(line, from, gap.start)
    parts.push(before, insertedAt(gap.start === 0 ? '' : ' ', place), sliceTraced(line, link.start, link.end))
    if (rest !== '' && !/^[.,;:)]/.test(rest)) parts.push(insertedAt(' ', place))
    from = gap.end
  }
  parts.push(trimTraced(sliceTraced(line, from, lineEnd)))
  const mended = concatTraced(...parts)
  // The stretch shown with the repair begins with the word before the first gap.
  const gapStart = usable[0]?.start ?? 0
  const wordStart = text.slice(0, gapStart).lastIndexOf(' ') + 1
  return {
    line: mended,
    repair: {
      start: line.at[wordStart] ?? 0,
      end: (line.at.at(-1) ?? 0) + 1,
      text: mended.text.slice(wordStart).trim(),
    },
    unmended: [],
  }
}
