/** Colours as `[red, green, blue]`, 0 to 255. */
export type Rgb = readonly [number, number, number]

export const WHITE: Rgb = [255, 255, 255]
export const BLACK: Rgb = [0, 0, 0]

/** Names that letters use; another one is not known, and hides nothing. */
const NAMED: Readonly<Record<string, Rgb>> = {
  white: WHITE,
  black: BLACK,
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  ghostwhite: [248, 248, 255],
  floralwhite: [255, 250, 240],
  azure: [240, 255, 255],
  mintcream: [245, 255, 250],
  gainsboro: [220, 220, 220],
  lightgray: [211, 211, 211],
  lightgrey: [211, 211, 211],
  silver: [192, 192, 192],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  red: [255, 0, 0],
  blue: [0, 0, 255],
  green: [0, 128, 0],
  navy: [0, 0, 128],
  yellow: [255, 255, 0],
}

const channel = (text: string): number =>
  Math.max(0, Math.min(255, Math.round(text.endsWith('%') ? Number.parseFloat(text) * 2.55 : Number.parseFloat(text))))

/** A colour of CSS or of HTML's attributes. @returns `'none'` for one that is not there at all, null for one that is not understood. Pure. */
export function readColour(text: string): Rgb | 'none' | null {
  const value = text.trim().toLowerCase()
  if (value === 'transparent') return 'none'
  const named = NAMED[value]
  if (named !== undefined) return named
  const hex = /^#([\da-f]{3,8})$/u.exec(value)?.[1] ?? (/^[\da-f]{6}$/u.test(value) ? value : undefined)
  if (hex !== undefined) {
    const wide = hex.length < 6 ? [...hex].map((char) => char + char).join('') : hex
    if (wide.length === 8 && Number.parseInt(wide.slice(6), 16) < 26) return 'none'
    const at = (from: number): number => Number.parseInt(wide.slice(from, from + 2), 16)
    return wide.length >= 6 ? [at(0), at(2), at(4)] : null
  }
  const parts = /^rgba?\(([^)]{1,60})\)$/u
    .exec(value)?.[1]
    ?.split(/[\s,/]+/u)
    .filter((part) => part !== '')
  if (parts === undefined || parts.length < 3) return null
  const [red = '', green = '', blue = '', alpha] = parts
  if (alpha !== undefined && Number.parseFloat(alpha) < (alpha.endsWith('%') ? 10 : 0.1)) return 'none'
  const read: Rgb = [channel(red), channel(green), channel(blue)]
  return read.every((one) => Number.isFinite(one)) ? read : null
}

