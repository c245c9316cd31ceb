/** A text of which every character knows where in the source it stood. */
export interface Traced {
  readonly text: string
  /** Source offset of each UTF-16 unit of `text`; a unit put in by joining has the offset of the line break. */
  readonly at: readonly number[]
}

export const EMPTY: Traced = { text: '', at: [] }

export function trace(source: string, start: number, end: number): Traced {
  return { text: source.slice(start, end), at: Array.from({ length: end - start }, (_, index) => start + index) }
}

export function sliceTraced(traced: Traced, start: number, end = traced.text.length): Traced {
  return { text: traced.text.slice(start, end), at: traced.at.slice(start, end) }
}

export function concatTraced(...parts: readonly Traced[]): Traced {
  return { text: parts.map((part) => part.text).join(''), at: parts.flatMap((part) => part.at) }
}

/** As `concatTraced`, for lists of any length. */
export function concatAll(parts: readonly Traced[]): Traced {
  const texts: string[] = []
  const at: number[] = []
  for (const part of parts) {
    texts.push(part.text)
    for (const offset of part.at) at.push(offset)
  }
  return { text: texts.join(''), at }
}

/** Characters that are not in the source (a joining space, a lost hyphen), pinned to the place they stand for. */
export function insertedAt(text: string, offset: number): Traced {
  return { text, at: Array.from({ length: text.length }, () => offset) }
}

export function trimTraced(traced: Traced): Traced {
  const start = traced.text.length - traced.text.trimStart().length
  return sliceTraced(traced, start, start + traced.text.trim().length)
}

/** White space runs become one space; the rest stays with its offsets. */
export function collapseTraced(traced: Traced): Traced {
  let text = ''
  const at: number[] = []
  let inSpace = false
  for (let index = 0; index < traced.text.length; index += 1) {
    const char = traced.text.charAt(index)
    const space = /\s/.test(char)
    if (space && inSpace) continue
    inSpace = space
    text += space ? ' ' : char
    at.push(traced.at[index] ?? 0)
  }
  return trimTraced({ text, at })
}

/** The source range the text was taken from: displaced words lie inside it too. Null for an empty text. */
export function extentOf(traced: Traced): { start: number; end: number } | null {
  let start = Infinity
  let end = -1
  for (const offset of traced.at) {
    if (offset < start) start = offset
    if (offset > end) end = offset
  }
  return end < 0 ? null : { start, end: end + 1 }
}
