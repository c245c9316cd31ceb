/** Widths of the screens that most people sit at, in pixels of CSS. What a sheet says of phones alone is not seen here. */
const DESKS = [1366, 1920] as const
const PIXELS: Readonly<Record<string, number>> = {
  px: 1,
  em: 16,
  rem: 16,
  pt: 4 / 3,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
}
const LONGEST = 1000

/** The truth of a condition; null: it is not known here, as of the many that no text is hidden by. */
type Truth = boolean | null

const pixelsOf = (length: string): number | null => {
  const [, number, unit = ''] = /^([\d.]+)\s*([a-z]*)$/u.exec(length) ?? []
  const factor = unit === '' && Number(number) === 0 ? 1 : PIXELS[unit]
  return number === undefined || factor === undefined ? null : Number(number) * factor
}

/** «min-width: 600px», «width <= 480px», «orientation: portrait» at a desk of this width. */
function isTrue(condition: string, width: number): Truth {
  const [, bound, length] = /^(min|max)-(?:device-)?width\s*:\s*(.+)$/u.exec(condition) ?? []
  if (bound !== undefined && length !== undefined) {
    const pixels = pixelsOf(length.trim())
    return pixels === null ? null : bound === 'min' ? width >= pixels : width <= pixels
  }
  const [, sign, limit] = /^(?:device-)?width\s*(<=?|>=?)\s*([^<>=]+)$/u.exec(condition) ?? []
  if (sign !== undefined && limit !== undefined) {
    const pixels = pixelsOf(limit.trim())
    if (pixels === null) return null
    if (sign.startsWith('<')) return sign === '<=' ? width <= pixels : width < pixels
    return sign === '>=' ? width >= pixels : width > pixels
  }
  // A page is black on white here, as html-to-plain takes it to be.
  const [, feature, value] = /^(orientation|prefers-color-scheme)\s*:\s*([a-z]+)$/u.exec(condition) ?? []
  if (feature === undefined) return null
  return value === (feature === 'orientation' ? 'landscape' : 'light')
}

const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true
const someOf = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false

function holdsAt(query: string, width: number): boolean {
  const [, before, type = 'all'] = /^(?:(not|only)(?![\w-])\s*)?([a-z][\w-]*)?/u.exec(query) ?? []
  const conditions = [...query.matchAll(/\(([^()]*)\)/gu)].map(([, one = '']) => isTrue(one.trim(), width))
  // What stands in brackets within brackets is not read.
  const fitting = /\([^)]*\(/u.test(query) ? null : /\)\s*or\s*\(/u.test(query) ? someOf(conditions) : allOf(conditions)
  const truth = type === 'all' || type === 'screen' ? fitting : false
  return truth === null || truth !== (before === 'not')
}

/**
 * Whether a media list (Media Queries 4: `media` of a style element, the prelude of `@media`) applies to a reader at a desk: one of its queries is for screens
 * or for all, and its conditions hold at a desk's width. Conditions that are not known here hold: what somebody hides by them is hidden. Pure.
 * @param list empty: it applies
 */
export function appliesToDesk(list: string): boolean {
  const queries = list.toLowerCase().split(',')
  if (list.length > LONGEST) return true
  return queries.some((query) => query.trim() === '' || DESKS.some((width) => holdsAt(query.trim(), width)))
}