/** Relative luminance (WCAG 2.2). */
const luminance = (rgb: Rgb): number => {
  const [red = 0, green = 0, blue = 0] = rgb.map((one) => {
    const part = one / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Below this ratio of contrast (WCAG 2.2: 1 to 21) nobody reads a text. */
const UNREADABLE = 1.3

export const isUnreadable = (text: Rgb, ground: Rgb): boolean => {
  const [dark = 0, light = 0] = [luminance(text), luminance(ground)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05) < UNREADABLE
}

/** Names and values of CSS, the one that counts last. */
export type Style = ReadonlyMap<string, string>

/** All that is looked at: no other declaration is kept. */
const LOOKED_AT = new Set(
  'display visibility mso-hide opacity font-size font overflow height max-height width max-width text-indent margin-left margin-top position left top right bottom clip clip-path transform color background background-color white-space'.split(
    ' ',
  ),
)
/** Characters of a value that are read. */
const LONGEST_VALUE = 200

/** A style sheet without its comments; one that is never closed takes all that follows. Pure, in one pass. */
export function withoutComments(css: string): string {
  const kept: string[] = []
  let from = 0
  for (;;) {
    const start = css.indexOf('/*', from)
    kept.push(css.slice(from, start === -1 ? undefined : start))
    const end = start === -1 ? -1 : css.indexOf('*/', start + 2)
    if (end === -1) return kept.join('')
    from = end + 2
  }
}

/** Declarations of a `style` attribute or a rule, as far as they can hide text; `!important` is left out. Pure. */
export function readStyle(text: string): Style {
  const found = new Map<string, string>()
  for (const declaration of withoutComments(text).split(';')) {
    const at = declaration.indexOf(':')
    if (at < 1) continue
    const name = declaration.slice(0, at).trim().toLowerCase()
    if (!LOOKED_AT.has(name)) continue
    const value = declaration
      .slice(at + 1)
      .trim()
      .slice(0, LONGEST_VALUE)
      .replace(/!\s*important$/iu, '')
      .trim()
      .toLowerCase()
    if (value === '') continue
    found.delete(name)
    found.set(name, value)
  }
  return found
}

/** Pixels of a unit, on a page about as large as a letter's. */
const UNITS: Readonly<Record<string, number>> = {
  px: 1,
  pt: 1.33,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  rem: 16,
  vw: 6,
  vh: 8,
  vmin: 6,
  vmax: 8,
}
/** Size of a text that says nothing of its size. */
export const FONT_SIZE = 16

/** What a hundredth of a page's width or height is of. */
const PAGE = 400

/** A length in pixels, about; null where it cannot be said without the page. */
function pixels(value: string, em = FONT_SIZE, whole = PAGE): number | null {
  const read = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]+|%)?(?:\s|$)/u.exec(value)
  const size = Number.parseFloat(read?.[1] ?? '')
  if (!Number.isFinite(size)) return null
  if (size === 0) return 0
  const unit = read?.[2] ?? 'px'
  if (unit === 'em' || unit === 'ex' || unit === 'ch') return size * em
  if (unit === '%') return (size * whole) / 100
  const one = UNITS[unit]
  return one === undefined ? null : size * one
}

/** A text smaller than this many pixels is not read. */
export const SMALLEST = 3
/** Text moved further than this out of its place has left the page. */
const FAR = 500

/** What a text's size becomes by one value of `font-size`; null: the value is none. */
function sizeBy(value: string, inherited: number): number | null {
  if (/^(?:inherit|unset|revert)/u.test(value)) return inherited
  if (value === 'smaller') return inherited / 1.2
  if (value === 'larger') return inherited * 1.2
  if (/^(?:initial|(?:x{1,3}-)?(?:small|large)|medium)$/u.test(value)) return FONT_SIZE
  return pixels(value, inherited, inherited)
}

/** Size of an element's text in pixels, about: its own, or as it stands around it. Pure. */
export function fontSizeOf(style: Style, inherited: number): number {
  let size = inherited
  for (const [name, value] of style) {
    if (name === 'font-size') size = sizeBy(value, inherited) ?? FONT_SIZE
    // «bold 400 0/0 a»: a number without a unit is a weight, but for nought.
    if (name === 'font')
      size =
        value
          .split(/[\s/]+/u)
          .flatMap((token) => (/^[1-9]\d*$/u.test(token) ? [] : [sizeBy(token, inherited)]))
          .find((one) => one !== null) ?? size
  }
  return size
}

/** Whether an element's text is made invisible: by itself, or as it stands around it. Pure. */
export function isInvisible(style: Style, inherited: boolean): boolean {
  const value = style.get('visibility') ?? 'inherit'
  return /^(?:hidden|collapse)/u.test(value) || (inherited && !/^(?:visible|initial)/u.test(value))
}

/**
 * Whether declarations hide all that stands in an element, whatever its own elements say: no display, no room, cut away, out of the page, seen through. What a
 * child sets anew (size of text, visibility, colour) is none of these. Pure.
 */
export function isHiddenStyle(style: Style): boolean {
  const has = (name: string, pattern: RegExp): boolean => pattern.test(style.get(name) ?? '')
  const size = (name: string): number | null => pixels(style.get(name) ?? '')
  const isZero = (name: string): boolean => {
    const found = size(name)
    return found !== null && found < SMALLEST
  }
  const isFar = (name: string): boolean => {
    const found = size(name)
    return found !== null && Math.abs(found) > FAR
  }
  const opacity = style.get('opacity') ?? '1'
  const isCut = has('overflow', /hidden|clip/u)
  const isPlaced = has('position', /absolute|fixed|relative/u)
  return (
    has('display', /^none/u) ||
    has('mso-hide', /^all/u) ||
    Number.parseFloat(opacity) / (opacity.endsWith('%') ? 100 : 1) < 0.1 ||
    (isCut && ['height', 'max-height', 'width', 'max-width'].some(isZero)) ||
    ['text-indent', 'margin-left', 'margin-top'].some((name) => isFar(name) && (size(name) ?? 0) < 0) ||
    (isPlaced && ['left', 'top', 'right', 'bottom'].some(isFar)) ||
    has('clip', /rect\(\s*0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?[\s,]+0/u) ||
    has('clip-path', /inset\(\s*(?:50|100)%|circle\(\s*0/u) ||
    has('transform', /scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]/u)
  )
}
